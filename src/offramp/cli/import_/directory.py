"""Take in a directory of services: HSDS 1 to 3, Ohana, or any table by a map."""

from pathlib import Path

from offramp.cli.answer import Stop, add_json, answer, say
from offramp.cli.place import open_place

SHOWN = 20


def add(parser) -> None:
    parser.add_argument("path", type=Path, help="a file, a folder or a zip")
    parser.add_argument(
        "--map", metavar="FILE", help="which column is which (TOML), or the name of a saved map"
    )
    parser.add_argument("--source", default="", help="a name for where it comes from (default: the folder's)")
    parser.add_argument(
        "--zone", default="", help="the time zone where no address says a state (default: this place's)"
    )
    add_json(parser)


def run(args) -> int:
    open_place()
    _little_memory()
    from django.conf import settings
    from django.utils import timezone

    from offramp.actions import directory as deed
    from offramp.formats.hsds import BadMap, BadParcel, directory
    from offramp.rules.refusal import Refused
    from offramp.rules.visibility import Viewer

    at = timezone.now()
    try:
        by = _map(args.map) if args.map else None
        with directory(
            args.path, by=by, source=args.source, zone=args.zone or settings.TIME_ZONE, tell=say
        ) as found:
            taken = deed.take_in(
                viewer=Viewer.job("import_directory", at=at), at=at, directory=found, tell=say
            )
    except (BadMap, BadParcel, Refused) as refused:
        raise Stop(str(refused)) from refused
    answer(taken.to_json(), as_json=args.json, lines=_lines(taken))
    return 0


def _little_memory() -> None:
    """A long reading touches all of the database; the embedded one maps no more of it into memory than it must."""
    from django.conf import settings
    from django.db import connection

    if settings.EMBEDDED:
        connection.close()
        connection.settings_dict["OPTIONS"]["init_command"] += "; PRAGMA mmap_size=0"


def _map(said: str):
    """A map from a file, or a saved one by its name: in this place's folder `maps`, or one that comes with the product."""
    from importlib.resources import files

    from django.conf import settings

    from offramp.formats.hsds.maps import read_map

    saved = [
        settings.OFFRAMP_HOME / "maps" / f"{said}.toml",
        files("offramp") / "codes" / "maps" / f"{said}.toml",
    ]
    for file in (Path(said), *saved):
        if file.is_file():
            return read_map(file.read_text("utf-8"))
    raise Stop(f"There is no map {said}: no such file, and no saved map of that name.")


def _lines(taken):
    for name in ("added", "changed", "unchanged"):
        counts = getattr(taken, name)
        yield f"{name}: {', '.join(f'{n} {kind}' for kind, n in counts.items()) or 'nothing'}"
    if taken.missing:
        yield f"no longer listed (left as they are): {', '.join(f'{n} {kind}' for kind, n in taken.missing.items())}"
    rejected = taken.report.rejected
    yield f"not taken: {len(rejected)}"
    for one in rejected[:SHOWN]:
        yield f"  {one.file} row {one.row}{f', {one.column}' if one.column else ''}: {one.reason}"
    if len(rejected) > SHOWN:
        yield f"  … and {len(rejected) - SHOWN} more; --json lists all"
