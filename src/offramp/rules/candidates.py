"""A place as the directory and the desk describe it, and what is looked for: the values that matching compares."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from offramp.rules.distance import Point
from offramp.rules.hours import Hours
from offramp.rules.needs import Matched
from offramp.rules.words import Freshness

ROOM = frozenset({Freshness.GREEN, Freshness.AMBER})


class HowIn(StrEnum):
    """How people come in. A walk-in place needs no acceptance."""

    WALK_IN = "walk_in"
    BY_ACCEPTANCE = "by_acceptance"
    WORKER_COMES = "worker_comes"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Said:
    """The last count said for one unit, and what is left of it now."""

    unit: str
    left: int
    said_at: datetime
    said_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Candidate:
    """One service at the site nearest to the person, as the directory and the desk describe it. Empty means not said."""

    key: str
    name: str
    agency: str = ""
    agency_key: str = ""
    outlet: str = ""
    matched: tuple[Matched, ...] = ()
    miles: float | None = None
    address: str = ""
    phones: tuple[str, ...] = ()
    hours: Hours = field(default_factory=Hours)
    said: tuple[Said, ...] = ()
    how_in: HowIn = HowIn.UNKNOWN
    minutes_to_come: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    sex: str = ""
    languages: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    moud: str = ""
    brings_people: str = "unknown"
    id_needed: str = "unknown"
    status: str = "active"
    alert: str = ""
    alert_blocks: bool = False
    asked: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Ask:
    """What is looked for. The first need is the main one. What is not known about the person excludes nothing."""

    needs: tuple[str, ...]
    at: datetime
    near: Point | None = None
    language: str = ""
    payer: str = ""
    age_from: int | None = None
    age_to: int | None = None
    sex: str = ""
    holidays: Collection[date] = frozenset()
    limit: int = 10
