"""Copy the whole database into a folder, while it is in use. Keys go elsewhere, or nowhere."""

from datetime import UTC, datetime
from pathlib import Path

from offramp.cli.answer import say
from offramp.cli.place import open_place


def add(parser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    parser.add_argument(
        "--keys", type=Path, metavar="DIR", help="write the root keys into this other folder; keep it apart"
    )


def run(args) -> int:
    open_place()
    from offramp.records import copies, ledger
    from offramp.rules.visibility import Viewer

    now = datetime.now(UTC)
    if args.keys:
        names = copies.copy_keys(args.keys, apart_from=args.folder)
        say(
            f"Keys: {', '.join(names)} in {args.keys}. Without them the copy opens nothing; keep the two apart."
        )
    ledger.write(Viewer.job("backup", at=now), deed="backup", at=now)
    note = copies.make(args.folder, at=now)
    say(f"Copied {note.size / 1e6:,.1f} MB into {args.folder}.")
    return 0
