"""Nobody is stuck, nobody is failed, and every move is somebody's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from offramp.rules import charge_hold, handoff_steps, journey
from offramp.rules.charge_hold import TooLateToFile
from offramp.rules.moves import NotOpen, open_moves, reachable, take
from offramp.rules.words import ChargeHoldState, ReferralState, Role, Stage

AT = datetime(2026, 11, 24, 22, 38, tzinfo=UTC)
JOURNEYS = [
    (journey.MOVES, Stage, Stage.NEW, journey.ENDINGS),
    (handoff_steps.MOVES, ReferralState, ReferralState.DRAFT, handoff_steps.ENDINGS),
    (charge_hold.MOVES, ChargeHoldState, ChargeHoldState.REPORTED, charge_hold.ENDINGS),
]


@pytest.mark.parametrize(("moves", "states", "start", "endings"), JOURNEYS)
def test_every_state_can_be_reached(moves, states, start, endings):
    assert reachable(moves, start) == set(states)


@pytest.mark.parametrize(("moves", "states", "start", "endings"), JOURNEYS)
def test_an_ending_is_an_ending_and_nothing_else_is(moves, states, start, endings):
    assert {state for state in states if not open_moves(moves, state)} == set(endings)


@pytest.mark.parametrize(("moves", "states", "start", "endings"), JOURNEYS)
def test_nobody_is_stuck(moves, states, start, endings):
    for state in set(states) - set(endings):
        assert reachable(moves, state) & endings


@pytest.mark.parametrize(("moves", "states", "start", "endings"), JOURNEYS)
def test_every_move_is_somebodys_and_no_state_means_failed(moves, states, start, endings):
    assert [move.name for move in moves if not move.by] == []
    assert [
        state for state in states if any(word in state for word in ("fail", "relapse", "non_compliant"))
    ] == []


@pytest.mark.parametrize(("moves", "states", "start", "endings"), JOURNEYS)
def test_a_move_from_a_state_leads_to_one_place_only(moves, states, start, endings):
    for state in states:
        names = [move.name for move in open_moves(moves, state)]
        assert len(names) == len(set(names))


# -- Episode --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", sorted(set(Stage) - journey.ENDINGS))
def test_from_every_stage_there_is_a_way_back_to_engaged(stage):
    assert Stage.ENGAGED in reachable(journey.MOVES, stage)


def test_only_a_death_has_no_way_back():
    assert {Stage.CLOSED_DECEASED} == journey.ENDINGS - journey.WELCOME_BACK


def test_a_return_to_use_is_a_pause_with_three_doors_out():
    assert journey.take(Stage.ACTIVE, "pause", Role.NAVIGATOR) is Stage.PAUSED
    back = {move.to for move in journey.steps_from(Stage.PAUSED)} - journey.ENDINGS
    assert back == {Stage.ACTIVE, Stage.ENGAGED, Stage.HANDED_OFF}


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.DEFERRED])
def test_whoever_said_no_or_not_today_can_be_offered_again(stage):
    assert journey.take(stage, "offer_again", Role.OFFICER) is Stage.OFFERED


def test_an_officer_moves_nothing_of_care():
    after_the_handoff = (Stage.HANDED_OFF, Stage.ENGAGED, Stage.ACTIVE, Stage.PAUSED)

    open_to_an_officer = {
        move.name for stage in after_the_handoff for move in journey.steps_from(stage, Role.OFFICER)
    }

    assert open_to_an_officer == {"close_for_the_record"}


def test_met_is_said_by_the_team_that_came():
    for who in (Role.OFFICER, Role.PROVIDER, Role.PROSECUTOR):
        with pytest.raises(NotOpen):
            journey.take(Stage.HANDOFF_PENDING, "meet", who)
        with pytest.raises(NotOpen):
            handoff_steps.take(ReferralState.EN_ROUTE, "met", who)
    assert handoff_steps.take(ReferralState.EN_ROUTE, "met", Role.PEER) is ReferralState.MET


def test_a_refused_move_says_why():
    with pytest.raises(NotOpen, match="“complete” is not open from “offered”"):
        journey.take(Stage.OFFERED, "complete", Role.NAVIGATOR)
    with pytest.raises(NotOpen, match="not a provider's step"):
        journey.take(Stage.ACTIVE, "complete", Role.PROVIDER)
    with pytest.raises(NotOpen, match="no step called “teleport”"):
        take(journey.MOVES, Stage.NEW, "teleport", Role.NAVIGATOR)


# -- Referral -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(handoff_steps.UNANSWERED))
def test_a_no_never_ends_the_search(state):
    assert handoff_steps.take(state, "try_next", Role.NAVIGATOR) is ReferralState.REQUESTED


def test_a_walk_in_place_needs_no_acceptance():
    assert handoff_steps.take(ReferralState.DRAFT, "walk_in", Role.OFFICER) is ReferralState.EN_ROUTE


def test_every_state_is_open_unanswered_or_ended():
    assert set(ReferralState) == handoff_steps.OPEN | handoff_steps.UNANSWERED | handoff_steps.ENDINGS


# -- Charge ---------------------------------------------------------------------------------------------------------


def test_only_a_prosecutor_files_or_decides_not_to():
    decided = {
        ChargeHoldState.FILED,
        ChargeHoldState.NOT_FILED,
        ChargeHoldState.VETOED,
        ChargeHoldState.CLOSED_NOT_FILED,
    }

    for move in charge_hold.MOVES:
        if move.to in decided:
            assert move.by == {Role.PROSECUTOR}


def test_return_to_use_is_no_reason_for_a_look_at_the_hold():
    forbidden = ("use", "relapse", "test", "overdose", "positive")

    assert [
        reason for reason in charge_hold.AtRiskReason if any(word in reason.split("_") for word in forbidden)
    ] == []


def test_after_the_last_day_nothing_is_filed():
    def file(on):
        return charge_hold.take(
            ChargeHoldState.NONCOMPLETION, "file", Role.PROSECUTOR, sol_date=date(2026, 3, 14), on=on
        )

    assert file(date(2026, 3, 14)) is ChargeHoldState.FILED
    with pytest.raises(TooLateToFile):
        file(date(2026, 3, 15))


# -- A slip of the finger -------------------------------------------------------------------------------------------


def said(state, minutes_ago, source=handoff_steps.Source.RECEIVER, reason=""):
    return handoff_steps.Said(state, source, AT - timedelta(minutes=minutes_ago), reason)


@pytest.mark.parametrize(
    "word", [ReferralState.ACCEPTED, ReferralState.ARRIVED, ReferralState.REJECTED, ReferralState.NO_SHOW, ReferralState.ENDED]
)
def test_the_last_word_can_be_taken_back_for_five_minutes(word):
    before = said(ReferralState.REQUESTED, 30, handoff_steps.Source.SENDER)

    assert handoff_steps.before_the_slip([before, said(word, 5)], at=AT) is ReferralState.REQUESTED
    assert handoff_steps.before_the_slip([before, said(word, 5.1)], at=AT) is None


def test_only_the_receivers_own_word_and_only_once():
    asked = said(ReferralState.REQUESTED, 3, handoff_steps.Source.SENDER)
    cancelled = said(ReferralState.CANCELLED, 1, handoff_steps.Source.SENDER)
    taken_back = said(ReferralState.REQUESTED, 1, reason=handoff_steps.UNDONE)

    assert handoff_steps.before_the_slip([asked], at=AT) is None
    assert handoff_steps.before_the_slip([asked, cancelled], at=AT) is None
    assert handoff_steps.before_the_slip([asked, said(ReferralState.ACCEPTED, 2), taken_back], at=AT) is None


def test_met_is_not_taken_back_and_a_word_from_the_future_is_not_either():
    asked = said(ReferralState.REQUESTED, 3, handoff_steps.Source.SENDER)

    assert handoff_steps.before_the_slip([asked, said(ReferralState.MET, 1)], at=AT) is None
    assert handoff_steps.before_the_slip([asked, said(ReferralState.ARRIVED, -1)], at=AT) is None
