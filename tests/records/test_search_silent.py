"""The officer's silent match: exactly this person, own agency's police files, shown to nobody."""

from dataclasses import replace

import pytest

from offramp.records import person, search
from offramp.records.agency import Agency
from offramp.records.identity import Birth, Identity
from offramp.records.tokens import SearchToken
from offramp.rules.words import Role, Side
from tests.records.stage import NOW, viewer_of

pytestmark = pytest.mark.django_db

SAM = Identity("Samuel", "Rivers", birth=Birth(1990, 4, 2))


@pytest.fixture
def officer():
    return viewer_of(Agency.objects.create(name="Rivermouth PD"), Side.POLICE)


def opened(viewer, identity=SAM, side=Side.POLICE):
    return person.open_file(viewer, side=side, agency_id=viewer.agency_id, identity=identity, at=NOW)


def test_each_file_of_the_same_person_is_counted(officer):
    files = [opened(officer), opened(officer)]

    assert search.same_person(viewer=officer, identity=SAM) == [file.pk for file in files]


@pytest.mark.parametrize(
    "said",
    [
        Identity("SAMUEL", "rivers", birth=Birth(1990)),
        Identity("Samuel T.", "Rivers Jr.", birth=Birth(1990, 4)),
        Identity("Sámuel", "Ri'vers", birth=Birth(1990, None, 2)),
    ],
)
def test_spelling_marks_and_unknown_days_do_not_hide_them(officer, said):
    file = opened(officer)

    assert search.same_person(viewer=officer, identity=said) == [file.pk]


@pytest.mark.parametrize(
    "said",
    [
        Identity("Samual", "Rivers", birth=Birth(1990, 4, 2)),
        Identity("Samuel", "Rivers", birth=Birth(1991, 4, 2)),
        Identity("Samuel", "Rivers", birth=Birth(1990, 4, 3)),
        Identity("Samuel", "Rivers", birth=Birth(1990, 5, 2)),
        Identity("Rivers", "Samuel", birth=Birth(1990, 4, 2)),
        Identity("Samuel", "Rivers"),
        Identity("Samuel", birth=Birth(1990, 4, 2)),
        Identity(last="Rivers", birth=Birth(1990, 4, 2)),
        Identity(),
    ],
)
def test_nearly_the_same_is_another_person(officer, said):
    opened(officer)

    assert search.same_person(viewer=officer, identity=said) == []


def test_another_agency_has_files_of_its_own(officer):
    other = viewer_of(Agency.objects.create(name="Next county"), Side.POLICE, user_id=2)
    opened(other)

    assert search.same_person(viewer=officer, identity=SAM) == []
    assert len(SearchToken.objects.values("token").distinct()) == 1


def test_the_same_person_in_two_agencies_has_two_tokens(officer):
    other = viewer_of(Agency.objects.create(name="Next county"), Side.POLICE, user_id=2)
    opened(officer)
    opened(other)

    assert len(SearchToken.objects.values("token").distinct()) == 2


def test_the_care_side_is_not_matched(officer):
    navigator = replace(officer, role=Role.NAVIGATOR)
    opened(navigator, side=Side.CARE)

    assert search.same_person(viewer=officer, identity=SAM) == []
    assert search.same_person(viewer=navigator, identity=SAM) == []


def test_nobody_of_the_care_side_may_ask(officer):
    opened(officer)

    assert search.same_person(viewer=replace(officer, role=Role.NAVIGATOR), identity=SAM) == []
    assert search.same_person(viewer=replace(officer, role=Role.PROSECUTOR), identity=SAM) == []


def test_without_sight_there_is_no_match(officer):
    opened(officer)

    assert search.same_person(viewer=replace(officer, holders=frozenset()), identity=SAM) == []


def test_a_changed_name_is_found_by_the_new_one_alone(officer):
    file = opened(officer)
    person.change_identity(file, replace(SAM, last="Marsh"))

    assert search.same_person(viewer=officer, identity=SAM) == []
    assert search.same_person(viewer=officer, identity=replace(SAM, last="Marsh")) == [file.pk]
