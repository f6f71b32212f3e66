"""Person files and the links between them."""

import pytest

from offramp.records import link, person
from offramp.records.door import NotTheirs
from offramp.records.identity import Identity
from offramp.records.link import FileLink, NotLinked
from offramp.records.person import LETTERS, PersonFile
from offramp.records.sight import Sight
from offramp.rules.words import Role, Side
from tests.records.stage import NOW, ROBIN, SAM, viewer_of


@pytest.fixture
def care(sets):
    return sets["ours", Side.CARE]


def open_file(s, identity=ROBIN, **more):
    return person.open_file(
        s.viewer, side=Side.CARE, agency_id=s.agency.pk, identity=identity, at=NOW, **more
    )


def test_a_file_is_seen_by_the_agency_that_keeps_it(care, sets):
    file = open_file(care)

    assert PersonFile.objects.seen_by(care.viewer).filter(pk=file.pk).exists()
    assert not PersonFile.objects.seen_by(sets["theirs", Side.CARE].viewer).filter(pk=file.pk).exists()
    assert Sight.objects.filter(file_id=file.pk).count() == 1


def test_who_they_are_comes_out_as_it_went_in(care):
    file = open_file(care, SAM)

    assert person.identity_of(PersonFile.objects.seen_by(care.viewer).get(pk=file.pk)) == SAM


def test_a_person_may_give_no_name(care):
    assert not person.identity_of(open_file(care, Identity()))


def test_what_becomes_known_is_written_down(care):
    file = open_file(care)

    person.change_identity(file, SAM)

    file.refresh_from_db()
    assert person.identity_of(file) == SAM


def test_a_code_can_be_read_aloud(care):
    codes = {open_file(care).code for _ in range(50)}

    assert len(codes) == 50
    assert all(len(code) == 7 and code[3] == "-" and set(code) <= set(LETTERS) | {"-"} for code in codes)
    assert not set(LETTERS) & set("AEIOU01LY")


@pytest.mark.parametrize("side", [Side.POLICE, Side.LEGAL, Side.YOUTH])
def test_nobody_opens_a_file_on_a_side_that_is_not_theirs(care, side):
    with pytest.raises(NotTheirs):
        person.open_file(care.viewer, side=side, agency_id=care.agency.pk, identity=SAM, at=NOW)


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.RESEARCHER, Role.PROSECUTOR]
)
def test_a_role_that_sees_no_identity_opens_no_file(care, role):
    viewer = viewer_of(care.agency, Side.CARE, role=role)

    with pytest.raises(NotTheirs):
        person.open_file(viewer, side=Side.CARE, agency_id=care.agency.pk, identity=SAM, at=NOW)


# -- Links ------------------------------------------------------------------------------------------------------------


def test_two_files_are_linked_and_parted_and_nothing_is_lost(care):
    one, other = open_file(care), open_file(care)

    link.join(care.viewer, one=one, other=other, at=NOW)
    link.join(care.viewer, one=one, other=other, at=NOW)
    assert link.same_person(care.viewer, file=one) == [other]
    assert link.same_person(care.viewer, file=other) == [one]

    link.part(care.viewer, one=other, other=one, at=NOW)
    assert link.same_person(care.viewer, file=one) == []
    assert FileLink.objects.seen_by(care.viewer).filter(file__in=[one, other], ended_at=NOW).count() == 2

    link.join(care.viewer, one=one, other=other, at=NOW)
    assert link.same_person(care.viewer, file=one) == [other]


def test_what_is_not_linked_is_not_parted(care):
    with pytest.raises(NotLinked):
        link.part(care.viewer, one=open_file(care), other=care.file, at=NOW)


def test_files_are_never_linked_across_sides_or_to_themselves(sets, care):
    for other in (sets["ours", Side.POLICE].file, care.file):
        with pytest.raises(NotLinked):
            link.join(care.viewer, one=care.file, other=other, at=NOW)


def test_a_linked_file_that_is_not_seen_is_not_told(sets, care):
    theirs = sets["theirs", Side.CARE]
    FileLink.objects.seen_by(care.viewer).create(
        file=care.file, other_side="care", other_key=theirs.file.key, why="same_person", made_at=NOW
    )

    assert link.same_person(care.viewer, file=care.file) == []


def test_links_are_read_by_care_alone(sets, care):
    for role in Role:
        viewer = viewer_of(care.agency, Side.CARE, role=role, user_id=care.user.pk)
        seen = FileLink.objects.seen_by(viewer).exists()
        assert seen == (role in {Role.NAVIGATOR, Role.PEER, Role.CLINICIAN}), role
