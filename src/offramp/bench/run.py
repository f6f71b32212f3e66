"""The whole bench: build or find the town, serve it, and measure one thing after the other."""

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from offramp.bench import finding, lists, minute, place, reading_in, weight
from offramp.bench.load_people import Town
from offramp.bench.search_quality import Row as Hit
from offramp.bench.server import Server, serving, signed_in
from offramp.bench.table import Row
from offramp.bench.visit import Visit

Tell = Callable[[str], None]
PARTS = ("minute", "lists", "find", "weight", "hits", "import")


@dataclass
class Measured:
    """Everything one run found, and on what."""

    stamp: place.Stamp
    database: str
    machine: str
    at: datetime
    load: float  # how busy the machine was when it began: processes waiting to run, over the last minute
    rows: list[Row] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


def run(*, people: int, home: Path, parts: tuple[str, ...], n: int, at: datetime, tell: Tell) -> Measured:
    """Measure these parts."""
    from offramp.bench.town.build import built

    stamp = built(people, tell=tell)
    found = Measured(stamp, database(), machine(), at, os.getloadavg()[0])
    freshen(at)
    with serving(str(home)) as server:
        for part in parts:
            tell(f"Measuring: {part} …")
            for row in _measure(part, _visits(server, at), people, n):
                found.rows.append(row)
                tell(f"  {row.what}: p50 {row.p50:.1f}, p95 {row.p95:.1f} {row.unit}")
    if "hits" in parts:
        found.hits = finding.hits(town(people), ask=min(n, 100))
    if "import" in parts:
        found.rows += reading_in.measure(home, max(500, people // 10))
    return found


def _measure(part: str, visit_of: Callable[[str], Visit], people: int, n: int) -> Iterator[Row]:
    if part == "minute":
        yield from minute.measure(visit_of("police"), n=n)
    elif part == "lists":
        yield from lists.measure(visit_of, n=n)
    elif part == "find":
        yield from finding.measure(visit_of, people, n=2 * n)
    elif part == "weight":
        yield from weight.measure(visit_of("police"))


def _visits(server: Server, at: datetime) -> Callable[[str], Visit]:
    """Somebody of each agency, signed in once."""
    from offramp.records.staff import User

    known: dict[str, Visit] = {}

    def visit_of(name: str) -> Visit:
        if name not in known:
            pk = User.objects.values_list("pk", flat=True).get(email=f"{name}-0@bench.example")
            known[name] = signed_in(server, pk, at=at)
        return known[name]

    return visit_of


def town(people: int) -> Town:
    """The two agencies that search is measured by."""
    from offramp.records.agency import Agency

    pks = [Agency.objects.values_list("pk", flat=True).get(name=name) for name in ("Bench navigators", "Bench village")]
    return Town(people, *pks)


def freshen(at: datetime) -> None:
    """Counts are as fresh as on the day the town was built, and no place is kept from an earlier run."""
    from django.db.models import F, Max

    from offramp.records.capacity import Capacity

    newest = Capacity.objects.aggregate(newest=Max("said_at"))["newest"]
    Capacity.objects.update(said_at=F("said_at") + (at - newest))


def database() -> str:
    """Which one, and its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def machine() -> str:
    """What it runs on."""
    return f"{os.cpu_count()} processors, {_memory()}, {platform.system()}, Python {platform.python_version()}"


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GB"
