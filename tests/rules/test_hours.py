"""Opening hours: past midnight, round the clock, monthly clinics, holidays, zones and the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.rules.hours import ROUND_THE_CLOCK, Hours, State, in_words, known_zone, weekly
from offramp.rules.opening import DAY, Freq, Rule, Unusual

PACIFIC = ZoneInfo("America/Los_Angeles")
WEEK = "MO,TU,WE,TH,FR"


def there(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PACIFIC)


def office(**more) -> Hours:
    return Hours(rules=weekly(WEEK, "09:00", "17:00"), zone="America/Los_Angeles", **more)


@pytest.mark.parametrize(
    ("at", "state", "words"),
    [
        ("2026-11-23T09:00", State.OPEN, "Open until 5 pm"),  # a Monday, to the minute
        ("2026-11-23T16:59", State.OPEN, "Open until 5 pm"),
        ("2026-11-23T17:00", State.CLOSED, "Closed now, opens tomorrow at 9 am"),
        ("2026-11-23T08:59", State.CLOSED, "Closed now, opens at 9 am"),
        ("2026-11-27T18:00", State.CLOSED, "Closed now, opens Monday at 9 am"),
        ("2026-11-29T23:30", State.CLOSED, "Closed now, opens tomorrow at 9 am"),
    ],
)
def test_office_hours_in_words(at, state, words):
    opening = office().open_at(there(at))

    assert opening.state is state
    assert str(in_words(opening, at=there(at), zone_name="America/Los_Angeles")) == words


def test_hours_nobody_said_are_unknown_never_closed():
    opening = Hours().open_at(there("2026-11-23T03:00"))

    assert opening.state is State.UNKNOWN
    assert str(in_words(opening, at=there("2026-11-23T03:00"), zone_name="UTC")) == "Hours not known"


def test_hours_that_ended_long_ago_are_unknown_again():
    hours = Hours(rules=(Rule(opens=600, closes=1080, ends=date(2005, 1, 1)),), zone="UTC")

    assert hours.open_at(there("2026-11-23T12:00")).state is State.UNKNOWN


def test_past_midnight_belongs_to_the_evening_before():
    bar = Hours(rules=weekly("FR", "20:00", "02:00"), zone="America/Los_Angeles")

    assert bar.open_at(there("2026-11-28T01:59")).state is State.OPEN  # Saturday early morning
    assert bar.open_at(there("2026-11-28T02:00")).state is State.CLOSED
    assert bar.open_at(there("2026-11-27T01:00")).state is State.CLOSED  # Friday early morning
    late = bar.open_at(there("2026-11-27T22:00"))
    assert (
        str(in_words(late, at=there("2026-11-27T22:00"), zone_name="America/Los_Angeles"))
        == "Open until 2 am"
    )


@pytest.mark.parametrize(
    "rules",
    [
        ROUND_THE_CLOCK,
        weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "00:00"),
        weekly("MO,TU,WE,TH,FR,SA,SU", "07:00", "07:00"),
    ],
)
def test_round_the_clock_in_each_spelling(rules):
    at = there("2026-11-23T03:00")

    opening = Hours(rules=rules, zone="America/Los_Angeles").open_at(at)

    assert opening.all_day
    assert str(in_words(opening, at=at, zone_name="America/Los_Angeles")) == "Open 24 hours"


def test_stretches_that_touch_are_one():
    hours = Hours(rules=weekly("MO", "08:00", "12:00") + weekly("MO", "12:00", "18:00"), zone="UTC")

    assert hours.open_at(datetime(2026, 11, 23, 11, tzinfo=UTC)).until == datetime(
        2026, 11, 23, 18, tzinfo=UTC
    )


def test_a_day_marked_closed_makes_the_table_known():
    hours = Hours(rules=(Rule(opens=0, closes=0, days=((0, 6),)),), zone="UTC")

    assert hours.open_at(datetime(2026, 11, 29, 11, tzinfo=UTC)).state is State.CLOSED


def test_the_third_tuesday_of_a_month():
    clinic = Hours(
        rules=(Rule(opens=17 * 60, closes=19 * 60, freq=Freq.MONTHLY, days=((3, 1),)),), zone="UTC"
    )

    assert clinic.open_at(datetime(2026, 11, 17, 18, tzinfo=UTC)).state is State.OPEN
    shut = clinic.open_at(datetime(2026, 11, 24, 18, tzinfo=UTC))
    assert shut.state is State.CLOSED
    assert shut.opens_at == datetime(2026, 12, 15, 17, tzinfo=UTC)


def test_the_last_day_of_a_month():
    rule = Rule(opens=0, closes=60, freq=Freq.MONTHLY, monthdays=(-1,))

    assert [day for day in range(1, 32) if rule.falls_on(date(2026, 10, day))] == [31]
    assert Rule(opens=0, closes=60, days=((-1, 4),)).falls_on(date(2026, 11, 27))  # the last Friday


def test_every_second_week_counts_from_its_beginning():
    rule = Rule(opens=0, closes=60, days=((0, 2),), interval=2, begins=date(2026, 11, 4))

    assert rule.falls_on(date(2026, 11, 18))
    assert not rule.falls_on(date(2026, 11, 11))


def test_holidays_of_the_directory_and_of_the_calendar():
    yearly = Unusual(date(2001, 1, 1), date(2001, 1, 1), yearly=True)
    short = Unusual(date(2026, 12, 24), date(2026, 12, 24), closed=False, opens=600, closes=960)
    hours = office(unusual=(yearly, short))

    assert hours.open_at(there("2027-01-01T10:00")).state is State.CLOSED
    assert hours.open_at(there("2026-12-24T09:30")).state is State.CLOSED
    assert hours.open_at(there("2026-12-24T10:00")).until == there("2026-12-24T16:00").astimezone(UTC)
    assert hours.open_at(there("2026-11-26T10:00"), holidays={date(2026, 11, 26)}).holiday


def test_a_yearly_stretch_over_new_year():
    break_ = Unusual(date(2001, 12, 20), date(2001, 1, 5), yearly=True)

    assert break_.falls_on(date(2026, 12, 31))
    assert break_.falls_on(date(2027, 1, 5))
    assert not break_.falls_on(date(2027, 1, 6))


def test_the_wall_clock_decides_on_the_night_the_clocks_change():
    night = Hours(
        rules=weekly("SA", "20:00", "08:00"), zone="America/Los_Angeles"
    )  # 31 Oct to 1 Nov 2026 has 25 hours

    opening = night.open_at(there("2026-10-31T20:00"))

    assert opening.until - there("2026-10-31T20:00").astimezone(UTC) == timedelta(hours=13)


def test_a_fixed_offset_is_a_zone_and_nonsense_is_not():
    assert (
        Hours(rules=weekly("MO", "09:00", "10:00"), zone="+03:00")
        .open_at(datetime(2026, 11, 23, 6, 30, tzinfo=UTC))
        .state
        is State.OPEN
    )
    assert known_zone("America/Chicago")
    assert known_zone("-05:30")
    assert not known_zone("Middle/Earth")
    assert not known_zone("+later")


RULES = st.builds(
    Rule,
    opens=st.integers(0, DAY - 1),
    closes=st.integers(1, 2 * DAY),
    freq=st.sampled_from(Freq),
    days=st.lists(st.tuples(st.sampled_from((0, 1, -1)), st.integers(0, 6)), max_size=3).map(tuple),
    interval=st.integers(1, 3),
    begins=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by contract


@given(st.lists(RULES, max_size=4).map(tuple), MOMENTS)
def test_an_answer_never_contradicts_itself(rules, at):
    hours = Hours(rules=rules, zone="America/New_York")

    opening = hours.open_at(at)

    if opening.state is State.OPEN:
        assert opening.until > at
        assert hours.open_at(opening.until - timedelta(seconds=1)).state is State.OPEN
    if opening.opens_at:
        assert opening.opens_at > at
        assert hours.open_at(opening.opens_at).state is State.OPEN
        assert hours.open_at(opening.opens_at - timedelta(minutes=1)).state is State.CLOSED


@given(st.lists(RULES, max_size=4).map(tuple))
def test_hours_survive_being_written_down(rules):
    hours = Hours(
        rules=rules, unusual=(Unusual(date(2026, 1, 1), date(2026, 1, 2)),), zone="UTC", said="As usual"
    )

    again = Hours.from_json(hours.to_json())

    assert again == hours
