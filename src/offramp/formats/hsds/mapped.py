"""Any table, by a map: each row becomes an agency, a location and a service, as far as it speaks of them."""

import hashlib
import re
from collections.abc import Mapping

from offramp.formats.hsds.links import plain
from offramp.formats.hsds.maps import BadMap, Map
from offramp.formats.hsds.staging import Ref, Report, Staging
from offramp.formats.parcel import DAMAGED, Entry, Parcel
from offramp.formats.tabular import BadTable, Line, Table, table
from offramp.rules.message import say

_POINT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)")
_ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code", "country")
Cells = dict[str, str]


def read_mapped(parcel: Parcel, by: Map, staging: Staging, report: Report) -> None:
    """Read the tables a map speaks of."""
    sheets = parcel.ending_in("csv", "tsv", "txt")
    if not by.files and len(sheets) > 1:
        names = ", ".join(entry.name for entry in sheets)
        raise BadMap(
            "The folder holds several tables ({names}). Name one, or give the map a section for each.",
            names=names,
        )
    missing = sorted(by.files.keys() - {entry.name for entry in sheets})
    if missing:
        raise BadMap("The map speaks of the file {name}, which is not there.", name=missing[0])
    for entry in sheets:
        own = by.for_file(entry.name)
        if own is not None:
            try:
                _read(entry, own, staging, report)
            except BadTable as bad:
                report.reject(entry.name, 1, bad.message)
            except DAMAGED:
                report.reject(
                    entry.name, 1, say("{file} is damaged: it can not be read to its end.", file=entry.name)
                )


def _read(entry: Entry, by: Map, staging: Staging, report: Report) -> None:
    sheet = table(entry, encoding=by.encoding, header=by.header)
    _check_columns(sheet, by)
    rows, services = 0, _lists_services(by)
    for line in sheet.lines():
        rows += 1
        MappedRow(entry.name, line, by, staging, report).lay(services=services)
    report.files.append(
        {
            "file": entry.name,
            "table": "mapped",
            "rows": rows,
            "encoding": sheet.encoding,
            "delimiter": sheet.delimiter,
        }
    )


def _check_columns(sheet: Table, by: Map) -> None:
    wanted = {name for names in by.columns.values() for name in names}
    missing = sorted(wanted - set(sheet.columns))
    if missing:
        text = "{file} has no column “{name}”. Its columns: {known}."
        raise BadMap(text, file=sheet.entry.name, name=missing[0], known=", ".join(sheet.columns))


def _lists_services(by: Map) -> bool:
    """Whether a row is a service: it has columns of one, or names an agency at an address. Else it only adds to others."""
    spoken = {table for table, _ in by.columns}
    return "service" in spoken or (("organization", "name") in by.columns and "location" in spoken)


class MappedRow:
    """One row of somebody's table, on its way into the staging place."""

    def __init__(self, file: str, line: Line, by: Map, staging: Staging, report: Report):
        self.file, self.row, self.problem = file, line.number, line.problem
        self.staging, self.report = staging, report
        self.parts = by.row(line.cells)
        if not any(table == "organization" for table, _ in by.columns) and "organization" not in self.parts:
            # A list of places that names no agencies: each is its own.
            name = self.parts.get("service", {}).get("name") or self.parts.get("location", {}).get("name", "")
            self.parts |= {"organization": {"name": name}} if name else {}

    def lay(self, *, services: bool) -> None:
        """Lay down what the row speaks of."""
        if self.problem is not None:
            self.report.read["service"] += 1
            self.report.reject(self.file, self.row, self.problem)
            return
        agency = self._agency()
        location = self._location(agency)
        if services:
            self._service(agency, location)

    def _service(self, agency: str, location: str) -> None:
        self.report.read["service"] += 1
        cells = {name: said for name, said in self.parts.get("service", {}).items() if name != "phone"}
        cells.setdefault("name", self.parts.get("organization", {}).get("name", ""))
        if not cells["name"]:
            self.report.reject(self.file, self.row, "The row names neither a service nor an agency.")
            return
        id = cells.pop("id", "") or _mark(agency, plain(cells["name"]), location)
        refs = [
            ref
            for ref in (("organization_id", "organization", agency), ("location_id", "location", location))
            if ref[2]
        ]
        if not self.staging.add("service", id, self.file, self.row, cells, refs):
            before = self.staging.get("service", id)
            text = "The same service of the same agency at the same place stands in row {where}."
            self.report.reject(self.file, self.row, text, where=before.row if before else 0)
            return
        self._phone("service", id)
        if counted := self.parts.get("service_capacity"):
            self._child("service_capacity", counted, ("service_id", "service", id))

    def _agency(self) -> str:
        cells = dict(self.parts.get("organization", {}))
        said, number, street = cells.pop("id", ""), cells.pop("phone", ""), cells.pop("address_1", "")
        if not cells.get("name"):
            return said  # it only points to an agency of another table
        place, phone = (
            self.parts.get("location", {}),
            number or self.parts.get("service", {}).get("phone", ""),
        )
        address = f"{street or place.get('address_1', '')} {place.get('city', '')}"
        # Without an id of its own an agency is known by name, address and phone.
        id = said or _mark(plain(cells["name"]), plain(address), plain(phone))
        if self._join("organization", id, cells, []):
            self._phone("organization", id)
            if street:
                self._child(
                    "address",
                    {"address_1": street, "address_type": "postal"},
                    ("organization_id", "organization", id),
                )
        return id

    def _location(self, agency: str) -> str:
        cells = dict(self.parts.get("location", {}))
        said, _ = cells.pop("id", ""), cells.pop("phone", "")
        if point := _POINT.search(cells.pop("coordinates", "")):
            cells |= {"latitude": point[1], "longitude": point[2]}
        if not cells:
            return said
        address = {name: cells.pop(name) for name in _ADDRESS if name in cells}
        marks = (
            address.get("address_1", ""),
            address.get("city", ""),
            address.get("state_province", ""),
            cells.get("name", ""),
        )
        id = said or _mark(*map(plain, marks), cells.get("latitude", ""), cells.get("longitude", ""))
        refs = [("organization_id", "organization", agency)] if agency else []
        if self._join("location", id, cells, refs):
            self._phone("location", id)
            if address:
                self._child("address", address, ("location_id", "location", id))
        return id

    def _join(self, name: str, id: str, cells: Cells, refs: list[Ref]) -> bool:
        """Lay an agency or a location, or add to the one that lies there. True when it is new."""
        if self.staging.add(name, id, self.file, self.row, cells, refs):
            self.report.read[name] += 1
            return True
        before = self.staging.get(name, id)
        if before is not None and cells.keys() - before.cells.keys():
            self.staging.change(before.n, {**cells, **before.cells})
        return False

    def _phone(self, owner: str, id: str) -> None:
        if said := self.parts.get(owner, {}).get("phone", ""):
            self._child("phone", {"number": said}, (f"{owner}_id", owner, id))

    def _child(self, name: str, cells: Mapping[str, str], to: Ref) -> None:
        if self.staging.add(name, _mark(to[1], to[2], *cells.values()), self.file, self.row, cells, [to]):
            self.report.read[name] += 1


def _mark(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
