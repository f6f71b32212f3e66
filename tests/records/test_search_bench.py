"""What the bench writes in bulk is what `open_file` writes, row by row; and its people are the same every time."""

import pytest

from offramp.bench.load_people import Town, everybody, rows_of
from offramp.bench.search_questions import REST, TARGET, Teller
from offramp.records import person
from offramp.records.agency import Agency
from offramp.records.person import PersonFile
from offramp.records.sight import Sight
from offramp.records.stored_key import stored
from offramp.records.tokens import SearchToken
from offramp.rules.words import Side
from tests.records.stage import NOW, viewer_of

pytestmark = pytest.mark.django_db


def test_bulk_rows_are_those_of_a_file_that_was_opened():
    navigator = viewer_of(Agency.objects.create(name="Bench navigators"), Side.CARE)
    town = Town(5, navigator.agency_id, navigator.agency_id + 1)
    files, sights, pairs = rows_of(everybody(5), town, stored("search_care", "care"))

    for (number, identity), row in zip(everybody(5), files, strict=True):
        file = person.open_file(navigator, side=Side.CARE, agency_id=town.large, identity=identity, at=NOW)
        number_, key, side, agency, _, sealed, data_key, *_ = row
        loaded = PersonFile(key=key, side=side, agency_id=agency, sealed=sealed, data_key=data_key)

        assert (number_, side, agency) == (number, file.side, file.agency_id)
        assert person.identity_of(loaded) == person.identity_of(file) == identity
        assert {token for token, of in pairs if of == number} == tokens_of(file)
        assert [tuple(sight[1:]) for sight in sights if sight[0] == number] == sights_of(file)


def tokens_of(file) -> set[int]:
    return set(SearchToken.objects.filter(file_id=file.pk).values_list("token", flat=True))


def sights_of(file) -> list[tuple]:
    return list(Sight.objects.filter(file_id=file.pk).values_list("holder", "kinds", "ground", "source", "until"))


def test_the_same_people_every_time():
    assert list(everybody(20)) == list(everybody(20))


def test_every_kind_of_question_can_be_asked():
    import random

    told = [Teller(identity, random.Random(number)) for number, identity in everybody(60)]
    for name, question in (TARGET | REST).items():
        assert any(question(one) for one in told), name
