"""How like a file is to whom somebody looks for, in points and in words.

Points follow the idea of record linkage (I. Fellegi and A. Sunter, 1969): each part that agrees adds about as much as it
narrows down who it may be, each that disagrees takes some away, and what either side does not say counts for nothing.
The score is the share of the points that whoever asked could have got, from 0 to 100.
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from offramp.records.identity import Identity
from offramp.records.tokens import known
from offramp.rules.found_by import Known, near_years
from offramp.rules.message import Message, say
from offramp.rules.names import is_short_for, sound
from offramp.rules.sought import Sought
from offramp.rules.streets_said import Door

NAME, YEAR, DAY, PHONE, STREET = 10, 8, 12, 24, 18

FIRST, LAST = "first", "last"
SAME = {FIRST: say("Same first name"), LAST: say("Same last name")}
SHORT = say("A short form of the first name")
SOUNDS = {FIRST: say("First name sounds alike"), LAST: say("Last name sounds alike")}
NEARLY = {FIRST: say("First name spelt nearly alike"), LAST: say("Last name spelt nearly alike")}
BEGINS = {FIRST: say("First name begins so"), LAST: say("Last name begins so")}
ALSO = say("A name they also go by")
SWAPPED = say("First and last name the other way round")
BORN = say("Same date of birth")
SAME_YEAR, NEAR_YEAR = say("Same year of birth"), say("Year of birth is close")
SAME_DAY, SAME_MONTH = say("Same day and month of birth"), say("Same month of birth")
SAME_PHONE, SAME_SEVEN = say("Same phone number"), say("Same phone number, without area code")
SAME_DOOR, SAME_STREET = say("Same address"), say("Same street")
SAME_CODE = say("Same file code")


@dataclass(frozen=True)
class Likeness:
    """How like, from 0 to 100, and why. `kinds` counts how many kinds of fact agree."""

    score: int
    reasons: tuple[Message, ...]
    kinds: int = 1


@dataclass
class _Part:
    """What one kind of fact says: points got, points to be had, reasons."""

    points: float
    most: float
    reasons: list[Message]


def likeness(sought: Sought, identity: Identity) -> Likeness:
    """Compare whom is looked for with whom a file is about."""
    seen = known(identity)
    streets = _streets(sought, seen)
    words = [
        word
        for word in sought.words
        if not (streets.points > 0 and any(word == said for _, said in sought.streets))
    ]
    parts = [
        _names(words, seen),
        _year(sought, seen),
        _day(sought, seen),
        _phones(sought, seen),
        streets,
    ]
    most = sum(part.most for part in parts)
    share = sum(part.points for part in parts) / most if most else 0
    names, year, day, phones, _ = agrees = [part.points > 0 for part in parts]
    reasons = tuple(
        reason for part, does in zip(parts, agrees, strict=True) if does for reason in part.reasons
    )
    kinds = sum((names, year or day, phones, streets.points > 0))
    return Likeness(max(0, min(100, round(100 * share))), _told(reasons), kinds)


def _told(reasons: tuple[Message, ...]) -> tuple[Message, ...]:
    """Year and day together are a date of birth."""
    if SAME_YEAR in reasons and SAME_DAY in reasons:
        reasons = tuple(BORN if reason == SAME_YEAR else reason for reason in reasons if reason != SAME_DAY)
    return tuple(dict.fromkeys(reasons))


# -- Names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Match:
    share: float
    slot: str
    form: str
    reason: Message | None


def _names(words: list[str], seen: Known) -> _Part:
    long = [word for word in words if len(word) > 1] or words
    if not long:
        return _Part(0, 0, [])
    best = _assigned(long, seen)
    for at in range(len(long) - 1):  # two words may be one name
        if min(match.share for match in best) >= 0.5:
            break
        together = _assigned([*long[:at], long[at] + long[at + 1], *long[at + 2 :]], seen)
        if together[at].share >= 0.9 and _mean(together) > _mean(best):
            best = together
    points = sum(NAME * match.share if match.share >= 0.5 else -NAME * 0.3 for match in best)
    reasons = [match.reason for match in best if match.reason and match.share >= 0.5]
    if [match.slot for match in best if match.share >= 0.5] == [LAST, FIRST]:
        points -= 0.5
        reasons.append(SWAPPED)
    return _Part(points, NAME * len(best), reasons)


def _mean(matches: list[_Match]) -> float:
    return sum(match.share for match in matches) / len(matches)


def _assigned(words: list[str], seen: Known) -> list[_Match]:
    """Each word to the name it is most like; no name is used twice. The likest pair is taken first."""
    forms = [(FIRST, form) for form in seen.firsts] + [(LAST, form) for form in seen.lasts]
    choices = sorted(
        (
            (_alike(word, slot, form, form in seen.also), -at, slot, form)
            for at, word in enumerate(words)
            for slot, form in forms
        ),
        key=lambda choice: (-choice[0][0], -choice[1], choice[2] != FIRST, choice[3]),
    )
    taken: dict[int, _Match] = {}
    used: set[tuple[str, str]] = set()
    for (share, reason), minus_at, slot, form in choices:
        if minus_at not in taken and (slot, form) not in used:
            taken[minus_at] = _Match(share, slot, form, reason)
            used.add((slot, form))
    return [taken.get(-at, _Match(0, "", "", None)) for at in range(len(words))]


@lru_cache(maxsize=20_000)
def _alike(word: str, slot: str, form: str, also: bool) -> tuple[float, Message | None]:
    """How like two plain names are, from 0 to 1, and how."""
    if word == form:
        return 1.0, ALSO if also else SAME[slot]
    if slot == FIRST and is_short_for(word, form):
        return 0.92, SHORT
    close = JaroWinkler.normalized_similarity(word, form)
    if sound(word) == sound(form) and close >= 0.6:
        return max(0.85, close), SOUNDS[slot]
    slips = OSA.distance(word, form, score_cutoff=2)
    if slips <= (1 if len(word) < 7 else 2) and len(word) > 2:
        return max(0.8, min(0.95, close)), NEARLY[slot]
    if len(word) < len(form) and form.startswith(word):
        return (0.5 if len(word) == 1 else 0.75 + 0.15 * len(word) / len(form)), BEGINS[slot]
    return (close * 0.7 if close >= 0.8 else close * 0.4), NEARLY[slot]


# -- Other facts ----------------------------------------------------------------------------------------------------


def _year(sought: Sought, seen: Known) -> _Part:
    if not sought.years or seen.year is None:
        return _Part(0, YEAR if sought.years else 0, [])
    if seen.year in sought.years:
        return _Part(YEAR, YEAR, [SAME_YEAR])
    if any(seen.year in near_years(year) for year in sought.years):
        return _Part(YEAR * 0.35, YEAR, [NEAR_YEAR])
    return _Part(-YEAR * 0.4, YEAR, [])


def _day(sought: Sought, seen: Known) -> _Part:
    if sought.days and seen.month and seen.day:
        if (seen.month, seen.day) in sought.days:
            return _Part(DAY, DAY, [SAME_DAY])
        half = any(seen.month == month or seen.day == day for month, day in sought.days)
        return _Part(-DAY * (0.15 if half else 0.35), DAY, [])
    months = {*sought.months, *(month for month, _ in sought.days)}
    if months and seen.month:
        return _Part(DAY * 0.4 if seen.month in months else -DAY * 0.4, DAY * 0.4, [SAME_MONTH])
    return _Part(0, DAY if sought.days else 0, [])


def _phones(sought: Sought, seen: Known) -> _Part:
    if not sought.phones:
        return _Part(0, 0, [])
    if any(one[-10:] == other[-10:] for one in sought.phones for other in seen.phones):
        return _Part(PHONE, PHONE, [SAME_PHONE])
    if any(
        one[-7:] == other[-7:] and min(len(one), len(other)) < 10
        for one in sought.phones
        for other in seen.phones
    ):
        return _Part(PHONE * 0.85, PHONE, [SAME_SEVEN])
    return _Part(-PHONE * 0.1 if seen.phones else 0, PHONE, [])


def _streets(sought: Sought, seen: Known) -> _Part:
    if not sought.streets:
        return _Part(0, 0, [])
    likest = max((_door_share(one, other) for one in sought.streets for other in seen.doors), default=0)
    if likest > 0.5:
        return _Part(STREET * likest, STREET, [SAME_DOOR])
    if likest:
        numbered = any(number for number, _ in sought.streets)
        return _Part(STREET * 0.4, STREET if numbered else STREET * 0.4, [SAME_STREET])
    return _Part(-STREET * 0.15 if seen.doors else 0, STREET, [])


def _door_share(one: Door, other: Door) -> float:
    """The same house, or half for the same street; a street may be misspelt or miswritten."""
    close = 1.0 if one[1] == other[1] else JaroWinkler.normalized_similarity(one[1], other[1])
    if close < 0.9 and sound(one[1]) != sound(other[1]):
        return 0
    return max(0.9, close) if one[0] and one[0] == other[0] else 0.5
