"""Whole records as they come out of a directory: frozen values, each with everything that belongs to it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from offramp.rules.needs import Matched

# Part of every digest: when the reading of cells changes, records are read into the database again.
READER = "1"


@dataclass(frozen=True)
class AgencyIn:
    """An organization."""

    key: UUID
    external_id: str
    name: str
    website: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    zone: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    kind = "organization"


@dataclass(frozen=True)
class SiteIn:
    """A location with its address."""

    key: UUID
    external_id: str
    agency: UUID | None
    name: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"
    lat: float | None = None
    lon: float | None = None
    zone: str = ""
    virtual: bool = False
    transportation: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    kind = "location"


@dataclass(frozen=True)
class OutletIn:
    """A service at a site, with the hours, phones and languages that hold there."""

    key: UUID
    site: UUID | None
    lat: float | None
    lon: float | None
    hours: Mapping[str, Any]
    phones: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class CapacityIn:
    """A count the directory says, with the moment it was said."""

    file: str
    row: int
    unit: str
    open_places: int
    maximum: int | None
    said_at: datetime
    note: str = ""


@dataclass(frozen=True)
class ServiceIn:
    """A service with its outlets, needs and counts."""

    key: UUID
    external_id: str
    agency: UUID
    name: str
    description: str = ""
    status: str = "active"
    how_in: str = "unknown"
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    moud: str = ""
    id_needed: str = "unknown"
    eligibility: str = ""
    how_to_apply: str = ""
    fees: str = ""
    wait_time: str = ""
    alert: str = ""
    url: str = ""
    email: str = ""
    assured_on: date | None = None
    outlets: tuple[OutletIn, ...] = ()
    matched: tuple[Matched, ...] = ()
    capacities: tuple[CapacityIn, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    kind = "service"


@dataclass(frozen=True)
class KeptIn:
    """A row that is kept as it is: a taxonomy term, a unit, a line of the change log."""

    key: UUID
    external_id: str
    kind: str
    raw: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


Record = AgencyIn | SiteIn | ServiceIn | KeptIn


def digest(record: Record) -> str:
    """The same for the same content, whatever file or row it stood in."""
    text = json.dumps([READER, record.kind, vars(record)], sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, CapacityIn):
        return {name: said for name, said in vars(value).items() if name not in {"file", "row"}}
    return vars(value) if is_dataclass(value) else str(value)
