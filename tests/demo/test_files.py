"""A stolen copy of the demo: its database, its log and its outbox name nobody who was met. And the same seed tells the same story."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.demo.small import secrets_of, story_of


def make_small(home: Path, **env: str) -> dict:
    """A small city, by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.small"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "OFFRAMP_HOME": str(home), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def found_in(secrets: list[str], *files: Path) -> list[str]:
    """Which of these words stand in the files, plainly or as a dump writes bytes."""
    read = [file.read_bytes() for file in files]
    spelt = {word: (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()) for word in secrets}
    return [word for word, spellings in spelt.items() if any(one in data for data in read for one in spellings)]


def test_the_same_seed_tells_the_same_story_and_its_files_name_nobody(city, tmp_path):
    made = make_small(tmp_path)

    assert made["story"] == json.loads(json.dumps(story_of(city)))
    assert made["secrets"] == secrets_of(city)
    files = [file for file in tmp_path.rglob("*") if file.is_file() and "keys" not in file.parts]
    assert any(file.name.startswith("offramp.sqlite3") for file in files)
    assert len(made["secrets"]) > 50
    assert found_in(made["secrets"], *files) == []
    assert found_in(["Harbor Stabilization", "Alvarez"], *files) == ["Harbor Stabilization", "Alvarez"], "the search finds what is there"


@pytest.mark.postgres
def test_a_dump_of_postgresql_names_nobody(tmp_path):
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"offramp_demo_{uuid.uuid4().hex[:8]}"
    where = urlunsplit(server._replace(path=f"/{name}"))
    _psql(server, f"CREATE DATABASE {name}")
    try:
        key = "b25seSBmb3IgdGVzdHM6IDMyIGJ5dGVzIG9mIGtleSE="
        made = make_small(tmp_path, DATABASE_URL=where, OFFRAMP_KEY=key)
        dump = tmp_path / "dump.sql"
        subprocess.run([shutil.which("pg_dump") or "pg_dump", "--file", str(dump), where], check=True, capture_output=True)
        assert found_in(made["secrets"], dump) == []
        assert found_in(["Harbor Stabilization"], dump)
    finally:
        _psql(server, f"DROP DATABASE {name} WITH (FORCE)")


def _psql(server, statement: str) -> None:
    import psycopg

    with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(statement)
