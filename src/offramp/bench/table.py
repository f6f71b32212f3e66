"""The table: what was measured, the middle, the slow end, how often, what was hoped for, and whether it is met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil

MS, KB, MB = "ms", "KB", "MB"


@dataclass(frozen=True)
class Row:
    """One line. Without a budget it is only told."""

    what: str
    p50: float
    p95: float
    n: int
    unit: str = MS
    budget: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the slow end is within the budget; None where there is none."""
        return None if self.budget is None else self.p95 <= self.budget

    def to_json(self) -> dict:
        return asdict(self) | {"met": self.met}


def timed(what: str, seconds: Sequence[float], *, budget: float | None = None, note: str = "") -> Row:
    """A line of times, told in milliseconds."""
    return measured(what, [1000 * one for one in seconds], budget=budget, note=note)


def measured(what: str, values: Sequence[float], *, unit: str = MS, budget: float | None = None, note: str = "") -> Row:
    """A line of any measure."""
    return Row(what, at(values, 0.50), at(values, 0.95), len(values), unit, budget, note)


def at(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of them does not exceed (the nearest rank)."""
    ordered = sorted(values)
    return round(ordered[max(0, ceil(share * len(ordered)) - 1)], 2)


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """For reading in a terminal."""
    rows = list(rows)
    wide = max((len(row.what) for row in rows), default=0) + 2
    yield f"{'':<{wide}}{'p50':>10}{'p95':>10}{'n':>8}{'budget':>10}"
    for row in rows:
        told = f"{row.budget:g} {row.unit}" if row.budget is not None else ""
        verdict = {True: "  met", False: "  MISSED", None: ""}[row.met]
        yield f"{row.what:<{wide}}{row.p50:>7.1f} {row.unit:<2}{row.p95:>7.1f} {row.unit:<2}{row.n:>8}{told:>10}{verdict}{'  ' + row.note if row.note else ''}"


def markdown(rows: Iterable[Row]) -> Iterator[str]:
    """For a page."""
    yield "| What | p50 | p95 | n | Budget | |"
    yield "|---|---:|---:|---:|---:|---|"
    for row in rows:
        told = f"{row.budget:g} {row.unit}" if row.budget is not None else ""
        verdict = {True: "met", False: "**missed**", None: ""}[row.met]
        yield f"| {row.what} | {row.p50:.1f} {row.unit} | {row.p95:.1f} {row.unit} | {row.n} | {told} | {verdict}{' ' + row.note if row.note else ''} |"
