"""The bench's own place: a home and a database that hold nothing but what it built, so that no other is ever touched.

Everything here is made-up, under keys of its own. What was built is written in the database itself when the building is
over; a building that was cut short has no such line, and begins again from an empty database.
"""

import hashlib
import os
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SUFFIX = "_bench"
STAMP = "bench_stamp"
# What the rows follow from: another text of these makes other data, and the old is built again.
MADE_BY = (
    "records/migrations",
    "rules/found_by.py",
    "rules/names.py",
    "records/tokens.py",
    "bench/load_people.py",
    "bench/town",
)
KEPT_AWAY = (
    "OFFRAMP_KEY",
    "OFFRAMP_MAIL",
    "OFFRAMP_SECRET_KEY",
    "OFFRAMP_HTTPS",
    "OFFRAMP_HOSTS",
    "OFFRAMP_DEBUG",
)
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Stamp:
    """What was built: for how many people, from which code, when, and how long it took."""

    people: int
    made_by: str
    built_at: datetime
    seconds: float


# -- Before Django is loaded ----------------------------------------------------------------------------------------


def settle(home: str, environ: MutableMapping[str, str] = os.environ) -> Path:
    """Point this process, and the server it will start, at the bench's own home and database. Before settings are read."""
    where = Path(home or Path(environ.get("OFFRAMP_HOME") or "var") / "bench").resolve()
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in [name for name in environ if name.startswith(KEPT_AWAY)]:
        del environ[name]
    environ["OFFRAMP_HOME"] = str(where)
    environ["SQLITE_TMPDIR"] = str(where)  # sorting thirty million tokens needs more room than some /tmp have
    url = environ.get("DATABASE_URL", "").strip()
    if url.startswith("postgres"):
        environ["DATABASE_URL"] = own_database(url)
        environ["OFFRAMP_KEY_FILE"] = str(where / "keys" / "root")
    else:
        environ["DATABASE_URL"] = f"sqlite:///{where}/bench.sqlite3"
    return where


def own_database(url: str) -> str:
    """The bench's database on the same server: never the one that was named."""
    parts = urlsplit(url)
    name = parts.path.strip("/") or "offramp"
    return urlunsplit(parts._replace(path="/" + name.removesuffix(SUFFIX) + SUFFIX))


# -- Once it is loaded ----------------------------------------------------------------------------------------------


def made_by() -> str:
    """A short digest of the code that the rows follow from."""
    files = [file for name in MADE_BY for file in _files(PACKAGE / name)]
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path]


def prepare() -> None:
    """The root key of the vault where the database does not bring its own, and a database to connect to."""
    from django.conf import settings

    from offramp.records import keys

    root = keys.home_root()
    if not root.exists():
        keys.keep(root, keys.new_root())
    if not settings.EMBEDDED:
        _maintain("CREATE DATABASE {}", unless_there=True)


def stamp() -> Stamp | None:
    """What stands here, if it was built to the end."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT people, made_by, built_at, seconds FROM {STAMP}")
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return Stamp(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) if row else None


def put_stamp(people: int, *, built_at: datetime, seconds: float) -> None:
    """The last act of building."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {STAMP} (people integer, made_by text, built_at text, seconds real)")
        values = [people, made_by(), built_at.astimezone(UTC).isoformat(), seconds]
        cursor.execute(f"INSERT INTO {STAMP} VALUES (%s, %s, %s, %s)", values)


def wipe() -> None:
    """An empty database, with every table in it. Only ever the bench's own."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    if settings.EMBEDDED:
        for file in Path(name).parent.glob(f"{Path(name).name}*"):
            file.unlink()
    else:
        assert name.endswith(SUFFIX)
        _maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        _maintain("CREATE DATABASE {}")
    call_command("migrate", interactive=False, verbosity=0)


def _maintain(words: str, *, unless_there: bool = False) -> None:
    """Say something about the bench's database from outside it."""
    import psycopg
    from django.conf import settings
    from psycopg import sql

    told = settings.DATABASES["default"]
    at = {
        "host": told["HOST"],
        "port": told["PORT"] or None,
        "user": told["USER"],
        "password": told["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **{k: v for k, v in at.items() if v}) as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [told["NAME"]]).fetchone()
        if not (unless_there and there):
            server.execute(sql.SQL(words).format(sql.Identifier(told["NAME"])))
