"""A staged row with everything that hangs on it: for the raw record, and for counting each row once."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from offramp.formats.hsds import tables
from offramp.formats.hsds.cells import phones
from offramp.formats.hsds.staging import Staged, Staging

# These are records of their own, wherever they hang.
_OWN = frozenset({*tables.MAIN, *tables.ALONE})
_NOT_TALK = {"fax", "tty", "tdd", "textphone", "pager"}


@dataclass
class Node:
    """A row and its children by table, in the order they were read."""

    row: Staged
    children: dict[str, list["Node"]] = field(default_factory=dict)
    owned: bool = True

    def of(self, table: str) -> list[Staged]:
        """The children of one table."""
        return [node.row for node in self.children.get(table, ())]

    def said(self) -> dict[str, Any]:
        """The row and all below it, as it was said."""
        below = {table: [node.said() for node in nodes] for table, nodes in self.children.items()}
        return {"id": self.row.id, **self.row.cells, **below}

    def count(self, into: Counter[str]) -> Counter[str]:
        """Count the rows below that are counted here, and what hangs on those."""
        for table, nodes in self.children.items():
            for node in nodes:
                if node.owned:
                    into[table] += 1
                    node.count(into)
        return into


def grow(staging: Staging, row: Staged) -> Node:
    """The row with its children, and theirs."""
    node = Node(row)
    for child, _, owned in staging.children(row.table, row.id):
        if child.table not in _OWN:
            below = grow(staging, child)
            below.owned = owned
            node.children.setdefault(child.table, []).append(below)
    return node


def numbers(rows: list[Staged]) -> tuple[str, ...]:
    """The telephone numbers one can talk to, as written: no fax, no text phone."""
    talk = (row.cells for row in rows if row.cells.get("type", "voice").lower() not in _NOT_TALK)
    return tuple(
        dict.fromkeys(
            number for cells in talk for number in phones(cells["number"], cells.get("extension", ""))
        )
    )
