"""Follow the links between rows: what resolves is taken, what does not is listed, row by row.

Real directories break their own keys, the official samples too. One bad key never costs the whole directory, and
never a whole row unless the row is nothing without it: a service of no agency, a phone of nobody.
"""

import re
from collections.abc import Callable, Mapping

from offramp.formats.hsds import checks, tables
from offramp.formats.hsds.cells import BadCell
from offramp.formats.hsds.staged_links import Links
from offramp.formats.hsds.staging import Report, Staged, Staging


def follow(staging: Staging, report: Report) -> None:
    """Settle every row and every link, parents before children."""
    links = Links(staging)
    links.find_targets((*tables.MAIN, "phone", "contact", "service_capacity"))
    links.agencies_by_location()
    _fold_agencies(staging, links, report)
    for table in tables.ORDER:
        _check(staging, report, table)
        links.hold(table)
        _list_broken(staging, links, report, table)
        _drop_unlinked(staging, links, report, table)
    links.owners(sorted(tables.ALONE))


def _check(staging: Staging, report: Report, table: str) -> None:
    """Look at each row before its links: is it anything at all, and which of its cells can be read?"""
    named, whole_row, cells = (
        tables.NEEDS_CELL.get(table),
        checks.ROWS.get(table),
        checks.CELLS.get(table, {}),
    )
    if not (named or whole_row or cells):
        return
    for row in staging.taken(table):
        try:
            if named and named not in row.cells:
                raise BadCell("The {table} has no {cell}.", table=table.replace("_", " "), cell=named)
            if whole_row:
                whole_row(row.cells)
        except BadCell as bad:
            staging.drop(row.n)
            report.reject(row.file, row.row, bad.message)
        else:
            _check_cells(staging, report, row, cells)


def _check_cells(
    staging: Staging, report: Report, row: Staged, known: Mapping[str, Callable[[str], object]]
) -> None:
    unread = {}
    for column in sorted(known.keys() & row.cells.keys()):
        try:
            known[column](row.cells[column])
        except BadCell as bad:
            report.reject(row.file, row.row, bad.message, column)
            unread[column] = row.cells[column]
    if unread:
        kept = {column: cell for column, cell in row.cells.items() if column not in unread}
        staging.change(row.n, kept | {f"{checks.UNREAD}{column}": cell for column, cell in unread.items()})


def _list_broken(staging: Staging, links: Links, report: Report, table: str) -> None:
    """List each link that leads nowhere, and drop the rows that can not do without it."""
    must, dropped = tables.NEEDS_ALL.get(table, ()), set()
    for link in links.broken(table):
        if link.n in dropped:
            continue
        known = link.table and staging.get(link.table, link.id)
        text = (
            "{name} points to {id}, which was not taken."
            if known
            else "{name} points to {id}, which is not there."
        )
        needed = link.column in must and not link.same_column_holds
        drop = needed or (not link.any_holds and table not in tables.NEEDS_NONE)
        if drop:
            dropped.add(link.n)
            staging.drop(link.n)
        report.reject(link.file, link.row, text, "" if drop else link.column, name=link.column, id=link.id)


def _drop_unlinked(staging: Staging, links: Links, report: Report, table: str) -> None:
    """Rows that point nowhere at all, and can not stand alone."""
    must = tables.NEEDS_ALL.get(table, ())
    for column in must:
        for n, file, row in links.without(table, column):
            staging.drop(n)
            report.reject(file, row, "The row has no {name}.", name=column)
    if must or table in tables.NEEDS_NONE:
        return
    for n, file, row in links.without(table):
        staging.drop(n)
        report.reject(
            file,
            row,
            "The row belongs to nothing: it names no {names}.",
            names=", ".join(tables.LINKS[table]),
        )


# -- The same agency twice ------------------------------------------------------------------------------------------


def _fold_agencies(staging: Staging, links: Links, report: Report) -> None:
    """An agency that stands there again under another id, with the same name, address and phone, is one agency."""
    first: dict[tuple[str, str, str], tuple[str, int]] = {}
    for agency in staging.taken("organization"):
        mark = _signature(links, agency)
        if mark is None:
            continue
        id, row = first.setdefault(mark, (agency.id, agency.row))
        if id != agency.id:
            staging.drop(agency.n)
            links.turn("organization", agency.id, to=id)
            text = "The same agency as in row {first} (name, address and phone); its services are kept under that one."
            report.reject(agency.file, agency.row, text, first=row)


def _signature(links: Links, agency: Staged) -> tuple[str, str, str] | None:
    said = {"address": "", "phone": ""}
    for table, cells in links.cells_below("organization", agency.id, "phone", "address"):
        text = (
            cells.get("number", "")
            if table == "phone"
            else f"{cells.get('address_1', '')} {cells.get('city', '')}"
        )
        said[table] = said[table] or plain(text)
    name = plain(agency.cells.get("name", ""))
    return (name, said["address"], said["phone"]) if name and (said["address"] or said["phone"]) else None


def plain(text: str) -> str:
    """Letters and digits only, small: how two spellings of the same thing are held against each other."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
