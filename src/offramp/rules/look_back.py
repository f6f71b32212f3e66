"""Criteria that look back: how long ago a day lies, and what a record shows within so many months.

The day to look back from comes in with the facts (`at`); without it the answer is unknown.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from offramp.rules import answers
from offramp.rules.answers import Answer
from offramp.rules.criteria import OfFact
from offramp.rules.facts import Facts, Happening


@dataclass(frozen=True)
class Within(OfFact):
    """The day lies at most this many days back."""

    days: int
    op: ClassVar[str] = "within"

    def check(self, facts: Facts) -> Answer:
        return _days_back(facts, self.fact, self.days)


@dataclass(frozen=True)
class NotWithin(OfFact):
    """The day lies more than this many days back."""

    days: int
    op: ClassVar[str] = "not_within"

    def check(self, facts: Facts) -> Answer:
        return answers.not_(_days_back(facts, self.fact, self.days))


def _days_back(facts: Facts, fact: str, days: int) -> Answer:
    day = facts.get(fact)
    if not isinstance(day, date) or facts.at is None:
        return Answer.UNKNOWN
    return answers.of(facts.at - day <= timedelta(days=days))


@dataclass(frozen=True)
class NoneWithin(OfFact):
    """Looking back over a record: at most `most` things of these types within so many months (None: ever).

    A thing whose date nobody knows may lie within: unknown, not no.
    """

    types: tuple[str, ...]
    months: float | None = None
    most: int = 0
    op: ClassVar[str] = "none_within"

    def check(self, facts: Facts) -> Answer:
        record = facts.get(self.fact)
        if record is None:
            return Answer.UNKNOWN
        each = [self._lies_within(one) for one in record if one.type in self.types]
        surely, perhaps = each.count(Answer.YES), each.count(Answer.UNKNOWN)
        if surely > self.most:
            return Answer.NO
        return Answer.YES if surely + perhaps <= self.most else Answer.UNKNOWN

    def _lies_within(self, one: Happening) -> Answer:
        if self.months is None:
            return Answer.YES
        return Answer.UNKNOWN if one.months_ago is None else answers.of(one.months_ago <= self.months)
