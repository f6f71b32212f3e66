"""One service as a whole record: its outlets with the hours that hold there, its needs and the reason for each, its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from offramp.formats.hsds import fits
from offramp.formats.hsds.cells import day_of, key_of, moment_of, whole
from offramp.formats.hsds.checks import capacity, needs_list, status
from offramp.formats.hsds.records import CapacityIn, OutletIn, ServiceIn
from offramp.formats.hsds.schedules import hours_of, rules_in
from offramp.formats.hsds.staging import Staged
from offramp.formats.hsds.tree import Node, grow, numbers
from offramp.rules.hours import Hours
from offramp.rules.needs import By, Matched, Term, find

if TYPE_CHECKING:
    from offramp.formats.hsds.assemble import Assembly


class ServiceMaker:
    """Makes services out of staged rows."""

    def __init__(self, assembly: Assembly):
        self.it, self.staging, self.report, self.source = (
            assembly,
            assembly.staging,
            assembly.report,
            assembly.source,
        )

    def service(self, node: Node) -> ServiceIn:
        """The whole record."""
        row, cells = node.row, node.row.cells
        counts: Counter[str] = node.count(Counter())
        agency_id = self.staging.parent(row.n, "organization_id")
        outlets = tuple(self._outlets(node, agency_id, counts))
        matched = self._needs(node)
        return ServiceIn(
            key=key_of(self.source, "service", row.id),
            external_id=row.id,
            agency=key_of(self.source, "organization", agency_id),
            name=cells["name"][:300],
            status=_status(cells),
            languages=self.it.languages(node),
            moud="offered" if any(one.need == "moud" for one in matched) else "",
            outlets=outlets,
            matched=matched,
            capacities=tuple(self._capacities(node)),
            raw=node.said() | {"service_at_location": [at.said() for at in self._at_locations(row)]},
            counts=dict(counts),
            **_whom(node),
            **_words(node),
        )

    # -- Where and when ---------------------------------------------------------------------------------------------

    def _outlets(self, node: Node, agency_id: str, counts: Counter[str]) -> Iterator[OutletIn]:
        """Each site of the service, with what holds there; without any site one outlet all the same."""
        seen: set[str] = set()
        for at in self._at_locations(node.row):
            location = self.staging.parent(at.row.n, "location_id")
            if location in seen:
                text = "The same service at the same location stands there already."
                self.report.reject(at.row.file, at.row.row, text)
                continue
            seen.add(location)
            counts["service_at_location"] += 1
            at.count(counts)
            yield self._outlet(node, agency_id, at, location)
        own = self.staging.parent(node.row.n, "location_id")
        if own not in seen and (own or not seen):
            yield self._outlet(node, agency_id, None, own)

    def _outlet(self, node: Node, agency_id: str, at: Node | None, location: str) -> OutletIn:
        place = self.it.site_of(location) if location else None
        agency = self.it.agency_of(agency_id)
        zone = place[1].zone if place else agency.zone if agency else self.it.zone
        levels = [level for level in (at, node, place[0] if place else None) if level]
        service_key = key_of(self.source, "service", node.row.id)
        return OutletIn(
            # The same service at the same site is the same door, whatever number the directory gives the pair.
            key=uuid5(service_key, str(place[1].key)) if place else service_key,
            site=place[1].key if place else None,
            lat=place[1].lat if place else None,
            lon=place[1].lon if place else None,
            hours=self._hours(levels, zone).to_json(),
            phones=self._phones(levels) or (agency.phones if agency else ()),
            languages=next(filter(None, (self.it.languages(level) for level in levels)), ()),
        )

    def _hours(self, levels: list[Node], zone: str) -> Hours:
        """The nearest said wins: here, then of the service, then of the location."""
        for level in levels:
            hours = hours_of(level.of("schedule"), zone_name=zone)
            if sentence := level.row.cells.get("hours", ""):
                hours = Hours(rules_in(sentence), zone=zone, said=sentence)
            elif sentence := level.row.cells.get("unread_hours", ""):
                hours = Hours(zone=zone, said=sentence)
            if hours.rules or hours.said:
                return hours
        return Hours(zone=zone)

    def _phones(self, levels: list[Node]) -> tuple[str, ...]:
        return next(filter(None, (numbers(level.of("phone")) for level in levels)), ())

    def _at_locations(self, service: Staged) -> list[Node]:
        rows = [
            child
            for child, column, _ in self.staging.children("service", service.id)
            if child.table == "service_at_location"
        ]
        return [grow(self.staging, row) for row in rows]

    # -- What and for whom ------------------------------------------------------------------------------------------

    def _needs(self, node: Node) -> tuple[Matched, ...]:
        cells = node.row.cells
        told_by = self.source.split("/")[-1]
        by_hand = {code: Matched(code, By.SAID, told_by) for code in needs_list(cells.get("needs", ""))}
        name = " | ".join(filter(None, (cells["name"], cells.get("alternate_name", ""))))
        found = find(
            name=name,
            keywords=cells.get("keywords", ""),
            description=cells.get("description", ""),
            terms=self._terms(node),
        )
        return tuple(({one.need: one for one in found} | by_hand).values())

    def _terms(self, node: Node) -> list[Term]:
        ids = [
            row.cells.get("taxonomy_term_id", "") or self.staging.parent(row.n, "taxonomy_term_id")
            for row in node.of("attribute")
        ]
        ids += [id.strip() for id in node.row.cells.get("taxonomy_ids", "").split(",")]
        rows = [self.staging.get("taxonomy_term", id) for id in ids if id]
        return [
            Term(row.cells.get("code", row.id), row.cells.get("name", ""), row.cells.get("taxonomy", ""))
            for row in rows
            if row
        ]

    def _capacities(self, node: Node) -> Iterator[CapacityIn]:
        for row in node.of("service_capacity"):
            unit = self.staging.get("unit", self.staging.parent(row.n, "unit_id"))
            name = unit.cells.get("name", "place").strip().lower()[:60] if unit else "place"
            available, maximum = capacity(row.cells)
            said_at = moment_of(row.cells["updated"])
            yield CapacityIn(
                row.file, row.row, name, available, maximum, said_at, row.cells.get("description", "")[:300]
            )


def _status(cells: Mapping[str, str]) -> str:
    """Nothing said is active; something nobody understood is not offered."""
    return "inactive" if "unread_status" in cells else status(cells.get("status", "active"))


def _whom(node: Node) -> dict[str, Any]:
    """Whom it takes and how, as far as it says so."""
    cells = node.row.cells
    papers = (paper.cells.get("document", "") for paper in node.of("required_document"))
    return {
        "how_in": fits.how_in(cells.get("application_process", "")),
        "min_age": whole(cells["min_age"]) if "min_age" in cells else None,
        "max_age": whole(cells["max_age"]) if "max_age" in cells else None,
        "payers": fits.payers(_fees(cells), cells.get("accepted_payments", ""), cells.get("keywords", "")),
        "id_needed": fits.id_needed([cells.get("required_documents", ""), *papers]),
    }


def _words(node: Node) -> dict[str, Any]:
    """The directory's own words, shown as they are."""
    cells = node.row.cells
    eligibility = [
        cells.get("eligibility", ""),
        *(row.cells.get("eligibility", "") for row in node.of("eligibility")),
    ]
    return {
        "description": cells.get("description", ""),
        "eligibility": " ".join(filter(None, (*eligibility, cells.get("audience", "")))),
        "how_to_apply": cells.get("application_process", ""),
        "fees": _fees(cells),
        "wait_time": cells.get("wait_time", ""),
        "alert": cells.get("alert", ""),
        "url": cells.get("website", "")[:500],
        "email": cells.get("email", "")[:254],
        "assured_on": day_of(cells["assured_date"])[0] if "assured_date" in cells else None,
    }


def _fees(cells: Mapping[str, str]) -> str:
    return cells.get("fees_words") or cells.get("fees", "")
