"""The barcode on the back of a driver's licence or ID card, as text a scanner types or a person pastes.

The text is that of the AAMVA DL/ID Card Design Standard, versions 01 to 10 (2000 to 2020): three-letter
element codes (DCS last name, DAC first name, DBB birth date …), a line each. Scanners and phones mangle it:
line breaks become spaces or vanish, letters become lower-case, a prefix is lost. We read what is sure and
ask for a look where it is not.

The document number is not read. Nothing here logs, and no error repeats what was scanned.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from offramp.rules.refusal import BadInput

LONGEST = 6000  # a full PDF417 symbol holds under 2,000 characters; the rest is room for padding
OLDEST = 120

# The codes of the standard, DAA to DAZ, DBA to DBS and so on: a boundary may be seen at any of them.
CODES = [
    f"D{family}{chr(letter)}"
    for family, last in zip("ABCD", "ZSUL", strict=True)
    for letter in range(ord("A"), ord(last) + 1)
]
NAMES = {"DAA", "DAB", "DAC", "DAD", "DCS", "DCT"}

HEADER = re.compile(r"(?:ANSI|AAMVA)\s*(\d{6})(\d{2})", re.IGNORECASE)
START = re.compile(r"(?:DL|ID|EN)\s*(?=D[ABCD][A-Z])", re.IGNORECASE)
LINE = re.compile(r"[\r\n\x1c-\x1e]+")
CODE = "|".join(CODES)
AFTER_A_SPACE = re.compile(rf"(?:^|\s+)({CODE}|Z[A-Z]{{2}})")
ANYWHERE = re.compile(f"({CODE})")
NOTHING = {"", "NONE", "UNAVL", "UNAVAIL", "N/A"}
SEX = {"1": "male", "M": "male", "2": "female", "F": "female", "9": "x", "X": "x"}


class NotALicence(BadInput):
    """The text is not that of a licence, or its name or birth date cannot be told."""


@dataclass(frozen=True, repr=False)
class Scanned:
    """What a licence says about its holder. `check` asks for a look before it is used: the text was mangled or cut."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    sex: str = ""  # male, female, x, or "" where the card does not say
    street: str = ""
    city: str = ""
    state: str = ""
    postal: str = ""
    check: bool = False

    def __repr__(self) -> str:
        return "Scanned(…)"  # a person: never printed into a log


def read(text: str, *, at: date) -> Scanned:
    """The holder of the licence whose barcode text this is. Raises `NotALicence` with one sentence."""
    if len(text) > LONGEST:
        raise NotALicence("That is far more text than a licence holds. Scan the barcode on the back once.")
    found, sure = elements(text)
    if not (NAMES | {"DBB"}) & set(found):
        raise NotALicence(
            "This is not the barcode text of a US or Canadian licence. Scan the back, or type the name."
        )
    last, first, middle, named = _name(found)
    year, month, day = _born(found.get("DBB", ""), at=at)
    cut = any(found.get(flag, "").upper() == "T" for flag in ("DDE", "DDF", "DDG"))
    return Scanned(
        first=_cased(first),
        middle=_cased(middle),
        last=_cased(last),
        suffix=_cased(found.get("DCU") or found.get("DAE", "")),
        birth_year=year,
        birth_month=month,
        birth_day=day,
        sex=SEX.get(found.get("DBC", "").upper(), ""),
        street=_cased(" ".join(filter(None, (found.get("DAG"), found.get("DAH"))))),
        city=_cased(found.get("DAI", "")),
        state=found.get("DAJ", "").upper()[:2],
        postal=_postal(found.get("DAK", "")),
        check=cut or not sure or not named,
    )


# -- Finding the elements ---------------------------------------------------------------------------------------------


def elements(text: str) -> tuple[Mapping[str, str], bool]:
    """Each element's code and value, and whether the boundaries were sure. The document number is left out."""
    header = HEADER.search(text)
    body = text[header.end() :] if header else text
    start = START.search(body)
    if start and (header or start.start() == 0):
        body = body[start.end() :]
    lines = [(line[:3].upper(), line[3:]) for each in LINE.split(body) if (line := each.strip())]
    known = [(code, value) for code, value in lines if code in CODES]
    if len(known) > 1:
        return _once(known), True
    flat = " ".join(LINE.sub(" ", body).split()).upper()
    pieces = _cut(AFTER_A_SPACE, flat)
    if len(pieces) < 3:
        pieces = _cut(ANYWHERE, flat)
    return _once(pieces), False


def _cut(boundary: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    marks = list(boundary.finditer(text))
    if not marks:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(mark[1], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]


def _once(pieces: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, raw in pieces:
        value = _clean(raw)
        if code == "DAQ":
            continue
        # Part of a name can look like a code (DACOSTA). A wrong name is worse than none.
        if code in NAMES and found.get(code, value) != value:
            raise NotALicence("The name in this scan can be read in two ways. Please type it.")
        found.setdefault(code, value)
    return found


def _clean(raw: str) -> str:
    value = " ".join("".join(c if c.isprintable() and c != "\ufffd" else " " for c in raw).split())
    return "" if value.upper() in NOTHING else value


# -- What they mean ---------------------------------------------------------------------------------------------------


def _name(found: Mapping[str, str]) -> tuple[str, str, str, bool]:
    """Last, first, middle, and whether the card keeps them apart (version 01 may not)."""
    last = found.get("DCS") or found.get("DAB", "")
    first, middle = found.get("DAC", ""), found.get("DAD", "")
    if not first and found.get("DCT"):  # versions 02 and 03: all given names in one
        first, middle = _split(found["DCT"], 2)
    if last or first or not found.get("DAA"):
        return last, first, middle, True
    last, first, middle = _split(found["DAA"], 3)
    return last, first, middle, bool(re.search(r"[,@$;]", found["DAA"]))


def _split(names: str, parts: int) -> list[str]:
    marked = re.split(r"\s*[,@$;]\s*", names) if re.search(r"[,@$;]", names) else names.split()
    head, rest = marked[: parts - 1], " ".join(filter(None, marked[parts - 1 :]))
    return [*head, *[""] * (parts - 1 - len(head)), rest]


def _born(value: str, *, at: date) -> tuple[int | None, int | None, int | None]:
    """Year, month, day. Cards of the US say month first, those of Canada and version 01 year first.

    No eight digits are a date both ways, because no month is 19 or 20: so the digits themselves tell.
    """
    digits = re.sub(r"\D", "", value)
    if not digits:
        return None, None, None
    for year, month, day in ((digits[4:8], digits[:2], digits[2:4]), (digits[:4], digits[4:6], digits[6:8])):
        if len(digits) == 8 and year[:2] in ("19", "20"):
            try:
                born = date(int(year), int(month), int(day))
            except ValueError:
                continue
            if born > at:
                raise NotALicence("The birth date in this scan is in the future. Please type the birth year.")
            if at.year - born.year > OLDEST:
                break
            return born.year, born.month, born.day
    raise NotALicence("The birth date in this scan is not a real date. Please type the birth year.")


def _cased(words: str) -> str:
    """MCBRIDE-O'NEIL as a person writes it: McBride-O'Neil. Mixed case is left as it is."""
    if words != words.upper() and words != words.lower():
        return words
    cased = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), words)
    return re.sub(r"\bMc([a-z])", lambda name: "Mc" + name[1].upper(), cased)


def _postal(value: str) -> str:
    squeezed = value.replace(" ", "").replace("-", "").upper()
    if re.fullmatch(r"[A-Z]\d[A-Z]\d[A-Z]\d", squeezed[:6]):
        return f"{squeezed[:3]} {squeezed[3:6]}"
    return squeezed[:5] if squeezed[:5].isdigit() else ""
