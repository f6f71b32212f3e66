"""How likely a service is to say yes, judged by what it answered of late: counted once for each person it was asked for.

What a referral adds is a function of how it stands. A place that is asked counts when it answers, and no answer in time
is a no. A walk-in place is not asked: it counts when somebody arrives or is turned away. The person's own reasons count
for nothing. A step, and a step taken back, each change the count by the difference.
"""

from dataclasses import dataclass

from offramp.rules.message import Message, say
from offramp.rules.words import CannotTakeReason, ReferralState

S = ReferralState

ENOUGH = 5  # fewer answers than these say nothing
LATELY = 40  # from here on the older half is forgotten

_TOOK = frozenset({S.ARRIVED, S.MET, S.STARTED, S.ENDED})
_SAID_YES = frozenset({S.ACCEPTED, S.PLACE_HELD, S.EN_ROUTE, S.NO_SHOW})
_SAID_NO = frozenset({S.REJECTED, S.REJECTED_AT_DOOR})
THEIR_OWN = frozenset({CannotTakeReason.PERSON_CHANGED_MIND, CannotTakeReason.PERSON_NOT_REACHED})


@dataclass(frozen=True)
class Tally:
    """How often it was asked, and how often it said yes."""

    asked: int = 0
    taken: int = 0

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.asked - other.asked, self.taken - other.taken)

    def __bool__(self) -> bool:
        return bool(self.asked or self.taken)


def tally(state: ReferralState, *, was_asked: bool, reason: str = "") -> Tally:
    """What one referral adds while it stands like this. `was_asked`: an answer was waited for; a walk-in place is not asked."""
    if state in _TOOK or (was_asked and state in _SAID_YES):
        return Tally(1, 1)
    if state is S.EXPIRED or (state in _SAID_NO and reason not in THEIR_OWN):
        return Tally(1, 0)
    return Tally()


def in_words(asked: int, taken: int) -> Message:
    """ "Said yes to 7 of 10 lately", or that too little is known. For those who ask places, and for nobody else."""
    if asked < ENOUGH:
        return say("Too few answers yet to tell")
    return say("Said yes to {taken} of {asked} lately", taken=taken, asked=asked)


def share(asked: int, taken: int) -> int | None:
    """The share of yes in a hundred, for a bar; None where too little is known."""
    return round(100 * taken / asked) if asked >= ENOUGH else None
