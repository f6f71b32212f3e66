"""The officer's minute on paper, for a night without network. Each sheet has a code to file it under later.

A code is random and says nothing: not when, not who, not which agency. The first filing uses it up (the
deed that files it sees to that), so a sheet filed twice is one encounter.
"""

import re
import secrets
from collections.abc import Sequence

import segno

from offramp.formats.paper.press import CannotPrint, set_page
from offramp.rules import as_seen, plain_words, tiles
from offramp.rules.wording import Shown
from offramp.rules.words import Mode, NotDivertedReason

# Crockford's letters: none of I, L, O, U, so that a code read aloud or written by hand comes back right.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8  # 40 bits: among a million sheets the chance of hitting one by guessing is one in a million
MOST = 50  # two seconds of setting, while other prints wait
LOOKS_LIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": None, " ": None})

UNSAFE = ("Weapon", "Someone hurt", "Needs a medic", "May end their life", "Under 18")


def new_codes(how_many: int) -> list[str]:
    """That many fresh codes, as they are printed: `K7Q4-MX2P`."""
    if not 1 <= how_many <= MOST:
        raise CannotPrint("Print between 1 and {most} forms at a time.", most=MOST)
    drawn: set[str] = set()
    while len(drawn) < how_many:
        drawn.add("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
    return sorted(f"{code[:4]}-{code[4:]}" for code in drawn)


def read_code(text: str) -> str:
    """A code as somebody typed or scanned it, in the printed form. Raises `CannotPrint`'s sister `NotACode`."""
    letters = text.strip().rstrip("/").rpartition("/")[2].upper().translate(LOOKS_LIKE)
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        raise NotACode("That is not a form's code. It has eight letters and digits, like K7Q4-MX2P.")
    return f"{letters[:4]}-{letters[4:]}"


class NotACode(CannotPrint):
    """What was typed cannot be the code of a sheet."""


def blank_forms(codes: Sequence[str], *, address: str = "", scripts: Sequence[Shown] = ()) -> bytes:
    """One sheet for each code, as one PDF. `address` is where a sheet is filed: the square then opens that page.

    `scripts` (say, two pathways in two languages) are printed on the back of each sheet. Raises `CannotPrint`.
    """
    if not 1 <= len(codes) <= MOST:
        raise CannotPrint("Print between 1 and {most} forms at a time.", most=MOST)
    values = {
        "sheets": [{"code": code, "square": _square(address + code)} for code in codes],
        "seen": [*(str(words) for words in tiles.WORDS.values()), "Something else"],
        "unsafe": UNSAFE,
        "as_seen": [
            {"label": label, "ticks": [*map(str, table.values()), "Not recorded"]}
            for label, table in (
                ("Race or ethnicity", as_seen.RACE),
                ("Sex", as_seen.SEX),
                ("Age", as_seen.AGE),
            )
        ],
        "how": [str(plain_words.MODES[mode]) for mode in Mode],
        "why_not": [str(plain_words.NOT_DIVERTED[reason]) for reason in NotDivertedReason],
        "scripts": [_script(each) for each in scripts],
        "sample": "Sample wording" if any(each.sample for each in scripts) else "",
    }
    return set_page("blank_form.typ", values)


def _square(text: str) -> str:
    """A QR code as SVG; high error correction, because paper is folded."""
    return segno.make(text, error="h", micro=False).svg_inline(border=0, omitsize=True)


def _script(shown: Shown) -> dict[str, object]:
    """A script with a line to fill where the screen would name somebody."""
    said = re.sub(r"\{\w+\}", "______________", shown.text)
    return {"language": shown.language, "title": shown.title, "says": said.split("\n\n")}
