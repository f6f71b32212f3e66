"""The table: what was measured, the middle, the slow end, how often, what was hoped for, and whether it is met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from math import ceil
from statistics import fmean

from offramp.bench.visit import Answer

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
    run: float | None = None  # of the time, on average: the server's processes on a processor
    wait: float | None = None  # and with work to do, but no processor free: a busy machine's part

    @property
    def met(self) -> bool | None:
        """Whether the slow end is within the budget; None where there is none."""
        return None if self.budget is None else self.p95 <= self.budget

    def to_json(self) -> dict:
        return asdict(self) | {"met": self.met}


def timed(what: str, answers: Sequence[Answer], *, budget: float | None = None) -> Row:
    """A line of times, told in milliseconds."""
    row = measured(what, [1000 * one.seconds for one in answers], budget=budget)
    means = {part: round(1000 * fmean(getattr(one.used, part) for one in answers), 1) for part in ("run", "wait")}
    return replace(row, **means) if means["run"] else row


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
    yield f"{'':<{wide}}{'p50':>10}{'p95':>10}{'n':>7}{'worked':>10}{'waited':>10}{'budget':>9}"
    for row in rows:
        values = [_value(value, row.unit) for value in (row.p50, row.p95)]
        used = [_value(value, row.unit) for value in (row.run, row.wait)]
        told = f"{values[0]:>10}{values[1]:>10}{row.n:>7}{used[0]:>10}{used[1]:>10}{_budget(row):>9}"
        yield f"{row.what:<{wide}}{told}{MET[row.met]}{'  ' + row.note if row.note else ''}"


def markdown(rows: Iterable[Row]) -> Iterator[str]:
    """For a page."""
    yield "| What | p50 | p95 | n | worked | waited | Budget | |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for row in rows:
        values = [_value(value, row.unit) for value in (row.p50, row.p95)]
        used = [_value(value, row.unit) for value in (row.run, row.wait)]
        yield f"| {row.what} | {' | '.join(values)} | {row.n} | {' | '.join(used)} | {_budget(row)} |{MET[row.met]}{' ' + row.note if row.note else ''} |"


MET = {True: " met", False: " **missed**", None: ""}


def _value(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.1f} {unit}"


def _budget(row: Row) -> str:
    return f"{row.budget:g} {row.unit}" if row.budget is not None else ""
