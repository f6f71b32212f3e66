"""Facts are read strictly: every slip ends in one clear sentence."""

from datetime import date

import pytest

from offramp.rules.bank import BANK
from offramp.rules.questions import Asked, Type
from offramp.rules.reading import BadFact, months_between, read_facts
from tests.reading_ease import english_grade

TODAY = date(2026, 3, 14)


def read(**raw):
    return read_facts(raw, BANK.values(), at=TODAY)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"zodiac": "leo"}, "no fact called “zodiac”"),
        ({"wepon": "yes"}, "Did you mean “weapon”"),
        ({"weapon": "perhaps"}, "yes/no question"),
        ({"weapon": 1}, "yes/no question"),
        ({"weapon": ["yes"]}, "yes/no question"),
        ({"risk_band": "purple"}, "one of low, moderate, high"),
        ({"risk_band": True}, "one of low, moderate, high"),
        ({"age": "thirty"}, "a number from 0 up"),
        ({"age": True}, "a number from 0 up"),
        ({"age": -1}, "a number from 0 up"),
        ({"age": float("nan")}, "a number from 0 up"),
        ({"age": float("inf")}, "a number from 0 up"),
        ({"age": 10**30}, "a number from 0 up"),
        ({"last_diversion": "yesterday"}, "a day like"),
        ({"last_diversion": 20260101}, "a day like"),
        ({"last_diversion": "2026-02-30"}, "a day like"),
        ({"last_diversion": "2026-03-15"}, "has not come yet"),
        ({"offence_code": "gibberish"}, "do not know the offence"),
        ({"offence_code": []}, "a list of offences"),
        ({"offence_code": [23]}, "a list of offences"),
        ({"offence_code": {"code": "23H"}}, "a list of offences"),
        ({"priors": "none"}, "must be a list"),
        ({"priors": ["felony"]}, "needs a type"),
        ({"priors": [{"type": "kindness"}]}, "not a type"),
        ({"priors": [{"months_ago": 3}]}, "not a type"),
        ({"priors": [{"type": "arrest", "months_ago": -3}]}, "a number from 0 up"),
        ({"priors": [{"type": "arrest", "on": "soon"}]}, "a day like"),
        ({"priors": [{"type": "arrest", "colour": "red"}]}, "needs a type"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(raw, says):
    with pytest.raises(BadFact, match=says) as refused:
        read(**raw)

    assert len(str(refused.value)) < 400


def test_a_date_in_a_record_is_checked_even_without_a_day_to_count_from():
    with pytest.raises(BadFact, match="a day like"):
        read_facts({"priors": [{"type": "arrest", "on": "soon"}]}, BANK.values())


def test_none_is_not_asked_yet_and_unknown_is_asked():
    facts = read(weapon=None, domestic="unknown")

    assert not facts.asked("weapon")
    assert facts.said_unknown("domestic")
    assert facts.get("domestic") is None


def test_plain_values_are_taken_as_people_write_them():
    facts = read(
        weapon=True, age=31.5, risk_band="low", offence_code="petty theft", last_diversion=date(2026, 1, 2)
    )

    assert facts.get("weapon") == "yes"
    assert facts.offences[0].code == "23H"
    assert facts.get("last_diversion") == date(2026, 1, 2)


def test_months_are_counted_by_day():
    assert months_between(date(2025, 3, 14), TODAY) == 12
    assert 11 < months_between(date(2025, 3, 20), TODAY) < 12


# -- The bank -------------------------------------------------------------------------------------------------------


def test_every_question_is_short_plain_and_ends_with_a_question_mark():
    said = [str(question.words) for question in BANK.values()]

    assert [words for words in said if not words.endswith("?") or len(words) > 60] == []
    assert english_grade(" ".join(said)) <= 6


def test_every_choice_question_has_short_choices():
    for question in BANK.values():
        if question.type in (Type.CHOICE, Type.LIST):
            assert 2 <= len(question.choices) <= 12
            assert [str(choice.words) for choice in question.choices if len(str(choice.words)) > 32] == []


def test_no_question_is_about_who_they_look_like():
    forbidden = {
        "race",
        "ethnicity",
        "sex",
        "gender",
        "nationality",
        "immigration",
        "citizen",
        "religion",
        "disability",
    }

    assert {fact for fact in BANK if set(fact.split("_")) & forbidden} == {"promoting_sex_work"}


def test_ticks_are_yes_no():
    assert {question.type for question in BANK.values() if question.asked is Asked.TICK} == {Type.YES_NO}
