"""Who is on: I'm on, I'm off, whom a call reaches (timer T01), and the team's count, which follows from it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from offramp.actions import capacity, claim, roster
from offramp.actions.handoff import Overtaken
from offramp.records import vault
from offramp.records.agency import Team
from offramp.records.capacity import Capacity, left_at
from offramp.records.episode import Episode
from offramp.records.ledger import Entry
from offramp.records.outbox import Notice
from offramp.records.places import find
from offramp.records.referral import Referral
from offramp.records.staff import Shift
from offramp.rules.candidates import Ask
from offramp.rules.duties import NotTheirDuty
from offramp.rules.refusal import BadInput, NotFound
from offramp.rules.words import Mode, ReferralState
from tests.actions.minute import hand_over


@pytest.fixture
def brooks(cast, at):
    return cast.viewer("brooks", at=at)


@pytest.fixture
def dana(cast, at):
    return cast.viewer("dana", at=at)


def later(viewer, minutes):
    return replace(viewer, at=viewer.at + timedelta(minutes=minutes))


def call_out(cast, at):
    """Somebody waits for the peer team."""
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    return the_episode(cast, at).key


def the_episode(cast, at):
    return Episode.objects.seen_by(cast.viewer("brooks", at=at)).order_by("-pk").first()


def told(at):
    """To whom the notices about the call went, in order: address and template."""
    rows = Notice.objects.filter(template__in=("notice_waiting_on_scene", "notice_answer_late")).order_by("pk")
    return [(opened(row)["to"].split("@")[0], row.template.removeprefix("notice_")) for row in rows]


def opened(row):
    return vault.open_alone(row.side, f"notice:{row.key}", row.sealed)


def count():
    return Capacity.objects.get(service__name="Peer team")


# -- On and off -----------------------------------------------------------------------------------------------------


def test_on_is_a_shift_and_an_entry_in_the_ledger(brooks, at):
    shift = roster.on(viewer=brooks, at=at, hours=8)

    assert (shift.begins_at, shift.ends_at) == (at, at + timedelta(hours=8))
    assert Entry.objects.filter(deed="shift_on", user_id=brooks.user_id).count() == 1


def test_said_twice_it_is_one_shift_that_lasts_from_now(brooks, at):
    roster.on(viewer=brooks, at=at, hours=8)
    roster.on(viewer=later(brooks, 60), at=at + timedelta(hours=1), hours=4)

    [shift] = Shift.objects.filter(membership__user_id=brooks.user_id)
    assert shift.ends_at == at + timedelta(hours=5)


@pytest.mark.parametrize("hours", [0, -8, 5, 10_000])
def test_only_the_hours_that_are_offered(brooks, at, hours):
    with pytest.raises(BadInput):
        roster.on(viewer=brooks, at=at, hours=hours)


def test_another_agencys_team_is_not_found(cast, brooks, at):
    theirs = Team.objects.create(agency=cast.agencies["harbor"], name="Harbor nights")

    with pytest.raises(NotFound):
        roster.on(viewer=brooks, at=at, hours=8, team_key=theirs.key)


def test_with_two_teams_one_says_which(cast, brooks, at):
    Team.objects.create(agency=cast.agencies["navigators"], name="Day navigators")

    with pytest.raises(BadInput, match="team"):
        roster.on(viewer=brooks, at=at, hours=8)


@pytest.mark.parametrize("who", ["alvarez", "diaz", "chen", "ellis", "gray", "casey", "ito"])
def test_nobody_else_goes_on(cast, at, who):
    with pytest.raises(NotTheirDuty):
        roster.on(viewer=cast.viewer(who, at=at), at=at, hours=8)


def test_who_goes_off_gives_back_whom_they_have_not_met(cast, dana, brooks, at):
    key = call_out(cast, at)
    claim.claim(viewer=dana, at=at, episode_key=key)

    passed = roster.off(viewer=dana, at=at)

    assert [one.key for one in passed] == [key]
    assert the_episode(cast, at).claimed_by_id is None
    assert Referral.objects.seen_by(brooks).get().state == ReferralState.REQUESTED
    assert Shift.objects.get().called_off_at == at
    claim.claim(viewer=brooks, at=at, episode_key=key)


def test_whom_they_have_met_stays_with_them(cast, dana, at):
    key = call_out(cast, at)
    claim.met(viewer=dana, at=at, episode_key=key)

    assert roster.off(viewer=dana, at=at) == []
    assert the_episode(cast, at).claimed_by_id == dana.user_id


def test_off_twice_is_off_once(dana, at):
    roster.off(viewer=dana, at=at)
    roster.off(viewer=later(dana, 1), at=at + timedelta(minutes=1))

    assert Shift.objects.get().called_off_at == at


# -- The call (timer T01) -------------------------------------------------------------------------------------------


def test_the_first_is_told_at_once_and_the_next_after_five_minutes(cast, brooks, dana, at):
    roster.on(viewer=brooks, at=at, hours=8)
    call_out(cast, at)

    for minutes in (0, 0.5, 4.5, 5, 6, 9.5, 10, 30):
        roster.call_next(at=at + timedelta(minutes=minutes))

    assert told(at) == [("dana", "waiting_on_scene"), ("brooks", "answer_late"), ("navigators", "answer_late")]


def test_each_step_is_told_once_however_often_the_job_runs(cast, at):
    call_out(cast, at)

    assert [roster.call_next(at=at) for _ in range(3)] == [1, 0, 0]


def test_whoever_answers_ends_the_call(cast, dana, at):
    key = call_out(cast, at)
    roster.call_next(at=at)
    claim.claim(viewer=dana, at=at, episode_key=key)

    assert roster.call_next(at=at + timedelta(minutes=20)) == 0


def test_a_clock_decides_nothing(cast, at):
    call_out(cast, at)
    for minutes in range(0, 60, 5):
        roster.call_next(at=at + timedelta(minutes=minutes))

    kept = the_episode(cast, at)
    assert kept.claimed_by_id is None and kept.open


def test_passed_on_the_call_begins_anew_with_the_next_of_the_roster(cast, brooks, dana, at):
    roster.on(viewer=brooks, at=at, hours=8)
    key = call_out(cast, at)
    roster.call_next(at=at)
    claim.claim(viewer=dana, at=at, episode_key=key)
    then = later(dana, 3)
    claim.pass_on(viewer=then, at=then.at, episode_key=key)

    roster.call_next(at=then.at)
    roster.call_next(at=then.at + timedelta(minutes=5))

    assert told(at) == [
        ("dana", "waiting_on_scene"),
        ("navigators", "waiting_on_scene"),
        ("brooks", "waiting_on_scene"),
        ("dana", "answer_late"),
    ]


def test_with_nobody_on_shift_the_mailbox_hears_after_five_minutes(cast, dana, at):
    call_out(cast, at)
    roster.off(viewer=dana, at=at)

    assert [roster.call_next(at=at + timedelta(minutes=m)) for m in (0, 4, 5, 6)] == [0, 0, 1, 0]
    assert told(at) == [("navigators", "answer_late")]


def test_who_goes_on_meanwhile_is_told_in_turn(cast, brooks, at):
    call_out(cast, at)
    roster.call_next(at=at)
    roster.on(viewer=later(brooks, 4), at=at + timedelta(minutes=4), hours=8)

    roster.call_next(at=at + timedelta(minutes=5))

    assert told(at) == [("dana", "waiting_on_scene"), ("brooks", "answer_late")]


def test_a_notice_says_nothing_of_whom_or_where(cast, at):
    call_out(cast, at)
    roster.call_next(at=at)

    assert [opened(row)["params"] for row in Notice.objects.all()] == [{"language": "en"}] * Notice.objects.count()


# -- The team's count -----------------------------------------------------------------------------------------------


def test_as_many_places_as_people_on_less_those_who_are_going(cast, brooks, dana, at):
    roster.on(viewer=brooks, at=at, hours=8)
    assert (count().open_places, count().said_by) == (2, "the roster")

    hand_over(cast, at)  # to Harbor: Dana goes there to meet them, and no place of the team is kept for it
    claim.claim(viewer=dana, at=at, episode_key=the_episode(cast, at).key)
    roster.say_counts(at=at + timedelta(minutes=1))

    assert count().open_places == 1


def test_a_kept_place_counts_its_own_and_nobody_twice(cast, brooks, dana, at):
    roster.on(viewer=brooks, at=at, hours=8)
    key = call_out(cast, at)
    claim.claim(viewer=dana, at=at, episode_key=key)

    roster.say_counts(at=at + timedelta(minutes=1))

    assert count().open_places == 2 and left_at(count(), at + timedelta(minutes=1)) == 1


def test_with_nobody_on_there_is_no_room_and_no_officer_is_promised_anybody(cast, dana, at):
    roster.off(viewer=dana, at=at)

    assert count().open_places == 0
    found = find(Ask(needs=("peer_support",), at=at))
    assert found.room_now == () and [str(one.reason) for one in found.not_now] == ["No place left just now"]


def test_a_shift_that_ends_by_itself_is_counted_by_the_job(cast, at):
    morning = at + timedelta(hours=11)

    assert roster.say_counts(at=morning) == 1
    assert count().open_places == 0


def test_it_is_said_again_only_when_it_changes_and_every_hour(cast, at):
    assert [roster.say_counts(at=at + timedelta(minutes=m)) for m in (0, 1, 59, 61)] == [1, 0, 0, 1]


def test_where_no_roster_is_kept_the_number_said_by_hand_stands(cast, dana, at):
    Shift.objects.all().delete()
    service = cast.places["peers"].service
    capacity.say(viewer=dana, at=at, service_key=service.key, open_places=3)

    assert roster.say_counts(at=at + timedelta(minutes=1)) == 0
    assert count().open_places == 3


# -- Several at once ------------------------------------------------------------------------------------------------


def test_two_at_one_corner_are_taken_together_or_not_at_all(cast, brooks, dana, at):
    first, second = call_out(cast, at), None
    hand_over(cast, at)
    second = the_episode(cast, at).key
    claim.claim(viewer=brooks, at=at, episode_key=second)

    with pytest.raises(Overtaken):
        claim.claim_all(viewer=dana, at=at, episode_keys={first, second})

    assert Episode.objects.seen_by(dana).get(key=first).claimed_by_id is None
    claim.pass_on(viewer=brooks, at=at, episode_key=second)
    assert len(claim.claim_all(viewer=dana, at=at, episode_keys={first, second})) == 2
