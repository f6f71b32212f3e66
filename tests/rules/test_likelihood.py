"""What a service is judged by: each person it was asked for counts once, and their own reasons count for nothing."""

import pytest

from offramp.rules.likelihood import Tally, in_words, share, tally
from offramp.rules.words import CannotTakeReason, ReferralState

S = ReferralState
YES, NO, NOTHING = Tally(1, 1), Tally(1, 0), Tally()


def test_a_place_that_is_asked_counts_when_it_answers():
    assert tally(S.REQUESTED, was_asked=True) == NOTHING
    assert {tally(state, was_asked=True) for state in (S.ACCEPTED, S.PLACE_HELD, S.EN_ROUTE, S.ARRIVED, S.STARTED, S.ENDED)} == {YES}


def test_a_walk_in_place_counts_when_somebody_arrives_or_is_turned_away():
    assert tally(S.EN_ROUTE, was_asked=False) == NOTHING
    assert tally(S.ARRIVED, was_asked=False) == YES
    assert tally(S.REJECTED_AT_DOOR, was_asked=False, reason="full") == NO


def test_no_answer_in_time_is_a_no():
    assert tally(S.EXPIRED, was_asked=True) == NO


@pytest.mark.parametrize("reason", [CannotTakeReason.PERSON_CHANGED_MIND, CannotTakeReason.PERSON_NOT_REACHED])
def test_the_persons_own_reasons_count_for_nothing(reason):
    assert tally(S.REJECTED, was_asked=True, reason=reason.value) == NOTHING


def test_a_yes_that_became_a_no_is_one_no():
    before, after = tally(S.ACCEPTED, was_asked=True), tally(S.REJECTED, was_asked=True, reason="full")

    assert before == YES and after - before == Tally(0, -1)


def test_few_answers_say_nothing():
    assert str(in_words(4, 4)) == "Too few answers yet to tell" and share(4, 4) is None
    assert str(in_words(10, 7)) == "Said yes to 7 of 10 lately" and share(10, 7) == 70
