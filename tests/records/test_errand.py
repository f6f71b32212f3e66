"""Errands: a deed writes on another side, in one file, and nobody has seen across."""

import pickle
from uuid import uuid4

import pytest
from django.db import transaction

from offramp.records import person
from offramp.records.door import NotTheirs
from offramp.records.encounter import Encounter, TellBack
from offramp.records.episode import Episode
from offramp.records.errand import across
from offramp.records.ledger import Entry
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.records.rule import NoViewer
from offramp.rules.words import Kind, Side
from tests.records.stage import NOW, SAM

HANDOFF = {"side": Side.CARE, "kinds": {Kind.IDENTITY, Kind.EPISODE}, "ground": "handoff disclosure"}
WORD = {"side": Side.POLICE, "kinds": {Kind.ENCOUNTER, Kind.TELLBACK}, "ground": "met"}


@pytest.fixture
def police(sets):
    return sets["ours", Side.POLICE]


@pytest.fixture
def care(sets):
    return sets["ours", Side.CARE]


def begin(errand, agency, **more):
    file = person.open_file(errand, side=Side.CARE, agency_id=agency.pk, identity=SAM, at=NOW)
    values = {"agency": agency, "source_agency": agency, "pathway": "p", "stage": "new", "began_at": NOW}
    return Episode.objects.seen_by(errand).create(file=file, **values | more)


def test_an_officer_begins_a_care_file_and_never_sees_it(police, care):
    with across(police.viewer, **HANDOFF) as errand:
        episode = begin(errand, care.agency)

    assert Episode.objects.seen_by(care.viewer).filter(pk=episode.pk).exists()
    assert person.identity_of(PersonFile.objects.seen_by(care.viewer).get(pk=episode.file_id)) == SAM
    assert not Episode.objects.seen_by(police.viewer).exists()
    assert not PersonFile.objects.seen_by(police.viewer).filter(side="care").exists()


def test_a_navigator_puts_a_word_on_a_police_file_and_never_sees_it(police, care):
    with across(care.viewer, file_key=police.file.key, **WORD) as errand:
        encounter = Encounter.objects.seen_by(errand).get(key=police.rows["Encounter"].key)
        TellBack.objects.seen_by(errand).create(encounter=encounter, file=police.file, word="met", at=NOW)

    assert TellBack.objects.seen_by(police.viewer).count() == 2
    assert not TellBack.objects.seen_by(care.viewer).exists()


def test_an_errand_sees_one_file_and_no_other(sets, police, care):
    theirs = sets["theirs", Side.POLICE]

    with across(care.viewer, file_key=police.file.key, **WORD) as errand:
        assert [row.pk for row in Encounter.objects.seen_by(errand)] == [police.rows["Encounter"].pk]
        assert (
            Encounter.objects.seen_by(errand).filter(pk=theirs.rows["Encounter"].pk).update(ending="undone")
            == 0
        )
        with pytest.raises(NotTheirs):
            TellBack.objects.seen_by(errand).create(
                encounter=theirs.rows["Encounter"], file=theirs.file, word="met", at=NOW
            )


def test_an_errand_sees_its_kinds_and_no_other(police, care):
    with across(care.viewer, file_key=police.file.key, **WORD) as errand:
        assert not type(police.rows["Verdict"]).objects.seen_by(errand).exists()
        assert not PersonFile.objects.seen_by(errand).exists()
        assert list(Encounter.objects.seen_by(errand).values("file__code")) == []


def test_an_errand_sees_its_side_and_no_other(police, care):
    with pytest.raises(NotTheirs), across(police.viewer, file_key=police.file.key, **HANDOFF):
        pass
    with across(police.viewer, file_key=care.file.key, **HANDOFF) as errand:
        assert not Encounter.objects.seen_by(errand).exists()
        assert Episode.objects.seen_by(errand).exists()
        assert not Referral.objects.seen_by(errand).exists()


def test_before_it_has_opened_its_file_an_errand_sees_nothing(police):
    with across(police.viewer, **HANDOFF) as errand:
        assert not PersonFile.objects.seen_by(errand).exists()
        assert not Episode.objects.seen_by(errand).exists()


def test_an_errand_opens_one_file(police, care):
    with across(police.viewer, **HANDOFF) as errand:
        begin(errand, care.agency)
        with pytest.raises(NotTheirs):
            begin(errand, care.agency)


def test_an_errand_to_a_file_opens_none(police, care):
    with pytest.raises(NotTheirs), across(police.viewer, file_key=care.file.key, **HANDOFF) as errand:
        begin(errand, care.agency)


def test_an_errand_to_nowhere_is_refused(police):
    with pytest.raises(NotTheirs), across(police.viewer, file_key=uuid4(), **HANDOFF):
        pass


def test_when_it_is_over_it_opens_nothing_and_its_rows_are_closed(police, care):
    with across(police.viewer, **HANDOFF) as errand:
        episode = begin(errand, care.agency)

    with pytest.raises(NoViewer):
        Episode.objects.seen_by(errand)
    for act in (episode.save, episode.delete, episode.refresh_from_db, lambda: list(episode.steps.all())):
        with pytest.raises(NoViewer):
            act()


def test_an_errand_is_not_sent_on_or_kept(police, care):
    with across(police.viewer, **HANDOFF) as errand:
        with pytest.raises(NoViewer), across(errand, **HANDOFF):
            pass
        with pytest.raises(NoViewer):
            pickle.dumps(errand)
        with pytest.raises(NoViewer):
            list(Episode.objects.seen_by(errand) | Episode.objects.seen_by(care.viewer))


def test_every_errand_is_in_the_ledger(police, care):
    with across(police.viewer, **HANDOFF) as errand:
        begin(errand, care.agency)

    entry = Entry.objects.get(deed="errand")
    assert (entry.about, entry.side, entry.user_id) == (errand.file_key, "care", police.user.pk)
    assert entry.details == {"ground": "handoff_disclosure", "kinds": ["episode", "identity"]}


def test_an_errand_that_fails_leaves_nothing(police, care):
    before = Entry.objects.count()

    def deed():
        with transaction.atomic(), across(police.viewer, **HANDOFF) as errand:
            begin(errand, care.agency)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed()

    assert Episode.objects.seen_by(care.viewer).count() == 1
    assert Entry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_an_errand_is_part_of_a_transaction():
    from tests.records import stage

    police = stage.build()["ours", Side.POLICE]

    with pytest.raises(NoViewer), across(police.viewer, **HANDOFF):
        pass
