"""Finding people: within one side, never in an address or a log, with hints that never cross."""

import pytest
from django.test import Client
from django.utils import timezone

from offramp.records import person
from offramp.records.ledger import Entry
from offramp.records.person import PersonFile
from tests.actions.minute import a_meeting, hand_over
from tests.cast import JO, ROBIN, set_the_stage
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)


@pytest.fixture
def brooks(cast):
    return sign_in(Client(), cast.people["brooks"])


def files(cast, at):
    return list(PersonFile.objects.seen_by(cast.viewer("brooks", at=at)).order_by("pk"))


def test_a_misspelt_name_is_found_and_what_was_typed_is_kept_nowhere(cast, at, brooks):
    hand_over(cast, at)

    page = brooks.post("/people/", {"q": "Samul Rivers"}).content.decode()

    assert "Samuel Rivers" in page
    entry = Entry.objects.get(deed="look.find")
    assert "amul" not in str(entry.details) and entry.details["count"] == 1


def test_an_empty_question_says_what_to_do(brooks):
    answer = brooks.post("/people/", {"q": "  "})

    assert answer.status_code == 400
    assert "Type a name" in answer.content.decode()


@pytest.mark.parametrize("who", ["alvarez", "diaz", "chen", "ellis", "gray", "casey"])
def test_nobody_else_has_a_search_or_opens_a_person(cast, at, who):
    hand_over(cast, at)
    other = sign_in(Client(), cast.people[who])
    key = files(cast, at)[0].key

    assert other.post("/people/", {"q": "Samuel"}).status_code == 404
    assert other.get(f"/people/{key}/").status_code == 404


def test_the_same_person_twice_is_suggested_linked_and_unlinked(cast, at, brooks):
    hand_over(cast, at)
    hand_over(cast, at)
    one, other = files(cast, at)

    assert "May be the same person" in brooks.get(f"/people/{one.key}/").content.decode()
    brooks.post(f"/people/{one.key}/join/{other.key}/")
    assert "The same person, linked" in brooks.get(f"/people/{other.key}/").content.decode()
    brooks.post(f"/people/{one.key}/part/{other.key}/")
    assert "The same person, linked" not in brooks.get(f"/people/{other.key}/").content.decode()
    assert len(files(cast, at)) == 2


def test_a_police_file_is_never_suggested_linked_or_opened(cast, at, brooks):
    done = hand_over(cast, at)
    one = files(cast, at)[0]
    police_key = done.encounter.file.key

    assert brooks.get(f"/people/{police_key}/").status_code == 404
    assert brooks.post(f"/people/{one.key}/join/{police_key}/").status_code == 404


def test_what_is_now_known_is_kept_and_found(cast, at, brooks):
    hand_over(cast, at, meeting=a_meeting(at, identity=JO))
    key = files(cast, at)[0].key

    answer = brooks.post(
        f"/people/{key}/", {"first": "Josefina", "last": "Alvarado", "year": "1978", "phone": "555-0177", "language": "es", "aliases": "Fina"}
    )

    assert answer.status_code == 302
    known = person.identity_of(files(cast, at)[0])
    assert (known.first, known.aliases, known.phones[0].value) == ("Josefina", ("Fina",), "555-0177")
    assert "Josefina" in brooks.post("/people/", {"q": "fina alvarado"}).content.decode()


def test_an_impossible_birth_date_keeps_what_was_typed(cast, at, brooks):
    hand_over(cast, at, meeting=a_meeting(at, identity=ROBIN))
    key = files(cast, at)[0].key

    answer = brooks.post(f"/people/{key}/", {"first": "Robyn", "year": "1985", "month": "2", "day": "31", "language": "en"})

    assert answer.status_code == 400
    assert 'value="Robyn"' in answer.content.decode()
