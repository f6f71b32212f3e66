"""Saying how much room there is, and keeping a place: T08, T09, and never oversold."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from offramp.actions import capacity
from offramp.actions.capacity import HoldIsOver, NoRoom
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity, CapacitySaid, PlaceHold, left_at, write_count
from offramp.records.ledger import Entry
from offramp.records.service import Service
from offramp.rules.duties import NotTheirDuty
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def harbor() -> Service:
    return Service.objects.create(agency=Agency.objects.create(name="Harbor"), name="Harbor Stabilization")


@pytest.fixture
def desk(harbor) -> Viewer:
    return Viewer(user_id=7, agency_id=harbor.agency_id, role=Role.PROVIDER, purpose="intake", at=AT)


def say(desk, harbor, n, at=AT, **more) -> Capacity:
    return capacity.say(viewer=desk, at=at, service_key=harbor.key, open_places=n, **more)


def hold(harbor, at=AT) -> PlaceHold:
    return capacity.hold_place(service_id=harbor.pk, at=at, key=uuid.uuid4())


def test_a_desk_says_and_the_card_knows_when_and_who(desk, harbor):
    count = say(desk, harbor, 2)

    assert (count.open_places, count.said_at, count.said_by_user) == (2, AT, 7)
    assert Entry.objects.get().deed == "say_capacity"
    assert Entry.objects.get().details == {"open_places": 2}


def test_everything_said_is_kept(desk, harbor):
    say(desk, harbor, 2)
    say(desk, harbor, 0, at=AT + HOUR)

    assert list(CapacitySaid.objects.order_by("said_at").values_list("open_places", flat=True)) == [2, 0]
    assert Capacity.objects.get().open_places == 0


def test_an_older_count_never_overwrites_a_newer_one(desk, harbor):
    say(desk, harbor, 2)

    assert not write_count(service_id=harbor.pk, unit="place", open_places=9, said_at=AT - HOUR)
    assert Capacity.objects.get().open_places == 2


def test_still_right_says_the_same_again(desk, harbor):
    say(desk, harbor, 2, maximum=8)

    (count,) = capacity.still_right(viewer=desk, at=AT + 3 * HOUR, service_key=harbor.key)

    assert (count.open_places, count.maximum, count.said_at) == (2, 8, AT + 3 * HOUR)


def test_still_right_needs_something_said(desk, harbor):
    with pytest.raises(Refused, match="Say a number first"):
        capacity.still_right(viewer=desk, at=AT, service_key=harbor.key)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.PROSECUTOR, Role.CLINICIAN, None])
def test_only_those_with_the_duty_say(desk, harbor, role):
    viewer = Viewer(user_id=7, agency_id=harbor.agency_id, role=role, purpose="", at=AT)

    with pytest.raises(NotTheirDuty):
        say(viewer, harbor, 2)
    assert not Capacity.objects.exists()


def test_another_agencys_desk_learns_nothing_and_says_nothing(harbor):
    other = Viewer(
        user_id=8, agency_id=Agency.objects.create(name="Northside").pk, role=Role.PROVIDER, purpose="", at=AT
    )

    with pytest.raises(NotFound):
        say(other, harbor, 2)


def test_a_closed_service_says_nothing(desk, harbor):
    Service.objects.update(closed_at=AT)

    with pytest.raises(NotFound):
        say(desk, harbor, 2)


@pytest.mark.parametrize("n", [-1, 1000])
def test_a_number_that_makes_no_sense_is_refused(desk, harbor, n):
    with pytest.raises(BadInput, match="from 0 to 999"):
        say(desk, harbor, n)


def test_more_open_than_there_are_is_refused(desk, harbor):
    with pytest.raises(BadInput, match="12 places can not be open where there are 10"):
        say(desk, harbor, 12, maximum=10)


def test_a_place_is_kept_until_none_is_left(desk, harbor):
    say(desk, harbor, 2)
    hold(harbor)
    hold(harbor)

    with pytest.raises(NoRoom, match="Choose the next place"):
        hold(harbor)
    assert PlaceHold.objects.count() == 2


def test_the_same_key_keeps_the_same_place(desk, harbor):
    say(desk, harbor, 1)
    key = uuid.uuid4()

    first = capacity.hold_place(service_id=harbor.pk, at=AT, key=key)
    again = capacity.hold_place(service_id=harbor.pk, at=AT, key=key)

    assert first.pk == again.pk


@pytest.mark.parametrize("age", [timedelta(hours=12, seconds=1), -timedelta(hours=1)])
def test_an_old_count_or_one_from_the_future_keeps_nothing(desk, harbor, age):
    say(desk, harbor, 2, at=AT - age)

    with pytest.raises(NoRoom):
        hold(harbor)


def test_a_place_nobody_spoke_of_is_not_kept(harbor):
    with pytest.raises(NoRoom):
        hold(harbor)


def test_t08_a_hold_runs_out_by_the_clock_alone(desk, harbor):
    say(desk, harbor, 1)
    hold(harbor)

    with pytest.raises(NoRoom):
        hold(harbor, at=AT + 2 * HOUR - timedelta(seconds=1))
    assert hold(harbor, at=AT + 2 * HOUR)


def test_a_place_given_back_is_free_at_once_and_only_once(desk, harbor):
    say(desk, harbor, 1)
    key = hold(harbor).key

    assert capacity.free_place(hold_key=key, at=AT)
    assert not capacity.free_place(hold_key=key, at=AT)
    assert not capacity.fill_place(hold_key=key, at=AT)
    assert hold(harbor)


def test_a_filled_place_stays_taken_until_the_desk_counts_again(desk, harbor):
    count = say(desk, harbor, 1)
    capacity.fill_place(hold_key=hold(harbor).key, at=AT + HOUR)

    assert left_at(count, AT + 5 * HOUR) == 0
    assert left_at(say(desk, harbor, 1, at=AT + 2 * HOUR), AT + 5 * HOUR) == 1  # counted with them inside


def test_those_on_the_way_are_not_in_a_new_count(desk, harbor):
    say(desk, harbor, 1)
    hold(harbor)

    count = say(desk, harbor, 1, at=AT + HOUR)  # the chair is still empty: they are on the way

    assert left_at(count, AT + HOUR) == 0


def test_who_arrives_late_still_takes_up_room(desk, harbor):
    count = say(desk, harbor, 1)
    key = hold(harbor).key

    assert capacity.fill_place(hold_key=key, at=AT + 3 * HOUR)
    assert left_at(count, AT + 3 * HOUR) == 0


def test_t08_kept_longer_once_and_for_a_barrier_to_a_day(desk, harbor):
    say(desk, harbor, 1)
    key = hold(harbor).key

    assert capacity.extend_place(hold_key=key, at=AT + HOUR).expires_at == AT + 6 * HOUR
    with pytest.raises(HoldIsOver):
        capacity.extend_place(hold_key=key, at=AT + 2 * HOUR)
    assert capacity.keep_for_barrier(hold_key=key, at=AT + 5 * HOUR).expires_at == AT + 24 * HOUR


@pytest.mark.parametrize("ending", [capacity.free_place, capacity.fill_place])
def test_what_is_over_is_not_kept_longer(desk, harbor, ending):
    say(desk, harbor, 1)
    key = hold(harbor).key
    ending(hold_key=key, at=AT)

    with pytest.raises(HoldIsOver):
        capacity.extend_place(hold_key=key, at=AT + HOUR)


def test_a_slow_clock_does_not_take_a_place_back(desk, harbor):
    say(desk, harbor, 1)
    mine = hold(harbor)
    hold(harbor, at=AT + 2 * HOUR)  # by their clock mine has run out

    with pytest.raises(HoldIsOver):
        capacity.extend_place(hold_key=mine.key, at=AT + 2 * HOUR - timedelta(seconds=1))


def test_a_forged_key_finds_nothing():
    with pytest.raises(NotFound):
        capacity.extend_place(hold_key=uuid.uuid4(), at=AT)
    assert not capacity.free_place(hold_key=uuid.uuid4(), at=AT)


def test_a_second_unit_is_used_when_the_first_is_full(desk, harbor):
    say(desk, harbor, 1, unit="bed")
    say(desk, harbor, 1, unit="chair")

    units = {hold(harbor).capacity.unit, hold(harbor).capacity.unit}

    assert units == {"bed", "chair"}


def test_answers_are_counted_for_likelihood(harbor):
    capacity.answered(service_id=harbor.pk, asked=1, taken=1)
    capacity.answered(service_id=harbor.pk, asked=1, taken=0)

    harbor.refresh_from_db()
    assert (harbor.asked, harbor.taken) == (2, 1)


def test_of_many_answers_the_older_half_is_forgotten(harbor):
    for number in range(40):
        capacity.answered(service_id=harbor.pk, asked=1, taken=number % 2)

    harbor.refresh_from_db()
    assert (harbor.asked, harbor.taken) == (20, 10)


def test_a_word_taken_back_never_counts_below_nothing(harbor):
    capacity.answered(service_id=harbor.pk, asked=-1, taken=-1)

    harbor.refresh_from_db()
    assert (harbor.asked, harbor.taken) == (0, 0)
