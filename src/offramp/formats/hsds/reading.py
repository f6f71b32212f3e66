"""Bring a parcel's files into the staging place: tables row by row, JSON object by object."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from offramp.formats.hsds import tables
from offramp.formats.hsds.staging import Ref, Report, Staging
from offramp.formats.json_items import BadJson, objects
from offramp.formats.parcel import DAMAGED, Entry, Parcel
from offramp.formats.tabular import BadTable, Line, Table, table
from offramp.rules.message import say

Say = Callable[[str], None]


def read_parcel(parcel: Parcel, staging: Staging, report: Report, tell: Say) -> None:
    """Read every file that holds data. JSON first: its objects are the fuller ones."""
    for entry in (*parcel.ending_in("json", "jsonl", "ndjson"), *parcel.ending_in("csv", "tsv")):
        before = len(report.rejected), report.read.total()
        try:
            read_table(entry, staging, report) if entry.ending in {"csv", "tsv"} else read_json(
                entry, staging, report
            )
        except (BadTable, BadJson) as bad:
            report.reject(entry.name, 1, bad.message)
        except DAMAGED:
            report.reject(
                entry.name, 1, say("{file} is damaged: it can not be read to its end.", file=entry.name)
            )
        rows = report.read.total() - before[1]
        if rows or len(report.rejected) > before[0]:
            tell(f"{entry.name}: {rows} rows{_how(report, entry)}")


def _how(report: Report, entry: Entry) -> str:
    known = [file for file in report.files if file["file"] == entry.name]
    return f", read as {known[0]['encoding']}" if known and "encoding" in known[0] else ""


# -- Tables ---------------------------------------------------------------------------------------------------------


def read_table(entry: Entry, staging: Staging, report: Report) -> None:
    """One table of HSDS or Ohana."""
    name = tables.table_of(entry.stem)
    if name is None:
        report.reject(entry.name, 1, "We do not know what table this is. A map can say.")
        return
    sheet = table(entry)
    name = _which_taxonomy(name, sheet)
    report.files.append(
        {"file": entry.name, "table": name, "encoding": sheet.encoding, "delimiter": sheet.delimiter}
    )
    needs = tables.NEEDS_CELL.get(name)
    if needs and needs not in {tables.column(name, column) for column in sheet.columns}:
        raise BadTable(say("{file} has no column “{name}”.", file=entry.name, name=needs))
    for line in sheet.lines():
        report.read[name] += 1
        if line.problem is not None:
            report.reject(entry.name, line.number, line.problem)
        else:
            _lay_line(name, tables.mark_of(entry.stem), entry, line, staging, report)


def _which_taxonomy(name: str, sheet: Table) -> str:
    """Older files call the terms a taxonomy."""
    terms = {"parent_id", "parent_name", "vocabulary"} & {column.lower() for column in sheet.columns}
    return "taxonomy_term" if name == "taxonomy" and terms else name


def _lay_line(name: str, mark: str, entry: Entry, line: Line, staging: Staging, report: Report) -> None:
    cells = {tables.column(name, column): cell for column, cell in line.cells.items() if cell}
    if mark:
        cells.setdefault("address_type" if name == "address" else "kind", mark)
    cells = older(name, cells)
    id = cells.pop("id", "")
    if id and mark:  # two files of one table count their rows apart
        id = f"{mark}:{id}"
    if not id and name in tables.MAIN[:3]:
        report.reject(entry.name, line.number, "The row has no id.")
    elif not staging.add(
        name, id or _id_from(cells, line.number), entry.name, line.number, cells, refs_of(name, cells)
    ):
        before = staging.get(name, id)
        where = before.row if before and before.file == entry.name else 0
        text = (
            "The id {id} stands in row {where} already."
            if where
            else "The id {id} stands in another file already."
        )
        report.reject(entry.name, line.number, text, id=id, where=where)


def older(name: str, cells: dict[str, str]) -> dict[str, str]:
    """What older files say otherwise: a term's own id, and links between services and terms."""
    if name == "taxonomy_term" and "id" not in cells and "taxonomy_id" in cells:
        cells["id"] = cells["code"] = cells.pop("taxonomy_id")
    if name == "attribute" and "link_id" not in cells and "service_id" in cells:
        cells |= {"link_id": cells.pop("service_id"), "link_entity": "service"}
    if name == "attribute" and "taxonomy_term_id" not in cells and "taxonomy_id" in cells:
        cells["taxonomy_term_id"] = cells.pop("taxonomy_id")
    return cells


def _id_from(cells: Mapping[str, str], number: int) -> str:
    """An id for a row that has none: what it says, and where, so that two equal rows are two."""
    said = json.dumps([number, cells], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def refs_of(name: str, cells: Mapping[str, str]) -> list[Ref]:
    """What a row points to, from its cells."""
    refs = [
        (column, parent, cells[column]) for column, parent in tables.LINKS[name].items() if cells.get(column)
    ]
    if name == "attribute" and cells.get("link_id"):
        entity = cells.get("link_entity", "").lower()
        refs.append(("link_id", tables.table_of(entity) or "", cells["link_id"]))
    return refs


# -- JSON -----------------------------------------------------------------------------------------------------------


def read_json(entry: Entry, staging: Staging, report: Report) -> None:
    """Objects of HSDS 3, each with everything nested in it; or tables written as JSON."""
    if entry.stem.lower() in tables.NOT_DATA:
        return
    for number, item in objects(entry):
        named = {key: rows for key, rows in item.items() if key.endswith(".csv") and isinstance(rows, list)}
        if named:
            for key, rows in named.items():
                _lay_rows(key, rows, entry, staging, report)
            continue
        kind = kind_of(item, entry.stem)
        if kind is None:
            report.read["unknown"] += 1
            report.reject(entry.name, number, "We can not tell what kind of object this is.")
        else:
            _lay_tree(kind, item, [], entry.name, number, staging, report)


def kind_of(item: Mapping[str, Any], stem: str) -> str | None:
    """What an object is: by members only one kind has, else by the file's name."""
    if item.keys() & {"service_at_locations", "capacities", "application_process", "eligibility_description"}:
        return "service"
    if (
        item.keys() & {"organization_identifiers", "tax_status", "year_incorporated", "legal_status"}
        or {"services", "locations"} & item.keys()
    ):
        return "organization"
    if "location_type" in item:
        return "location"
    if isinstance(item.get("location"), dict):
        return "service_at_location"
    words = stem.lower().removesuffix("_full").removesuffix("_list").removesuffix("_example")
    named = tables.table_of(words)
    if named is None and {"id", "name", "status"} <= item.keys():
        return "service"
    return named if "id" in item else None


def _lay_rows(key: str, rows: list[Any], entry: Entry, staging: Staging, report: Report) -> None:
    name = tables.table_of(key.removesuffix(".csv"))
    for number, row in enumerate(rows, start=1):
        if name is None or not isinstance(row, dict):
            report.read["unknown"] += 1
            report.reject(f"{entry.name}/{key}", number, "We can not tell what kind of object this is.")
        else:
            _lay_tree(name, row, [], f"{entry.name}/{key}", number, staging, report)


def _lay_tree(
    name: str,
    item: Mapping[str, Any],
    above: list[Ref],
    file: str,
    number: int,
    staging: Staging,
    report: Report,
) -> str:
    """Lay an object and all it holds; each nested object points to the one it stands in. Gives the object's id."""
    cells, nested = {}, []
    for member, value in item.items():
        if isinstance(value, list | dict) and member in tables.MEMBERS:
            nested.append((member, value if isinstance(value, list) else [value]))
        elif value is not None and value != "" and value != []:
            cells[tables.column(name, member)] = (
                value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            )
    cells = older(name, cells)
    id = cells.pop("id", "") or _id_from(cells, 0)
    below: list[Ref] = []
    for member, values in nested:
        child = tables.MEMBERS[member]
        for value in (one for one in values if isinstance(one, dict)):
            upward = _upward(name, id, child)
            child_id = _lay_tree(child, value, upward, file, number, staging, report)
            if not upward:
                below.append((f"{child}_id", child, child_id))
    _lay_or_join(name, id, cells, [*refs_of(name, cells), *above, *below], file, number, staging, report)
    return id


def _upward(parent: str, id: str, child: str) -> list[Ref]:
    """How a nested object points to the one it stands in; nothing where the outer points to the inner."""
    if child in {"attribute", "metadata"}:
        return [("link_id" if child == "attribute" else "resource_id", parent, id)]
    column = f"{parent}_id"
    return [(column, parent, id)] if column in tables.LINKS[child] else []


def _lay_or_join(
    name: str,
    id: str,
    cells: dict[str, str],
    refs: list[Ref],
    file: str,
    number: int,
    staging: Staging,
    report: Report,
) -> None:
    """The same object stands in several places of a JSON directory: what each adds is joined, a contradiction is told."""
    if staging.add(name, id, file, number, cells, refs):
        report.read[name] += 1
        return
    before = staging.get(name, id)
    if before is None:
        return
    staging.link(before.n, refs, file, number)
    for column in sorted(cells.keys() & before.cells.keys()):
        if cells[column] != before.cells[column] and not column.endswith("_id"):
            text = "The {table} {id} says otherwise in {other}; what was read first is kept."
            report.reject_once(
                file, number, text, column, table=name.replace("_", " "), id=id, other=before.file
            )
    if cells.keys() - before.cells.keys():
        staging.change(before.n, cells | before.cells)
