"""One line of an opening table, and the days that are not as usual: frozen values that know on which days they hold.

The rule parts are those of RFC 5545 that the HSDS schedule object uses (FREQ, INTERVAL, BYDAY, BYMONTHDAY,
BYMONTH, DTSTART, UNTIL).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = 24 * 60


class Freq(StrEnum):
    """How often a rule comes round."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True)
class Rule:
    """One line of an opening table. Minutes count from midnight; `closes` beyond 1440 is past midnight.

    A line that closes when it opens says "closed that day": it opens nothing, and makes the table known.
    """

    opens: int
    closes: int
    freq: Freq = Freq.WEEKLY
    days: tuple[tuple[int, int], ...] = ()  # (nth of the month or 0 for every, weekday with Monday 0)
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    interval: int = 1
    begins: date | None = None
    ends: date | None = None

    def falls_on(self, day: date) -> bool:
        """Whether this line holds on that day."""
        if (self.begins and day < self.begins) or (self.ends and day > self.ends):
            return False
        if self.months and day.month not in self.months:
            return False
        if (
            self.monthdays
            and day.day not in self.monthdays
            and day.day - _last_of(day) - 1 not in self.monthdays
        ):
            return False
        if self.days and not any(_is_nth(day, nth, weekday) for nth, weekday in self.days):
            return False
        return self.interval <= 1 or self._in_turn(day)

    def _in_turn(self, day: date) -> bool:
        if self.begins is None:
            return True
        if self.freq is Freq.DAILY:
            return (day - self.begins).days % self.interval == 0
        if self.freq is Freq.WEEKLY:
            return (_monday(day) - _monday(self.begins)).days // 7 % self.interval == 0
        return ((day.year - self.begins.year) * 12 + day.month - self.begins.month) % self.interval == 0

    def to_json(self) -> dict[str, Any]:
        """Plain data; parts that are as usual are left out."""
        parts: dict[str, Any] = {
            "freq": "" if self.freq is Freq.WEEKLY else self.freq.value,
            "days": [list(one) for one in self.days],
            "monthdays": list(self.monthdays),
            "months": list(self.months),
            "interval": 0 if self.interval == 1 else self.interval,
            "begins": _iso(self.begins),
            "ends": _iso(self.ends),
        }
        return {"opens": self.opens, "closes": self.closes} | {
            name: part for name, part in parts.items() if part
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule `to_json` was made from."""
        return cls(
            opens=data["opens"],
            closes=data["closes"],
            freq=Freq(data.get("freq", Freq.WEEKLY)),
            days=tuple((nth, day) for nth, day in data.get("days", ())),
            monthdays=tuple(data.get("monthdays", ())),
            months=tuple(data.get("months", ())),
            interval=data.get("interval", 1),
            begins=_day(data.get("begins")),
            ends=_day(data.get("ends")),
        )


@dataclass(frozen=True)
class Unusual:
    """Days that are not as usual: closed, or open at other times. `yearly` ones come back each year."""

    first: date
    last: date
    closed: bool = True
    opens: int = 0
    closes: int = 0
    yearly: bool = False

    def falls_on(self, day: date) -> bool:
        """Whether this holds on that day. A yearly stretch may run over New Year."""
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, it = (
            (self.first.month, self.first.day),
            (self.last.month, self.last.day),
            (day.month, day.day),
        )
        return first <= it <= last if first <= last else it >= first or it <= last

    def to_json(self) -> dict[str, Any]:
        """Plain data; parts that are as usual are left out."""
        hours = {} if self.closed else {"opens": self.opens, "closes": self.closes}
        return (
            {"first": _iso(self.first), "last": _iso(self.last)}
            | hours
            | ({"yearly": True} if self.yearly else {})
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Unusual":
        """The value `to_json` was made from."""
        return cls(
            first=date.fromisoformat(data["first"]),
            last=date.fromisoformat(data["last"]),
            closed="opens" not in data,
            opens=data.get("opens", 0),
            closes=data.get("closes", 0),
            yearly=data.get("yearly", False),
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _last_of(day: date) -> int:
    following = day.replace(day=28) + timedelta(days=4)
    return (following - timedelta(days=following.day)).day


def _is_nth(day: date, nth: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if nth == 0:
        return True
    return (day.day - 1) // 7 + 1 == nth if nth > 0 else (_last_of(day) - day.day) // 7 + 1 == -nth
