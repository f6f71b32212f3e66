"""What is due when: months at their ends, business days over holidays, packs that set their own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offramp.rules import capacity
from offramp.rules.clocks import REGISTER, Basis, NoSuchTimer, due_times, timer
from offramp.rules.spans import Span, add_months, business_days, days, hours, months, read_span

FRIDAY = datetime(2026, 11, 20, 22, 41, tzinfo=UTC)


def test_the_register_is_whole():
    assert list(REGISTER) == [f"T{n:02}" for n in range(1, 34)]
    assert all(line.marks and str(line.says) for line in REGISTER.values())


def test_what_is_sourced_names_its_source():
    assert [line.id for line in REGISTER.values() if line.basis is Basis.SOURCED and not line.source] == []


def test_a_timer_nobody_knows():
    with pytest.raises(NoSuchTimer, match="no timer called T99"):
        timer("T99")


def test_every_mark_falls_after_the_start():
    due = due_times("T04", FRIDAY)

    assert due == {
        "due": FRIDAY + timedelta(hours=24),
        "warn": FRIDAY + timedelta(hours=48),
        "breach": FRIDAY + timedelta(hours=72),
    }


def test_a_pack_sets_its_own_length():
    assert due_times("T14", FRIDAY, set_to={"T14": days(7)}) == {"due": FRIDAY + timedelta(days=7)}
    assert due_times("T10", FRIDAY, set_to={"T10": hours(12)})["nudge"] == FRIDAY + timedelta(hours=12)


@pytest.mark.parametrize(
    ("start", "n", "holidays", "end"),
    [
        (FRIDAY, 1, (), date(2026, 11, 23)),
        (FRIDAY, 2, (), date(2026, 11, 24)),
        (FRIDAY, 5, (date(2026, 11, 26),), date(2026, 11, 30)),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), 1, (), date(2026, 11, 23)),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), 1, (date(2026, 12, 25),), date(2026, 12, 28)),
    ],
)
def test_business_days_pass_over_weekends_and_holidays(start, n, holidays, end):
    due = business_days(n).after(start, frozenset(holidays))

    assert due.date() == end
    assert due.time() == start.time()


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (datetime(2026, 8, 31, tzinfo=UTC), 6, date(2027, 2, 28)),
        (datetime(2027, 8, 31, tzinfo=UTC), 6, date(2028, 2, 29)),
        (datetime(2026, 12, 15, tzinfo=UTC), 1, date(2027, 1, 15)),
        (datetime(2026, 1, 31, tzinfo=UTC), 12, date(2027, 1, 31)),
    ],
)
def test_a_month_ends_where_it_ends(start, n, end):
    assert add_months(start, n).date() == end


def test_an_hour_is_an_hour_when_the_clocks_change():
    before = datetime(2026, 10, 31, 23, 30, tzinfo=ZoneInfo("America/New_York"))

    assert hours(24).after(before).astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=24)
    assert hours(24).after(before).hour == 22


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (hours(1), "1 hour"),
        (hours(72), "72 hours"),
        (days(14), "14 days"),
        (days(0), "0 days"),
        (months(6), "6 months"),
        (business_days(2), "2 business days"),
        (Span(timedelta(seconds=90)), "90 seconds"),
        (Span(timedelta(minutes=90)), "90 minutes"),
        (read_span("days", 1), "24 hours"),
    ],
)
def test_a_length_is_said_as_people_say_it(span, words):
    assert str(span) == words


@pytest.mark.parametrize(
    ("unit", "n"), [("fortnights", 1), ("days", -1), ("days", 1.5), ("days", True), ("days", 10**9)]
)
def test_a_length_that_is_none_does_not_read(unit, n):
    with pytest.raises((KeyError, ValueError)):
        read_span(unit, n)


def test_capacity_keeps_the_registers_numbers():
    fresh, kept = dict(timer("T09").marks), dict(timer("T08").marks)

    assert (fresh["green"].fixed, fresh["amber"].fixed) == (capacity.GREEN_FOR, capacity.AMBER_FOR)
    assert tuple(
        kept[mark].fixed for mark in ("due", "extended", "barrier")
    ) == (capacity.HOLD_FOR, capacity.EXTENDED_TO, capacity.BARRIER_TO)
