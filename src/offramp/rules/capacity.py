"""How old a count of places may be, how long a place is kept, and what is left.

Timers T08 and T09 of the field's timer register: a count is green up to 4 hours, amber up to 12, and older
is never offered as room; a place is kept 2 hours, may be extended once to 6, and to 24 while a barrier is
being cleared. Stale bed counts were the field's own complaint about bed registries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from offramp.rules.message import Message, say
from offramp.rules.words import Freshness

GREEN_FOR = timedelta(hours=4)
AMBER_FOR = timedelta(hours=12)
# Two machines' clocks are never quite the same. A count from further ahead than this is a mistake, not news.
CLOCK_SLACK = timedelta(minutes=5)

HOLD_FOR = timedelta(hours=2)
EXTENDED_TO = timedelta(hours=6)
BARRIER_TO = timedelta(hours=24)
WARN_BEFORE = timedelta(minutes=20)  # so long before the end of a hold its keeper is reminded


def freshness(said_at: datetime | None, at: datetime) -> Freshness:
    """How old a count is. Nothing said, or said in the future, is unknown."""
    if said_at is None or said_at > at + CLOCK_SLACK:
        return Freshness.UNKNOWN
    age = at - said_at
    if age <= GREEN_FOR:
        return Freshness.GREEN
    return Freshness.AMBER if age <= AMBER_FOR else Freshness.OLD


def is_fresh(said_at: datetime | None, at: datetime) -> bool:
    """Whether a count may be called room at all."""
    return freshness(said_at, at) in {Freshness.GREEN, Freshness.AMBER}


def places_left(*, said: int, live_holds: int, filled_since_said: int) -> int:
    """Places said, less those somebody is on the way to, less those filled since. Never below zero.

    The desk counts what is empty in front of it: whoever is inside is not in its number, whoever is on the way still is.
    """
    return max(0, said - live_holds - filled_since_said)


def age_in_words(age: timedelta) -> Message:
    """An age as people say it: "just now", "25 min ago", "3 h ago", "2 days ago"."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return say("just now")
    if minutes < 60:
        return say("{n} min ago", n=minutes)
    if minutes < 48 * 60:
        return say("{n} h ago", n=minutes // 60)
    return say("{n} days ago", n=minutes // (24 * 60))


@dataclass(frozen=True)
class HoldTimes:
    """When a place hold was taken and ends, and what may still be done to its end."""

    taken_at: datetime
    expires_at: datetime
    extended: bool = False
    waits_for_barrier: bool = False

    @classmethod
    def taken(cls, at: datetime) -> "HoldTimes":
        """A new hold."""
        return cls(taken_at=at, expires_at=at + HOLD_FOR)

    def extend(self, at: datetime) -> "HoldTimes | None":
        """Once, to six hours after it was taken. None when it was extended before or has run out."""
        if self.extended or at >= self.expires_at:
            return None
        return HoldTimes(
            self.taken_at, max(self.expires_at, self.taken_at + EXTENDED_TO), True, self.waits_for_barrier
        )

    def wait_for_barrier(self, at: datetime) -> "HoldTimes | None":
        """To a day after it was taken, while a barrier is being cleared. None when it has run out or waits already."""
        if self.waits_for_barrier or at >= self.expires_at:
            return None
        return HoldTimes(self.taken_at, self.taken_at + BARRIER_TO, self.extended, True)
