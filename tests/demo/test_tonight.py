"""What a visitor finds the moment a page opens: live work on every desk, and room that was said lately."""

from datetime import timedelta

import pytest

from offramp.actions import accounts, say_again
from offramp.demo import again
from offramp.demo.directory import is_open, rules_of
from offramp.jobs import say_room_again
from offramp.pages.navigator import work
from offramp.pages.provider.desk import Desk, lists, services_of
from offramp.records import house, places, sight
from offramp.records.capacity import Capacity
from offramp.records.encounter import Encounter
from offramp.records.episode import Episode
from offramp.records.staff import User, on_shift_of
from offramp.rules.candidates import Ask
from offramp.rules.hours import Hours
from offramp.rules.words import EncounterEnding

MIDDLE = (46.97, -123.82)


def desk_of(city, who, at):
    viewer = city.cast.viewer(who, at=at)
    return lists(Desk(viewer, services_of(viewer.agency_id), "/", shows_names=True))


def test_two_people_wait_for_somebody_to_come(city, at):
    brooks = city.cast.viewer("brooks", at=at)
    waiting = work.lines(brooks, work.waiting(brooks))
    assert [line.who for line in waiting] == ["Samuel Rivers", "Robin Marsh"]
    assert all(line.where for line in waiting)
    assert len(work.lines(brooks, work.mine(brooks))) >= 3


def test_the_desk_has_two_to_answer_and_somebody_on_the_way(city, at):
    shown = desk_of(city, "chen", at)
    assert len(shown["waiting"]) == 2
    assert shown["coming"]
    assert shown["here"]


def test_the_officer_reads_met_and_where_they_drove(city, at):
    alvarez = city.cast.viewer("alvarez", at=at)
    mine = Encounter.objects.seen_by(alvarez).filter(officer_id=alvarez.user_id, ending=EncounterEnding.HANDED_OFF)
    assert mine.filter(at__gt=at - timedelta(hours=2)).count() == 3
    assert mine.count() >= 5


@pytest.mark.parametrize("need", ["substance_use", "mental_health_crisis", "shelter", "withdrawal_management", "navigation"])
def test_there_is_room_at_night_for_what_officers_meet(city, at, need):
    found = places.find(Ask(needs=(need,), at=at, near=MIDDLE, limit=6))
    assert found.room_now
    assert found.call_first


def test_nobody_is_sent_where_it_would_be_absurd(city, at):
    for need, never in {"withdrawal_management": ("Shelter", "Pantry", "Cots"), "shelter": ("Detox", "Clinic"), "sex_work_support": ("Heron House",)}.items():
        found = places.find(Ask(needs=(need,), at=at, near=MIDDLE, limit=10))
        names = [match.candidate.name for match in (*found.room_now, *found.call_first)]
        assert names
        assert [name for name in names if any(word in name for word in never)] == []


def test_counts_are_of_every_age(city, at):
    ages = [at - said for said in Capacity.objects.values_list("said_at", flat=True)]
    assert any(age < timedelta(hours=4) for age in ages)
    assert any(age > timedelta(hours=12) for age in ages)


def test_peers_are_on_shift(city, at):
    assert len(on_shift_of([city.cast.teams["peers"].pk], at)) >= 4


# -- Hours ------------------------------------------------------------------------------------------------------------


def test_the_quick_hours_say_the_same_as_the_whole_table(at):
    zone = "America/Los_Angeles"
    for text in ("MO-FR 08:00-17:00, SA 09:00-12:00", "MO-SU 17:00-08:00", "WE-SA 20:00-03:00", "TU,TH 10:00-16:00", "MO,WE,FR 13:00-17:00"):
        hours = Hours(rules=rules_of(text), zone=zone)
        for half_hours in range(0, 7 * 48, 3):
            moment = at + timedelta(minutes=30 * half_hours)
            assert is_open(text, moment, zone) == (hours.open_at(moment).state == "open"), (text, moment)


# -- Later ------------------------------------------------------------------------------------------------------------


def test_an_hour_later_the_desks_say_their_room_again(city, at):
    later = at + timedelta(hours=5)
    old = set(Capacity.objects.filter(said_at__lt=at - timedelta(hours=13)).values_list("pk", flat=True))

    assert say_room_again.run(later) > 5

    fresh = Capacity.objects.exclude(pk__in=old).filter(service__team=None)
    assert all(later - said < timedelta(hours=1) for said in fresh.values_list("said_at", flat=True))
    assert say_room_again.run(later) == 0, "said a moment ago"
    assert set(Capacity.objects.filter(said_at__lt=at - timedelta(hours=13)).values_list("pk", flat=True)) == old


def test_in_a_real_place_nobody_speaks_for_a_desk(city, at):
    house.House.objects.update(demo=False)

    assert say_again.say_room_again(at=at + timedelta(hours=3)) == 0


def test_three_days_later_it_is_tonight_again(city, at):
    later, told = at + timedelta(days=3, hours=2), []

    again.go_on(at=later, say=told.append)

    brooks = city.cast.viewer("brooks", at=later)
    assert [line.who for line in work.lines(brooks, work.waiting(brooks))] == ["Samuel Rivers", "Robin Marsh"]
    assert len(desk_of(city, "chen", later)["waiting"]) == 2
    days = Encounter.objects.seen_by(city.cast.viewer("diaz", at=later)).filter(at__gt=at + timedelta(hours=1))
    assert days.filter(at__lt=later - timedelta(hours=2)).count() >= 15, "the days between were lived"
    found = sight.compare(at=later)
    assert (found.missing, found.extra) == ((), ())
    assert not User.objects.filter(woken_at__lt=at).exists()
    assert not Episode.objects.seen_by(brooks).filter(open=True, claimed_by=None, began_at__lt=later - timedelta(hours=1)).exists()
    assert told


def test_started_again_at_once_nothing_is_added(city, at):
    before = Encounter.objects.seen_by(city.cast.viewer("diaz", at=at)).count()

    again.go_on(at=at + timedelta(minutes=20), say=lambda words: None)

    assert Encounter.objects.seen_by(city.cast.viewer("diaz", at=at)).count() == before


def test_where_a_visitor_sent_somebody_home_it_stays_as_it_was_left(city, at):
    brooks = city.cast.membership("brooks")
    accounts.take_job(viewer=accounts.console(at=at), at=at, membership_id=brooks.pk)
    before = Encounter.objects.seen_by(city.cast.viewer("diaz", at=at)).count()
    told = []

    again.go_on(at=at + timedelta(days=2), say=told.append)

    assert "--fresh" in told[-1]
    assert Encounter.objects.seen_by(city.cast.viewer("diaz", at=at)).count() == before
