"""Is somebody found who is typed wrongly, and how fast? A million made-up people, every kind of question.

    OFFRAMP_HOME=/somewhere python -m offramp.bench.search_quality --people 1000000 --ask 300

The people are loaded once and kept. Times are those of `search.find` in this process: keys, statements, unsealing, ranking.
"""

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import quantiles
from time import perf_counter

import django


@dataclass(frozen=True)
class Row:
    """One line of the table: a kind of question, by whom, how fast, and how often the one who was meant is shown."""

    question: str
    n: int
    p50: float
    p95: float
    first: float
    in_ten: float

    def __str__(self) -> str:
        return f"{self.question:<38}{self.n:>6}{self.p50:>9.1f}{self.p95:>9.1f}{self.first:>9.0%}{self.in_ten:>9.0%}"


HEAD = f"{'':<38}{'n':>6}{'p50 ms':>9}{'p95 ms':>9}{'first':>9}{'in ten':>9}"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--ask", type=int, default=300, help="questions of each kind (default: 300)")
    parser.add_argument("--only", default="", help="kinds of question whose name holds this")
    args = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offramp.config.settings")
    django.setup()
    from django.core.management import call_command

    from offramp.bench.load_people import load as load_people

    call_command("migrate", verbosity=0)
    town = load_people(args.people)
    print(sizes(args.people))
    report(town, ask=args.ask, only=args.only)
    return 0


def report(town, *, ask: int, only: str = "") -> list[Row]:
    """Every kind of question, asked by the agency that keeps all files; then the target's, by the one that sees a few."""
    from offramp.bench.load_people import is_restricted, sees_few
    from offramp.bench.search_questions import REST, TARGET

    everyone = viewer(town.large)
    rows = []
    for kinds, who, sees, whose in (
        (TARGET, everyone, lambda number: not is_restricted(number), "keeps all files"),
        (REST, everyone, lambda number: not is_restricted(number), "keeps all files"),
        (TARGET | REST, viewer(town.small), sees_few, "sees one in a thousand"),
    ):
        picked = {name: question for name, question in kinds.items() if only in name}
        samples = list(sample(town.people, sees, ask))
        print(f"\n{HEAD}   {whose}")
        got = [one(name, question, samples, who) for name, question in picked.items()]
        rows += [*got, total(got)] if got else []
        print(total(got) if got else "")
    return rows


def viewer(agency):
    from offramp.bench.load_people import AT
    from offramp.rules.visibility import Viewer, holder_of
    from offramp.rules.words import Role

    return Viewer(
        1, agency, Role.NAVIGATOR, "bench", AT, frozenset({holder_of("agency", agency), holder_of("user", 1)})
    )


def sample(people: int, sees: Callable[[int], bool], ask: int) -> Iterator[tuple[int, object]]:
    """So many of the people a viewer sees, spread over all of them."""
    from offramp.bench.load_people import everybody

    seen = [number for number in range(1, people + 1) if sees(number)]
    wanted = set(random.Random("sample").sample(seen, min(ask, len(seen))))
    return ((number, identity) for number, identity in everybody(people) if number in wanted)


def one(name: str, question, samples, who) -> Row:
    """Ask one kind of question about each of the sample."""
    from offramp.bench.load_people import AT
    from offramp.bench.search_questions import Teller
    from offramp.records import search

    times, places = [], []
    for number, identity in samples:
        text = question(Teller(identity, random.Random(f"{name} {number}")))
        if text:
            begun = perf_counter()
            found = search.find(viewer=who, text=text, at=AT)
            times.append(1000 * (perf_counter() - begun))
            places.append(next((at for at, got in enumerate(found) if got.file.pk == number), None))
    row = _row(name, times, places)
    print(row, flush=True)
    return row


def _row(name: str, times: list[float], places: list[int | None]) -> Row:
    n = len(times)
    cuts = quantiles(times, n=100) if n > 1 else [0] * 99
    found = sum(place is not None for place in places) / n if n else 0
    return Row(name, n, cuts[49], cuts[94], sum(place == 0 for place in places) / n if n else 0, found)


def total(rows: list[Row]) -> Row:
    """All kinds together; p95 is the worst of them."""
    n = sum(row.n for row in rows) or 1
    mean = {part: sum(getattr(row, part) * row.n for row in rows) / n for part in ("p50", "first", "in_ten")}
    return replace(Row("all; worst p95", n, 0, max(row.p95 for row in rows), 0, 0), **mean)


def sizes(people: int) -> str:
    """What the tokens weigh."""
    from django.db import connection

    from offramp.records.tokens import SearchToken

    rows = SearchToken.objects.count()
    return f"{rows / people:.1f} tokens a person, {_bytes(connection, SearchToken._meta.db_table) / people:,.0f} bytes a person with their indexes"


def _bytes(connection, table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            return cursor.fetchone()[0]
        try:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name = %s)",
                [table],
            )
            return cursor.fetchone()[0] or 0
        except Exception:  # noqa: BLE001 -- a SQLite built without dbstat does not say
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
