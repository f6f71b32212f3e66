"""A directory's records as database rows: written by key, so that writing them twice is writing them once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from offramp.formats.hsds.records import AgencyIn, OutletIn, Record, ServiceIn, SiteIn
from offramp.records.agency import Agency
from offramp.records.places import Listing, index
from offramp.records.service import Outlet, Service, ServiceNeed, Site, SourceRecord

# Kinds that have a table of ours; the rest stand only as they were said.
KINDS = ("organization", "location", "service")
AGENCY = ("name", "website", "email", "phones", "zone", "source", "external_id")
SITE = ("agency", "name", "address", "city", "state", "postal_code", "country", "lat", "lon", "zone", "virtual", "transportation",
        "source", "external_id")  # fmt: skip
SERVICE = ("agency", "name", "description", "status", "how_in", "min_age", "max_age", "languages", "payers", "moud", "id_needed",
           "eligibility", "how_to_apply", "fees", "wait_time", "alert", "url", "email", "assured_on", "source", "external_id")  # fmt: skip

OUTLET = ("service", "site", "lat", "lon", "hours", "phones", "languages", "closed_at")


def write(kind: str, records: Sequence[Record], source: str, at: datetime) -> None:
    """Write these records' own rows; kinds without a table of ours have none."""
    if kind == "organization":
        _agencies(records, source)
    elif kind == "location":
        _sites(records, source)
    elif kind == "service":
        _services(records, source, at)


def keep(records: Sequence[Record], digests: Mapping[UUID, str], source: str) -> None:
    """What the directory said, word for word, with the digest that recognises it."""
    SourceRecord.objects.bulk_create(
        [
            SourceRecord(
                source=source,
                kind=one.kind,
                key=one.key,
                external_id=one.external_id[:200],
                digest=digests[one.key],
                raw=one.raw,
            )
            for one in records
        ],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["source", "external_id", "digest", "raw"],
    )


def service_id(key: UUID) -> int:
    """The row of a service."""
    return Service.objects.values_list("pk", flat=True).get(key=key)


def _agencies(records: Sequence[AgencyIn], source: str) -> None:
    _upsert(Agency, [Agency(key=one.key, **_told(one, AGENCY, source)) for one in records], AGENCY)


def _sites(records: Sequence[SiteIn], source: str) -> None:
    agencies = _pks(Agency, [one.agency for one in records])
    _upsert(
        Site,
        [Site(key=one.key, **_told(one, SITE, source, agency=agencies.get(one.agency))) for one in records],
        SITE,
    )


def _services(records: Sequence[ServiceIn], source: str, at: datetime) -> None:
    agencies = _pks(Agency, [one.agency for one in records])
    sites = _pks(Site, [outlet.site for one in records for outlet in one.outlets])
    _upsert(
        Service,
        [
            Service(key=one.key, **_told(one, SERVICE, source, agency=agencies.get(one.agency)))
            for one in records
        ],
        SERVICE,
    )
    services = _pks(Service, [one.key for one in records])
    fresh = {
        outlet.key: _outlet(outlet, services[one.key], sites) for one in records for outlet in one.outlets
    }
    _upsert(Outlet, fresh.values(), OUTLET)
    # A door that is gone is closed, never deleted: somebody may have been sent there.
    gone = Outlet.objects.standing().filter(service__in=services.values()).exclude(key__in=fresh)
    ServiceNeed.objects.filter(outlet__in=gone).delete()
    gone.update(closed_at=at)
    offered = [one for one in records if one.status in {"active", "temporarily_closed"}]
    index([Listing(fresh[outlet.key], one.matched) for one in offered for outlet in one.outlets])


def _outlet(said: OutletIn, service: int, sites: Mapping[UUID | None, int]) -> Outlet:
    lists = {"phones": list(said.phones), "languages": list(said.languages), "hours": dict(said.hours)}
    return Outlet(
        key=said.key, service_id=service, site_id=sites.get(said.site), lat=said.lat, lon=said.lon, **lists
    )


def _told(record: Any, names: Sequence[str], source: str, agency: int | None = None) -> dict[str, Any]:
    """The record's values under our columns' names, each no longer than its column."""
    told = {name: getattr(record, name) for name in names if name not in {"agency", "source"}}
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    told["external_id"] = told["external_id"][:200]
    told["source"] = source
    return told | ({"agency_id": agency} if "agency" in names else {})


def _upsert(model, rows, names) -> None:
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=list(names))


def _pks(model, keys) -> dict[UUID | None, int]:
    wanted = {key for key in keys if key is not None}
    return dict(model.objects.filter(key__in=wanted).values_list("key", "pk"))
