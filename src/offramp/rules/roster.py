"""Who of a roster is called when: the first at once, the next when five minutes pass unanswered (timer T01), and so on.

Nobody is decided for: a call tells the next one, and whoever answers first has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from offramp.rules.clocks import due_times

P = TypeVar("P")


@dataclass(frozen=True)
class Called(Generic[P]):
    """How far a call has come. `now`: who was told last; `then` and `then_at`: whom and when, if nobody answers."""

    told: tuple[P, ...]
    then: P | None
    then_at: datetime | None

    @property
    def now(self) -> P | None:
        """Who was told last: on whom it is now."""
        return self.told[-1] if self.told else None

    @property
    def everybody(self) -> bool:
        """The whole roster was told, and the last one has had their five minutes."""
        return self.then is None and self.then_at is None


def called(order: Sequence[P], *, since: datetime, at: datetime) -> Called[P]:
    """Who of the roster, in its order, has been told of a call that began at `since`. With nobody on, it waits all the same."""
    step, told = since if order else due_times("T01", since)["due"], 0
    while told < len(order) and step <= at:
        told, step = told + 1, due_times("T01", step)["due"]
    if told < len(order):
        return Called(tuple(order[:told]), order[told], step)
    return Called(tuple(order), None, step if step > at else None)


def in_order(on: Sequence[P], *, passed: Sequence[P] = ()) -> tuple[P, ...]:
    """The roster in turn; whoever passed this one on is called last."""
    first = [one for one in on if one not in passed]
    return (*first, *(one for one in on if one in passed))
