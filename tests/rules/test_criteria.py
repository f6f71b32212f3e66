"""Criteria: three answers each, only questions that matter, the same after a trip through JSON."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from offramp.rules.answers import Answer
from offramp.rules.bank import (
    AGE,
    AMOUNT_HOW,
    BANK,
    DRUG_AMOUNT,
    DUI,
    LAST_DIVERSION,
    OFFENCE_CODE,
    OFFENCE_VIOLENT,
    PRIORS,
    RISK_BAND,
    SOMEONE_HURT,
    UNDER_18,
    WEAPON,
)
from offramp.rules.combine import AllOf, AnyOf, Not, all_of, any_of
from offramp.rules.criteria import AtLeast, AtMost, Is, IsNot, NoneOf, OneOf
from offramp.rules.facts import Facts
from offramp.rules.look_back import NoneWithin, NotWithin, Within
from offramp.rules.notation import BadCriterion, from_json, to_json
from offramp.rules.reading import read_facts
from offramp.rules.words import Role
from tests.rules.trees import QUESTIONS, completions, some_facts, trees

Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN
TODAY = date(2026, 3, 14)


def known(**raw) -> Facts:
    return read_facts(raw, BANK.values(), at=TODAY)


def asked(criterion, **raw) -> list[str]:
    return [question.fact for question in criterion.open_questions(known(**raw))]


# -- One fact -------------------------------------------------------------------------------------------------------

ONE_FACT = [
    (Is(WEAPON), {"weapon": "yes"}, Y),
    (Is(WEAPON), {"weapon": False}, N),
    (IsNot(WEAPON), {"weapon": "no"}, Y),
    (Is(RISK_BAND, "low"), {"risk_band": "high"}, N),
    (OneOf(RISK_BAND, ("low", "moderate")), {"risk_band": "moderate"}, Y),
    (NoneOf(RISK_BAND, ("high",)), {"risk_band": "high"}, N),
    (OneOf(OFFENCE_CODE, ("23H",)), {"offence_code": "petty_theft"}, Y),
    (NoneOf(OFFENCE_CODE, ("35A",)), {"offence_code": "35A"}, N),
    (OneOf(OFFENCE_CODE, ("35A",)), {"offence_code": "FL 999.99"}, U),
    (AtLeast(AGE, 18), {"age": 18}, Y),
    (AtLeast(AGE, 18), {"age": 17}, N),
    (AtMost(DRUG_AMOUNT, 3), {"drug_amount": 3}, Y),
    (AtMost(DRUG_AMOUNT, 3), {"drug_amount": 3.1}, N),
    (Within(LAST_DIVERSION, 90), {"last_diversion": "2025-12-14"}, Y),
    (Within(LAST_DIVERSION, 90), {"last_diversion": "2025-12-13"}, N),
    (NotWithin(LAST_DIVERSION, 90), {"last_diversion": "2025-12-13"}, Y),
]


@pytest.mark.parametrize(("criterion", "raw", "answer"), ONE_FACT)
def test_a_known_fact_is_answered(criterion, raw, answer):
    assert criterion.check(known(**raw)) is answer


@pytest.mark.parametrize("criterion", [criterion for criterion, _, _ in ONE_FACT])
def test_a_fact_nobody_gave_is_unknown_and_asked(criterion):
    assert criterion.check(known()) is U
    assert asked(criterion) == [criterion.fact]


@pytest.mark.parametrize("criterion", [criterion for criterion, _, _ in ONE_FACT])
def test_dont_know_is_unknown_and_not_asked_again(criterion):
    assert criterion.check(known(**{criterion.fact: "unknown"})) is U
    assert asked(criterion, **{criterion.fact: "unknown"}) == []


def test_without_the_day_a_look_back_is_unknown():
    facts = read_facts({"last_diversion": "2025-12-13"}, BANK.values())

    assert Within(LAST_DIVERSION, 90).check(facts) is U


# -- Amounts --------------------------------------------------------------------------------------------------------

SMALL = AtMost(DRUG_AMOUNT, 3, measured=AMOUNT_HOW)


@pytest.mark.parametrize(
    ("raw", "answer", "questions"),
    [
        ({"drug_amount": 2}, Y, []),
        ({"drug_amount": 2, "amount_how": "estimated"}, Y, []),
        ({"drug_amount": 5}, U, ["amount_how"]),
        ({"drug_amount": 5, "amount_how": "estimated"}, U, []),
        ({"drug_amount": 5, "amount_how": "measured"}, N, []),
        ({}, U, ["drug_amount"]),
    ],
)
def test_a_guess_above_the_limit_is_weighed_before_it_is_a_no(raw, answer, questions):
    assert SMALL.check(known(**raw)) is answer
    assert asked(SMALL, **raw) == questions


# -- Looking back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priors", "answer"),
    [
        ([], Y),
        ([{"type": "felony_conviction", "months_ago": 61}], Y),
        ([{"type": "felony_conviction", "months_ago": 60}], N),
        ([{"type": "felony_conviction", "on": "2025-03-14"}], N),
        ([{"type": "felony_conviction"}], U),
        ([{"type": "felony_conviction", "months_ago": "unknown"}], U),
        ([{"type": "arrest", "months_ago": 1}], Y),
        ([{"type": "felony_conviction"}, {"type": "felony_conviction", "months_ago": 3}], N),
    ],
)
def test_a_record_is_looked_at_so_far_back(priors, answer):
    criterion = NoneWithin(PRIORS, ("felony_conviction",), months=60)

    assert criterion.check(known(priors=priors)) is answer


def test_some_may_be_let_pass():
    two = [{"type": "arrest", "months_ago": 3}, {"type": "arrest", "months_ago": 5}]

    assert NoneWithin(PRIORS, ("arrest",), months=12, most=2).check(known(priors=two)) is Y
    assert NoneWithin(PRIORS, ("arrest",), months=12, most=1).check(known(priors=two)) is N
    assert NoneWithin(PRIORS, ("arrest",)).check(known(priors=two[:1])) is N


# -- Facts that follow from others ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "violent"),
    [
        ({"offence_code": "120"}, Y),
        ({"offence_code": "120", "offence_violent": "no"}, Y),
        ({"offence_code": "23C"}, N),
        ({"offence_code": "23C", "offence_violent": "yes"}, Y),
        ({"offence_code": "13B"}, U),
        ({"offence_code": "13B", "offence_violent": "no"}, N),
        ({"offence_code": "FL 999.99"}, U),
        ({}, U),
    ],
)
def test_violent_follows_from_the_table_and_either_yes_is_enough(raw, violent):
    assert Is(OFFENCE_VIOLENT).check(known(**raw)) is violent


def test_the_charge_is_asked_before_whether_it_was_violent():
    nonviolent = IsNot(OFFENCE_VIOLENT)

    assert asked(nonviolent) == ["offence_code"]
    assert asked(nonviolent, offence_code="13B") == ["offence_violent"]
    assert asked(nonviolent, offence_code="unknown") == ["offence_violent"]
    assert asked(nonviolent, offence_code="13B", offence_violent="unknown") == []
    assert asked(nonviolent, offence_code="90J") == []


def test_an_age_says_whether_they_are_under_18():
    assert IsNot(UNDER_18).check(known(age=18)) is Y
    assert IsNot(UNDER_18).check(known(age=17.9, under_18="no")) is N
    assert IsNot(UNDER_18).check(known(age="unknown", under_18="no")) is Y


def test_a_child_and_an_injury_are_never_overlooked_when_two_sources_disagree():
    assert IsNot(UNDER_18).check(known(age=20, under_18="yes")) is N
    assert IsNot(SOMEONE_HURT).check(known(injury="none", someone_hurt="yes")) is N
    assert IsNot(SOMEONE_HURT).check(known(injury="minor", someone_hurt="no")) is N
    assert IsNot(SOMEONE_HURT).check(known(injury="none")) is Y
    assert IsNot(DUI).check(known(offence_code="90D", dui="no")) is N


# -- Trees ----------------------------------------------------------------------------------------------------------


def test_a_question_that_cannot_matter_is_not_asked():
    either = any_of(Is(WEAPON), all_of(Is(RISK_BAND, "low"), AtLeast(AGE, 18)))

    assert asked(either) == ["weapon", "risk_band", "age"]
    assert asked(either, weapon="yes") == []
    assert asked(either, risk_band="high") == ["weapon"]
    assert asked(either, weapon="no", risk_band="low", age=30) == []


@given(trees(), some_facts())
def test_what_is_known_is_never_turned_round_by_more_facts(tree, raw):
    before = tree.check(Facts(raw))

    if before is not U:
        assert {tree.check(Facts(full)) for full in completions(raw)} == {before}


@given(trees(), some_facts())
def test_unknown_means_that_it_could_still_go_either_way(tree, raw):
    if tree.check(Facts(raw)) is U:
        assert {tree.check(Facts(full)) for full in completions(raw)} == {Y, N}


@given(trees(), some_facts())
def test_a_question_is_asked_exactly_when_its_answer_can_matter(tree, raw):
    open_now = {question.fact for question in tree.open_questions(Facts(raw))}

    assert open_now == {fact for fact in QUESTIONS if fact not in raw and can_matter(tree, raw, fact)}


def can_matter(tree, raw, fact):
    others = [one for one in QUESTIONS if one != fact]
    for full in completions(raw, of=others):
        outcomes = {tree.check(Facts(complete)) for complete in completions(full)}
        if len(outcomes) > 1:
            return True
    return False


# -- Notation -------------------------------------------------------------------------------------------------------


@given(trees())
def test_a_criterion_comes_back_from_json_the_same(tree):
    assert from_json(json.loads(json.dumps(to_json(tree))), QUESTIONS) == tree


@pytest.mark.parametrize(
    "criterion",
    [*(criterion for criterion, _, _ in ONE_FACT), SMALL, NoneWithin(PRIORS, ("arrest",), months=6, most=1)],
)
def test_every_operator_comes_back_with_its_words(criterion):
    worded = replace(
        criterion,
        name="it",
        because="It is so",
        but="It is not so",
        source="a source",
        override_by=Role.PROSECUTOR,
        unknown_goes_to=Role.SUPERVISOR,
    )

    assert from_json(json.loads(json.dumps(to_json(worded)))) == worded


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "not an operator"),
        ({"op": "perhaps", "fact": "weapon"}, "not an operator"),
        ({"op": "is", "fact": "moon"}, "No question fills"),
        ({"op": "is"}, "No question fills"),
        ({"op": "is", "fact": "age"}, "cannot be asked"),
        ({"op": "at_most", "fact": "weapon", "limit": 1}, "cannot be asked"),
        ({"op": "at_most", "fact": "age"}, "does not read"),
        ({"op": "at_most", "fact": "age", "limit": "many"}, "does not read"),
        ({"op": "is", "fact": "risk_band", "value": "purple"}, "not an answer"),
        ({"op": "one_of", "fact": "risk_band", "values": ["low", "purple"]}, "not an answer"),
        ({"op": "one_of", "fact": "risk_band", "values": "low"}, "does not read"),
        ({"op": "one_of", "fact": "offence_code", "values": ["23H", "ZZZ"]}, "not an offence"),
        ({"op": "none_within", "fact": "priors", "types": ["kindness"]}, "not an answer"),
        ({"op": "is", "fact": "weapon", "colour": "red"}, "no part of"),
        ({"op": "is", "fact": "weapon", "override_by": "mayor"}, "not a role"),
        ({"op": "is", "fact": "weapon", "override_by": "officer"}, "does not read"),
        ({"op": "is", "fact": "weapon", "because": "x" * 121}, "does not read"),
        ({"op": "not", "parts": []}, "does not read"),
        ({"op": "all_of", "parts": [{"op": "is", "fact": "moon"}]}, "No question fills"),
        ({"op": "all_of", "parts": "weapon"}, "does not read"),
        ({"op": "all_of", "parts": ["weapon"]}, "does not read"),
        ("weapon", "does not read"),
    ],
)
def test_data_that_is_no_criterion_is_refused_with_a_sentence(data, says):
    with pytest.raises(BadCriterion, match=says):
        from_json(data)


def test_parts_need_no_words_and_a_whole_may_be_empty():
    assert AllOf(()).check(known()) is Y
    assert AnyOf(()).check(known()) is N
    assert Not((Is(WEAPON),)).check(known(weapon="no")) is Y
