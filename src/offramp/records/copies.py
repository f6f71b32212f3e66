"""A copy of the whole database, made while it is in use; and put back where it was lost.

A copy is a folder: the database in one file, and `copy.json`, which says what it is, its checksum, and by
fingerprint which keys it needs. Keys are never in it. It is made beside its place and moved there when it is
whole, and it is put back whole or not at all.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from offramp import __version__
from offramp.records import copies_postgres, copies_sqlite, keys
from offramp.rules.refusal import Refused

NOTE = "copy.json"


class NoCopy(Refused):
    """There is no whole copy here, or not one for this place."""


class InTheWay(Refused):
    """Something is there already that would be lost."""


@dataclass(frozen=True)
class Note:
    """What a copy says about itself. No names, no keys."""

    made_at: str
    version: str
    engine: str
    file: str
    size: int
    sha256: str
    migrations: list[str]
    keys: list[str]  # fingerprints of the masters it was sealed under


# -- Making ---------------------------------------------------------------------------------------------------------


def make(into: Path, *, at: datetime) -> Note:
    """Copy the database into this folder, which must be new or empty."""
    _must_be_free(into)
    draft = into.with_name(f".{into.name}.{os.getpid()}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        file = _engine().dump(draft)
        note = Note(
            made_at=at.isoformat(timespec="seconds"),
            version=__version__,
            engine=connection.vendor,
            file=file.name,
            size=file.stat().st_size,
            sha256=_checksum(file),
            migrations=sorted(
                name for app, name in MigrationRecorder(connection).applied_migrations() if app == "records"
            ),
            keys=sorted(master.mark.hex() for master in keys.ring().newest.values()),
        )
        (draft / NOTE).write_text(json.dumps(asdict(note), indent=1) + "\n")
        if into.exists():
            into.rmdir()
        os.rename(draft, into)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return note


def copy_keys(into: Path, *, apart_from: Path) -> list[str]:
    """Write the roots into another folder, for their owner alone. Says which files it wrote."""
    here, there = into.resolve(), apart_from.resolve()
    if here == there or here.is_relative_to(there) or there.is_relative_to(here):
        raise InTheWay("Keys are kept apart from the copy they open: give --keys another folder.")
    _must_be_free(into)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = keys.settings_in_use()
    for name in names:
        file = keys.file_of(name)
        keys.keep(into / name, (file.read_text("ascii") if file else keys.said(name)).strip())
    return names


def _must_be_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InTheWay("{folder} is there already and not empty. Nothing was written.", folder=str(folder))


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _engine():
    return copies_postgres if connection.vendor == "postgresql" else copies_sqlite


# -- Putting back ---------------------------------------------------------------------------------------------------


def read(folder: Path) -> Note:
    """What the copy in this folder says about itself, after its checksum was compared."""
    try:
        note = Note(**json.loads((folder / NOTE).read_text("utf-8")))
        whole = _checksum(folder / note.file) == note.sha256
    except (OSError, ValueError, TypeError):
        raise NoCopy("There is no copy in {folder}.", folder=str(folder)) from None
    if not whole:
        raise NoCopy(
            "The copy in {folder} is damaged: its checksum is another. Nothing was changed.",
            folder=str(folder),
        )
    return note


def put_back(folder: Path, *, over: bool = False, ready: Callable[[], None] = lambda: None) -> Note:
    """Put this copy in the database's place, whole or not at all. `over`: also where rows are already."""
    note = read(folder)
    if note.engine != connection.vendor:
        raise NoCopy(
            "This copy is of {engine}, and the database here is {here}. Nothing was changed.",
            engine=note.engine,
            here=connection.vendor,
        )
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "records"}
    if set(note.migrations) - known:
        raise NoCopy(
            "This copy was made by a newer version ({version}). Nothing was changed.", version=note.version
        )
    if missing := set(note.keys) - _at_hand():
        raise NoCopy(
            "The keys of this copy are not here ({count} missing). Put them in place first: --keys, OFFRAMP_KEY or"
            " OFFRAMP_KEY_FILE. Nothing was changed.",
            count=len(missing),
        )
    if not over and _engine().has_rows():
        raise InTheWay(
            "The database here is not empty. To lose what is in it, add --force. Nothing was changed."
        )
    _engine().refuse_when_in_use()
    ready()
    connection.close()
    _engine().load(folder / note.file)
    return note


def _at_hand() -> set[str]:
    """The fingerprints of the masters that are here. Asking must not make a root where there is none."""
    file = keys.file_of(keys.ROOT)
    return {mark.hex() for mark in keys.ring().by_mark} if file is None or file.exists() else set()


def bring_keys(folder: Path) -> None:
    """Put the root of an embedded place back from a folder of keys. A root that is there is never written over."""
    source = folder / keys.ROOT
    if not source.exists():
        raise NoCopy("There are no keys in {folder}.", folder=str(folder))
    if not settings.EMBEDDED or keys.said(keys.ROOT) or keys.said(f"{keys.ROOT}_FILE"):
        raise InTheWay(
            "The key here comes from the environment. Set OFFRAMP_KEY_FILE={file} instead of --keys.",
            file=str(source),
        )
    text = source.read_text("ascii", errors="replace").strip()
    keys.decode(text, str(source))
    keys.keep(keys.home_root(), text)
    if keys.home_root().read_text("ascii").strip() != text:
        raise InTheWay("There is another root in {file}. Move it away first.", file=str(keys.home_root()))
