"""Opening hours from a directory: HSDS 3 schedule rules, weekday rows of HSDS 1 and Ohana, holiday rows, and sentences."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from offramp.formats.hsds.cells import (
    BadCell,
    byday,
    day_of,
    minutes_of,
    offset_beside,
    offset_of,
    stretch,
    weekdays,
    whole,
)
from offramp.formats.hsds.staging import Staged
from offramp.rules.hours import ROUND_THE_CLOCK, Hours, known_zone, zone
from offramp.rules.opening import Freq, Rule, Unusual


def hours_of(rows: Sequence[Staged], *, zone_name: str) -> Hours:
    """The hours these rows say; each has passed `times`."""
    rules: list[Rule] = []
    unusual: list[Unusual] = []
    for row in rows:
        said = times(row.cells)
        if isinstance(said, Unusual):
            unusual.append(said)
        elif said is not None:
            rules.append(said)
            zone_name = _zone(row.cells, zone_name)
    words = " ".join(dict.fromkeys(filter(None, (row.cells.get("description", "") for row in rows))))
    return Hours(tuple(rules), tuple(unusual), zone_name, words)


def times(cells: Mapping[str, str]) -> Rule | Unusual | None:
    """One row of a schedule; None when it only describes. Raises `BadCell`."""
    if cells.get("kind") == "holiday" or "start_date" in cells:
        return _holiday(cells)
    _zone(cells, "UTC")
    return _rule(cells)


def _rule(cells: Mapping[str, str]) -> Rule | None:
    opens, closes = cells.get("opens_at", ""), cells.get("closes_at", "")
    days = _days(cells)
    if not opens and not closes:
        # An older file's weekday without hours is a day it is closed; a newer one's is only a description.
        return Rule(0, 0, days=days) if "weekday" in cells else None
    if not opens or not closes:
        raise BadCell("“{said}” is half of the hours: the other half is missing.", said=opens or closes)
    begins, ends = stretch(opens, closes)
    return Rule(
        opens=begins,
        closes=ends,
        freq=_freq(cells),
        days=days,
        monthdays=_numbers(cells, "bymonthday") if _freq(cells) is Freq.MONTHLY else (),
        interval=max(1, whole(cells["interval"])) if cells.get("interval") else 1,
        begins=_first(cells, "dtstart", "valid_from"),
        ends=_first(cells, "until", "valid_to"),
    )


def _days(cells: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    if cells.get("weekday"):
        return tuple((0, day) for day in weekdays(cells["weekday"]))
    return byday(cells["byday"]) if cells.get("byday") else ()


def _freq(cells: Mapping[str, str]) -> Freq:
    said = cells.get("freq", "").upper()
    if not said:
        return Freq.WEEKLY
    if said not in set(Freq):
        raise BadCell("“{said}” is no frequency we reckon with.", said=cells["freq"])
    return Freq(said)


def _numbers(cells: Mapping[str, str], column: str) -> tuple[int, ...]:
    said = cells.get(column, "")
    if said and not re.fullmatch(r"\s*[+-]?\d{1,2}(\s*,\s*[+-]?\d{1,2})*\s*", said):
        raise BadCell("“{said}” are no days of a month.", said=said)
    return tuple(int(part) for part in said.split(",")) if said else ()


def _first(cells: Mapping[str, str], *columns: str) -> date | None:
    said = next((cells[column] for column in columns if cells.get(column)), "")
    return day_of(said)[0] if said else None


def _holiday(cells: Mapping[str, str]) -> Unusual:
    first, yearly = day_of(cells.get("start_date", ""))
    last, _ = day_of(cells.get("end_date") or cells.get("start_date", ""))
    if cells.get("closed", "").lower() in {"true", "yes", "1", "t", "y"} or not cells.get("opens_at"):
        return Unusual(first, last, yearly=yearly)
    opens, closes = stretch(cells["opens_at"], cells.get("closes_at", ""))
    return Unusual(first, last, closed=False, opens=opens, closes=closes, yearly=yearly)


def _zone(cells: Mapping[str, str], usual: str) -> str:
    """The zone these times are in. An offset that is the place's own at some time of year is the place's zone."""
    beside, column = offset_beside(cells.get("opens_at", "")), cells.get("timezone", "")
    if beside:
        return usual if beside in _offsets(usual) else beside
    if column and not re.fullmatch(r"[+-]?\d.*", column) and known_zone(column):
        return column
    offset = offset_of(column) if column else ""
    return usual if not offset or offset in _offsets(usual) else offset


def _offsets(zone_name: str) -> set[str]:
    moments = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))
    minutes = [
        (moment.astimezone(zone(zone_name)).utcoffset() or timedelta()).total_seconds() // 60
        for moment in moments
    ]
    return {f"{'-' if m < 0 else '+'}{int(abs(m)) // 60:02}:{int(abs(m)) % 60:02}" for m in minutes}


# -- Sentences ------------------------------------------------------------------------------------------------------

_DAY_WORD = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?s?"
_DAY_PART = re.compile(rf"\b({_DAY_WORD})\b\.?(?:\s*(?:-|–|to|through)\s*({_DAY_WORD})\b\.?)?\s*:?", re.I)
_TIMES = re.compile(
    r"(\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|noon|midnight)\s*(?:-|–|to|until)\s*(\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|noon|midnight)",
    re.I,
)
_ALWAYS = re.compile(
    r"24\s*/\s*7|24 hours(?: a day)?,? (?:7|seven) days|open 24 hours|around the clock", re.I
)


def rules_in(text: str) -> tuple[Rule, ...]:
    """The hours in a sentence: "Sunday: Closed Monday: 8:30-12:00, 13:00-17:00", "Mon-Fri 9am-5pm", "24/7".

    What is not understood whole is not read at all: half of the hours would be wrong hours.
    """
    if _ALWAYS.search(text):
        return ROUND_THE_CLOCK
    parts = list(_DAY_PART.finditer(text))
    rules: list[Rule] = []
    for part, following in zip(parts, [*parts[1:], None], strict=False):
        said = text[part.end() : following.start() if following else len(text)]
        days = tuple((0, day) for day in weekdays("-".join(filter(None, part.groups()))))
        rest = _TIMES.sub("", said).lower()
        times = _TIMES.findall(said)
        if not times and "closed" not in rest:
            raise BadCell("“{said}” could not be read as hours.", said=text[:80])
        rules += [Rule(*stretch(*_halves(*pair)), days=days) for pair in times] or [Rule(0, 0, days=days)]
    if not rules:
        raise BadCell("“{said}” could not be read as hours.", said=text[:80])
    return tuple(rules)


def _halves(opens: str, closes: str) -> tuple[str, str]:
    """ "9-5pm" opens in the morning; "1-5pm" does not."""
    half = re.search(r"[ap]\.?m", closes, re.I)
    if half and opens.isdecimal() and half[0][0].lower() == "p" and int(opens) < 12:
        same = minutes_of(f"{opens}pm") < minutes_of(closes)
        return f"{opens}{'pm' if same else 'am'}", closes
    return opens, closes
