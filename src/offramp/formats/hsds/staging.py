"""A place to lay a directory's rows out while links are followed: a temporary file that is gone afterwards.

A hundred thousand services with their children do not fit the memory of a small machine, and come in any order.
"""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from offramp.rules.message import Message, say

Ref = tuple[str, str, str]  # column, table pointed to ("" if not known), id pointed to

_SCHEMA = """
CREATE TABLE line (n INTEGER PRIMARY KEY, tbl TEXT, id TEXT, file TEXT, row INTEGER, cells TEXT, ok INTEGER DEFAULT 1);
CREATE UNIQUE INDEX line_by_id ON line (tbl, id);
CREATE TABLE ref (r INTEGER PRIMARY KEY, n INTEGER, col TEXT, ptbl TEXT, pid TEXT, file TEXT, row INTEGER, ok INTEGER DEFAULT 0,
  owns INTEGER DEFAULT 0);
CREATE UNIQUE INDEX ref_once ON ref (n, col, pid);
"""
_AFTER = "CREATE INDEX ref_by_parent ON ref (ptbl, pid)"
_QUICK = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "cache_size = -16000",
    "temp_store = FILE",
    "locking_mode = EXCLUSIVE",
)


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken, or, with a column, a cell that was not. The header is row 1; in JSON, rows are objects."""

    file: str
    row: int
    reason: Message
    column: str = ""


@dataclass(frozen=True)
class Staged:
    """One row as it lies there."""

    n: int
    table: str
    id: str
    file: str
    row: int
    cells: dict[str, str]


@dataclass
class Report:
    """What was read, what was not taken, and how files were understood."""

    read: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    files: list[dict[str, object]] = field(default_factory=list)
    _made: set[tuple[Message, str]] = field(default_factory=set)

    def reject(self, file: str, row: int, text: str | Message, column: str = "", **params: object) -> None:
        """Write down what was not taken, with one sentence."""
        reason = text if isinstance(text, Message) else say(text, **params)
        self.rejected.append(Rejected(file, row, reason, column))

    def reject_once(self, file: str, row: int, text: str, column: str, **params: object) -> None:
        """The same complaint about the same thing, from however many places, is made once."""
        complaint = (say(text, **params), column)
        if complaint not in self._made:
            self._made.add(complaint)
            self.reject(file, row, text, column, **params)


class Staging:
    """Rows by table and id, and what they point to."""

    def __init__(self, path: Path):
        self.db = sqlite3.connect(path, isolation_level=None)
        for setting in _QUICK:
            self.db.execute(f"PRAGMA {setting}")
        self.db.executescript(_SCHEMA)
        self.db.execute("BEGIN")

    def add(
        self, table: str, id: str, file: str, row: int, cells: Mapping[str, str], refs: list[Ref]
    ) -> bool:
        """Lay a row down. False when that id lies there already; its links are then left as they were."""
        laid = self.db.execute(
            "INSERT OR IGNORE INTO line (tbl, id, file, row, cells) VALUES (?, ?, ?, ?, ?)",
            (table, id, file, row, json.dumps(cells, ensure_ascii=False)),
        )
        if laid.rowcount != 1 or laid.lastrowid is None:
            return False
        self.link(laid.lastrowid, refs, file, row)
        return True

    def link(self, n: int, refs: list[Ref], file: str, row: int) -> None:
        """Add what a row points to, as said in this file; the same link twice is one."""
        sql = "INSERT OR IGNORE INTO ref (n, col, ptbl, pid, file, row) VALUES (?, ?, ?, ?, ?, ?)"
        self.db.executemany(sql, [(n, *ref, file, row) for ref in refs])

    def get(self, table: str, id: str) -> Staged | None:
        """The row of that id, taken or not."""
        found = self.db.execute(f"{_LINE} WHERE tbl = ? AND id = ?", (table, id)).fetchone()
        return _staged(found) if found else None

    def change(self, n: int, cells: Mapping[str, str]) -> None:
        """Write a row's cells again."""
        self.db.execute("UPDATE line SET cells = ? WHERE n = ?", (json.dumps(cells, ensure_ascii=False), n))

    def drop(self, n: int) -> None:
        """This row is not taken."""
        self.db.execute("UPDATE line SET ok = 0 WHERE n = ?", (n,))

    def settle(self) -> None:
        """Everything is laid down: from here on links are followed."""
        self.db.execute(_AFTER)
        self.db.execute("ANALYZE")

    def taken(self, table: str) -> Iterator[Staged]:
        """Rows of a table that stand, in the order they were read."""
        # Read in stretches: what comes out of one may be looked up and changed while the next waits.
        last = 0
        while rows := self.db.execute(
            f"{_LINE} WHERE tbl = ? AND ok = 1 AND n > ? ORDER BY n LIMIT 500", (table, last)
        ).fetchall():
            yield from map(_staged, rows)
            last = rows[-1][0]

    def parent(self, n: int, column: str) -> str:
        """The id a row's column points to, if the link holds; else nothing."""
        found = self.db.execute(
            "SELECT pid FROM ref WHERE n = ? AND col = ? AND ok = 1", (n, column)
        ).fetchone()
        return str(found[0]) if found else ""

    def is_held(self, n: int) -> bool:
        """Whether another row holds this one."""
        return self.db.execute("SELECT 1 FROM ref WHERE n = ? AND owns = 1", (n,)).fetchone() is not None

    def children(self, table: str, id: str) -> Iterator[tuple[Staged, str, bool]]:
        """(row, the column that points here, whether it belongs here first) of all that stand and point to this one."""
        sql = f"{_LINE_AND} JOIN ref ON ref.n = line.n WHERE ref.ptbl = ? AND ref.pid = ? AND ref.ok = 1 AND line.ok = 1 ORDER BY line.n"
        for *line, column, owns in self.db.execute(sql, (table, id)).fetchall():
            yield _staged(line), column, bool(owns)


_LINE = "SELECT n, tbl, id, file, row, cells FROM line"
_LINE_AND = "SELECT line.n, line.tbl, line.id, line.file, line.row, line.cells, ref.col, ref.owns FROM line"


def _staged(found: tuple[int, str, str, str, int, str] | list[object]) -> Staged:
    n, table, id, file, row, cells = found
    return Staged(int(str(n)), str(table), str(id), str(file), int(str(row)), json.loads(str(cells)))


@contextmanager
def staging() -> Iterator[Staging]:
    """A place that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="offramp-directory-") as folder:
        laid = Staging(Path(folder) / "rows")
        try:
            yield laid
        finally:
            laid.db.close()
