"""The door, in short, until every model has a builder."""

from datetime import UTC, datetime

import pytest

from offramp.records import person
from offramp.records.agency import Agency
from offramp.records.door import NotTheirs
from offramp.records.identity import Identity
from offramp.records.person import PersonFile
from offramp.records.rule import NoViewer
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role, Side

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def officer(agency) -> Viewer:
    return Viewer(
        user_id=1,
        agency_id=agency.pk,
        role=Role.OFFICER,
        purpose="test",
        at=NOW,
        holders=frozenset({f"agency:{agency.pk}"}),
    )


def test_an_agency_sees_its_own_files_and_no_other():
    here, there = Agency.objects.create(name="Here"), Agency.objects.create(name="There")
    sam = person.open_file(
        officer(here), side=Side.POLICE, agency_id=here.pk, identity=Identity("Sam", "Rivers"), at=NOW
    )

    assert list(PersonFile.objects.seen_by(officer(here))) == [sam]
    assert not PersonFile.objects.seen_by(officer(there)).exists()
    assert person.identity_of(PersonFile.objects.seen_by(officer(here)).get()).name == "Sam Rivers"


def test_nobody_looks_without_saying_who():
    with pytest.raises(NoViewer):
        PersonFile.objects.count()


def test_nobody_opens_a_file_for_another_agency():
    here, there = Agency.objects.create(name="Here"), Agency.objects.create(name="There")

    with pytest.raises(NotTheirs):
        person.open_file(officer(here), side=Side.POLICE, agency_id=there.pk, identity=Identity(), at=NOW)
