"""Backup and restore, each proven by losing the original: on the database that the tests run on, by the commands themselves."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]

FILL = """
import django; django.setup()
from tests.records.stage import build
from offramp.records import ledger
build()
while ledger.seal_pending(): pass
"""
OPEN = """
import django; django.setup()
from offramp.records import person
from offramp.records.agency import Agency
from offramp.records.person import PersonFile
from offramp.rules.words import Side
from tests.records.stage import viewer_of
for agency in Agency.objects.order_by("pk"):
    for side in (Side.POLICE, Side.CARE):
        for file in PersonFile.objects.seen_by(viewer_of(agency, side)):
            print(person.identity_of(file).name)
"""
NAMES = ["Samuel Rivers", "Robin Marsh", "Samuel Rivers", "Robin Marsh"]


class Place:
    """A place of its own, spoken to as a person would: by commands."""

    def __init__(self, home: Path):
        self.home, self.url = home, None
        self.name = f"copies_{uuid.uuid4().hex[:8]}"
        if connection.vendor == "postgresql":
            at = connection.settings_dict
            self.url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{name}".format(**at, name=self.name)
            self.keys = {"OFFRAMP_KEY": settings.OFFRAMP_KEYS["OFFRAMP_KEY"]}
        else:
            self.keys = {}
        self.make()

    @property
    def environment(self):
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("OFFRAMP", "DATABASE"))
        }
        said = {
            "OFFRAMP_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "offramp.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        return kept | said | self.keys | ({"DATABASE_URL": self.url} if self.url else {})

    def run(self, *words, **more):
        done = subprocess.run(
            words, env=self.environment | more, cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr.strip()

    def offramp(self, *words, **more):
        return self.run(sys.executable, "-m", "offramp", *words, **more)

    def python(self, code):
        status, out, err = self.run(sys.executable, "-c", code)
        assert status == 0, err
        return out.splitlines()

    def names(self):
        return self.python(OPEN)

    def make(self):
        self.home.mkdir(exist_ok=True)
        if self.url:
            self._by_hand(f"CREATE DATABASE {self.name}")

    def lose(self, *, keys: bool = True):
        """The machine is gone."""
        if self.url:
            self._by_hand(f"DROP DATABASE {self.name} WITH (FORCE)")
        for path in self.home.iterdir():
            if keys or path.name != "keys":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _by_hand(self, statement):
        at = connection.settings_dict
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/postgres".format(**at)
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(statement)


@pytest.fixture(scope="module")
def filled(tmp_path_factory, django_db_setup):
    """A filled place and its copy, made once."""
    folder = tmp_path_factory.mktemp("copies")
    place = Place(folder / "home")
    assert place.offramp("migrate")[0] == 0
    place.python(FILL)
    status, _, said = place.offramp("backup", str(folder / "copy"), "--keys", str(folder / "keys"))
    assert (status, "Copied" in said) == (0, True), said
    yield place, folder / "copy", folder / "keys"
    place.lose()


pytestmark = pytest.mark.django_db


def test_what_was_lost_comes_back(filled):
    place, copy, keys = filled
    assert place.names() == NAMES

    place.lose()
    place.make()
    words = ("--keys", str(keys)) if not place.url else ()
    status, _, said = place.offramp("restore", str(copy), *words)

    assert status == 0, said
    assert place.names() == NAMES
    status, out, _ = place.offramp("verify", "--json", "--all")
    found = json.loads(out)
    assert found["ledger"]["broken"] == found["constraints"]["broken"] == found["vault"]["broken"] == []
    assert found["ledger"]["unsealed"] == 2  # the backup and the restore


def test_a_copy_holds_no_key_and_no_name(filled):
    place, copy, keys = filled
    inside = b"".join(path.read_bytes() for path in copy.iterdir())
    if place.url:
        inside += subprocess.run(
            ["pg_restore", "-f", "-", str(copy / "offramp.dump")], capture_output=True, check=True
        ).stdout

    root = (keys / "OFFRAMP_KEY").read_text().strip()
    for word in ("Samuel", "Rivers", "Robin", "Marsh", "555-0101", "5550101", "1990-04-02", root):
        for spelling in (word, word.lower(), word.upper()):
            assert spelling.encode() not in inside
            assert spelling.encode("utf-16-le") not in inside
    assert {path.stat().st_mode & 0o077 for path in [*copy.iterdir(), *keys.iterdir(), copy, keys]} == {0}


def test_it_is_not_put_over_a_database_that_is_not_empty(filled):
    place, copy, _ = filled

    status, _, said = place.offramp("restore", str(copy))

    assert status == 1
    assert "not empty" in said
    assert "--force" in said


def test_by_force_what_came_later_is_gone(filled):
    place, copy, _ = filled
    place.python(FILL)
    assert len(place.names()) == 8

    status, _, said = place.offramp("restore", str(copy), "--force")

    assert status == 0, said
    assert place.names() == NAMES


def test_without_its_keys_it_is_refused_and_nothing_is_made(filled, tmp_path):
    _, copy, keys = filled
    stranger = Place(tmp_path / "stranger")
    try:
        if stranger.url:
            stranger.keys = {"OFFRAMP_KEY": "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="}
        status, _, said = stranger.offramp("restore", str(copy))

        assert status == 1
        assert "keys of this copy are not here" in said
        assert not (tmp_path / "stranger" / "keys" / "root").exists()
        if not stranger.url:
            assert stranger.offramp("restore", str(copy), "--keys", str(keys))[0] == 0
            assert stranger.names() == NAMES
    finally:
        stranger.lose()


def test_a_damaged_copy_changes_nothing(filled, tmp_path):
    place, copy, _ = filled
    shutil.copytree(copy, tmp_path / "damaged")
    [file] = [path for path in (tmp_path / "damaged").iterdir() if path.name != "copy.json"]
    file.write_bytes(file.read_bytes()[:-100])

    status, _, said = place.offramp("restore", str(tmp_path / "damaged"), "--force")

    assert status == 1
    assert "damaged" in said
    assert place.names() == NAMES


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"engine": "oracle"}, "is of oracle"),
        ({"migrations": ["0001_initial", "0999_later"]}, "newer version"),
    ],
)
def test_a_copy_from_elsewhere_changes_nothing(filled, tmp_path, change, says):
    place, copy, _ = filled
    shutil.copytree(copy, tmp_path / "other")
    note = json.loads((copy / "copy.json").read_text())
    (tmp_path / "other" / "copy.json").write_text(json.dumps(note | change))

    status, _, said = place.offramp("restore", str(tmp_path / "other"), "--force")

    assert (status, says in said) == (1, True), said
    assert place.names() == NAMES


def test_no_copy_is_one_clear_sentence(filled, tmp_path):
    place, _, _ = filled

    assert place.offramp("restore", str(tmp_path)) == (1, "", f"There is no copy in {tmp_path}.")


def test_a_folder_that_is_not_empty_is_not_written_into(filled, tmp_path):
    place, _, _ = filled
    (tmp_path / "mine").write_text("mine")

    status, _, said = place.offramp("backup", str(tmp_path))

    assert (status, "not empty" in said) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("where", ["copy", "copy/keys", "."])
def test_keys_are_not_put_with_the_copy(filled, tmp_path, where):
    place, _, _ = filled

    status, _, said = place.offramp("backup", str(tmp_path / "copy"), "--keys", str(tmp_path / where))

    assert (status, "apart" in said) == (1, True)


def test_a_place_in_use_is_not_torn_down(filled):
    place, copy, _ = filled
    code = "import django; django.setup(); from django.db import connection as c; k = c.cursor(); k.execute('BEGIN');"
    code += " k.execute('SELECT * FROM records_agency'); print('open', flush=True); input()"
    user = subprocess.Popen(
        [sys.executable, "-c", code],
        env=place.environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert user.stdout.readline() == "open\n"
        status, _, said = place.offramp("restore", str(copy), "--force")
    finally:
        user.communicate("\n")

    assert (status, "in use" in said) == (1, True), said
    assert place.names() == NAMES


def test_a_restore_that_is_killed_leaves_what_was_there(filled):
    place, copy, _ = filled
    for delay in (0.4, 0.6, 0.8, 1.0):
        work = subprocess.Popen(
            [sys.executable, "-m", "offramp", "restore", str(copy), "--force"],
            env=place.environment,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        try:
            work.wait(delay)
        except subprocess.TimeoutExpired:
            work.kill()
        work.wait()
        assert place.names() == NAMES


@pytest.mark.postgres
def test_without_its_programs_postgresql_says_so(filled, tmp_path):
    place, copy, _ = filled
    nothing = {"PATH": str(tmp_path)}

    status, _, said = place.offramp("backup", str(tmp_path / "copy"), **nothing)
    assert (status, said) == (
        1,
        "pg_dump is not installed here. On Debian: apt install postgresql-client. Then run this again.",
    )
    assert list(tmp_path.iterdir()) == []
    status, _, said = place.offramp("restore", str(copy), "--force", **nothing)
    assert (status, "pg_restore is not installed here" in said) == (1, True)


def test_keys_are_rotated_by_a_command(filled):
    place, _, _ = filled
    if place.url:
        status, _, said = place.offramp("keys", "rotate")
        assert (status, "Set OFFRAMP_KEY_NEXT" in said) == (1, True)
        place.keys |= {"OFFRAMP_KEY_NEXT": "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="}

    status, _, said = place.offramp("keys", "rotate")

    assert (status, "under the new root" in said) == (0, True), said
    if place.url:
        assert "Now set OFFRAMP_KEY to the value of OFFRAMP_KEY_NEXT" in said
        place.keys = {"OFFRAMP_KEY": place.keys["OFFRAMP_KEY_NEXT"]}
    assert place.names() == NAMES
    assert json.loads(place.offramp("verify", "--json", "--all")[1])["vault"]["broken"] == []
