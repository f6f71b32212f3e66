"""Which places fit, in which order, and why. Two lists that are never mixed: *room now* and *call first*.

*Room now*: somebody said, within 12 hours, that there is a place, it is still free, and people can come in at
this hour. *Call first*: nobody said, or too long ago, or it is not open now; with phone and hours. It is never
called room and never counted as room. What does not fit is not hidden: it is listed with the reason.

**The order** is the same for the same question, and compares, one after the other:

1. fit: the main need (the first asked) answered by name, then another one, then only in a description;
   a language or payer that is known not to fit comes after one that may;
2. in *call first*, closed now comes last;
3. distance, in bands (2, 5, 10, 20, 50 miles): a few hundred yards decide nothing; a worker who comes counts by minutes;
4. freshness of the count: up to 4 hours, then up to 12;
5. hours: known to be open before not known;
6. likelihood of a yes, from what was asked of late, in three bands;
7. how many of the needs it answers, how many places are left, exact distance, name.

The next candidate is ready: `Places.after(key)`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from offramp.rules.candidates import ROOM, Ask, Candidate, HowIn, Said
from offramp.rules.capacity import freshness
from offramp.rules.hours import Opening, State
from offramp.rules.matching_words import cautions_for, reasons_for
from offramp.rules.message import Message, say
from offramp.rules.needs import STRENGTH
from offramp.rules.words import Freshness

MILES_BANDS = (2, 5, 10, 20, 50)
MINUTES_BANDS = (20, 40, 60)

Order = tuple[int, int, int, int, int, int, int, int, float, str, str, str]


@dataclass(frozen=True)
class Match:
    """A place that fits, why, and what to watch out for."""

    candidate: Candidate
    opening: Opening
    freshness: Freshness
    said: Said | None
    reasons: tuple[Message, ...]
    cautions: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Misfit:
    """A place that does not fit now, and the one reason."""

    candidate: Candidate
    reason: Message


@dataclass(frozen=True)
class Places:
    """The two lists, best first, and what was left out."""

    room_now: tuple[Match, ...] = ()
    call_first: tuple[Match, ...] = ()
    not_now: tuple[Misfit, ...] = ()

    def after(self, key: str) -> Match | None:
        """The next candidate when this one says no: from *room now* first, then from *call first*."""
        order = [*self.room_now, *self.call_first]
        keys = [match.candidate.key for match in order]
        following = order[keys.index(key) + 1 :] if key in keys else order
        return next((match for match in following if match.candidate.key != key), None)


def rank(ask: Ask, candidates: Iterable[Candidate]) -> Places:
    """Sort candidates into the two lists. The same question always gives the same answer."""
    room: list[tuple[Order, Weighed]] = []
    call: list[tuple[Order, Weighed]] = []
    misfits: list[Misfit] = []
    for candidate in candidates:
        why_not = misfit(ask, candidate)
        if why_not is not None:
            misfits.append(Misfit(candidate, why_not))
            continue
        it = weigh(ask, candidate)
        has_room = is_room(it)
        (room if has_room else call).append((order_key(ask, it, has_room=has_room), it))
    room_now = _once(room)
    call_first = _once(call, but={it.candidate.key for it in room_now})
    misfits.sort(
        key=lambda one: (
            _miles_band(one.candidate),
            one.candidate.name,
            one.candidate.key,
            one.candidate.outlet,
        )
    )
    return Places(
        tuple(_explain(ask, it) for it in room_now[: ask.limit]),
        tuple(_explain(ask, it) for it in call_first[: ask.limit]),
        tuple(misfits[: ask.limit]),
    )


@dataclass(frozen=True)
class Weighed:
    """One place at one moment: open or not, and the count to go by."""

    candidate: Candidate
    opening: Opening
    freshness: Freshness
    said: Said | None


def weigh(ask: Ask, it: Candidate) -> Weighed:
    """Look at one place at the moment of the question."""
    said = best_said(it, ask.at)
    return Weighed(
        it, it.hours.open_at(ask.at, ask.holidays), freshness(said.said_at if said else None, ask.at), said
    )


def _explain(ask: Ask, it: Weighed) -> Match:
    reasons = reasons_for(ask, it.candidate, it.opening, it.said, it.freshness)
    return Match(
        it.candidate, it.opening, it.freshness, it.said, reasons, cautions_for(ask, it.candidate, it.opening)
    )


def is_room(match: Weighed) -> bool:
    """Whether this may be called room: a fresh count, a place left, and people can come in now."""
    said = match.said
    return (
        said is not None
        and match.freshness in ROOM
        and said.left > 0
        and takes_people(match.candidate, match.opening)
    )


def misfit(ask: Ask, it: Candidate) -> Message | None:
    """The one reason why this place is out of the question, or None."""
    if it.status != "active":
        return say("Closed for now") if it.status == "temporarily_closed" else say("No longer offered")
    if it.alert and it.alert_blocks:
        return say("Not taking people: {alert}", alert=it.alert)
    if not any(matched.need in ask.needs for matched in it.matched):
        return say("Answers none of these needs")
    if ask.age_to is not None and it.min_age is not None and ask.age_to < it.min_age:
        return say("Only from age {age}", age=it.min_age)
    if ask.age_from is not None and it.max_age is not None and ask.age_from > it.max_age:
        return say("Only up to age {age}", age=it.max_age)
    if ask.sex and it.sex and it.sex != ask.sex:
        return say("Only for women") if it.sex == "female" else say("Only for men")
    return _full(it, ask.at)


def _full(it: Candidate, at: datetime) -> Message | None:
    """Full is known only when every count is fresh and none is left."""
    fresh = [said for said in it.said if freshness(said.said_at, at) in ROOM]
    if fresh and len(fresh) == len(it.said) and not any(said.left for said in fresh):
        return say("No place left just now")
    return None


def best_said(it: Candidate, at: datetime) -> Said | None:
    """The count to go by: fresh with a place left, then fresh, then the latest."""
    counts = sorted(
        it.said,
        key=lambda said: (
            freshness(said.said_at, at) in ROOM,
            said.left > 0,
            said.said_at,
            said.left,
            said.unit,
        ),
    )
    return counts[-1] if counts else None


def takes_people(it: Candidate, opening: Opening) -> bool:
    """Whether people can come in at this hour. Hours nobody said do not speak against a desk that just counted."""
    return it.how_in is HowIn.WORKER_COMES or opening.state is not State.CLOSED


def order_key(ask: Ask, match: Weighed, *, has_room: bool) -> Order:
    """The order of the module's docstring, as a sort key."""
    it, open_ = match.candidate, match.opening.state
    answered = {one.need: STRENGTH[one.by] for one in it.matched if one.need in ask.needs}
    return (
        _fit_band(ask, answered) + _does_not_suit(ask, it),
        0 if has_room or open_ is not State.CLOSED else 1,
        _miles_band(it),
        {Freshness.GREEN: 0, Freshness.AMBER: 1}.get(match.freshness, 2),
        {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}[open_],
        _unlikely_band(it),
        -len(answered),
        -(match.said.left if has_room and match.said else 0),
        it.miles if it.miles is not None else 1e9,
        it.name.lower(),
        it.key,
        it.outlet,
    )


def _fit_band(ask: Ask, answered: dict[str, int]) -> int:
    """0 the main need by name, 1 another need by name, 2 only in a description."""
    if any(answered.get(main, 0) >= 2 for main in ask.needs[:1]):
        return 0
    return 1 if any(strength >= 2 for strength in answered.values()) else 2


def _does_not_suit(ask: Ask, it: Candidate) -> int:
    """How many wishes are known not to be met. Not said is not no."""
    language = bool(
        ask.language and ask.language != "en" and it.languages and ask.language not in it.languages
    )
    payer = bool(ask.payer and it.payers and not {ask.payer, "free"}.intersection(it.payers))
    return int(language) + int(payer)


def _miles_band(it: Candidate) -> int:
    if it.how_in is HowIn.WORKER_COMES and it.minutes_to_come is not None:
        return sum(it.minutes_to_come > band for band in MINUTES_BANDS)
    if it.miles is None:
        return len(MILES_BANDS) + 1
    return sum(it.miles > band for band in MILES_BANDS)


def _unlikely_band(it: Candidate) -> int:
    """0 mostly says yes, 1 not enough known, 2 mostly says no."""
    if it.asked < 5:
        return 1
    return 0 if it.taken * 2 >= it.asked else 2


def _once(ordered: list[tuple[Order, Weighed]], but: Collection[str] = frozenset()) -> tuple[Weighed, ...]:
    """Best first, and a service once, at its best outlet."""
    seen, kept = set(but), []
    for _, match in sorted(ordered, key=lambda pair: pair[0]):
        if match.candidate.key not in seen:
            seen.add(match.candidate.key)
            kept.append(match)
    return tuple(kept)
