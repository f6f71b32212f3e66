"""Whole records out of staged rows: kept rows, agencies, sites, then services with all that belongs to them."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from offramp.formats.hsds import fits, tables
from offramp.formats.hsds.assemble_service import ServiceMaker
from offramp.formats.hsds.cells import coordinate, key_of, postal_code
from offramp.formats.hsds.records import AgencyIn, KeptIn, Record, SiteIn
from offramp.formats.hsds.staging import Report, Staged, Staging
from offramp.formats.hsds.tree import Node, grow, numbers
from offramp.rules.distance import is_on_the_globe
from offramp.rules.states import letters, zone_of


class Assembly:
    """Reads a settled staging place. `zone` holds where no address says a state."""

    def __init__(self, staging: Staging, report: Report, *, source: str, zone: str):
        self.staging, self.report, self.source, self.zone = staging, report, source, zone
        self.site_of = lru_cache(maxsize=2_000)(self._site_by_id)
        self.agency_of = lru_cache(maxsize=500)(self._agency_by_id)

    def records(self) -> Iterator[Record]:
        """Every whole record, agencies before what they hold."""
        for table in (*sorted(tables.ALONE), "metadata", "url"):
            yield from self._kept(table)
        for row in self.staging.taken("organization"):
            yield self.agency(grow(self.staging, row))
        for row in self.staging.taken("location"):
            yield self.site(grow(self.staging, row))
        maker = ServiceMaker(self)
        for row in self.staging.taken("service"):
            yield maker.service(grow(self.staging, row))

    def _kept(self, table: str) -> Iterator[KeptIn]:
        for row in self.staging.taken(table):
            held = table not in tables.ALONE and self.staging.is_held(row.n)
            if not held:
                yield KeptIn(key_of(self.source, table, row.id), row.id, table, {"id": row.id, **row.cells})

    # -- Agencies and sites -----------------------------------------------------------------------------------------

    def agency(self, node: Node) -> AgencyIn:
        """An organization."""
        cells, row = node.row.cells, node.row
        return AgencyIn(
            key=key_of(self.source, "organization", row.id),
            external_id=row.id,
            name=cells["name"][:300],
            website=cells.get("website", ""),
            email=cells.get("email", ""),
            phones=numbers(node.of("phone")),
            zone=self._zone_of(node.of("address")),
            raw=node.said(),
            counts=dict(node.count(Counter())),
        )

    def site(self, node: Node) -> SiteIn:
        """A location, with the address one can drive to."""
        cells, row = node.row.cells, node.row
        lat, lon = _point(cells)
        return SiteIn(
            key=key_of(self.source, "location", row.id),
            external_id=row.id,
            agency=self._agency_key(row),
            name=cells.get("name", "")[:300],
            lat=lat,
            lon=lon,
            virtual=cells.get("virtual", "").lower() == "true" or cells.get("location_type") == "virtual",
            transportation=cells.get("transportation", ""),
            raw=node.said(),
            counts=dict(node.count(Counter())),
            **self._address(node),
        )

    def _address(self, node: Node) -> dict[str, str]:
        address = _best(node.of("address"))
        state = letters(address.get("state_province", ""))
        return {
            "address": ", ".join(filter(None, (address.get("address_1", ""), address.get("address_2", ""))))[
                :500
            ],
            "city": address.get("city", "")[:120],
            "state": state[:60],
            "postal_code": postal_code(address.get("postal_code", ""), state)[:20],
            "country": address.get("country", "US")[:2].upper(),
            "zone": zone_of(state) or self.zone,
        }

    def _zone_of(self, addresses: list[Staged]) -> str:
        zones = (zone_of(address.cells.get("state_province", "")) for address in addresses)
        return next(filter(None, zones), None) or self.zone

    def _agency_key(self, row: Staged) -> UUID | None:
        id = self.staging.parent(row.n, "organization_id")
        return key_of(self.source, "organization", id) if id else None

    def _site_by_id(self, id: str) -> tuple[Node, SiteIn] | None:
        row = self.staging.get("location", id)
        if row is None:
            return None
        node = grow(self.staging, row)
        return node, self.site(node)

    def _agency_by_id(self, id: str) -> AgencyIn | None:
        row = self.staging.get("organization", id)
        if row is None:
            return None
        return self.agency(grow(self.staging, row))

    def languages(self, node: Node) -> tuple[str, ...]:
        """Languages said of a service or a location."""
        rows = [row.cells.get("code") or row.cells.get("name", "") for row in node.of("language")]
        return fits.languages([*rows, node.row.cells.get("languages", "")])


def _best(rows: list[Staged]) -> dict[str, str]:
    """The first physical address; a postal one only where there is no other."""
    postal = [row.cells for row in rows if "postal" in row.cells.get("address_type", "").lower()]
    physical = [row.cells for row in rows if row.cells not in postal]
    return (physical or postal or [{}])[0]


def _point(cells: dict[str, str]) -> tuple[float | None, float | None]:
    if "latitude" not in cells or "longitude" not in cells:
        return None, None
    point = coordinate(cells["latitude"], most=90), coordinate(cells["longitude"], most=180)
    return point if is_on_the_globe(point) else (None, None)
