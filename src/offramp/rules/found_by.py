"""What a person is found by: short texts that join two facts, so that a slip in one of them leaves others whole.

A first name alone is shared by thousands; "sounds like Maria, sounds like Lopez" by a few hundred, with the year of birth
by a handful. Each text begins with a mark of what it joins. The texts are never stored: records/tokens.py turns each into
a number under a key. Names are joined without saying which is first and which is last, so swapped names cost nothing.

    e  two names as spelt          s  two names as they sound      t  the same with a year of birth
    d  one as spelt, one in sound with a letter left out (a slip)  q  how two names begin
    y  a name and a year           m  a name and a day             b  a whole date of birth
    p  a phone                     h  a house                      r  a street and a name
    w  one name as spelt           n  one name as it sounds
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from offramp.rules.names import PARTICLES, formal, slips, sound
from offramp.rules.sought import Sought
from offramp.rules.streets_said import Door

# How much it says that a file shares a text: which files are worth opening is decided by the sum.
WEIGHT = {"t": 24, "e": 16, "s": 12, "d": 1, "y": 8, "m": 12, "b": 16, "p": 24, "h": 20, "r": 12, "q": 4, "w": 8, "n": 4}  # fmt: skip
NEAR_YEAR = 20
# What few share is asked for first; what more share, while there is too little; what thousands share, last and singly.
TELLING, LOOSE, LOOSER, COMMON = "tebmphr", "sd", "yq", "wn"
MOST = 120  # texts of one file, whoever has many names
MOST_PAIRS = 16


@dataclass(frozen=True)
class Known:
    """What a file says of a person, ready to be compared. Names are plain and in one piece, in every shortened form."""

    firsts: tuple[str, ...] = ()  # first names, and what they are called
    lasts: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()  # those of them that are not their own first or last name
    year: int | None = None
    month: int | None = None
    day: int | None = None
    phones: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()


def filed(known: Known) -> list[str]:
    """The texts of a file, the most telling first; at most MOST of them."""
    pairs = [(first, last) for first in known.firsts for last in known.lasts if first != last][:MOST_PAIRS]
    texts = [*_contacts(known), *_dates(known)]
    texts += [f"w {name}" for one in known.firsts for name in sorted(formal(one))]
    texts += [f"w {name}" for name in known.lasts] + [f"n {heard}" for heard in _heard(known)]
    for say in (_pair, _slipped):
        texts += [text for first, last in pairs for text in say(first, last, known.year)]
    return list(dict.fromkeys(texts))[:MOST]


def _heard(known: Known) -> list[str]:
    """How each of their names may sound, formal names among them."""
    firsts = (sound(name) for one in known.firsts for name in sorted(formal(one)))
    return list(dict.fromkeys([*firsts, *map(sound, known.lasts)]))


def _pair(first: str, last: str, year: int | None) -> Iterator[str]:
    """Two names as they are spelt and as they sound, and how they begin."""
    ends = sound(last)
    for name in sorted(formal(first)):
        yield joined("e", name, last)
        yield joined("s", sound(name), ends)
        if year:
            yield f"{joined('t', sound(name), ends)} {year}"
    yield joined("q", first[:3], last[:3])


def _slipped(first: str, last: str, year: int | None) -> Iterator[str]:
    """One of the two as it is spelt, the other as it sounds with a letter left out."""
    for name in sorted(formal(first)):
        yield from (f"d {name}|{slip}" for slip in sorted(slips(sound(last))))
    yield from (f"d {last}|{slip}" for slip in sorted(slips(sound(first))))


def _dates(known: Known) -> Iterator[str]:
    heard = _heard(known)
    if known.month and known.day:
        if known.year:
            yield f"b {known.year} {known.month} {known.day}"
        yield from (f"m {name} {known.month} {known.day}" for name in heard)
    if known.year:
        yield from (f"y {name} {known.year}" for name in heard)


def _contacts(known: Known) -> Iterator[str]:
    heard = _heard(known)
    for phone in known.phones:
        yield from _phone(phone)
    for number, street in known.doors:
        if number:
            yield f"h {number} {street}"
        yield from (f"r {sound(street)} {name}" for name in heard)


def _phone(phone: str) -> Iterator[str]:
    """All ten digits, and the last seven: people leave out the area code."""
    if len(phone) >= 10:
        yield f"p {phone[-10:]}"
    yield f"p {phone[-7:]}"


def joined(mark: str, one: str, other: str) -> str:
    """Two names in the order of the alphabet: which is first and which last is not said."""
    return f"{mark} {min(one, other)} {max(one, other)}"


# -- Asked for ------------------------------------------------------------------------------------------------------


def tiers(sought: Sought) -> list[dict[str, int]]:
    """The texts a file that is meant may share, and what each says, tier by tier. The last is what thousands share."""
    weights = asked(sought)
    one_name = sum(len(name) == 1 for name in spans(sought.words)) == 1
    marks = (TELLING, LOOSE, LOOSER, COMMON) if one_name else (TELLING, LOOSE, LOOSER + COMMON, "")
    return [{text: weight for text, weight in weights.items() if text[0] in tier} for tier in marks]


def asked(sought: Sought) -> dict[str, int]:
    """All of these texts."""
    weights: dict[str, int] = {}
    for text, weight in _asked(sought):
        weights[text] = max(weight, weights.get(text, 0))
    return weights


def _asked(sought: Sought) -> Iterator[tuple[str, int]]:
    names = spans(sought.words)
    for one, other in pairs(names):
        yield from _asked_pair(one, other, sought.years)
    heard = {sound(form) for name in names for form in formal("".join(name))}
    yield from _weighed(
        [
            *(f"y {name} {year}" for name in heard for year in sought.years),
            *(f"m {name} {month} {day}" for name in heard for month, day in sought.days),
            *(f"b {year} {month} {day}" for year in sought.years for month, day in sought.days),
            *(text for phone in sought.phones for text in _phone(phone)),
            *(f"h {number} {street}" for number, street in sought.streets if number),
            *(f"r {sound(street)} {name}" for _, street in sought.streets for name in heard),
        ]
    )
    yield from _weighed(_alone(names))


def _alone(names: list[tuple[str, ...]]) -> Iterator[str]:
    """One name and nothing else, or words that are one name together."""
    telling = [name for name in names if len(name) == 1]
    for name in names if len(telling) == 1 else [name for name in names if len(name) == len(telling)]:
        whole = "".join(name)
        yield from (f"w {form}" for form in sorted(formal(whole), key=lambda form: (form != whole, form)))
        yield f"n {sound(whole)}"


def _asked_pair(one: str, other: str, years: Iterable[int]) -> Iterator[tuple[str, int]]:
    """Either may be the first name, short or formal; either may be misspelt."""
    spelt = {(form, other) for form in formal(one)} | {(form, one) for form in formal(other)}
    heard = {tuple(sorted((sound(a), sound(b)))) for a, b in spelt}
    near = [year for said in years for year in near_years(said)]
    for a, b in heard:
        yield f"s {a} {b}", WEIGHT["s"]
        yield from ((f"t {a} {b} {year}", WEIGHT["t"]) for year in years)
        yield from ((f"t {a} {b} {year}", NEAR_YEAR) for year in near)
    yield from _weighed([joined("e", a, b) for a, b in spelt] + [joined("q", one[:3], other[:3])])
    for whole, slipped in [
        *((form, other) for form in formal(one)),
        *((form, one) for form in formal(other)),
    ]:
        for a, b in ((whole, sound(slipped)), (slipped, sound(whole))):
            yield from _weighed([f"d {a}|{slip}" for slip in (b, *sorted(slips(b)))])
            yield from ((joined("s", sound(a), slip), WEIGHT["d"]) for slip in sorted(slips(b)))


def _weighed(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((text, WEIGHT[text[0]]) for text in texts)


def spans(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each word, and words that stand side by side and may be one name: mary ann, de la cruz."""
    long = tuple(word for word in words if len(word) > 1) or words
    found = [long[at : at + size] for size in (1, 2, 3) for at in range(len(long) - size + 1)]
    return [name for name in found if name[-1] not in PARTICLES] or found


def pairs(names: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Two names that share no word, the shortest first: one may be the first name and one the last."""
    found = [("".join(a), "".join(b)) for a, b in combinations(names, 2) if not set(a) & set(b)]
    return list(dict.fromkeys(found))[:MOST_PAIRS]


def near_years(year: int) -> list[int]:
    """The years one slip away: a year or two off, a decade off, a wrong digit, two digits swapped."""
    century, tens, ones = year // 100 * 100, year // 10 % 10, year % 10
    slipped = {century + 10 * other + ones for other in range(10)} | {
        century + 10 * tens + other for other in range(10)
    }
    return sorted(
        (slipped | {century + 10 * ones + tens, year - 2, year - 1, year + 1, year + 2, year - 10, year + 10})
        - {year}
    )
