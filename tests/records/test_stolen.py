"""A stolen copy of the database, its log and its outbox: nobody in it can be named, called, dated or found.

What the thief has is read as bytes: the files of SQLite; every row of PostgreSQL, and its heap files where we may read them.
"""

import base64
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from offramp.demo.cast import set_the_stage
from offramp.records import outbox, person, vault
from offramp.records.door import whole_table
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.outbox import Notice
from offramp.records.person import PersonFile
from offramp.rules.words import Mode, Side
from tests.actions.minute import a_meeting, hand_over, with_a_charge

AT = datetime(2026, 11, 24, 22, 38, tzinfo=UTC)
QUILL = Identity(
    first="Ignatius",
    last="Quillfeather",
    known_as="Featherquill",
    aliases=("Nacho Plumadura",),
    birth=Birth(1973, 11, 29),
    phones=(Contact("(919) 555-0173", "said", True),),
    addresses=(Contact("417 Thistledown Lane", "licence"),),
)
TYPED = {"incident_number": "RPD-7741-ZX", "place": "behind the Zanzibar Laundromat"}
TOLD = (
    "Ignatius", "Quillfeather", "Featherquill", "Nacho Plumadura", "Plumadura", "(919) 555-0173", "9195550173", "5550173",
    "+19195550173", "Thistledown", "417 Thistledown", "RPD-7741-ZX", "Zanzibar", "desk@quillworks.example",
    "1973-11-29", "11/29/1973", "19731129", "1973,11,29", "[1973, 11, 29]", "29.11.1973",
)  # fmt: skip


@pytest.fixture
def place(transactional_db):
    """A place in which somebody was met, handed over twice, written about, and told of."""
    cast = set_the_stage(AT)
    for meet, mode in ((a_meeting, Mode.OWN_WAY), (with_a_charge, Mode.POLICE_TRANSPORT)):
        hand_over(cast, AT, mode=mode, meeting=meet(AT, identity=QUILL, **TYPED))
    for side in (Side.POLICE, Side.CARE):
        file = (
            whole_table(PersonFile, because="the test changes somebody's name")
            .filter(side=side.value)
            .first()
        )
        sealed = vault.seal_for(file, person.LABEL, replace(QUILL, last="Quillfeather-Thistledown").to_json())
        whole_table(PersonFile, because="the test changes somebody's name").filter(pk=file.pk).update(
            sealed=sealed
        )
    outbox.put(
        side=Side.CARE, channel="email", template="t", to="desk@quillworks.example", params=TYPED, at=AT
    )
    gone = outbox.put(
        side=Side.CARE, channel="email", template="t", to="desk@quillworks.example", params=TYPED, at=AT
    )
    outbox.sent(gone, at=AT)
    return cast


def test_the_thief_reads_nobody(place):
    files = {
        file.side: person.identity_of(file)
        for file in whole_table(PersonFile, because="the test knows its own").order_by("-pk")
    }
    assert files["police"].last.startswith("Quillfeather")  # they are really there
    assert files["care"].last.startswith("Quillfeather")
    assert Notice.objects.count() >= 2

    stolen = sqlite_files() if connection.vendor == "sqlite" else [*postgres_rows(), *postgres_files()]

    assert sum(map(len, stolen)) > 100_000
    found = {word for word in TOLD for spelling in spellings(word) for piece in stolen if spelling in piece}
    assert found == set()


def test_the_test_would_find_them():
    for word in TOLD:
        for stored in (word, word.lower(), word.upper()):
            for coded in (stored.encode(), stored.encode("utf-16-le"), stored.encode().hex().encode()):
                assert any(spelling in b"xx" + coded + b"yy" for spelling in spellings(word))
    for before in range(3):
        coded = base64.b64encode(b"#" * before + b"Quillfeather" + b"##")
        assert any(spelling in coded for spelling in spellings("Quillfeather"))


def spellings(word: str) -> set[bytes]:
    """The ways in which a word may lie about: any case, UTF-8, UTF-16, hexadecimal, base64 at any offset."""
    found = set()
    for said in {word, word.lower(), word.upper()}:
        plain = said.encode()
        found |= {
            plain,
            said.encode("utf-16-le"),
            said.encode("utf-16-be"),
            plain.hex().encode(),
            plain.hex().upper().encode(),
        }
        for offset in range(3):
            whole = base64.b64encode(b"\0" * offset + plain).decode().rstrip("=")
            middle = whole[4 if offset else 0 : -2]
            found |= {middle.encode()} if len(middle) >= 8 else set()
    return found


def sqlite_files() -> list[bytes]:
    """The file, its log, and whatever else of it lies beside."""
    file = Path(connection.settings_dict["NAME"])
    there = list(file.parent.glob(f"{file.name}*"))
    assert {path.name for path in there} >= {file.name, f"{file.name}-wal"}
    return [path.read_bytes() for path in there]


def postgres_rows() -> list[bytes]:
    """Every row of every table as text, and what its hexadecimal stands for."""
    at = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**at)
    text = bytearray()
    with psycopg.connect(address) as thief:
        for table in connection.introspection.table_names():
            with thief.cursor().copy(f'COPY (SELECT t::text FROM "{table}" t) TO STDOUT') as rows:
                for row in rows:
                    text += bytes(row)
    return [
        bytes(text),
        *(bytes.fromhex(found.decode()) for found in re.findall(rb"\\x((?:[0-9a-f]{2})+)", bytes(text))),
    ]


def postgres_files() -> list[bytes]:
    """The heap, index and log files themselves, where this user may read them."""
    at = connection.settings_dict
    with psycopg.connect(
        "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**at), autocommit=True
    ) as thief:
        thief.execute("CHECKPOINT")
        root = Path(thief.execute("SHOW data_directory").fetchone()[0])
        base = thief.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()[0]
    folder = root / "base" / str(base)
    if not os.access(folder, os.R_OK):
        return []
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]
