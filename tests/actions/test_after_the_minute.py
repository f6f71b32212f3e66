"""After the minute: taken back, met, arrived, driven there, and what the officer hears of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from offramp.actions import claim, handoff
from offramp.actions.drive import dropped_off
from offramp.actions.handoff import Overtaken
from offramp.actions.late import tell_of_late_answers
from offramp.actions.undo import TooLate, undo
from offramp.records import sight
from offramp.records.capacity import PlaceHold
from offramp.records.charge_hold import ChargeHold
from offramp.records.encounter import Encounter, TellBack, Transport
from offramp.records.episode import Episode
from offramp.records.outbox import Notice
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.rules.moves import NotOpen
from offramp.rules.refusal import NotFound
from offramp.rules.words import CannotTakeReason, Mode, ReferralState, Stage
from tests.actions.minute import hand_over, with_a_charge


def the_referral(cast, at, who="chen"):
    return Referral.objects.seen_by(cast.viewer(who, at=at)).get()


def the_episode(cast, at):
    return Episode.objects.seen_by(cast.viewer("brooks", at=at)).get()


def the_words(cast, at, who="alvarez"):
    return [row.word for row in TellBack.objects.seen_by(cast.viewer(who, at=at)).order_by("pk")]


# -- Undo ---------------------------------------------------------------------------------------------------------


def test_undo_lets_everything_go_but_keeps_the_encounter(cast, at):
    done = hand_over(cast, at, meeting=with_a_charge(at), mode=Mode.POLICE_TRANSPORT)
    officer = cast.viewer("alvarez", at=at)

    undo(viewer=officer, at=at + timedelta(minutes=4), encounter_key=done.encounter.key)

    assert Encounter.objects.seen_by(officer).get().undone_at
    assert ChargeHold.objects.seen_by(officer).get().state == "withdrawn"
    assert PlaceHold.objects.get().freed_at
    assert the_episode(cast, at).stage == Stage.CLOSED_ADMIN
    assert not Referral.objects.seen_by(cast.viewer("chen", at=at)).exists()
    assert Transport.objects.seen_by(officer).count() == 0
    assert Notice.objects.filter(template="notice_cancelled").count() == 2
    assert not Notice.objects.filter(called_back_at=None).exclude(template="notice_cancelled").filter(
        about=the_referral(cast, at, "brooks").key
    ).exists()


def test_undo_twice_is_undo_once(cast, at):
    done = hand_over(cast, at)
    officer = cast.viewer("alvarez", at=at)
    undo(viewer=officer, at=at, encounter_key=done.encounter.key)

    undo(viewer=officer, at=at, encounter_key=done.encounter.key)

    assert Notice.objects.filter(template="notice_cancelled").count() == 2


def test_after_five_minutes_there_is_no_undo(cast, at):
    done = hand_over(cast, at)

    with pytest.raises(TooLate):
        undo(viewer=cast.viewer("alvarez", at=at), at=at + timedelta(minutes=5, seconds=1), encounter_key=done.encounter.key)


def test_once_met_there_is_no_undo(cast, at):
    done = hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    claim.met(viewer=cast.viewer("dana", at=at), at=at, episode_key=the_episode(cast, at).key)

    with pytest.raises(TooLate):
        undo(viewer=cast.viewer("alvarez", at=at), at=at, encounter_key=done.encounter.key)

    assert Encounter.objects.seen_by(cast.viewer("alvarez", at=at)).get().undone_at is None


def test_nobody_undoes_anothers_handoff(cast, at):
    done = hand_over(cast, at)

    for who in ("diaz", "casey"):
        with pytest.raises(NotFound):
            undo(viewer=cast.viewer(who, at=at), at=at, encounter_key=done.encounter.key)


# -- Met ----------------------------------------------------------------------------------------------------------


def test_the_officer_hears_met_from_the_one_who_came(cast, at):
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    dana = cast.viewer("dana", at=at)
    claim.claim(viewer=dana, at=at, episode_key=the_episode(cast, at).key, minutes_away=15)

    claim.met(viewer=dana, at=at, episode_key=the_episode(cast, at).key)

    assert the_words(cast, at) == ["met"]
    assert the_words(cast, at, "diaz") == [] and the_words(cast, at, "casey") == []
    assert the_episode(cast, at).stage == Stage.HANDED_OFF
    assert the_referral(cast, at, "dana").state == ReferralState.MET


def test_the_officer_hears_nothing_of_what_a_provider_says(cast, at):
    hand_over(cast, at)
    chen = cast.viewer("chen", at=at)

    handoff.arrived(viewer=chen, at=at, referral_key=the_referral(cast, at).key)

    assert the_words(cast, at) == []
    assert PlaceHold.objects.get().filled_at


def test_met_twice_is_one_word(cast, at):
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    for _ in range(2):
        claim.met(viewer=cast.viewer("dana", at=at), at=at, episode_key=the_episode(cast, at).key)

    assert the_words(cast, at) == ["met"]


def test_the_first_who_taps_has_it(cast, at):
    hand_over(cast, at)
    key = the_episode(cast, at).key
    claim.claim(viewer=cast.viewer("dana", at=at), at=at, episode_key=key)

    with pytest.raises(Overtaken):
        claim.claim(viewer=cast.viewer("brooks", at=at), at=at, episode_key=key)


def test_passed_on_means_waiting_again_not_dropped(cast, at):
    hand_over(cast, at)
    key = the_episode(cast, at).key
    dana = cast.viewer("dana", at=at)
    claim.claim(viewer=dana, at=at, episode_key=key)

    claim.pass_on(viewer=dana, at=at, episode_key=key)

    episode = the_episode(cast, at)
    assert (episode.open, episode.stage, episode.claimed_by_id) == (True, Stage.HANDOFF_PENDING, None)


# -- The provider's answer ----------------------------------------------------------------------------------------


def test_a_provider_that_cannot_sees_it_no_longer_and_gives_the_place_back(cast, at):
    hand_over(cast, at, place="northside")
    from offramp.records.agency import Agency
    from offramp.rules.visibility import Viewer, holder_of
    from offramp.rules.words import Role

    northside = Agency.objects.get(name="Northside Detox")
    holders = frozenset({holder_of("agency", northside.pk)})
    desk = Viewer(None, northside.pk, Role.PROVIDER, "test", at, holders)
    referral = Referral.objects.seen_by(desk).get()

    handoff.decline(viewer=desk, at=at, referral_key=referral.key, reason=CannotTakeReason.FULL)

    assert not PersonFile.objects.seen_by(desk).exists()
    five_minutes_on = replace(desk, at=at + timedelta(minutes=5))
    assert Referral.objects.seen_by(desk).exists() and not Referral.objects.seen_by(five_minutes_on).exists()
    assert PlaceHold.objects.get().freed_at
    assert the_episode(cast, at).open
    step = the_referral(cast, at, "brooks").steps.order_by("-pk").first()
    assert (step.state, step.reason, step.source) == ("rejected", "full", "receiver")


def test_only_the_one_who_is_asked_answers(cast, at):
    hand_over(cast, at, place="northside")
    key = the_referral(cast, at, "brooks").key

    for who in ("brooks", "chen", "alvarez"):
        with pytest.raises(Exception) as refused:
            handoff.accept(viewer=cast.viewer(who, at=at), at=at, referral_key=key)
        assert refused.value.status in (403, 404)


def test_a_step_out_of_turn_is_refused_in_words(cast, at):
    hand_over(cast, at)
    chen, key = cast.viewer("chen", at=at), the_referral(cast, at).key
    handoff.arrived(viewer=chen, at=at, referral_key=key)

    with pytest.raises(NotOpen):
        handoff.accept(viewer=chen, at=at, referral_key=key)


def test_a_late_answer_is_told_once(cast, at):
    hand_over(cast, at, place="northside")
    late = at + timedelta(minutes=61)

    assert [tell_of_late_answers(at=late), tell_of_late_answers(at=late)] == [1, 0]


# -- The drive ----------------------------------------------------------------------------------------------------


def test_LE_05_the_place_is_seen_until_two_hours_after_drop_off_and_then_no_more(cast, at):
    done = hand_over(cast, at, mode=Mode.POLICE_TRANSPORT)
    there = at + timedelta(minutes=18)
    dropped_off(viewer=cast.viewer("alvarez", at=there), at=there, encounter_key=done.encounter.key)

    def seen(who, minutes):
        return Transport.objects.seen_by(cast.viewer(who, at=there + timedelta(minutes=minutes))).count()

    assert seen("alvarez", 119) == 1
    assert seen("alvarez", 120) == 0
    assert seen("diaz", 1) == 0 and seen("casey", 1) == 0


def test_LE_05_without_a_drive_no_place_is_kept_on_the_police_side(cast, at):
    done = hand_over(cast, at, mode=Mode.OWN_WAY)

    assert Transport.objects.seen_by(cast.viewer("alvarez", at=at)).count() == 0
    assert not any("provider" in field.name or "service" in field.name for field in done.encounter._meta.fields)


# -- Sight, counted again -----------------------------------------------------------------------------------------


def test_sight_rows_are_those_the_facts_say(cast, at):
    first = hand_over(cast, at, mode=Mode.POLICE_TRANSPORT)
    dropped_off(viewer=cast.viewer("alvarez", at=at), at=at, encounter_key=first.encounter.key)
    done = hand_over(cast, at, meeting=with_a_charge(at), mode=Mode.POLICE_TRANSPORT)
    undo(viewer=cast.viewer("alvarez", at=at), at=at, encounter_key=done.encounter.key)

    expected = sorted(
        (row.file_id, row.holder, sight.bits(row.kinds), row.ground.value, row.source, row.until)
        for rule in sight.rules().values()
        for row in rule(at)
    )
    held = sorted(sight.Sight.objects.values_list("file_id", "holder", "kinds", "ground", "source", "until"))
    assert held == expected


def test_whoever_has_arrived_stays_with_care_when_the_officer_takes_it_back(cast, at):
    done = hand_over(cast, at)
    chen = cast.viewer("chen", at=at)
    handoff.arrived(viewer=chen, at=at, referral_key=the_referral(cast, at).key)

    undo(viewer=cast.viewer("alvarez", at=at), at=at, encounter_key=done.encounter.key)

    assert Encounter.objects.seen_by(cast.viewer("alvarez", at=at)).get().undone_at
    assert the_referral(cast, at).state == ReferralState.ARRIVED
    assert the_episode(cast, at).open
