"""The ledger: added to, chained, and telling on whoever changes it."""

import threading
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from offramp.records import append_only, ledger
from offramp.records.ledger import Entry, NotACode, OnlyAdded, Seal
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role, Side

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
OFFICER = Viewer(user_id=7, agency_id=3, role=Role.OFFICER, purpose="test", at=NOW)


@pytest.fixture
def guards():
    """The database's own guards, whole."""
    append_only.hold("default")


def entries(count):
    return [
        ledger.write(OFFICER, deed="divert", at=NOW, about=uuid4(), side=Side.POLICE, details={"n": n})
        for n in range(count)
    ]


def by_hand(sql, *params):
    """As somebody with the database's password would: the guards taken down first."""
    with connection.cursor() as cursor:
        for table in append_only.TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            else:
                for act in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        cursor.execute(sql, params)


def test_an_entry_is_written_unsealed_and_to_the_hundredth():
    [entry] = entries(1)

    assert entry.at.microsecond == 120_000
    assert ledger.verify().unsealed == 1


def test_the_sealer_links_everything_that_waits():
    entries(5)

    assert ledger.seal_pending(limit=3) == 3
    assert ledger.seal_pending(limit=3) == 2
    assert ledger.seal_pending() == 0
    chain = ledger.verify()
    assert (chain.sound, chain.sealed, chain.unsealed) == (True, 5, 0)


def test_an_entry_that_commits_late_is_sealed_later():
    late, *_others = entries(4)
    kept = Entry.objects.filter(pk=late.pk).values().get()
    by_hand("DELETE FROM records_entry WHERE id = %s", late.pk)
    ledger.seal_pending()

    Entry.objects.create(**kept)
    ledger.seal_pending()

    assert ledger.verify().sound
    assert Seal.objects.get(entry_id=late.pk).seq == 4


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records_entry SET outcome = 'else' WHERE id = %s",
        "UPDATE records_entry SET user_id = 8 WHERE id = %s",
        "DELETE FROM records_entry WHERE id = %s",
        "DELETE FROM records_seal WHERE entry_id = %s",
    ],
)
def test_tampering_shows(sql):
    _, second, _ = entries(3)
    ledger.seal_pending()

    by_hand(sql, second.pk)

    assert not ledger.verify().sound


def test_a_chain_cut_off_at_its_end_shows():
    *_, last = entries(3)
    ledger.seal_pending()
    head = ledger.verify().head

    by_hand("DELETE FROM records_seal WHERE entry_id = %s", last.pk)
    by_hand("DELETE FROM records_entry WHERE id = %s", last.pk)
    assert not ledger.verify().sound  # the sealer's own row remembers

    by_hand("UPDATE records_sealer SET seq = 2")
    assert ledger.verify().sound  # whoever cuts that too is found by the head that was written down
    assert not ledger.verify(head=head).sound


def test_a_chain_made_anew_without_the_key_shows():
    first, second = entries(2)
    ledger.seal_pending()

    by_hand("UPDATE records_seal SET mac = %s WHERE entry_id = %s", bytes(32), second.pk)

    assert not ledger.verify().sound
    assert first.pk


def test_the_queryset_refuses():
    entries(1)

    with pytest.raises(OnlyAdded):
        Entry.objects.update(outcome="else")
    with pytest.raises(OnlyAdded):
        Entry.objects.all().delete()


@pytest.mark.parametrize("sql", ["UPDATE records_entry SET outcome = 'else'", "DELETE FROM records_entry"])
@pytest.mark.usefixtures("guards")
def test_the_database_refuses(sql):
    entries(1)

    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql + " WHERE 1 = 1")


def test_words_do_not_belong_into_the_ledger():
    with pytest.raises(NotACode):
        ledger.write(OFFICER, deed="divert", at=NOW, details={"name": "Sam Rivers"})


def test_a_look_is_an_entry():
    entry = ledger.looked(OFFICER, at=NOW, what="person", about=uuid4(), side=Side.POLICE)

    assert (entry.deed, entry.outcome) == ("look.person", "seen")


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_make_one_sound_chain():
    """Two sealers take turns while four write; some entries commit later than others with larger numbers."""
    wrong, done = [], threading.Event()

    def work(what):
        try:
            what()
        except Exception as error:  # noqa: BLE001 -- told below, in the test's own thread
            wrong.append(error)
        finally:
            connection.close()

    def write_some():
        for turn in range(25):
            with transaction.atomic():
                ledger.write(OFFICER, deed="divert", at=NOW, details={"n": turn})
                time.sleep(0.002 * (turn % 3))

    def seal_all():
        while not done.is_set():
            ledger.seal_pending(limit=7)

    writers = [threading.Thread(target=work, args=(write_some,)) for _ in range(4)]
    sealers = [threading.Thread(target=work, args=(seal_all,)) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    while ledger.seal_pending():
        pass

    chain = ledger.verify()
    assert wrong == []
    assert (chain.sealed, chain.unsealed, chain.broken) == (100, 0, ())
