"""Bring the database up to this version."""

from offramp.cli.answer import say
from offramp.cli.place import alone, load, migrate, pending


def add(parser) -> None:
    pass


def run(args) -> int:
    load()
    with alone("migrate"):
        if pending():
            migrate()
    say("The database is up to date.")
    return 0
