"""Lengths of time as policy writes them: minutes, days, months, business days.

Holidays and the start come in as values; nothing here looks at a clock. The start stands in the local
zone, so that a business day is the day people there call it.
"""

import calendar
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# In any unit: ten thousand minutes is a week, ten thousand months is a slip of the keyboard, and does no harm.
LONGEST = 10_000


@dataclass(frozen=True)
class Span:
    """A length of time: fixed, in business days, or in months. Exactly one of the three is used."""

    fixed: timedelta = timedelta()
    business_days: int = 0
    months: int = 0

    def after(self, start: datetime, holidays: AbstractSet[date] = frozenset()) -> datetime:
        """The moment this long after `start`, which stands in the local zone."""
        if self.business_days:
            return _business(start, self.business_days, holidays)
        later = add_months(start, self.months)
        if self.in_days:
            return later + self.fixed
        # Hours are hours, also in the night when the clocks change; days keep the hand of the clock.
        return (later.astimezone(UTC) + self.fixed).astimezone(later.tzinfo)

    @property
    def in_days(self) -> bool:
        """Whether people say it in days: 72 hours is said in hours, as the field says it; days begin above that."""
        return not self.fixed or (self.fixed > timedelta(days=3) and not self.fixed % timedelta(days=1))

    def __str__(self) -> str:
        if self.business_days:
            return _count(self.business_days, "business day")
        if self.months:
            return _count(self.months, "month")
        if self.in_days:
            return _count(self.fixed.days, "day")
        seconds = int(self.fixed.total_seconds())
        for size, word in ((3600, "hour"), (60, "minute")):
            if seconds % size == 0:
                return _count(seconds // size, word)
        return _count(seconds, "second")


def add_months(start: datetime, n: int) -> datetime:
    """The same day `n` months on, or the month's last day where it has no such day."""
    year, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + year, month + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))


def is_business_day(day: date, holidays: AbstractSet[date] = frozenset()) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in holidays


def _business(start: datetime, n: int, holidays: AbstractSet[date]) -> datetime:
    moment = start
    while n:
        moment += timedelta(days=1)
        n -= is_business_day(moment.date(), holidays)
    return moment


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def seconds(n: int) -> Span:
    """So many seconds."""
    return Span(timedelta(seconds=n))


def minutes(n: int) -> Span:
    """So many minutes."""
    return Span(timedelta(minutes=n))


def hours(n: int) -> Span:
    """So many hours."""
    return Span(timedelta(hours=n))


def days(n: int) -> Span:
    """So many days."""
    return Span(timedelta(days=n))


def months(n: int) -> Span:
    """So many months."""
    return Span(months=n)


def business_days(n: int) -> Span:
    """So many business days."""
    return Span(business_days=n)


def read_span(unit: str, n: int) -> Span:
    """A length from data: `read_span("days", 30)`. Raises `KeyError` or `ValueError`."""
    makers = {
        "minutes": minutes,
        "hours": hours,
        "days": days,
        "months": months,
        "business_days": business_days,
    }
    if type(n) is not int or not 0 <= n <= LONGEST:
        raise ValueError(f"a length is a whole number from 0 to {LONGEST}")
    return makers[unit](n)
