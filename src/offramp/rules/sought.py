"""One box, many ways to say whom you look for: what was typed, read as names, a birth date, a phone, a street, a code.

    maria lopez 1990 · Lopez, Maria 4/2/1990 · sam 555-0101 · rivers 2 Apr · 12 Oak St · 3FQ-72K

Dates are read in any order people write them: 4/2 may be April 2 or February 4, and both are looked for. What can not be
read is left out, never an error: a search box is no form.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from offramp.rules.dates_said import take_date, take_short_date, take_year, without
from offramp.rules.names import plain
from offramp.rules.streets_said import Door, take_street

LONGEST = 200
MOST_WORDS = 6


@dataclass(frozen=True)
class Sought:
    """Who is looked for. Each part may hold several readings of the same words."""

    words: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()  # (month, day)
    months: tuple[int, ...] = ()
    phones: tuple[str, ...] = ()
    streets: tuple[Door, ...] = ()
    code: str = ""

    def __bool__(self) -> bool:
        return any((self.words, self.years, self.days, self.phones, self.streets, self.code))


def read(text: str, *, at: datetime) -> Sought:
    """What was typed into the box, as far as it can be read."""
    rest, code = _take_code(text[:LONGEST])
    rest, date = take_date(rest, at)
    rest, phones = take_phone(rest)
    rest, short = take_short_date(rest, at) if not date.days else (rest, date)
    rest, streets = take_street(rest)
    rest, year = take_year(rest, at) if not date.years else (rest, date)
    words = [*date.words, *(word for word in plain(rest).split() if not word.isdigit())]
    return Sought(
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
        years=date.years or year.years,
        days=date.days or short.days,
        months=date.months,
        phones=phones,
        streets=streets,
        code=code,
    )


# The letters and digits of a file's code (records/person.py).
_CODE = re.compile(r"(?<![\w-])([2-9B-DF-HJ-NP-TV-XZ]{3}-[2-9B-DF-HJ-NP-TV-XZ]{3})(?![\w-])", re.IGNORECASE)


def _take_code(text: str) -> tuple[str, str]:
    for seen in _CODE.finditer(text):
        if not seen[1].replace("-", "").isdigit():  # six digits are part of a phone number
            return without(text, seen), seen[1].upper()
    return text, ""


_PHONE = re.compile(
    r"(?<![\d/])(?:(?:\+?1[\s.-]|\+1|1(?=\d{10}(?!\d)))?\(?\d{3}\)?[\s.-]{0,2})?\d{3}[\s.-]?\d{4}(?![\d/])"
    r"(?:\s*(?:ext\.?|x)\s*\d+)?",
    re.IGNORECASE,
)


def take_phone(text: str) -> tuple[str, tuple[str, ...]]:
    """A phone number of seven or ten digits, however it is spaced."""
    seen = _PHONE.search(text)
    return (without(text, seen), (digits(seen[0]),)) if seen else (text, ())


def digits(phone: str) -> str:
    """A phone number as its digits, without the country's 1 and an extension; "" for too few to be one."""
    dialled = re.sub(r"\D", "", re.split(r"(?i)\s*(?:ext|x|#)", phone)[0])
    return dialled[1:] if len(dialled) == 11 and dialled[0] == "1" else dialled if len(dialled) >= 7 else ""
