"""Facts about one encounter: read strictly, kept plainly, some following from others.

A fact nobody gave is *not asked yet*; one given as "unknown" was asked and is not known. Both make a
criterion unknown; only the first is asked. Time enters as `at`: a rule never looks at a clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from offramp.rules.answers import Answer, of
from offramp.rules.offences import Offence

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Happening:
    """One line of a record: what kind of thing, how many months ago (None: nobody knows when)."""

    type: str
    months_ago: float | None = None


@dataclass(frozen=True)
class Facts:
    """What is known. `given` holds read values only (see reading.py); missing means not asked yet."""

    given: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    at: date | None = None

    def get(self, fact: str) -> Any | None:
        """The value of a fact, given or following from others; None while it is not known."""
        follows = FOLLOWS.get(fact)
        return follows(self) if follows else self.stated(fact)

    def stated(self, fact: str) -> Any | None:
        """The value as somebody gave it; None when missing or said to be unknown."""
        value = self.given.get(fact)
        return None if value == UNKNOWN else value

    def said_unknown(self, fact: str) -> bool:
        """Whether it was asked, and the answer was "don't know"."""
        return self.given.get(fact) == UNKNOWN

    def asked(self, fact: str) -> bool:
        """Whether somebody gave an answer, even "don't know"."""
        return fact in self.given

    def answer(self, fact: str) -> Answer:
        """A yes/no fact as an answer."""
        value = self.get(fact)
        return Answer.UNKNOWN if value is None else of(value == "yes")

    def but(self, **changed: Any) -> "Facts":
        """The same facts with some changed."""
        return Facts(MappingProxyType({**self.given, **changed}), self.at)

    @property
    def offences(self) -> tuple[Offence, ...]:
        """The charges, the lead charge first."""
        return self.stated("offence_code") or ()


# Two sources may disagree: a table and a tap, a birth date and a box. Whichever says "yes" to what calls for
# care is believed, so that a child or a victim is never overlooked.


def _violent(facts: Facts) -> str | None:
    by_table = {offence.violent for offence in facts.offences}
    if Answer.YES in by_table:
        return "yes"
    return facts.stated("offence_violent") or ("no" if by_table == {Answer.NO} else None)


def _class(facts: Facts) -> str | None:
    usual = {offence.usual_class for offence in facts.offences}
    return facts.stated("offence_class") or (usual.pop() if len(usual) == 1 and "" not in usual else None)


def _under_18(facts: Facts) -> str | None:
    age = facts.stated("age")
    return _either(facts.stated("under_18"), None if age is None else "yes" if age < 18 else "no")


def _someone_hurt(facts: Facts) -> str | None:
    injury = facts.stated("injury")
    return _either(facts.stated("someone_hurt"), None if injury is None else "no" if injury == "none" else "yes")


def _dui(facts: Facts) -> str | None:
    driving = any(offence.code == "90D" for offence in facts.offences)
    return "yes" if driving else facts.stated("dui")


def _either(*said: str | None) -> str | None:
    return "yes" if "yes" in said else "no" if "no" in said else None


# Facts that follow from others when those are known, and can be answered by themselves when they are not.
FOLLOWS: dict[str, Callable[[Facts], Any | None]] = {
    "offence_violent": _violent,
    "offence_class": _class,
    "under_18": _under_18,
    "someone_hurt": _someone_hurt,
    "dui": _dui,
}
