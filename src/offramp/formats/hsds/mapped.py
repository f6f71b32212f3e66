"""Any table, by a map: each row becomes an agency, a location and a service, as far as it speaks of them."""

import hashlib
import re
from collections.abc import Mapping

from offramp.formats.hsds.links import plain
from offramp.formats.hsds.maps import BadMap, Map
from offramp.formats.hsds.staging import Ref, Report, Staging
from offramp.formats.parcel import Entry, Parcel
from offramp.formats.tabular import BadTable, Table, table

_POINT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)")
_ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code", "country")
Parts = dict[str, dict[str, str]]


def read_mapped(parcel: Parcel, by: Map, staging: Staging, report: Report) -> None:
    """Read the tables a map speaks of."""
    tables = parcel.ending_in("csv", "tsv", "txt")
    if not by.files and len(tables) > 1:
        names = ", ".join(entry.name for entry in tables)
        raise BadMap(
            "The folder holds several tables ({names}). Name one, or give the map a section for each.",
            names=names,
        )
    missing = sorted(by.files.keys() - {entry.name for entry in tables})
    if missing:
        raise BadMap("The map speaks of the file {name}, which is not there.", name=missing[0])
    for entry in tables:
        own = by.for_file(entry.name)
        if own is not None:
            try:
                _read(entry, own, staging, report)
            except BadTable as bad:
                report.reject(entry.name, 1, bad.message)


def _read(entry: Entry, by: Map, staging: Staging, report: Report) -> None:
    sheet = table(entry, encoding=by.encoding, header=by.header)
    _check_columns(sheet, by)
    rows, of_services = 0, _lists_services(by)
    for line in sheet.lines():
        rows += 1
        if line.problem is not None:
            report.read["service"] += 1
            report.reject(entry.name, line.number, line.problem)
        else:
            _lay(entry.name, line.number, by.row(line.cells), staging, report, services=of_services)
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


def _lay(file: str, row: int, parts: Parts, staging: Staging, report: Report, *, services: bool) -> None:
    agency, location = (
        _agency(file, row, parts, staging, report),
        _location(file, row, parts, staging, report),
    )
    if location and agency:
        found = staging.get("location", location)
        if found:
            staging.link(found.n, [("organization_id", "organization", agency)], file, row)
    if not services:
        return
    cells = {name: said for name, said in parts.get("service", {}).items() if name != "phone"}
    report.read["service"] += 1
    cells.setdefault("name", parts.get("organization", {}).get("name", ""))
    if not cells["name"]:
        report.reject(file, row, "The row names neither a service nor an agency.")
        return
    id = cells.pop("id", "") or _mark(agency, plain(cells["name"]), location)
    refs = [
        ref
        for ref in (("organization_id", "organization", agency), ("location_id", "location", location))
        if ref[2]
    ]
    if not staging.add("service", id, file, row, cells, refs):
        before = staging.get("service", id)
        report.reject(
            file,
            row,
            "The same service of the same agency at the same place stands in row {where}.",
            where=before.row if before else 0,
        )
        return
    _phone(file, row, parts, "service", id, staging, report)
    _capacity(file, row, parts, id, staging, report)


def _agency(file: str, row: int, parts: Parts, staging: Staging, report: Report) -> str:
    cells = dict(parts.get("organization", {}))
    said, number, street = cells.pop("id", ""), cells.pop("phone", ""), cells.pop("address_1", "")
    if not cells.get("name"):
        return said  # it only points to an agency of another table
    place, phone = parts.get("location", {}), number or parts.get("service", {}).get("phone", "")
    # Without an id of its own an agency is known by name, address and phone.
    id = said or _mark(
        plain(cells["name"]),
        plain(f"{street or place.get('address_1', '')} {place.get('city', '')}"),
        plain(phone),
    )
    if _join("organization", id, file, row, cells, [], staging, report):
        _phone(file, row, {"organization": {"phone": number}}, "organization", id, staging, report)
        if street:
            _child(
                "address",
                {"address_1": street, "address_type": "postal"},
                ("organization_id", "organization", id),
                file,
                row,
                staging,
                report,
            )
    return id


def _location(file: str, row: int, parts: Parts, staging: Staging, report: Report) -> str:
    cells = dict(parts.get("location", {}))
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
    fresh = _join("location", id, file, row, cells, [], staging, report)
    if fresh and address:
        _child("address", address, ("location_id", "location", id), file, row, staging, report)
    if fresh:
        _phone(file, row, parts, "location", id, staging, report)
    return id


def _join(
    name: str,
    id: str,
    file: str,
    row: int,
    cells: Mapping[str, str],
    refs: list[Ref],
    staging: Staging,
    report: Report,
) -> bool:
    """Lay an agency or a location, or add to the one that lies there. True when it is new."""
    if staging.add(name, id, file, row, cells, refs):
        report.read[name] += 1
        return True
    before = staging.get(name, id)
    if before is not None and cells.keys() - before.cells.keys():
        staging.change(before.n, {**cells, **before.cells})
    return False


def _phone(file: str, row: int, parts: Parts, owner: str, id: str, staging: Staging, report: Report) -> None:
    if said := parts.get(owner, {}).get("phone", ""):
        _child("phone", {"number": said}, (f"{owner}_id", owner, id), file, row, staging, report)


def _capacity(file: str, row: int, parts: Parts, id: str, staging: Staging, report: Report) -> None:
    if cells := parts.get("service_capacity"):
        _child("service_capacity", cells, ("service_id", "service", id), file, row, staging, report)


def _child(
    name: str, cells: Mapping[str, str], to: Ref, file: str, row: int, staging: Staging, report: Report
) -> None:
    if staging.add(name, _mark(to[1], to[2], *cells.values()), file, row, cells, [to]):
        report.read[name] += 1


def _mark(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
