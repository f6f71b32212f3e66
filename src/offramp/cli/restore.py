"""Put a copy made by `offramp backup` in the database's place: whole, or not at all."""

from datetime import UTC, datetime
from pathlib import Path

from offramp.cli.answer import say
from offramp.cli.place import alone, load, migrate, pending


def add(parser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of the copy")
    parser.add_argument(
        "--keys", type=Path, metavar="DIR", help="put the root key back from this folder first"
    )
    parser.add_argument(
        "--force", action="store_true", help="also over a database that is not empty: what is in it is lost"
    )


def run(args) -> int:
    load()
    from offramp.records import copies, ledger
    from offramp.rules.visibility import Viewer

    with alone("restore", wait=False):
        copies.read(args.folder)
        if args.keys:
            copies.bring_keys(args.keys)
        note = copies.put_back(args.folder, over=args.force, ready=lambda: say("Putting it back …"))
        with alone("migrate"):
            if pending():
                migrate()
        now = datetime.now(UTC)
        ledger.write(Viewer.job("restore", at=now), deed="restore", at=now)
    say(f"Back as of {note.made_at}. `offramp verify` looks it over.")
    return 0
