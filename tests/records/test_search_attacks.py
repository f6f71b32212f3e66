"""Ways to learn of somebody through a search, and that none of them works."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offramp.records import person, search, sight
from offramp.records.agency import Agency
from offramp.records.candidates import OPENED
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.tokens import SearchToken, keyed, known, numbers
from offramp.rules.found_by import filed
from offramp.rules.visibility import CARE_WORK, TABLE, holder_of
from offramp.rules.words import Ground, Kind, Role, Side
from tests.records.stage import NOW, viewer_of

pytestmark = pytest.mark.django_db

SAM = Identity("Samuel", "Rivers", birth=Birth(1990, 4, 2), phones=(Contact("(415) 555-0101"),))
WAYS = [
    "samuel rivers 1990",
    "sam rivers",
    "rivers",
    "samuel",
    "4/2/1990",
    "415 555 0101",
    "samuel rivers 4/2",
    "sam riv",
    "rivers 1990",
]


@pytest.fixture
def ours(db):
    return viewer_of(Agency.objects.create(name="Rivermouth Navigators"), Side.CARE)


@pytest.fixture
def theirs(db):
    return viewer_of(Agency.objects.create(name="Next county navigators"), Side.CARE, user_id=2)


def opened(viewer, identity=SAM, side=Side.CARE, **more):
    return person.open_file(viewer, side=side, agency_id=viewer.agency_id, identity=identity, at=NOW, **more)


def ids(viewer, text):
    return [one.file.pk for one in search.find(viewer=viewer, text=text, at=NOW)]


def suggested(viewer):
    return [one.file.pk for one in search.suggest(viewer=viewer, identity=SAM)]


# -- Whose files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", WAYS)
def test_another_agency_finds_nobody(ours, theirs, text):
    file = opened(theirs)

    assert ids(ours, text) == []
    assert ids(ours, file.code) == []
    assert ids(theirs, text) == [file.pk]


def test_another_agency_is_suggested_nobody(ours, theirs):
    opened(theirs)

    assert suggested(ours) == []


@pytest.mark.parametrize("text", WAYS)
def test_a_crowd_that_is_not_theirs_pushes_nobody_out(ours, theirs, text):
    """Hidden files match better and are newer: visible rows are chosen before candidates are cut."""
    file = opened(ours)
    for _ in range(OPENED + 10):
        opened(theirs)

    assert ids(ours, text) == [file.pk]


@pytest.mark.parametrize("text", WAYS)
def test_hidden_files_change_nothing_at_all(ours, theirs, text):
    """The same files, scores, order, and statements sent, whether or not somebody else knows the person too."""
    for year in (1990, 1991, 1970):
        opened(ours, replace(SAM, birth=Birth(year, 4, 2)))
    before, sent_before = asked(ours, text)
    for _ in range(5):
        opened(theirs)
    opened(theirs, side=Side.CARE, restricted=True)
    after, sent_after = asked(ours, text)

    assert after == before
    assert sent_after == sent_before


def asked(viewer, text):
    with CaptureQueriesContext(connection) as sent:
        found = search.find(viewer=viewer, text=text, at=NOW)
    return [(one.file.pk, one.score, one.reasons) for one in found], [query["sql"] for query in sent]


def test_without_sight_nobody_is_found(ours):
    opened(ours)

    for holders in (frozenset(), frozenset({"user:99"}), frozenset({"agency:99999"})):
        blind = replace(ours, holders=holders)
        assert [ids(blind, text) for text in WAYS] == [[]] * len(WAYS)
        assert suggested(blind) == []


def test_sight_that_was_taken_back_or_is_over_finds_nobody(ours, theirs):
    file = opened(theirs)
    holder = holder_of("agency", ours.agency_id)
    sight.grant(file, holder, CARE_WORK, Ground.HANDOFF, until=NOW + timedelta(hours=1))
    assert ids(ours, "sam rivers") == [file.pk]
    assert ids(replace(ours, at=NOW + timedelta(hours=2)), "sam rivers") == []

    sight.withdraw(file, holder=holder, ground=Ground.HANDOFF)
    assert [ids(ours, text) for text in WAYS] == [[]] * len(WAYS)


def test_sight_of_other_kinds_is_no_sight_of_who_it_is(ours, theirs):
    file = opened(theirs)
    sight.grant(file, holder_of("agency", ours.agency_id), {Kind.REFERRAL, Kind.EPISODE}, Ground.HANDOFF)

    assert [ids(ours, text) for text in [*WAYS, file.code]] == [[]] * (len(WAYS) + 1)


# -- Which side -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", WAYS)
def test_a_care_search_never_reaches_police_legal_or_youth_files(ours, text):
    for side, role in (
        (Side.POLICE, Role.OFFICER),
        (Side.LEGAL, Role.PROSECUTOR),
        (Side.YOUTH, Role.NAVIGATOR),
    ):
        file = _file_of(side, ours, role)
        assert ids(ours, text) == []
        assert ids(ours, file.code) == []
    assert suggested(ours) == []


def _file_of(side, viewer, role):
    """A file of that side which a careless grant made visible to this very agency."""
    file = (
        opened(replace(viewer, role=Role.OFFICER), side=Side.POLICE)
        if side is Side.POLICE
        else _by_hand(side, viewer)
    )
    sight.grant(file, holder_of("agency", viewer.agency_id), set(Kind), Ground.AGREEMENT)
    return file


def _by_hand(side, viewer):
    """No role may open such a file yet: take a care file, and say another side."""
    from offramp.records.door import whole_table
    from offramp.records.person import PersonFile

    file = opened(viewer)
    whole_table(PersonFile, because="a test").filter(pk=file.pk).update(side=side.value)
    return file


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.RECORDS])
def test_police_have_no_search(ours, role):
    officer = replace(ours, role=role)
    opened(officer, side=Side.POLICE)
    opened(ours)

    assert [ids(officer, text) for text in WAYS] == [[]] * len(WAYS)
    assert suggested(officer) == []


@pytest.mark.parametrize("role", [*sorted(set(Role) - set(TABLE)), None])
def test_a_role_that_sees_no_people_finds_none(ours, role):
    opened(ours)

    assert [ids(replace(ours, role=role), text) for text in WAYS] == [[]] * len(WAYS)


def test_the_legal_side_finds_its_own_alone(ours, monkeypatch):
    """No legal role sees a file yet; when one does, it finds within the legal side."""
    monkeypatch.setitem(TABLE, Role.PROSECUTOR, frozenset({Kind.IDENTITY}))
    prosecutor = replace(ours, role=Role.PROSECUTOR)
    file, care = opened(prosecutor, side=Side.LEGAL), opened(ours)

    assert [ids(prosecutor, text) for text in WAYS] == [[file.pk]] * len(WAYS)
    assert [ids(ours, text) for text in WAYS] == [[care.pk]] * len(WAYS)
    assert suggested(prosecutor) == [], "suggestions are for the care side"


def test_a_provider_sees_whom_it_was_asked_to_take_and_no_other(ours, theirs):
    """Its desk has no search at all (the deed refuses); were it to ask, it would find these."""
    desk = replace(theirs, role=Role.PROVIDER)
    asked_for, _ = opened(ours), opened(ours)
    sight.grant(
        asked_for, holder_of("agency", desk.agency_id), {Kind.IDENTITY, Kind.REFERRAL}, Ground.HANDOFF
    )

    assert ids(desk, "samuel rivers 1990") == [asked_for.pk]


# -- Restricted -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", WAYS)
def test_a_restricted_file_is_absent_for_its_own_agency(ours, text):
    file = opened(ours, restricted=True)

    assert ids(ours, text) == []
    assert ids(ours, file.code) == []
    assert suggested(ours) == []


@pytest.mark.parametrize("text", WAYS)
def test_it_is_found_by_whom_it_is_assigned_to(ours, text):
    file = opened(ours, restricted=True)
    sight.grant(file, holder_of("user", ours.user_id), CARE_WORK, Ground.ASSIGNMENT)

    assert ids(ours, text) == [file.pk]
    assert (
        ids(
            replace(ours, user_id=9, holders=frozenset({holder_of("agency", ours.agency_id), "user:9"})), text
        )
        == []
    )


def test_restricting_a_file_hides_it_at_once(ours):
    file = opened(ours)
    assert ids(ours, "sam rivers") == [file.pk]
    file.restricted = True
    file.save(update_fields=["restricted"])

    assert [ids(ours, text) for text in WAYS] == [[]] * len(WAYS)


def test_a_crowd_of_restricted_files_pushes_nobody_out(ours):
    file = opened(ours)
    for _ in range(OPENED + 5):
        opened(ours, restricted=True)

    assert [ids(ours, text) for text in WAYS] == [[file.pk]] * len(WAYS)


# -- What the table shows -------------------------------------------------------------------------------------------


def test_the_table_holds_numbers_and_nothing_else(ours):
    opened(ours)

    assert {field.get_internal_type() for field in SearchToken._meta.concrete_fields} == {"BigIntegerField"}
    assert all(isinstance(token, int) for token in SearchToken.objects.values_list("token", flat=True))


def test_a_token_can_not_be_made_without_the_key(ours):
    opened(ours)
    texts = filed(known(SAM))
    stored = set(SearchToken.objects.values_list("token", flat=True))

    assert stored == set(keyed(Side.CARE, texts))
    for guess in (b"", b"\0" * 32, b"search_care"):
        assert not stored & set(numbers(guess, texts))


def test_the_same_person_has_other_numbers_on_another_side(ours, monkeypatch):
    texts = filed(known(SAM))

    assert not set(keyed(Side.CARE, texts)) & set(keyed(Side.LEGAL, texts))
    assert not set(keyed(Side.CARE, texts)) & set(keyed(Side.POLICE, texts))


def test_youth_files_are_in_no_index(ours):
    from offramp.records.tokens import texts_of

    assert texts_of(Side.YOUTH, ours.agency_id, SAM) == []


def test_no_statement_of_a_search_holds_what_was_typed(ours):
    opened(ours)
    with CaptureQueriesContext(connection) as sent:
        search.find(viewer=ours, text="samuel rivers 4/2/1990 415 555 0101 12 oak st", at=NOW)

    said = " ".join(query["sql"].lower() for query in sent)
    assert [word for word in ("samuel", "rivers", "1990-04", "5550101", "oak") if word in said] == []
