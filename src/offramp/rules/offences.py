"""What the offence codes say: names, groups, and whether the shipped rules call one violent.

"Nonviolent" is read from its own column of the table, never worked out from *crime against person*:
robbery is a crime against property in NIBRS, yet violent. Where programs differ the table says *local*,
and the officer or the pack must say. The table informs; the pack decides.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from offramp.rules.answers import Answer
from offramp.rules.message import Message, say

_NIBRS = re.compile(r"\d{2}[0-9A-Z]")
_STATE = re.compile(r"([A-Z]{2}) (.+)")
_STATUTE = re.compile(r"\d[\dA-Z]*[.\-/ ].*\d")


@dataclass(frozen=True)
class Offence:
    """One offence code. `code` is empty for a statute that no table knows."""

    code: str
    name: Message
    group: str = ""
    against: str = ""
    violent: Answer = Answer.UNKNOWN
    index: bool = False  # whether the UCR summary counts it as violent
    usual_class: str = ""

    @property
    def known(self) -> bool:
        """Whether a table knows it."""
        return self.against != ""


@dataclass(frozen=True)
class Common:
    """A charge on the officer's short list."""

    key: str
    words: Message
    offence: Offence


@cache
def nibrs() -> dict[str, Offence]:
    """Every NIBRS offence code, by code."""
    told = {"yes": Answer.YES, "no": Answer.NO, "local": Answer.UNKNOWN}
    return {
        row["code"]: Offence(
            row["code"], say(row["name"]), row["group"], row["against"], told[row["violent"]], row["index"]
        )
        for row in _table("nibrs")["offence"]
    }


@cache
def common() -> tuple[Common, ...]:
    """The officer's short list, in the order it is shown."""
    return tuple(Common(row["key"], say(row["words"]), _usual(row)) for row in _table("common")["common"])


def find(text: str, *, state: str = "") -> Offence | None:
    """The offence somebody wrote: a name of the short list, a NIBRS code, or a statute ("FL 812.014").

    A statute or code that no table knows is an unknown offence, which is a question, not a no.
    Anything else is None: it is not an offence at all.
    """
    written = " ".join(text.replace("§", " ").split())
    for charge in common():
        if charge.key == written.lower().replace(" ", "_"):
            return charge.offence
    code = written.upper()
    if code in nibrs():
        return nibrs()[code]
    stated, section = _split_state(code, state)
    by_statute = statute(stated, section)
    if by_statute is not None:
        return by_statute
    if _NIBRS.fullmatch(code) or _STATUTE.match(_bare(section)):
        return Offence("", say(written))
    return None


def statute(state: str, section: str) -> Offence | None:
    """The offence of a state's statute: the longest prefix of the section that the sample table knows."""
    table = {_bare(prefix): code for prefix, code in _table("statutes").get(state, {}).items()}
    bare = _bare(section)
    # 812.014(3)(a) belongs to 812.014; 812.0145 and 812.014.5 are other sections.
    fits = [
        prefix
        for prefix in table
        if bare == prefix or (bare.startswith(prefix) and bare[len(prefix)] in "(-,;:")
    ]
    return nibrs()[table[max(fits, key=len)]] if fits else None


def _split_state(code: str, state: str) -> tuple[str, str]:
    stated = _STATE.match(code)
    return (stated[1], stated[2]) if stated else (state.upper(), code)


def _bare(section: str) -> str:
    # Clerks write "812.014 (3)(a)", "S. 812.014(3)(A)": only the order of digits and letters matters, and the joints.
    return re.sub(r"^S(?:EC)?\.\s*|\s+", "", section.upper())


def _usual(row: dict[str, str]) -> Offence:
    base = nibrs()[row["code"]]
    return Offence(
        base.code, say(row["words"]), base.group, base.against, base.violent, base.index, row.get("class", "")
    )


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("offramp") / "codes" / f"{name}.toml").read_text("utf-8"))
