"""The embedded database, copied by SQLite's own online backup, and put back by one rename."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from offramp.rules.refusal import Refused

NAME = "offramp.sqlite3"
# With rows in any of these, somebody works here.
TELLING = ("records_user", "records_agency", "records_house")


class InUse(Refused):
    """The database is open elsewhere."""


def here() -> Path:
    """The database's file."""
    return Path(connection.settings_dict["NAME"])


def dump(folder: Path) -> Path:
    """One consistent file, while others read and write."""
    copy = folder / NAME
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(sqlite3.connect(f"file:{here()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    _sync(copy)
    return copy


def has_rows() -> bool:
    """Whether anybody works here already."""
    if not here().exists():
        return False
    with closing(sqlite3.connect(f"file:{here()}?mode=ro", uri=True)) as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return any(
            database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in there & set(TELLING)
        )


def refuse_when_in_use() -> None:
    """SQLite itself says so when the files change over."""


def load(copy: Path) -> None:
    """Make the new file whole beside the old one, then change them over. Killed before, the old one is as it was."""
    target = here()
    draft = target.with_name(f"{target.name}.coming")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(copy, draft)
    try:
        os.chmod(draft, 0o600)
        with closing(sqlite3.connect(draft)) as database:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise InUse("SQLite says the copy is damaged. Nothing was changed.")
        _sync(draft)
        if target.exists():
            _close(target)
        os.replace(draft, target)
        _sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _close(target: Path) -> None:
    """Bring the old log home and leave it. SQLite lets go of the log only when nobody else has the file open."""
    try:
        with closing(sqlite3.connect(target, timeout=5)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as taken:
        raise InUse(
            "The database is in use. Stop `offramp serve` and `offramp worker` first. Nothing was changed."
        ) from taken
    except sqlite3.DatabaseError:  # what lies there is no database any more: that is why it is restored
        for log in ("-wal", "-shm"):
            target.with_name(target.name + log).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
