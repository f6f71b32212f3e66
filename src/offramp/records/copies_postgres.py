"""PostgreSQL, copied by pg_dump and put back by pg_restore in one transaction."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from offramp.records.copies_sqlite import TELLING
from offramp.rules.refusal import Refused

NAME = "offramp.dump"
PATIENCE = (
    "-c lock_timeout=15s"  # a page that is being answered may finish; a place that is in use is not torn down
)


class NoProgram(Refused):
    """A program of PostgreSQL's own is not installed here."""


class Failed(Refused):
    """PostgreSQL's program said no."""


def dump(folder: Path) -> Path:
    """One consistent file, while others read and write."""
    copy = folder / NAME
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(copy), _name())
    return copy


def has_rows() -> bool:
    """Whether anybody works here already."""
    there = set(connection.introspection.table_names()) & set(TELLING)
    with connection.cursor() as cursor:
        for table in sorted(there):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if cursor.fetchone()[0]:
                return True
    return False


def refuse_when_in_use() -> None:
    """A restore would wait for every page that is being answered, and they for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise Failed(
                "The database is in use. Stop `offramp serve` and `offramp worker` first. Nothing was changed."
            )


def load(copy: Path) -> None:
    """All of it in one transaction: killed or refused, the database is as it was."""
    _run(
        "pg_restore", "--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner",
        "--no-privileges", "--dbname", _name(), str(copy),
    )  # fmt: skip


def _name() -> str:
    return connection.settings_dict["NAME"]


def _run(program: str, *words: str) -> None:
    if not shutil.which(program):
        raise NoProgram(
            "{program} is not installed here. On Debian: apt install postgresql-client. Then run this again.",
            program=program,
        )
    at = connection.settings_dict
    said = {"PGHOST": at["HOST"], "PGPORT": at["PORT"], "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"]}
    environment = os.environ | {name: str(value) for name, value in said.items() if value}
    done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason was given"]
        raise Failed(
            "{program} stopped: {reason}", program=program, reason=lines[0].removeprefix(f"{program}: ")
        )
