"""The city of Rivermouth: whole, the same by its seed, honest about everybody in it, and nobody outside sees a thing."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps

from offramp import pathways
from offramp.records import house, ledger, sight
from offramp.records.agency import Agency
from offramp.records.charge_hold import ChargeHold
from offramp.records.door import Protected, whole_table
from offramp.records.encounter import Encounter, TellBack, Transport, Verdict
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.link import FileLink
from offramp.records.outbox import Notice
from offramp.records.referral import Referral, Step
from offramp.records.service import Outlet, Service
from offramp.records.staff import Membership, User
from offramp.rules import handoff_steps, journey
from offramp.rules.words import EncounterEnding, NotDivertedReason, ReferralState, Role, Stage
from tests.demo.conftest import SMALL

PROTECTED = [model for model in apps.get_models() if issubclass(model, Protected)]
E = EncounterEnding


def every(model):
    return whole_table(model, because="a test counts the city")


# -- Whole ------------------------------------------------------------------------------------------------------------


def test_there_is_a_place_to_go_to_and_somebody_to_call(city):
    assert house.is_demo()
    assert 110 <= Service.objects.count() <= 130
    assert Agency.objects.filter(source="").count() == 14
    jobs = Counter(Membership.objects.filter(agency__name="Rivermouth Police Department").values_list("role", flat=True))
    assert jobs[Role.OFFICER] == 90
    assert jobs[Role.SUPERVISOR] >= 5
    assert Membership.objects.filter(role=Role.PEER).count() >= 4


def test_so_many_meetings_as_were_asked_for_and_the_last_ones_tonight(city, at):
    supervised = sum(city.counted[key] for key in ("by a supervisor",))
    assert every(Encounter).count() == SMALL + supervised
    assert every(Encounter).filter(at__gt=at - timedelta(hours=1)).count() >= 8
    assert not every(Encounter).filter(recorded_at__gt=at).exists()
    assert not every(Step).filter(at__gt=at).exists()
    assert not every(EpisodeStep).filter(at__gt=at).exists()


def test_every_pathway_is_walked_and_every_way_of_ending_is_told(city):
    assert set(every(Encounter).values_list("pathway", flat=True)) == set(pathways.ALL)
    assert set(every(Episode).values_list("pathway", flat=True)) == set(pathways.ALL)
    endings = set(every(Encounter).values_list("ending", flat=True))
    assert endings >= {E.HANDED_OFF, E.DECLINED, E.DEFERRED, E.NOT_DIVERTED}


def test_whoever_was_not_diverted_has_a_reason_and_a_young_person_has_no_name(city):
    reasons = every(Encounter).filter(ending=E.NOT_DIVERTED).values_list("reason", flat=True)
    assert set(reasons) <= set(NotDivertedReason)
    for young in every(Encounter).filter(ending=E.YOUTH).select_related("file"):
        assert young.seen_age == "not_recorded"
        from offramp.records.person import identity_of

        assert not identity_of(young.file)


def test_charges_wait_in_one_pathway_alone(city):
    assert set(every(ChargeHold).values_list("encounter__pathway", flat=True)) == {"officer_intervention"}
    assert not every(Verdict).exclude(answer="yes").filter(encounter__ending=E.HANDED_OFF).exists()


# -- Nobody is lost ---------------------------------------------------------------------------------------------------


def test_whoever_said_yes_has_a_next_step_or_a_coded_ending(city, at):
    handed_off = every(Encounter).filter(ending=E.HANDED_OFF).count()
    assert every(Episode).count() == handed_off
    for episode in every(Episode):
        last = every(EpisodeStep).filter(episode=episode).order_by("-pk").first()
        if episode.open:
            assert Stage(episode.stage) not in journey.ENDINGS
            waits = episode.claimed_by_id or at - episode.began_at < timedelta(minutes=30)
            assert waits, f"nobody has episode {episode.pk} in hand"
            assert at - last.at < timedelta(days=200)
        else:
            assert Stage(episode.stage) in journey.ENDINGS
            assert last.reason
            assert episode.ended_at == last.at


def test_no_place_waits_in_vain(city, at):
    open_states = [one.value for one in (*handoff_steps.WAITING, *handoff_steps.COMING)]
    left = every(Referral).filter(open=True, state__in=open_states, opened_at__lt=at - timedelta(days=2))
    assert not left.exists()
    said_no = every(Step).filter(state__in=[ReferralState.REJECTED, ReferralState.REJECTED_AT_DOOR])
    assert all(said_no.values_list("reason", flat=True))


def test_what_was_undone_is_let_go(city):
    for undone in every(Encounter).exclude(undone_at=None):
        assert undone.undone_at - undone.recorded_at <= timedelta(minutes=5)
        link = every(FileLink).get(encounter_key=undone.key)
        assert every(Episode).get(file=link.file_id).stage == Stage.CLOSED_ADMIN


def test_one_word_comes_back_and_only_of_those_who_were_met(city):
    assert set(every(TellBack).values_list("word", flat=True)) == {"met"}
    assert every(TellBack).count() == every(Episode).exclude(met_at=None).count()


# -- Made honestly ----------------------------------------------------------------------------------------------------


def test_sight_counted_again_is_the_same(city, at):
    found = sight.compare(at=at)
    assert (found.missing, found.extra) == ((), ())


def test_the_ledger_is_sealed_and_tells_of_every_meeting(city):
    chain = ledger.verify()
    assert chain.sound
    assert chain.unsealed == 0
    assert ledger.Entry.objects.filter(deed="encounter_recorded").count() == every(Encounter).count()
    assert ledger.Entry.objects.filter(deed="diverted").count() == every(Episode).count()


def test_no_letter_of_the_past_is_sent_tonight(city, at):
    assert not Notice.objects.filter(sent_at=None, called_back_at=None).exists()


# -- Nobody is real ---------------------------------------------------------------------------------------------------


def test_every_number_is_one_that_reaches_nobody(city):
    numbers = [number for phones in Outlet.objects.values_list("phones", flat=True) for number in phones]
    numbers += [phone.value for one in city.neighbors.met for phone in one.identity.phones]
    numbers += [str(value) for policy in Agency.objects.values_list("policy", flat=True) for key, value in policy.items() if "call" in key]
    assert len(numbers) > 100
    assert [number for number in numbers if "555-01" not in number] == []
    assert User.objects.exclude(email__endswith=".example").count() == 0


def test_those_in_need_share_no_surname_with_staff_or_streets(city):
    named = [name for model in (User, Service, Agency) for name in model.objects.values_list("name", flat=True)]
    told = " ".join([*named, *Outlet.objects.exclude(site=None).values_list("site__address", flat=True)])
    families = {one.identity.last for one in city.neighbors.met if one.identity.last not in ("Rivers", "Marsh", "Alvarado")}
    assert [name for name in families if name in told] == []


# -- The outsider -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_the_officer_of_the_next_county_sees_nothing(city, at, model):
    casey = city.cast.viewer("casey", at=at)
    assert every(model).exists(), "there is something to be hidden"
    assert model.objects.seen_by(casey).count() == 0
    assert not model.objects.seen_by(casey).exists()


@pytest.mark.parametrize("who", ["ito", "ellis", "gray"])
def test_who_has_no_business_with_files_sees_none(city, at, who):
    viewer = city.cast.viewer(who, at=at)
    assert {model.__name__: n for model in PROTECTED if (n := model.objects.seen_by(viewer).count())} == {}


def test_each_of_the_cast_sees_their_own_side_alone(city, at):
    officer, desk = city.cast.viewer("alvarez", at=at), city.cast.viewer("chen", at=at)
    assert Encounter.objects.seen_by(officer).exists()
    assert not Episode.objects.seen_by(officer).exists()
    assert Referral.objects.seen_by(desk).exists()
    assert not Encounter.objects.seen_by(desk).exists()
    assert not Disclosure.objects.seen_by(desk).exists()
    assert Referral.objects.seen_by(desk).exclude(to_agency=city.cast.agencies["harbor"]).count() == 0


def test_where_they_were_driven_is_seen_by_who_drives_and_for_two_hours(city, at):
    officer = city.cast.viewer("alvarez", at=at)
    drives = Transport.objects.seen_by(officer)
    assert drives.exists()
    assert not drives.filter(dropped_off_at__lt=at - timedelta(hours=2)).exists()
