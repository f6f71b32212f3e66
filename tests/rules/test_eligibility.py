"""How findings add up to a verdict, who may set one aside, and what several offences come to."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.rules.answers import Answer
from offramp.rules.bank import AGREES, BANK, OFFENCE_VIOLENT, RESIDENCE, RISK_BAND, WEAPON
from offramp.rules.criteria import Is, IsNot, OneOf
from offramp.rules.eligibility import Finding, MayNotOverride, MixedCharges, judge
from offramp.rules.facts import Facts
from offramp.rules.reading import read_facts
from offramp.rules.words import Role
from tests.rules.trees import some_facts, trees

Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN

NONVIOLENT = IsNot(OFFENCE_VIOLENT, name="nonviolent", because="It is nonviolent", but="It is violent")
NO_WEAPON = IsNot(WEAPON, name="no_weapon", because="No weapon", but="A weapon", override_by=Role.SUPERVISOR)
LIVES_NEAR = OneOf(
    RESIDENCE, ("city",), name="lives_near", because="They live near", override_by=Role.PROSECUTOR
)
LOW_RISK = OneOf(
    RISK_BAND,
    ("low",),
    name="low_risk",
    because="The risk is low",
    override_by=Role.SUPERVISOR,
    unknown_goes_to=Role.SUPERVISOR,
)
AGREED = Is(AGREES, name="agrees", because="They agree", but="They do not agree")
ALL = (NONVIOLENT, NO_WEAPON, LIVES_NEAR, LOW_RISK, AGREED)
GOOD = {"offence_code": "23C", "weapon": "no", "residence": "city", "risk_band": "low", "agrees": "yes"}


def verdict_on(criteria=ALL, *, overrides=None, mixed=MixedCharges.ALL_MUST_QUALIFY, **changed):
    raw = {**GOOD, **changed}
    return judge(criteria, read_facts(raw, BANK.values()), overrides=overrides, mixed=mixed)


def test_all_so_is_a_yes_with_every_reason():
    verdict = verdict_on()

    assert verdict.answer is Y
    assert verdict.needs is None
    assert verdict.asks == ()
    assert [str(finding.reason) for finding in verdict.findings][:2] == ["It is nonviolent", "No weapon"]


@pytest.mark.parametrize(
    ("changed", "answer", "needs", "asks"),
    [
        # An absolute no decides, whatever else is open.
        ({"offence_code": "120"}, N, None, []),
        ({"offence_code": "120", "risk_band": None, "weapon": None}, N, None, []),
        ({"agrees": "no"}, N, None, []),
        # A presumptive no waits for the role it names; the higher one when there are two.
        ({"weapon": "yes"}, U, "supervisor", []),
        ({"residence": "elsewhere"}, U, "prosecutor", []),
        ({"weapon": "yes", "residence": "elsewhere"}, U, "prosecutor", []),
        ({"weapon": "yes", "residence": None}, U, "supervisor", ["residence"]),
        # Not known yet is a question, not a no.
        ({"weapon": None}, U, None, ["weapon"]),
        ({"weapon": None, "agrees": None}, U, None, ["weapon", "agrees"]),
        # Asked and not known is somebody's decision.
        ({"weapon": "unknown"}, U, "supervisor", []),
        ({"residence": "unknown"}, U, "prosecutor", []),
        ({"agrees": "unknown"}, U, "supervisor", []),
        # Unknown risk ends in "needs supervisor", not in "no"; it is still asked.
        ({"risk_band": None}, U, "supervisor", ["risk_band"]),
        ({"risk_band": "unknown"}, U, "supervisor", []),
        ({"risk_band": None, "weapon": None}, U, None, ["weapon", "risk_band"]),
    ],
)
def test_how_findings_add_up(changed, answer, needs, asks):
    verdict = verdict_on(**changed)

    assert verdict.answer is answer
    assert verdict.needs == (needs and Role(needs))
    assert [question.fact for question in verdict.asks] == asks
    assert len(verdict.findings) == len(ALL)


def test_what_only_the_person_can_say_is_asked_last():
    verdict = verdict_on((AGREED, NO_WEAPON), agrees=None, weapon=None)

    assert [question.fact for question in verdict.asks] == ["weapon", "agrees"]


def test_it_may_be_offered_once_only_their_own_word_is_open():
    assert verdict_on(agrees=None).offerable
    assert verdict_on().offerable
    assert not verdict_on(agrees=None, weapon=None).offerable
    assert not verdict_on(agrees=None, weapon="yes").offerable
    assert not verdict_on(agrees="no").offerable


# -- Set aside ------------------------------------------------------------------------------------------------------


def test_a_supervisor_sets_a_finding_aside_and_it_stays_told():
    verdict = verdict_on(weapon="yes", overrides={"no_weapon": Role.SUPERVISOR})

    [lifted] = [finding for finding in verdict.findings if finding.criterion == "no_weapon"]
    assert verdict.answer is Y
    assert (lifted.answer, lifted.overridden_by) == (N, Role.SUPERVISOR)


def test_a_supervisor_signs_off_an_unknown_risk():
    assert verdict_on(risk_band="unknown", overrides={"low_risk": Role.SUPERVISOR}).answer is Y


def test_a_prosecutor_may_do_what_a_supervisor_may():
    assert verdict_on(weapon="yes", overrides={"no_weapon": Role.PROSECUTOR}).answer is Y


@pytest.mark.parametrize(
    ("changed", "overrides", "says"),
    [
        ({"offence_code": "120"}, {"nonviolent": Role.PROSECUTOR}, "Nobody may"),
        ({"agrees": "unknown"}, {"agrees": Role.SUPERVISOR}, "Nobody may"),
        ({"residence": "elsewhere"}, {"lives_near": Role.SUPERVISOR}, "Only a prosecutor"),
        ({"weapon": "yes"}, {"no_weapon": Role.OFFICER}, "Only a supervisor"),
        ({}, {"moon": Role.SUPERVISOR}, "no criterion called “moon”"),
    ],
)
def test_nobody_sets_aside_what_is_not_theirs(changed, overrides, says):
    with pytest.raises(MayNotOverride, match=says):
        verdict_on(overrides=overrides, **changed)


def test_setting_aside_what_is_so_anyway_leaves_no_mark():
    verdict = verdict_on(overrides={"no_weapon": Role.SUPERVISOR})

    assert {finding.overridden_by for finding in verdict.findings} == {None}


# -- Several offences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "mixed", "answer", "each"),
    [
        (["23C", "90J"], MixedCharges.ALL_MUST_QUALIFY, Y, [Y, Y]),
        (["23C", "120"], MixedCharges.ALL_MUST_QUALIFY, N, [Y, N]),
        (["23C", "120"], MixedCharges.LEAD_CHARGE, Y, []),
        (["120", "23C"], MixedCharges.LEAD_CHARGE, N, []),
        (["120", "23C"], MixedCharges.SPLIT, Y, [N, Y]),
        (["120", "13A"], MixedCharges.SPLIT, N, [N, N]),
        (["23C", "13B"], MixedCharges.ALL_MUST_QUALIFY, U, [Y, U]),
        (["13B", "120"], MixedCharges.SPLIT, U, [U, N]),
    ],
)
def test_several_offences(codes, mixed, answer, each):
    verdict = verdict_on(offence_code=codes, mixed=mixed)

    assert verdict.answer is answer
    assert [alone for _, alone in verdict.offences] == each


# -- For keeping ----------------------------------------------------------------------------------------------------


def test_a_finding_comes_back_from_json_the_same():
    verdict = verdict_on(weapon="yes", overrides={"no_weapon": Role.SUPERVISOR})
    kept = json.loads(json.dumps(verdict.to_json()))

    assert tuple(Finding.from_json(one) for one in kept["findings"]) == verdict.findings


@given(st.lists(trees(), min_size=1, max_size=4), some_facts())
def test_every_criterion_is_looked_at_and_no_verdict_is_a_dead_end(several, raw):
    criteria = [
        type(tree)(**{**vars(tree), "name": str(n), "because": "It is so"}) for n, tree in enumerate(several)
    ]

    verdict = judge(criteria, Facts(raw))

    assert len(verdict.findings) == len(criteria)
    assert all(str(finding.reason) for finding in verdict.findings)
    # Whatever is not decided has a question to ask or somebody who decides.
    assert (verdict.answer is U) == bool(verdict.asks or verdict.needs)
