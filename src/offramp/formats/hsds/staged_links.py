"""The links between staged rows, asked and settled in the temporary file itself: hundreds of thousands at once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offramp.formats.hsds.staging import Staging


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: whose, where it was said, and whether the row has another good one."""

    n: int
    file: str
    row: int
    column: str
    table: str
    id: str
    same_column_holds: bool
    any_holds: bool


class Links:
    """What the rows of a staging place point to."""

    def __init__(self, staging: Staging):
        self._db = staging.db

    def find_targets(self, among: Sequence[str]) -> None:
        """Links that say only an id: find the table it stands in."""
        marks = ", ".join("?" * len(among))
        sql = f"SELECT tbl FROM line WHERE line.id = ref.pid AND line.tbl IN ({marks}) LIMIT 1"
        self._db.execute(f"UPDATE ref SET ptbl = COALESCE(({sql}), '') WHERE ptbl = ''", tuple(among))

    def agencies_by_location(self) -> None:
        """Where a service hangs on a location (Ohana), its agency is the location's."""
        self._db.execute(
            """INSERT OR IGNORE INTO ref (n, col, ptbl, pid, file, row)
            SELECT s.n, 'organization_id', 'organization', o.pid, s.file, s.row FROM line AS s
            JOIN ref AS l ON l.n = s.n AND l.col = 'location_id'
            JOIN line AS place ON place.tbl = 'location' AND place.id = l.pid
            JOIN ref AS o ON o.n = place.n AND o.col = 'organization_id'
            WHERE s.tbl = 'service'
            AND NOT EXISTS (SELECT 1 FROM ref AS own WHERE own.n = s.n AND own.col = 'organization_id')"""
        )

    def hold(self, table: str) -> None:
        """Links of this table's rows hold when the row they point to stands."""
        self._db.execute(
            """UPDATE ref SET ok = 1 WHERE n IN (SELECT n FROM line WHERE tbl = ? AND ok = 1)
            AND EXISTS (SELECT 1 FROM line AS p WHERE p.tbl = ref.ptbl AND p.id = ref.pid AND p.ok = 1)""",
            (table,),
        )

    def broken(self, table: str) -> list[Broken]:
        """Links of this table's rows that do not hold."""
        good = "EXISTS (SELECT 1 FROM ref AS good WHERE good.n = line.n AND good.ok = 1{same})"
        sql = f"""SELECT line.n, ref.file, ref.row, col, ptbl, pid, {good.format(same=" AND good.col = ref.col")}, {good.format(same="")}
            FROM ref JOIN line ON line.n = ref.n WHERE line.tbl = ? AND line.ok = 1 AND ref.ok = 0 ORDER BY line.n, r"""
        return [Broken(*found) for found in self._db.execute(sql, (table,)).fetchall()]

    def without(self, table: str, column: str = "") -> list[tuple[int, str, int]]:
        """(n, file, row) of rows without a link that holds, in this column or at all."""
        only = " AND ref.col = ?" if column else ""
        sql = f"""SELECT n, file, row FROM line WHERE tbl = ? AND ok = 1
            AND NOT EXISTS (SELECT 1 FROM ref WHERE ref.n = line.n AND ref.ok = 1{only}) ORDER BY n"""
        return self._db.execute(sql, (table, column) if column else (table,)).fetchall()

    def owners(self, but: Sequence[str]) -> None:
        """A row that several others hold is counted with the first of them; these tables own nothing."""
        marks = ", ".join("?" * len(but))
        first = f"SELECT MIN(r) FROM ref WHERE ok = 1 AND ptbl NOT IN ({marks}) GROUP BY n"
        self._db.execute(f"UPDATE ref SET owns = 1 WHERE r IN ({first})", tuple(but))

    def turn(self, table: str, id: str, to: str) -> None:
        """What pointed to one row points to another from now on."""
        self._db.execute("UPDATE OR IGNORE ref SET pid = ? WHERE ptbl = ? AND pid = ?", (to, table, id))

    def cells_below(self, table: str, id: str, *kinds: str) -> Iterator[tuple[str, dict[str, str]]]:
        """(table, cells) of rows of these kinds that point to this one, settled or not."""
        marks = ", ".join("?" * len(kinds))
        sql = f"""SELECT line.tbl, line.cells FROM ref JOIN line ON line.n = ref.n
            WHERE ref.ptbl = ? AND ref.pid = ? AND line.tbl IN ({marks}) ORDER BY line.n"""
        for kind, cells in self._db.execute(sql, (table, id, *kinds)).fetchall():
            yield kind, json.loads(cells)
