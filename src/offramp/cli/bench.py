"""Measure how fast this is and what it takes: a table of times at a million people."""

from pathlib import Path

from offramp.cli.answer import Stop, add_json, answer, say
from offramp.cli.place import load

PEOPLE = 1_000_000


def add(parser) -> None:
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help=f"so many person files and referrals, and a tenth of that in services (default: {PEOPLE})")  # fmt: skip
    parser.add_argument("--home", default="", metavar="FOLDER", help="where it is built and kept (default: bench in this place's home; on PostgreSQL a database of its own)")  # fmt: skip
    parser.add_argument("--only", action="append", default=[], metavar="PART", help="measure only this: minute, lists, find, weight, hits, import; may be said again")  # fmt: skip
    parser.add_argument("--times", type=int, default=300, metavar="N", help="how often each is asked (default: 300)")
    add_json(parser)


def run(args) -> int:
    from offramp.bench import place

    home = place.settle(args.home)
    load()
    from django.utils import timezone

    from offramp.bench import run as bench

    parts = tuple(args.only) or bench.PARTS
    if unknown := set(parts) - set(bench.PARTS):
        raise Stop(f"There is no part {min(unknown)}. Parts are: {', '.join(bench.PARTS)}.")
    if args.people < 1_000 or args.times < 20:
        raise Stop("--people must be 1000 or more, and --times 20 or more: less says nothing.")
    found = bench.run(people=args.people, home=Path(home), parts=parts, n=args.times, at=timezone.now(), tell=say)
    answer(document(found), as_json=args.json, lines=_lines(found))
    return 0


def document(found) -> dict:
    """All of it, as one document."""
    from dataclasses import asdict

    told = {name: getattr(found, name) for name in ("database", "machine", "at", "load")}
    return told | {
        "people": found.stamp.people,
        "built": asdict(found.stamp),
        "rows": [row.to_json() for row in found.rows],
        "hits": [asdict(row) for row in found.hits],
    }


def _lines(found):
    from offramp.bench import search_quality, table

    yield f"{found.stamp.people:,} people · {found.database} · {found.machine} · {found.at:%Y-%m-%d %H:%M} UTC · load {found.load:.1f}"
    yield ""
    yield from table.lines(found.rows)
    if found.hits:
        yield from ("", "Found, by kind of question (first: at the top; in ten: among the first ten)", search_quality.HEAD)
        yield from map(str, found.hits)
