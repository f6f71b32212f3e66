"""Look the place over: the ledger's chain, the constraints, who sees what, and whether the vault opens."""

from datetime import UTC, datetime
from typing import Any

from offramp.cli.answer import add_json, answer, say
from offramp.cli.place import open_place


def add(parser) -> None:
    add_json(parser)
    parser.add_argument(
        "--all", action="store_true", help="open every sealed row, not a sample of each table"
    )
    parser.add_argument(
        "--head",
        default="",
        metavar="SEQ:MAC",
        help="a head of the ledger written down before; it must still be in the chain",
    )


def run(args) -> int:
    open_place()
    found = look_over(whole=args.all, head=args.head)
    answer(found, as_json=args.json, lines=_lines(found))
    return 0 if found["sound"] else 1


def look_over(*, whole: bool = False, head: str = "") -> dict[str, Any]:
    """The whole report, as it is printed."""
    from offramp.records import inspection, ledger, sight

    say("Walking the ledger …")
    chain = ledger.verify(head=head)
    say("Checking rows and constraints …")
    rows = inspection.database(whole=whole)
    say("Counting sight again …")
    seen = sight.compare(at=datetime.now(UTC))
    say("Opening the vault …")
    opened = inspection.opening(whole=whole)
    return {
        "sound": chain.sound and rows.sound and opened.sound and not seen.missing and not seen.extra,
        "ledger": {
            "sealed": chain.sealed,
            "unsealed": chain.unsealed,
            "head": chain.head,
            "broken": list(chain.broken),
        },
        "constraints": {"checked": rows.checked, "broken": list(rows.faults)},
        "sight": {"rows": seen.rows, "missing": _told(seen.missing), "extra": _told(seen.extra)},
        "vault": {"checked": opened.checked, "broken": list(opened.faults)},
    }


def _told(rows) -> list[dict[str, Any]]:
    return [
        {
            "file": row.file_id,
            "holder": row.holder,
            "kinds": sorted(kind.value for kind in row.kinds),
            "ground": row.ground.value,
            "source": row.source,
            "until": row.until and row.until.isoformat(),
        }
        for row in rows
    ]


def _lines(found: dict[str, Any]):
    ledger, seen = found["ledger"], found["sight"]
    yield f"Ledger: {ledger['sealed']} entries sealed, {ledger['unsealed']} not yet. Head {ledger['head']}"
    yield f"Constraints: {found['constraints']['checked']} rows checked"
    yield f"Sight: {seen['rows']} rows, {len(seen['missing'])} missing, {len(seen['extra'])} too many"
    yield f"Vault: {found['vault']['checked']} keys and rows opened"
    for part in (ledger, found["constraints"], found["vault"]):
        yield from (f"  {fault}" for fault in part["broken"])
    for what in ("missing", "extra"):
        yield from (f"  {what}: {row}" for row in seen[what])
    yield "All is sound." if found["sound"] else "Something is wrong: see above."
