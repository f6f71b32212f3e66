"""Every code has words, and none of them blames."""

import re

import pytest

from offramp.rules import plain_words as plain
from offramp.rules import words
from tests.reading_ease import english_grade

TABLES = [
    (plain.TOLD, words.Told),
    (plain.ENDINGS, words.EncounterEnding),
    (plain.NOT_DIVERTED, words.NotDivertedReason),
    (plain.MODES, words.Mode),
    (plain.PROVIDER, words.ReferralState),
    (plain.NAVIGATOR, words.ReferralState),
    (plain.CANNOT_TAKE, words.CannotTakeReason),
    (plain.FRESHNESS, words.Freshness),
    (plain.STAGES, words.Stage),
    (plain.PARTICIPANT, words.Stage),
    (plain.CHARGES, words.ChargeHoldState),
    (plain.KINDS, words.Kind),
    (plain.SIDES, words.Side),
    (plain.ROLES, words.Role),
]
BLAMING = re.compile(
    r"fail|complian|dropped out|reject|refus|offender|suspect|client|abus|addict|slot|\bcase\b", re.I
)


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_every_code_has_words(table, codes):
    assert set(table) == set(codes)


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_the_words_are_plain_short_and_kind(table, codes):
    said = [str(message) for message in table.values()]

    assert [each for each in said if BLAMING.search(each) or "_" in each or len(each) > 45] == []
    # Job titles are what they are.
    assert codes is words.Role or english_grade(". ".join(said)) <= 7


def test_the_officer_is_told_one_of_four_words():
    assert [str(word) for word in plain.TOLD.values()] == ["Met", "Engaged", "Moving on", "No information"]


def test_whoever_is_away_is_welcome_back():
    for stage in (words.Stage.PAUSED, words.Stage.CLOSED_DISENGAGED):
        assert "back" in str(plain.STAGES[stage])
        assert "back" in str(plain.PARTICIPANT[stage])
