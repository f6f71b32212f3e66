"""What comes before any offer: medical help, danger, a child.

These are said first, in one line each, whatever the verdict. None of them is a reason to turn anyone away:
the encounter goes on when the moment has passed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from offramp.rules.answers import Answer
from offramp.rules.facts import Facts
from offramp.rules.message import Message, say


class First(StrEnum):
    """What comes first."""

    MEDICAL = "medical"
    SUICIDE = "suicide"
    DANGER = "danger"
    YOUTH = "youth"


@dataclass(frozen=True)
class Guidance:
    """One line that stands above everything else."""

    first: First
    says: Message
    # Whether the adult screen ends here.
    leaves_adult_screen: bool = False


_RULES: tuple[tuple[First, str, Message, bool], ...] = (
    (First.MEDICAL, "needs_medic", say("Medic first. Stay with them; the offer can wait."), False),
    (
        First.MEDICAL,
        "overdose",
        say("Medic first: naloxone wears off in 30 to 90 minutes. Offer a ride to the ER."),
        False,
    ),
    (
        First.SUICIDE,
        "suicide_cue",
        say("Stay with them. Call 988 or the crisis clinician now; nobody drives alone."),
        False,
    ),
    (First.DANGER, "danger_now", say("Make it safe first. Emergency care comes before any offer."), False),
    (First.YOUTH, "under_18", say("Under 18: call the youth on-call line. Do not take a name here."), True),
)


def first(facts: Facts) -> tuple[Guidance, ...]:
    """What comes before the offer, the most urgent first; one line for each kind."""
    found: dict[First, Guidance] = {}
    for kind, fact, says, leaves in _RULES:
        if kind not in found and facts.answer(fact) is Answer.YES:
            found[kind] = Guidance(kind, says, leaves)
    return tuple(found.values())


def is_for_adults(facts: Facts) -> bool:
    """Whether the adult screen may go on: not once the person is known to be under 18."""
    return facts.answer("under_18") is not Answer.YES


def to_json(guidance: Guidance) -> Mapping[str, Any]:
    """One line as plain data."""
    return {
        "first": guidance.first.value,
        "says": str(guidance.says),
        "leaves_adult_screen": guidance.leaves_adult_screen,
    }
