"""Find the places worth comparing among a hundred thousand, in a few queries; rules/matching.py puts them in order.

Two searches, each in a ring that grows until it holds enough: places that answer the needs, and among them those
with a fresh count. Whatever has room is found even when a hundred nearer ones have none.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from math import cos, radians

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from offramp.records.capacity import Capacity, PlaceHold
from offramp.records.service import Outlet, ServiceNeed
from offramp.rules.candidates import Ask, Candidate, HowIn, Said
from offramp.rules.capacity import AMBER_FOR, places_left
from offramp.rules.distance import Point, box_around, miles_between
from offramp.rules.hours import Hours
from offramp.rules.matching import Places, rank
from offramp.rules.needs import By, Matched

RINGS = (6, 20, 50, 100)
FARTHEST = RINGS[-1]
ENOUGH = 20  # outlets that answer the main need: then the ring grows no more
ROWS = 400  # index rows read at most in one search
# Outlets compared at most: by the main need, by others, by phone alone.
MAIN, OTHERS, WITHOUT_ADDRESS = 30, 15, 20


def find(ask: Ask) -> Places:
    """The two lists for this question."""
    return rank(ask, candidates(ask))


def candidates(ask: Ask) -> list[Candidate]:
    """The places worth comparing: the nearest that answer the needs, and the nearest of those with room."""
    needs = ServiceNeed.objects.filter(need__in=ask.needs)
    fresh = Capacity.objects.filter(
        service=OuterRef("service"), said_at__gte=ask.at - AMBER_FOR, open_places__gt=0
    )
    found = _outlets(ask, needs) | _outlets(ask, needs.filter(Exists(fresh)))
    if len(found) < ask.limit:
        by_phone = list(needs.filter(lat=None).order_by("outlet").values_list(*INDEX)[:ROWS])
        found |= _choose(by_phone, ask.needs[:1], main=WITHOUT_ADDRESS, others=WITHOUT_ADDRESS)
    return _load(ask, found)


# What the index itself holds: the rows are not looked at until the outlets are chosen.
INDEX = ("outlet", "need")
Row = tuple[int, str]


def _outlets(ask: Ask, rows: QuerySet[ServiceNeed]) -> set[int]:
    """Outlets that answer the needs, the nearest. Without a point to be near to, any will do, always the same ones."""
    main, read = ask.needs[:1], []
    if ask.near is None:
        return _choose(list(rows.order_by("outlet").values_list(*INDEX)[:ROWS]), main)
    for miles in RINGS:
        read = list(_inside(rows, ask.near, miles).values_list(*INDEX)[:ROWS])
        # A full reading holds the nearest there are: a wider ring would only hold the same again.
        if len(read) == ROWS or len({outlet for outlet, need in read if need in main}) >= ENOUGH:
            break
    return _choose(read, main)


def _inside(rows: QuerySet[ServiceNeed], near: Point, miles: float) -> QuerySet[ServiceNeed]:
    south, top, west, right = box_around(near, miles)
    # Degrees of longitude are shorter than those of latitude; squares are enough to compare.
    north, east = F("lat") - near[0], F("lon") - near[1]
    far = north * north + east * east * cos(radians(near[0])) ** 2
    return rows.filter(lat__gte=south, lat__lte=top, lon__gte=west, lon__lte=right).order_by(far, "outlet")


def _choose(rows: list[Row], main_need: Sequence[str], *, main: int = MAIN, others: int = OTHERS) -> set[int]:
    """The nearest outlets that answer the main need, and the nearest of the rest."""
    first = dict.fromkeys(outlet for outlet, need in rows if need in main_need)
    rest = dict.fromkeys(outlet for outlet, _ in rows if outlet not in first)
    return {*islice(first, main), *islice(rest, others)}


SERVICE = (
    "key", "name", "how_in", "minutes_to_come", "min_age", "max_age", "sex", "payers", "populations", "moud", "brings_people",
    "id_needed", "status", "alert", "alert_blocks", "asked", "taken",
)  # fmt: skip
COLUMNS = (
    "pk", "key", "lat", "lon", "hours_text", "phones", "languages", "service_id", "service__agency__name", "service__agency__key",
    "site__address", "site__city", "site__state", *(f"service__{name}" for name in SERVICE),
)  # fmt: skip


COUNT = ("pk", "service_id", "unit", "open_places", "said_at", "said_by", "note")


def _load(ask: Ask, found: set[int]) -> list[Candidate]:
    outlets = Outlet.objects.standing().filter(pk__in=found, service__closed_at=None)
    told = outlets.annotate(hours_text=Cast("hours", TextField()))
    rows = list(told.values_list(*COLUMNS, named=True))
    matched = _matched(ask, found)
    said = _said({row.service_id for row in rows}, ask.at)
    return [_candidate(ask, row, matched[row.pk], said.get(row.service_id, ())) for row in rows]


def _matched(ask: Ask, outlets: set[int]) -> dict[int, tuple[Matched, ...]]:
    """What each of these outlets answers, and why we think so."""
    found: dict[int, tuple[Matched, ...]] = dict.fromkeys(outlets, ())
    rows = ServiceNeed.objects.filter(outlet__in=outlets, need__in=ask.needs).order_by("outlet", "need")
    for outlet, need, by, term in rows.values_list("outlet", "need", "by", "term"):
        found[outlet] = (*found[outlet], Matched(need, By(by), term))
    return found


@lru_cache(maxsize=4_096)
def _hours(text: str) -> Hours:
    """Hours are few and shared by many: each way of writing them is read once."""
    return Hours.from_json(json.loads(text))


def _said(services: Iterable[int], at: datetime) -> dict[int, tuple[Said, ...]]:
    """The counts of these services, less the places that are kept or were filled since."""
    counts = list(
        Capacity.objects.filter(service__in=services)
        .order_by("service", "unit")
        .values_list(*COUNT, named=True)
    )
    fresh = [count.pk for count in counts if count.said_at >= at - AMBER_FOR]
    taking = PlaceHold.objects.filter(capacity__in=fresh).taking_room_at(at).by_capacity() if fresh else {}
    said: dict[int, tuple[Said, ...]] = {}
    for count in counts:
        left = places_left(said=count.open_places, live_holds=taking.get(count.pk, 0), filled_since_said=0)
        one = Said(count.unit, left, count.said_at, count.said_by, count.note)
        said[count.service_id] = (*said.get(count.service_id, ()), one)
    return said


def _candidate(ask: Ask, row, matched: tuple[Matched, ...], said: tuple[Said, ...]) -> Candidate:
    told = {name: getattr(row, f"service__{name}") for name in SERVICE}
    told |= {"key": str(told["key"]), "how_in": HowIn(told["how_in"])}
    told |= {name: tuple(told[name]) for name in ("payers", "populations")}
    here = ask.near is not None and row.lat is not None
    return Candidate(
        agency=row.service__agency__name,
        agency_key=str(row.service__agency__key),
        outlet=str(row.key),
        matched=matched,
        miles=round(miles_between(ask.near, (row.lat, row.lon)), 2) if here else None,
        address=", ".join(filter(None, (row.site__address, row.site__city, row.site__state))),
        phones=tuple(row.phones),
        hours=_hours(row.hours_text),
        said=said,
        languages=tuple(row.languages),
        **told,
    )


@dataclass(frozen=True)
class Listing:
    """One service at one site as the directory has it, to be found under these needs."""

    outlet: Outlet
    matched: tuple[Matched, ...]


def index(listings: Sequence[Listing]) -> None:
    """Make the index rows of these outlets again. A service that is not offered any more is found under nothing."""
    ServiceNeed.objects.filter(outlet__in=[one.outlet for one in listings]).delete()
    ServiceNeed.objects.bulk_create(
        [
            ServiceNeed(
                need=matched.need,
                by=matched.by.value,
                term=matched.term[:200],
                outlet=one.outlet,
                service_id=one.outlet.service_id,
                lat=one.outlet.lat,
                lon=one.outlet.lon,
            )
            for one in listings
            for matched in one.matched
        ],
        batch_size=500,
    )
