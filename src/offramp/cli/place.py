"""Open the place for a command that needs the database: load Django, and see that the database is ready."""

import fcntl
import os
from contextlib import contextmanager

from offramp.cli.answer import Stop, say


def load() -> None:
    """Load Django, touching no database."""
    os.umask(0o077)  # what we write is for this user alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offramp.config.settings")
    try:
        import django
    except ModuleNotFoundError as missing:
        raise Stop("This command needs the web extra: pip install 'offramp[web]'.") from missing
    django.setup()


def open_place() -> None:
    """Load Django with a database that is ready. The embedded one makes and migrates itself; PostgreSQL only on purpose."""
    load()
    from django.conf import settings

    if settings.EMBEDDED:
        with alone("migrate"):
            if pending():
                migrate()
    elif pending():
        raise Stop("The database is not ready for this version. Run: offramp migrate")


def pending() -> bool:
    """Is there a migration that the database has not had?"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the database up to this version."""
    from django.core.management import call_command

    say("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def alone(what: str, *, wait: bool = True):
    """One process of this place at a time does this."""
    from django.conf import settings

    with open(settings.OFFRAMP_HOME / f"{what}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as taken:
            raise Stop(f"Another process is already doing this here ({what}).") from taken
        yield
