"""The local rule packs: which ship, where they stand, and the seal of one that is being approved.

A pack that becomes active carries a seal, the hash of its content; a changed file is then refused.
"""

import tomllib
from pathlib import Path

from offramp import pathways
from offramp.cli.answer import Stop, add_json, answer
from offramp.rules import packs
from offramp.rules.pack import Pack, seal_of


def add(parser) -> None:
    """A list of the packs; or the seal to write into one."""
    parser.add_argument("--seal", metavar="FILE", type=Path, help="print the seal of a pack's content")
    parser.add_argument(
        "--check", metavar="FILE", help="read a pack in a file, and say what is wrong with it"
    )
    add_json(parser)


def run(args) -> None:
    """Print the list, or the seal."""
    if args.seal:
        seal = _seal(args.seal)
        answer({"file": str(args.seal), "seal": seal}, as_json=args.json, lines=[seal])
        return
    if args.check:
        pack = pathways.check_pack(packs.open_pack(args.check))
        answer(_document(pack), as_json=args.json, lines=[_line(pack)])
        return
    shipped = [packs.get(name) for name in packs.names()]
    answer([_document(pack) for pack in shipped], as_json=args.json, lines=[_line(pack) for pack in shipped])


def _seal(file: Path) -> str:
    try:
        return seal_of(tomllib.loads(file.read_text("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise Stop(f"{file}: not TOML: {wrong}.") from None


def _document(pack: Pack) -> dict[str, object]:
    return {
        "name": pack.name,
        "title": pack.title,
        "place": pack.place,
        "version": pack.version,
        "state": pack.state.value,
        "sample": pack.sample,
        "approved_by": pack.approved_by or None,
        "approved_on": pack.approved_on,
        "citation": pack.citation,
        "pathways": list(pack.pathways),
    }


def _line(pack: Pack) -> str:
    return f"{pack.name:18} {pack.version:12} {pack.state.value:8} {pack.title}, {pack.place}"
