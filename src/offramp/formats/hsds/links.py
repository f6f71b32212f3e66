"""Follow the links between rows: what resolves is taken, what does not is listed, row by row.

Real directories break their own keys, the official samples too. One bad key never costs the whole directory, and
never a whole row unless the row is nothing without it: a service of no agency, a phone of nobody.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from offramp.formats.hsds import checks, tables
from offramp.formats.hsds.cells import BadCell
from offramp.formats.hsds.staging import Report, Staged, Staging

# Links whose target says what it is only by its id.
_FIND = "UPDATE ref SET ptbl = COALESCE((SELECT tbl FROM line WHERE line.id = ref.pid AND line.tbl IN ({main}) LIMIT 1), '') WHERE ptbl = ''"
# A row that several others hold is counted with the first of them.
_OWNER = "UPDATE ref SET owns = 1 WHERE r IN (SELECT MIN(r) FROM ref WHERE ok = 1 AND ptbl NOT IN ({alone}) GROUP BY n)"
_GOOD = """
UPDATE ref SET ok = 1 WHERE n IN (SELECT n FROM line WHERE tbl = ? AND ok = 1)
AND EXISTS (SELECT 1 FROM line AS p WHERE p.tbl = ref.ptbl AND p.id = ref.pid AND p.ok = 1)
"""


def follow(staging: Staging, report: Report) -> None:
    """Settle every row and every link, parents before children."""
    staging.db.execute(
        _FIND.format(
            main=", ".join(f"'{name}'" for name in (*tables.MAIN, "phone", "contact", "service_capacity"))
        )
    )
    _agency_of_services(staging)
    _fold_agencies(staging, report)
    for table in tables.ORDER:
        _check(staging, report, table)
        staging.db.execute(_GOOD, (table,))
        _broken(staging, report, table)
        _unlinked(staging, report, table)
    staging.db.execute(_OWNER.format(alone=", ".join(f"'{name}'" for name in sorted(tables.ALONE))))


def _agency_of_services(staging: Staging) -> None:
    """Where a service hangs on a location (Ohana), its agency is the location's."""
    staging.db.execute(
        """INSERT OR IGNORE INTO ref (n, col, ptbl, pid, file, row)
        SELECT s.n, 'organization_id', 'organization', o.pid, s.file, s.row FROM line AS s
        JOIN ref AS l ON l.n = s.n AND l.col = 'location_id'
        JOIN line AS place ON place.tbl = 'location' AND place.id = l.pid
        JOIN ref AS o ON o.n = place.n AND o.col = 'organization_id'
        WHERE s.tbl = 'service' AND NOT EXISTS (SELECT 1 FROM ref AS own WHERE own.n = s.n AND own.col = 'organization_id')"""
    )


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
            _drop(staging, row.n)
            report.reject(row.file, row.row, bad.message)
        else:
            _check_cells(staging, report, row, cells)


def _check_cells(
    staging: Staging, report: Report, row: Staged, known: Mapping[str, Callable[[str], object]]
) -> None:
    unread = {}
    for column in known.keys() & row.cells.keys():
        try:
            known[column](row.cells[column])
        except BadCell as bad:
            report.reject(row.file, row.row, bad.message, column)
            unread[column] = row.cells[column]
    if unread:
        kept = {column: cell for column, cell in row.cells.items() if column not in unread}
        staging.change(row.n, kept | {f"{checks.UNREAD}{column}": cell for column, cell in unread.items()})


def _broken(staging: Staging, report: Report, table: str) -> None:
    """List each link that leads nowhere, and drop the rows that can not do without it."""
    must = tables.NEEDS_ALL.get(table, ())
    sql = """SELECT line.n, ref.file, ref.row, col, ptbl, pid,
        (SELECT COUNT(*) FROM ref AS good WHERE good.n = line.n AND good.ok = 1 AND good.col = ref.col),
        (SELECT COUNT(*) FROM ref AS good WHERE good.n = line.n AND good.ok = 1)
        FROM ref JOIN line ON line.n = ref.n WHERE line.tbl = ? AND line.ok = 1 AND ref.ok = 0 ORDER BY line.n, r"""
    dropped = set()
    for n, file, row, col, ptbl, pid, same, good in staging.db.execute(sql, (table,)).fetchall():
        if n in dropped:
            continue
        known = staging.get(ptbl, pid) if ptbl else None
        text = (
            "{name} points to {id}, which was not taken."
            if known
            else "{name} points to {id}, which is not there."
        )
        drop = (col in must and not same) or (not good and table not in tables.NEEDS_NONE)
        if drop:
            dropped.add(n)
            _drop(staging, n)
        report.reject(file, row, text, "" if drop else col, name=col, id=pid)


def _unlinked(staging: Staging, report: Report, table: str) -> None:
    """Rows that point nowhere at all, and can not stand alone."""
    must = tables.NEEDS_ALL.get(table, ())
    for column in must:
        sql = """SELECT n, file, row FROM line WHERE tbl = ? AND ok = 1
            AND NOT EXISTS (SELECT 1 FROM ref WHERE ref.n = line.n AND ref.col = ? AND ref.ok = 1) ORDER BY n"""
        for n, file, row in staging.db.execute(sql, (table, column)).fetchall():
            _drop(staging, n)
            report.reject(file, row, "The row has no {name}.", name=column)
    if must or table in tables.NEEDS_NONE:
        return
    sql = "SELECT n, file, row FROM line WHERE tbl = ? AND ok = 1 AND NOT EXISTS (SELECT 1 FROM ref WHERE ref.n = line.n AND ref.ok = 1) ORDER BY n"
    for n, file, row in staging.db.execute(sql, (table,)).fetchall():
        _drop(staging, n)
        report.reject(
            file,
            row,
            "The row belongs to nothing: it names no {names}.",
            names=", ".join(tables.LINKS[table]),
        )


def _drop(staging: Staging, n: int) -> None:
    staging.db.execute("UPDATE line SET ok = 0 WHERE n = ?", (n,))


# -- The same agency twice ------------------------------------------------------------------------------------------


def _fold_agencies(staging: Staging, report: Report) -> None:
    """An agency that stands there again under another id, with the same name, address and phone, is one agency."""
    first: dict[tuple[str, str, str], Staged] = {}
    for agency in staging.taken("organization"):
        mark = _signature(staging, agency)
        if mark is None:
            continue
        same = first.setdefault(mark, agency)
        if same is not agency:
            _drop(staging, agency.n)
            staging.db.execute(
                "UPDATE OR IGNORE ref SET pid = ? WHERE ptbl = 'organization' AND pid = ?",
                (same.id, agency.id),
            )
            text = "The same agency as in row {first} (name, address and phone); its services are kept under that one."
            report.reject(agency.file, agency.row, text, first=same.row)


def _signature(staging: Staging, agency: Staged) -> tuple[str, str, str] | None:
    said = {"address": "", "phone": ""}
    for table, cells in _of_agency(staging, agency.id):
        text = (
            cells.get("number", "")
            if table == "phone"
            else f"{cells.get('address_1', '')} {cells.get('city', '')}"
        )
        said[table] = said[table] or plain(text)
    name = plain(agency.cells.get("name", ""))
    return (name, said["address"], said["phone"]) if name and (said["address"] or said["phone"]) else None


def _of_agency(staging: Staging, id: str) -> Iterator[tuple[str, dict[str, str]]]:
    sql = """SELECT line.tbl, line.cells FROM ref JOIN line ON line.n = ref.n
        WHERE ref.ptbl = 'organization' AND ref.pid = ? AND line.tbl IN ('phone', 'address') ORDER BY line.n"""
    for table, cells in staging.db.execute(sql, (id,)).fetchall():
        yield table, json.loads(cells)


def plain(text: str) -> str:
    """Letters and digits only, small: how two spellings of the same thing are held against each other."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
