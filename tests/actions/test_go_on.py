"""After they met: taking part, away and back, an ending; and what an ending does with whoever was asked."""

from datetime import timedelta

import pytest

from offramp.actions import claim, handoff
from offramp.actions.go_on import STEPS, NotAStep, go_on
from offramp.actions.refer import refer
from offramp.records.capacity import PlaceHold
from offramp.records.episode import Episode, EpisodeStep
from offramp.records.outbox import Notice
from offramp.records.referral import Referral
from offramp.rules import journey
from offramp.rules.duties import NotTheirDuty
from offramp.rules.moves import NotOpen
from offramp.rules.refusal import NotFound
from offramp.rules.words import CannotTakeReason, Mode, ReferralState, Stage
from tests.actions.minute import hand_over


@pytest.fixture
def brooks(cast, at):
    return cast.viewer("brooks", at=at)


@pytest.fixture
def met(cast, at, brooks):
    """Somebody was handed over to the peers and met."""
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    return claim.met(viewer=brooks, at=at, episode_key=Episode.objects.seen_by(brooks).get().key)


def walk(brooks, at, episode, *steps):
    for step in steps:
        episode = go_on(viewer=brooks, at=at, episode_key=episode.key, step=step)
    return episode


def test_away_and_back_and_away_again_is_no_ending(brooks, at, met):
    episode = walk(brooks, at, met, "engage", "go_on", "pause", "come_back", "pause", "meet_again", "engage")

    kept = Episode.objects.seen_by(brooks).get()
    assert kept.open
    assert kept.stage == episode.stage == Stage.ENGAGED
    assert EpisodeStep.objects.seen_by(brooks).filter(reason="pause").count() == 2


def test_an_ending_is_a_value_and_takes_them_off_the_lists(brooks, at, met):
    walk(brooks, at, met, "engage", "complete")

    kept = Episode.objects.seen_by(brooks).get()
    assert (kept.stage, kept.open, kept.ended_at) == (Stage.COMPLETED, False, at)
    assert Referral.objects.seen_by(brooks).get().state == ReferralState.ENDED


def test_nobody_waits_in_vain_for_somebody_whose_episode_is_closed(cast, brooks, at, met):
    place = cast.places["northside"]
    asked = refer(
        viewer=brooks, at=at, episode_key=met.key, outlet_key=place.outlet.key, mode=Mode.OWN_WAY, names=True
    )
    walk(brooks, at, met, "close_moved")

    assert Referral.objects.seen_by(brooks).get(pk=asked.pk).state == ReferralState.CANCELLED
    assert PlaceHold.objects.get(pk=asked.place_hold_id).freed_at == at
    assert not Notice.objects.filter(about=asked.key, called_back_at=None).exists()


def test_who_is_with_a_service_stays_there(cast, brooks, at, met):
    place = cast.places["harbor"]
    asked = refer(
        viewer=brooks, at=at, episode_key=met.key, outlet_key=place.outlet.key, mode=Mode.OWN_WAY, names=True
    )
    chen = cast.viewer("chen", at=at)
    handoff.arrived(viewer=chen, at=at, referral_key=asked.key)
    walk(brooks, at, met, "engage", "complete")

    assert Referral.objects.seen_by(chen).get().state == ReferralState.ARRIVED
    handoff.started(viewer=chen, at=at, referral_key=asked.key)
    ended = handoff.ended(viewer=chen, at=at + timedelta(days=2), referral_key=asked.key)
    assert (ended.state, ended.open) == (ReferralState.ENDED, False)


def test_somebody_nobody_found_is_closed_with_a_reason(cast, brooks, at):
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    episode = Episode.objects.seen_by(brooks).get()
    go_on(
        viewer=brooks, at=at, episode_key=episode.key, step="close_for_the_record", reason=CannotTakeReason.PERSON_NOT_REACHED
    )

    assert EpisodeStep.objects.seen_by(brooks).latest("pk").reason == "person_not_reached"
    assert not Referral.objects.seen_by(brooks).get().open


def test_what_is_no_step_is_refused(cast, brooks, at, met):
    with pytest.raises(NotAStep):
        walk(brooks, at, met, "meet")
    with pytest.raises(NotOpen):
        walk(brooks, at, met, "come_back")
    with pytest.raises(NotTheirDuty):
        go_on(viewer=cast.viewer("alvarez", at=at), at=at, episode_key=met.key, step="engage")
    with pytest.raises(NotTheirDuty):
        go_on(viewer=cast.viewer("chen", at=at), at=at, episode_key=met.key, step="engage")


def test_every_step_is_one_of_the_journey():
    assert {one.name for one in journey.MOVES} >= STEPS


def test_yes_and_no_are_counted_for_the_service_that_said_them(cast, brooks, at, met):
    place = cast.places["northside"]
    for answer in ("yes", "no", "theirs"):
        asked = refer(
            viewer=brooks, at=at, episode_key=met.key, outlet_key=place.outlet.key, mode=Mode.OWN_WAY, names=False
        )
        desk = _desk(cast, at)
        if answer == "yes":
            handoff.accept(viewer=desk, at=at, referral_key=asked.key)
            handoff.no_show(viewer=desk, at=at, referral_key=asked.key)
        else:
            why = CannotTakeReason.FULL if answer == "no" else CannotTakeReason.PERSON_CHANGED_MIND
            handoff.decline(viewer=desk, at=at, referral_key=asked.key, reason=why)

    place.service.refresh_from_db()
    assert (place.service.asked, place.service.taken) == (2, 1)


def _desk(cast, at):
    from offramp.rules.visibility import Viewer, holder_of
    from offramp.rules.words import Role

    agency = cast.agencies["northside"]
    return Viewer(None, agency.pk, Role.PROVIDER, "test", at, frozenset({holder_of("agency", agency.pk)}))


def test_another_agencys_episode_is_not_there(cast, at, met):
    from dataclasses import replace

    stranger = replace(cast.viewer("brooks", at=at), agency_id=cast.agencies["mercy"].pk)
    with pytest.raises(NotFound):
        go_on(viewer=stranger, at=at, episode_key=met.key, step="engage")
