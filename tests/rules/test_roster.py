"""Timer T01: the first is told at once, the next when five minutes pass unanswered, and nobody twice."""

from datetime import UTC, datetime, timedelta

import pytest

from offramp.rules.roster import called, in_order

SINCE = datetime(2026, 11, 24, 22, 38, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return SINCE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "told", "then", "then_in"),
    [
        (0, ("Dana",), "Brooks", 5),
        (4.9, ("Dana",), "Brooks", 5),
        (5, ("Dana", "Brooks"), "Ortiz", 10),
        (10, ("Dana", "Brooks", "Ortiz"), None, 15),
        (14.9, ("Dana", "Brooks", "Ortiz"), None, 15),
    ],
)
def test_the_next_is_told_every_five_minutes(minutes, told, then, then_in):
    call = called(["Dana", "Brooks", "Ortiz"], since=SINCE, at=at(minutes))

    assert (call.told, call.then, call.then_at) == (told, then, at(then_in))
    assert not call.everybody


def test_after_the_last_everybody_was_called():
    call = called(["Dana", "Brooks"], since=SINCE, at=at(10))

    assert call.told == ("Dana", "Brooks") and call.everybody


def test_with_nobody_on_it_waits_five_minutes_all_the_same():
    assert not called([], since=SINCE, at=at(4)).everybody
    assert called([], since=SINCE, at=at(5)).everybody


def test_whoever_passed_it_on_is_called_last():
    assert in_order(["Dana", "Brooks", "Ortiz"], passed=["Dana"]) == ("Brooks", "Ortiz", "Dana")
    assert in_order(["Dana"], passed=["Dana", "Dana"]) == ("Dana",)
