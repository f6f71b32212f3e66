"""Single cells as real directories write them: times, days, dates, numbers, phones, ZIP codes, coordinates.

Each function gives a value or raises `BadCell` with one sentence. What is merely unusual is read; what could mean
two things is not guessed.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import NAMESPACE_URL, UUID, uuid5

from offramp.rules.message import Message, say
from offramp.rules.opening import DAY, DAYS


class BadCell(ValueError):
    """A cell that can not be understood. Carries the sentence."""

    def __init__(self, text: str, **params: object):
        self.message: Message = say(text, **params)
        super().__init__(str(self.message))


# -- Identity -------------------------------------------------------------------------------------------------------


def key_of(source: str, table: str, said: str) -> UUID:
    """A UUID as it is; anything else becomes a stable one within its source and table, the same at every reading."""
    try:
        return UUID(said)
    except ValueError:
        return uuid5(uuid5(NAMESPACE_URL, f"offramp:directory:{source}"), f"{table}:{said}")


# -- Times ----------------------------------------------------------------------------------------------------------

_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(a\.?m?\.?|p\.?m?\.?|noon|midnight)?\s*(z|[+-]\d{2}:?\d{2})?",
    re.I,
)
_WORDS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0, "12 noon": 12 * 60, "12 midnight": 0}


def minutes_of(said: str) -> int:
    """Minutes since midnight: "8:00am", "9 am", "17:00:00", "0800", "noon", "24:00". An offset written beside it is left off."""
    plain = " ".join(said.lower().split())
    if plain in _WORDS:
        return _WORDS[plain]
    if re.fullmatch(r"\d{4}", plain):
        plain = f"{plain[:2]}:{plain[2:]}"
    found = _CLOCK.fullmatch(plain)
    if not found:
        raise BadCell("“{said}” is no time of day.", said=said)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            raise BadCell("“{said}” is no time of day.", said=said)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise BadCell("“{said}” is no time of day.", said=said)
    return hour * 60 + minute


def offset_beside(said: str) -> str:
    """The offset written beside a time of day, as "+03:00", or nothing. A Z is UTC."""
    found = _CLOCK.fullmatch(" ".join(said.lower().split()))
    if not found or not found[4]:
        return ""
    return "+00:00" if found[4] == "z" else found[4] if ":" in found[4] else f"{found[4][:3]}:{found[4][3:]}"


def stretch(opens: str, closes: str) -> tuple[int, int]:
    """Opening and closing minutes. Closing at or before opening is the next day's; a minute to midnight is midnight."""
    begins, ends = minutes_of(opens) % DAY, minutes_of(closes)
    if ends % DAY == DAY - 1:
        ends = DAY
    return begins, ends if ends > begins else ends + DAY


# -- Days -----------------------------------------------------------------------------------------------------------

_DAY_NAMES = {name: n for n, names in enumerate(("mo mon monday", "tu tue tues tuesday", "we wed wednesday",
    "th thu thur thurs thursday", "fr fri friday", "sa sat saturday", "su sun sunday")) for name in names.split()}  # fmt: skip
_BYDAY = re.compile(r"([+-]?\d{0,2})(MO|TU|WE|TH|FR|SA|SU)")


def weekdays(said: str) -> tuple[int, ...]:
    """Weekdays, Monday 0: a name, an abbreviation, a number (1 is Monday, 0 and 7 Sunday), a list, or "Mon-Fri"."""
    found: list[int] = []
    for part in re.split(r"[,;/&]|\band\b", said.lower()):
        ends = [word.strip(" .") for word in re.split(r"[-–]|\bto\b|\bthrough\b", part) if word.strip(" .")]
        days = [_weekday(end, said) for end in ends]
        if len(days) == 2:
            found += [(days[0] + n) % 7 for n in range((days[1] - days[0]) % 7 + 1)]
        elif len(days) == 1:
            found += days
        elif days:
            raise BadCell("“{said}” names no weekday.", said=said)
    return tuple(dict.fromkeys(found))


def _weekday(word: str, said: str) -> int:
    if word.isdecimal() and 0 <= int(word) <= 7:
        return (int(word) - 1) % 7
    one = word.removesuffix("s") if word.endswith("days") else word
    if one in _DAY_NAMES:
        return _DAY_NAMES[one]
    raise BadCell("“{said}” names no weekday.", said=said)


def byday(said: str) -> tuple[tuple[int, int], ...]:
    """The days of a rule: "MO,WE" or, in a month, "2MO,-1FR"."""
    found = []
    for part in filter(None, re.split(r"[,\s]+", said.upper())):
        day = _BYDAY.fullmatch(part)
        if not day:
            return tuple((0, weekday) for weekday in weekdays(said))
        found.append((int(day[1] or 0) if day[1] not in {"+", "-"} else 0, DAYS.index(day[2])))
    return tuple(found)


_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%Y/%m/%d")


def day_of(said: str) -> tuple[date, bool]:
    """A date, and whether it comes back every year (directories write such a year as 0001)."""
    plain = said.strip()
    yearly = re.search(r"\b000[01]\b", plain)
    if yearly:
        plain = plain.replace(yearly[0], "2000")
    for form in _DATES:
        try:
            return datetime.strptime(plain.split("T")[0], form).replace(tzinfo=UTC).date(), bool(yearly)
        except ValueError:
            continue
    raise BadCell("“{said}” is no date.", said=said)


def moment_of(said: str) -> datetime:
    """A moment with its zone. A time without one is not trusted."""
    plain = re.sub(r"(\.\d{1,6})\d*", lambda part: part[1].ljust(7, "0"), said.strip().replace("Z", "+00:00"))
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        raise BadCell("“{said}” is no date and time.", said=said) from None
    if moment.tzinfo is None:
        raise BadCell("“{said}” has no time zone.", said=said)
    return moment.astimezone(UTC)


def offset_of(said: str) -> str:
    """A time zone as HSDS writes it, hours from UTC, as "+03:00"."""
    found = re.fullmatch(r"(?:utc|gmt)?\s*([+-]?)(\d{1,2})(?:\.0+|:?(\d{2}))?", said.strip().lower())
    if not found or int(found[2]) > 14:
        raise BadCell("“{said}” is no time zone.", said=said)
    offset = timezone(timedelta(hours=int(found[2]), minutes=int(found[3] or 0)))
    return ("-" if found[1] == "-" else "+") + str(offset)[4:] if int(found[2]) or found[3] else "+00:00"


# -- Numbers and places ---------------------------------------------------------------------------------------------


def whole(said: str) -> int:
    """A whole number, not below zero: "12", "12.0"."""
    if not re.fullmatch(r"\d{1,6}(\.0+)?", said.strip()):
        raise BadCell("“{said}” is no whole number.", said=said)
    return int(float(said))


def coordinate(said: str, *, most: int) -> float:
    """A latitude (most 90) or longitude (most 180)."""
    try:
        value = float(said)
    except ValueError:
        raise BadCell("“{said}” is no coordinate.", said=said) from None
    if not -most <= value <= most:
        raise BadCell("{said} does not lie on the globe.", said=said)
    return value


_LOST_ZERO = {"CT", "MA", "ME", "NH", "NJ", "RI", "VT", "PR", "VI", "AE"}


def postal_code(said: str, state: str) -> str:
    """A ZIP code with the zeros a spreadsheet took off it, where the state is one whose codes begin with zero."""
    first, dash, rest = said.strip().partition("-")
    if state in _LOST_ZERO and first.isdecimal() and 3 <= len(first) <= 4:
        return first.zfill(5) + dash + rest
    return said.strip()


def phones(said: str, extension: str = "") -> tuple[str, ...]:
    """The numbers in a cell, as written: "(618) 453-3217; (618) 536-7711" is two. Raises if one has no number in it."""
    found = []
    for part in re.split(r";|\n|\bor\b", said):
        number = part.strip().strip('"')
        if not number:
            continue
        if sum(letter.isdecimal() for letter in number) < 3 or len(re.sub(r"[^0-9A-Za-z]", "", number)) < 7:
            raise BadCell("“{said}” is no phone number.", said=said)
        found.append(f"{number} x{extension}" if extension else number)
    return tuple(found)
