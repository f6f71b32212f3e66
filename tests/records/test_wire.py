"""The wire: SQL about people that did not come through the door is refused, and nothing else is."""

import threading

import pytest
from django.db import connection

from offramp.records.rule import NoViewer

pytestmark = pytest.mark.django_db
FILES = "records_personfile"

REFUSED = [
    f"SELECT * FROM {FILES}",
    f'select "code" from "{FILES}"',
    f"  \n SELECT 1 FROM records_agency a JOIN {FILES} p ON p.agency_id = a.id",
    f"WITH x AS (SELECT * FROM {FILES}) SELECT * FROM x",
    f"UPDATE {FILES} SET code = code",
    f"DELETE FROM {FILES} WHERE id = 1",
    f"INSERT INTO {FILES} SELECT * FROM {FILES}",
    f"INSERT INTO records_agency (name) SELECT code FROM {FILES}",
    f"EXPLAIN SELECT * FROM {FILES}",
    f"SELECT * FROM {FILES} /*seen records_encounter*/",
    f"/* note */ SELECT * FROM {FILES}",
    f"CREATE TABLE copy_of AS SELECT * FROM {FILES}",
    f"CREATE VIEW v AS SELECT * FROM {FILES}",
]
PASSES = [
    "SELECT * FROM records_agency",
    "SELECT 1 FROM records_sight",
    f"DROP TABLE IF EXISTS {FILES}_not_there",
    f'CREATE INDEX more_of_it ON "{FILES}" (side)',
]


@pytest.mark.parametrize("sql", REFUSED)
def test_it_is_refused(sql):
    with pytest.raises(NoViewer), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", PASSES)
def test_it_passes(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_many_at_once_are_looked_at_too():
    with pytest.raises(NoViewer), connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {FILES} SET code = %s", [["x"], ["y"]])


def test_a_new_connection_is_watched_from_its_first_statement():
    answers = []

    def look():
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {FILES}")
        except RuntimeError as refusal:
            answers.append(type(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert answers == [NoViewer]
