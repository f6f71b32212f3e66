"""Cells as real directories write them, and the schedules made of them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.formats.hsds import cells, fits
from offramp.formats.hsds.cells import BadCell, key_of
from offramp.formats.hsds.schedules import hours_of, rules_in, times
from offramp.formats.hsds.staging import Staged
from offramp.rules.hours import Hours, State
from offramp.rules.opening import Freq, Rule, Unusual

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


def schedule(zone="America/New_York", **said) -> Hours:
    return hours_of([Staged(1, "schedule", "1", "schedules.csv", 2, said)], zone_name=zone)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("8:00am", 480), ("9am", 540), ("9:00 am", 540), ("09:00", 540), ("9:00", 540), ("0900", 540), ("17:00:00", 1020), ("4:00 PM", 960),
        ("3pm", 900), ("12 a.m.", 0), ("12 p.m.", 720), ("noon", 720), ("Midnight", 0), ("24:00", 1440), ("10:00:00Z", 600), ("09:00-05:00", 540),
    ],
)  # fmt: skip
def test_times_of_day(said, minutes):
    assert cells.minutes_of(said) == minutes


@pytest.mark.parametrize("said", ["", "Closed", "25:00", "9:75", "13pm", "0am", "call", "24:30", "9-5"])
def test_what_is_no_time_is_not_guessed(said):
    with pytest.raises(BadCell, match="is no time of day"):
        cells.minutes_of(said)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Monday", (0,)),
        ("mon", (0,)),
        ("Tues.", (1,)),
        ("1", (0,)),
        ("7", (6,)),
        ("0", (6,)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Sat to Mon", (5, 6, 0)),
        ("TH,FR", (3, 4)),
    ],
)
def test_weekdays(said, days):
    assert cells.weekdays(said) == days


@pytest.mark.parametrize("said", ["8", "someday", "Mon-Wed-Fri"])
def test_what_is_no_weekday_is_not_guessed(said):
    with pytest.raises(BadCell):
        cells.weekdays(said)


@pytest.mark.parametrize(
    ("said", "day", "yearly"),
    [
        ("2026-11-24", date(2026, 11, 24), False),
        ("12/24/2015", date(2015, 12, 24), False),
        ("12/24/15", date(2015, 12, 24), False),
        ("January 01, 0001", date(2000, 1, 1), True),
        ("2023-03-15T10:30:45.123Z", date(2023, 3, 15), False),
    ],
)
def test_dates(said, day, yearly):
    assert cells.day_of(said) == (day, yearly)


@pytest.mark.parametrize("said", ["February 30, 2026", "24/12/2015", "soon", ""])
def test_impossible_dates(said):
    with pytest.raises(BadCell, match="is no date"):
        cells.day_of(said)


def test_a_moment_needs_a_zone():
    assert cells.moment_of("2024-09-25T14:23:06.5+01:00") == datetime(
        2024, 9, 25, 13, 23, 6, 500_000, tzinfo=UTC
    )
    assert cells.moment_of("2023-03-15T10:30:45.123Z").microsecond == 123_000
    with pytest.raises(BadCell, match="has no time zone"):
        cells.moment_of("2024-09-25T14:23:06")


@pytest.mark.parametrize(
    ("said", "state", "code"),
    [
        ("1441", "MA", "01441"),
        ("926", "PR", "00926"),
        ("926-1234", "PR", "00926-1234"),
        ("19107-4220", "PA", "19107-4220"),
        ("1441", "IL", "1441"),
        ("ABC 1234", "MA", "ABC 1234"),
    ],
)
def test_zip_codes_get_their_zeros_back_only_where_they_begin_with_zero(said, state, code):
    assert cells.postal_code(said, state) == code


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("650 780-7525", ("650 780-7525",)),
        ("(618) 453-3217; (618) 536-7711", ("(618) 453-3217", "(618) 536-7711")),
        ("(618) 394-7300 or (877) 342-7891", ("(618) 394-7300", "(877) 342-7891")),
        ("1-800-LAW-REP-4", ("1-800-LAW-REP-4",)),
        ('"+44 1234 234567"', ("+44 1234 234567",)),
        ("863-519-0575 x6223", ("863-519-0575 x6223",)),
    ],
)
def test_phones(said, numbers):
    assert cells.phones(said) == numbers


@pytest.mark.parametrize("said", ["no phone", "call us", "12"])
def test_what_is_no_phone(said):
    with pytest.raises(BadCell, match="is no phone number"):
        cells.phones(said)


@pytest.mark.parametrize(("said", "most"), [("100", 90), ("-180.1", 180), ("here", 90), ("", 90)])
def test_what_does_not_lie_on_the_globe(said, most):
    with pytest.raises(BadCell):
        cells.coordinate(said, most=most)


def test_a_number_becomes_a_stable_uuid_and_a_uuid_stays():
    assert key_of("county", "service", "1") == key_of("county", "service", "1")
    assert (
        len(
            {
                key_of("county", "service", "1"),
                key_of("county", "location", "1"),
                key_of("other", "service", "1"),
            }
        )
        == 3
    )
    uuid = "ac148810-d857-441c-9679-408f346de14b"
    assert str(key_of("county", "service", uuid)) == str(key_of("other", "service", uuid)) == uuid


# -- Schedules ------------------------------------------------------------------------------------------------------


def test_rule_parts_of_hsds_3():
    hours = schedule(freq="WEEKLY", byday="MO,TU", opens_at="10:00:00", closes_at="18:00:00")
    monthly = times({"freq": "MONTHLY", "byday": "2MO,-1FR", "opens_at": "10:00", "closes_at": "12:00"})

    assert hours.open_at(MONDAY).state is State.OPEN
    assert monthly == Rule(600, 720, Freq.MONTHLY, days=((2, 0), (-1, 4)))


def test_a_weekday_without_hours_is_closed_and_a_description_alone_is_not():
    assert schedule(weekday="Sunday").open_at(MONDAY).state is State.CLOSED
    told = schedule(description="By appointment")
    assert (told.open_at(MONDAY).state, told.said) == (State.UNKNOWN, "By appointment")


def test_closing_before_opening_is_the_next_day():
    assert times({"weekday": "Monday", "opens_at": "9am", "closes_at": "03:00"}) == Rule(
        540, 27 * 60, days=((0, 0),)
    )


@pytest.mark.parametrize("closes", ["24:00", "00:00", "23:59"])
def test_round_the_clock(closes):
    assert schedule(freq="DAILY", opens_at="00:00", closes_at=closes).open_at(MONDAY).all_day


@pytest.mark.parametrize(
    "said",
    [
        {"weekday": "Monday", "opens_at": "9am"},
        {"weekday": "Monday", "opens_at": "nine", "closes_at": "5pm"},
        {"freq": "YEARLY", "opens_at": "9am", "closes_at": "5pm"},
        {"byday": "XX", "opens_at": "9am", "closes_at": "5pm"},
        {"freq": "MONTHLY", "bymonthday": "first", "opens_at": "9am", "closes_at": "5pm"},
        {"valid_from": "whenever", "opens_at": "9am", "closes_at": "5pm"},
        {"timezone": "Mars", "opens_at": "9am", "closes_at": "5pm"},
        {"kind": "holiday", "start_date": "someday", "closed": "true"},
    ],
)
def test_a_row_of_hours_that_can_not_be_read_is_refused(said):
    with pytest.raises(BadCell):
        times(said)


def test_holidays_closed_or_short():
    assert times(
        {
            "kind": "holiday",
            "start_date": "January 01, 0001",
            "end_date": "January 01, 0001",
            "closed": "true",
        }
    ) == Unusual(date(2000, 1, 1), date(2000, 1, 1), yearly=True)
    short = times(
        {
            "kind": "holiday",
            "start_date": "12/24/2015",
            "end_date": "12/24/15",
            "closed": "false",
            "opens_at": "10:00",
            "closes_at": "16:00",
        }
    )
    assert short == Unusual(date(2015, 12, 24), date(2015, 12, 24), closed=False, opens=600, closes=960)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        (
            {"timezone": "-5"},
            "America/New_York",
        ),  # the place's own in winter: clocks will change with the place
        ({"timezone": "-4"}, "America/New_York"),
        ({"timezone": "3"}, "+03:00"),
        ({"timezone": "America/Chicago"}, "America/Chicago"),
        ({"opens_at": "14:00Z"}, "+00:00"),
        ({"opens_at": "09:00-05:00"}, "America/New_York"),
        ({}, "America/New_York"),
    ],
)
def test_the_zone_of_a_schedule(said, zone):
    assert schedule(**({"opens_at": "09:00", "closes_at": "17:00", "byday": "MO"} | said)).zone == zone


def test_hours_in_a_sentence():
    rules = rules_in("Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00  Tuesday: 8:30-12:00")

    assert rules == (
        Rule(0, 0, days=((0, 6),)),
        Rule(510, 720, days=((0, 0),)),
        Rule(780, 1020, days=((0, 0),)),
        Rule(510, 720, days=((0, 1),)),
    )
    assert rules_in("Mon-Fri 9-5pm") == (Rule(540, 1020, days=tuple((0, day) for day in range(5))),)
    assert rules_in("Saturdays 1-5pm") == (Rule(780, 1020, days=((0, 5),)),)
    assert rules_in("Available 24/7/365")[0].freq is Freq.DAILY


@pytest.mark.parametrize("said", ["By appointment", "Monday: call first", "third Tuesday of the month", ""])
def test_a_sentence_that_is_not_understood_whole_is_not_read(said):
    with pytest.raises(BadCell, match="could not be read as hours"):
        rules_in(said)


@given(
    st.dictionaries(
        st.sampled_from(
            (
                "freq",
                "byday",
                "weekday",
                "opens_at",
                "closes_at",
                "valid_from",
                "timezone",
                "interval",
                "start_date",
                "bymonthday",
            )
        ),
        st.text(max_size=12) | st.sampled_from(("MO", "9am", "17:00", "3", "WEEKLY", "2026-01-01")),
    )
)
def test_any_cells_are_read_or_refused(said):
    try:
        times(said)
    except BadCell as bad:
        message = str(bad)
        assert message.endswith(".")


# -- Whom it takes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("process", "how"),
    [
        ("Walk in or apply by phone.", "walk_in"),
        ("Walk-ins welcome", "walk_in"),
        ("No walk-ins.", "unknown"),
        ("Walk in or call. By appointment only.", "unknown"),
        ("Call first", "unknown"),
        ("", "unknown"),
    ],
)
def test_walk_ins_only_where_it_says_so(process, how):
    assert fits.how_in(process) == how


def test_payers_papers_and_languages_as_far_as_said():
    assert fits.payers("None.") == ("free",)
    assert fits.payers("None, except for permits") == ()
    assert fits.payers("Sliding scale", "Medi-Cal, Medicare") == ("medicaid", "medicare", "sliding_scale")
    assert fits.id_needed(["Government-issued picture identification"]) == "yes"
    assert fits.id_needed(["None"]) == "no"
    assert fits.id_needed([""]) == "unknown"
    assert fits.languages(["Chinese (Mandarin, Cantonese), Tagalog", "es"]) == ("zh", "tl", "es")
