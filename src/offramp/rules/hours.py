"""When a service is open: weekly and monthly hours, past midnight, round the clock, in its own time zone.

Hours are frozen values, read from a directory and asked with a moment. Public holidays come in as values;
what no directory says is *unknown*, never *closed*.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offramp.rules.message import Message, say
from offramp.rules.opening import DAY, DAYS, Freq, Rule, Unusual

LOOK_AHEAD = 62  # days: a monthly clinic is found, a place that opens next year is not
ALWAYS = timedelta(days=8)


class State(StrEnum):
    """Open, closed, or nobody said."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Opening:
    """The answer at one moment. `all_day` is round the clock, every day; on a public holiday hours may differ."""

    state: State
    until: datetime | None = None
    opens_at: datetime | None = None
    all_day: bool = False
    holiday: bool = False


@dataclass(frozen=True)
class Hours:
    """When one outlet is open. Without rules nothing was said, and the answer is unknown.

    `said` is the directory's own sentence about hours, for a person to read.
    """

    rules: tuple[Rule, ...] = ()
    unusual: tuple[Unusual, ...] = ()
    zone: str = "UTC"
    said: str = ""

    def open_at(self, at: datetime, holidays: Collection[date] = ()) -> Opening:
        """Open, closed or unknown at this moment; until when, or when it opens next."""
        today = at.astimezone(zone(self.zone)).date()
        # Hours that all ended in the past say nothing about today.
        if all(rule.ends is not None and rule.ends < today - timedelta(days=1) for rule in self.rules):
            return Opening(State.UNKNOWN, holiday=today in holidays)
        until, opens_at = None, None
        for begins, ends in self._spans(today - timedelta(days=1)):
            reached = until or at
            if begins <= reached < ends:
                until = ends
                if until - at > ALWAYS:
                    break
            elif begins > reached:
                opens_at = begins
                break
        if until is None:
            return Opening(State.CLOSED, opens_at=opens_at, holiday=today in holidays)
        return Opening(State.OPEN, until=until, all_day=until - at > ALWAYS, holiday=today in holidays)

    def _spans(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """Opening stretches in order of their beginning, as moments."""
        where = zone(self.zone)
        for ahead in range(LOOK_AHEAD):
            day = first + timedelta(days=ahead)
            for opens, closes in sorted(self._on(day)):
                if ahead == 0 and closes <= DAY:
                    continue  # the day before counts only for what runs past midnight
                yield _moment(day, opens, where), _moment(day, closes, where)

    def _on(self, day: date) -> list[tuple[int, int]]:
        unusual = [one for one in self.unusual if one.falls_on(day)]
        if unusual:
            return [(one.opens, one.closes) for one in unusual if not one.closed]
        return [
            (rule.opens, rule.closes)
            for rule in self.rules
            if rule.closes > rule.opens and rule.falls_on(day)
        ]

    def to_json(self) -> dict[str, Any]:
        """Plain data, and back again with `from_json`; hours of which nothing is known are an empty object."""
        if not self.rules and not self.said:
            return {}
        rules, unusual = [one.to_json() for one in self.rules], [one.to_json() for one in self.unusual]
        return {"zone": self.zone, "rules": rules, "unusual": unusual, "said": self.said}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Hours":
        """Hours from what `to_json` gave."""
        return cls(
            rules=tuple(Rule.from_json(one) for one in data.get("rules", ())),
            unusual=tuple(Unusual.from_json(one) for one in data.get("unusual", ())),
            zone=data.get("zone", "UTC"),
            said=data.get("said", ""),
        )


ROUND_THE_CLOCK = (Rule(opens=0, closes=DAY, freq=Freq.DAILY),)


def weekly(days: str, opens: str, closes: str) -> tuple[Rule, ...]:
    """The short way: `weekly("MO,TU,WE", "09:00", "17:00")`. A closing time not after the opening one is next day's."""
    begins, ends = _minutes(opens), _minutes(closes)
    on = tuple((0, DAYS.index(day.strip())) for day in days.split(","))
    return (Rule(opens=begins, closes=ends if ends > begins else ends + DAY, days=on),)


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """A zone by name ("America/Chicago") or fixed offset ("+03:00"). An unknown one is UTC; `known_zone` asks first."""
    if name[:1] in {"+", "-"}:
        hours, _, minutes = name[1:].partition(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(offset if name[0] == "+" else -offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def known_zone(name: str) -> bool:
    """Whether this names a zone we can reckon with."""
    try:
        return zone(name) is not UTC or name.upper() in {"UTC", "ETC/UTC", "GMT"}
    except ValueError:
        return False


def in_words(opening: Opening, *, at: datetime, zone_name: str) -> Message:
    """What an officer reads: "Open until 9 pm", "Closed now, opens Monday at 8 am", "Hours not known"."""
    if opening.state is State.UNKNOWN:
        return say("Hours not known")
    if opening.all_day:
        return say("Open 24 hours")
    where = zone(zone_name)
    moment = opening.until if opening.state is State.OPEN else opening.opens_at
    if moment is None:
        return say("Closed now")
    there, today = moment.astimezone(where), at.astimezone(where).date()
    # Open until 2 am is tonight to everybody but a calendar.
    days = ((there - timedelta(hours=5 if opening.state is State.OPEN else 0)).date() - today).days
    texts = _OPEN_WORDS if opening.state is State.OPEN else _CLOSED_WORDS
    text = texts[min(max(days, 0), 2 if days < 7 else 3)]
    return say(text, time=clock_words(there), day=WEEKDAYS[there.weekday()], date=f"{there:%m/%d}")


_OPEN_WORDS = (
    "Open until {time}",
    "Open until tomorrow {time}",
    "Open until {day} {time}",
    "Open until {date}",
)
_CLOSED_WORDS = (
    "Closed now, opens at {time}",
    "Closed now, opens tomorrow at {time}",
    "Closed now, opens {day} at {time}",
    "Closed now, opens on {date} at {time}",
)
WEEKDAYS = tuple(
    say(name) for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)


def clock_words(moment: datetime) -> str:
    """ "9 pm", "9:30 pm", "noon", "midnight"."""
    if moment.minute == 0 and moment.hour in {0, 12}:
        return "midnight" if moment.hour == 0 else "noon"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _moment(day: date, minutes: int, where: tzinfo) -> datetime:
    """A wall-clock time on a day as a moment. On the night the clocks change, the wall clock decides."""
    later, rest = divmod(minutes, DAY)
    wall = datetime.combine(day + timedelta(days=later), time(rest // 60, rest % 60), tzinfo=where)
    return wall.astimezone(UTC)
