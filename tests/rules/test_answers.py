"""Kleene's three-valued logic: never more is said than is known."""

from itertools import product

import pytest

from offramp.rules.answers import Answer, all_, any_, not_, of

Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("these", "all_of_them", "any_of_them"),
    [
        ([], Y, N),
        ([Y, Y], Y, Y),
        ([Y, U], U, Y),
        ([Y, N], N, Y),
        ([U, U], U, U),
        ([U, N], N, U),
        ([N, N], N, N),
        ([Y, U, N], N, Y),
    ],
)
def test_all_and_any(these, all_of_them, any_of_them):
    assert all_(these) is all_of_them
    assert any_(these) is any_of_them


def test_not_known_stays_not_known():
    assert [not_(one) for one in (Y, N, U)] == [N, Y, U]


@pytest.mark.parametrize("these", list(product(Answer, repeat=3)))
def test_de_morgan_holds(these):
    assert not_(all_(these)) is any_([not_(one) for one in these])
    assert not_(any_(these)) is all_([not_(one) for one in these])


@pytest.mark.parametrize("these", list(product(Answer, repeat=3)))
def test_filling_in_what_is_unknown_never_turns_an_answer_round(these):
    filled = product(*([Y, N] if one is U else [one] for one in these))

    for complete in filled:
        for combine in (all_, any_):
            assert combine(these) in (U, combine(complete))


def test_a_known_truth_is_an_answer():
    assert (of(True), of(False)) == (Y, N)
