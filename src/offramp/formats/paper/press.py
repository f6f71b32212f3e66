"""The press: sets one of our Typst pages with some values and gives back a tagged PDF (PDF/UA-1)."""

import json
import re
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from offramp.rules.message import Message, say
from offramp.rules.refusal import BadInput

HERE = Path(__file__).parent

# One compiler keeps fonts and pages parsed: the first print takes a moment, later ones some milliseconds.
# It is not made for several threads at once.
_one_at_a_time = threading.Lock()


class CannotPrint(BadInput):
    """The values cannot be set on this page."""


def set_page(page: str, values: Mapping[str, Any]) -> bytes:
    """The PDF of `page` (a file of this folder) with these values. Raises `CannotPrint`.

    Values travel as JSON and are only ever set as text: nothing in them is read as markup.
    """
    with _one_at_a_time:
        try:
            pdf = _compiler().compile(
                input=str(HERE / page),
                format="pdf",
                sys_inputs={"values": json.dumps(values)},
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as wrong:
            if "could not be displayed" in wrong.message:  # PDF/UA wants a letter for every sign
                raise CannotPrint("Some of these letters cannot be printed. Write them by hand.") from None
            if "too long" in wrong.message:
                raise CannotPrint("That is more than one page holds. Make it shorter.") from None
            raise
    assert isinstance(pdf, bytes)
    return pdf


def on_one_line(text: str) -> str:
    """The text without breaks and without signs nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shortened(name: str, most: int) -> str:
    """A name, cut at a word with a mark where it is longer than the page takes."""
    one_line = on_one_line(name)
    if len(one_line) <= most:
        return one_line
    return (one_line[:most].rpartition(" ")[0] or one_line[: most - 1]) + "…"


def fitting(text: str, most: int, otherwise: Message) -> str:
    """The text on one line, if it fits: half an address is worse than none. Raises `CannotPrint` with `otherwise`."""
    one_line = on_one_line(text)
    if len(one_line) > most:
        raise CannotPrint(say(otherwise.text, most=most))
    return one_line


def breakable(text: str, every: int = 12) -> str:
    """The same, with places to break inside a word too long for a line."""
    return re.sub(rf"(\S{{{every}}})(?=\S)", "\\1\u200b", text)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE / "fonts")]
    )
    return typst.Compiler(root=str(HERE), font_paths=fonts)
