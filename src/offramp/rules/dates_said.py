"""Birth dates as people type them among other words: 1990, '90, 4/2/1990, 2 Apr, abril 1990, 19900402, 35yo."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

_OLDEST = 1900
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = {
    word: month
    for month, words in enumerate(
        """jan january ene enero|feb february febrero|mar march marzo|apr april abr abril|may mayo|jun june junio
        |jul july julio|aug august ago agosto|sep sept september septiembre set|oct october octubre
        |nov november noviembre|dec december dic diciembre""".split("|"),
        start=1,
    )
    for word in words.split()
}
# Months that people are also called, when nothing but a year stands beside them.
_ALSO_NAMES = frozenset("april may june august abril julio junio".split())

_MONTH = "(?P<word>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WITH_YEAR = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        r"(?<![\d/.-])(?P<a>\d\d?)([-/.])(?P<b>\d\d?)\2(?P<year>(?:19|20)?\d\d)(?![\d/.-])",
        rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:de\s+|of\s+)?{_MONTH}\b\.?,?(?:\s+(?:del?\s+)?{_YEAR}\b)?",
        rf"\b{_MONTH}\b\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\b,?(?:\s+{_YEAR}\b)?",
        rf"\b{_MONTH}\b\.?,?\s+(?:del?\s+)?{_YEAR}\b",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"(?<!\d)(?P<a>\d\d)(?P<b>\d\d){_YEAR}(?!\d)",
    )
]
_WITHOUT_YEAR = [re.compile(r"(?<![\d/.-])(?P<a>\d\d?)[-/](?P<b>\d\d?)(?![\d/.-])")]
_LONE_YEAR = re.compile(r"(?<![\d/-])((?:19|20)\d\d)(?![\d/-])|(?<!\w)['’](\d\d)(?!\d)")
_AGE = re.compile(
    r"\b(?:age|aged|edad)\s*(\d{1,3})\b|\b(\d{1,3})\s*(?:yo|y/o|yrs?|years? old|años)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Born:
    """Every reading of a date. `words` are those that may also be a name: "April 1990"."""

    years: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()  # (month, day)
    months: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.years or self.days)


def take_date(text: str, at: datetime) -> tuple[str, Born]:
    """A date that has a year or names its month: what is left of the text, and the date."""
    return _first(_WITH_YEAR, text, at)


def take_short_date(text: str, at: datetime) -> tuple[str, Born]:
    """4/2, which might be part of something else: asked once that is out of the way."""
    return _first(_WITHOUT_YEAR, text, at)


def take_year(text: str, at: datetime) -> tuple[str, Born]:
    """A year by itself, or an age, which leaves two years open."""
    if seen := _AGE.search(text):
        age = int(seen[1] or seen[2])
        years = tuple(year for year in (at.year - age, at.year - age - 1) if year >= _OLDEST)
        return without(text, seen), Born(years=years)
    for seen in _LONE_YEAR.finditer(text):
        if years := _full_year(seen[1] or seen[2], at):
            return without(text, seen), Born(years=years)
    return text, Born()


def is_year(digits: str) -> bool:
    """Whether a number by itself would be read as a year."""
    return bool(_LONE_YEAR.fullmatch(digits))


def without(text: str, seen: re.Match[str]) -> str:
    """The text with a gap where this was read."""
    return f"{text[: seen.start()]} {text[seen.end() :]}"


def _first(patterns: list[re.Pattern[str]], text: str, at: datetime) -> tuple[str, Born]:
    for pattern in patterns:
        for seen in pattern.finditer(text):
            if born := _read(seen.groupdict(), at):
                return without(text, seen), born
    return text, Born()


def _read(part: dict[str, str | None], at: datetime) -> Born:
    years = _full_year(part.get("year") or "", at)
    word = (part.get("word") or "").lower()
    if word and not part.get("day"):
        return Born(years, months=(_MONTHS[word],), words=(word,) if word in _ALSO_NAMES else ())
    if day := part.get("day"):
        month = _MONTHS[word] if word else int(part["month"] or 0)
        days = tuple(_possible([(month, int(day))]))
    else:
        a, b = int(part["a"] or 0), int(part["b"] or 0)
        days = tuple(dict.fromkeys(_possible([(a, b), (b, a)])))
    return Born(years, days) if days else Born()


def _possible(days: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((month, day) for month, day in days if 1 <= month <= 12 and 1 <= day <= _LAST_DAY[month - 1])


def _full_year(year: str, at: datetime) -> tuple[int, ...]:
    """1990, or 90 as the last such year. Nobody is born tomorrow."""
    if not year:
        return ()
    full = int(year) if len(year) == 4 else at.year - (at.year - int(year)) % 100
    return (full,) if _OLDEST <= full <= at.year else ()
