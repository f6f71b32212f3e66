"""Packs: read strictly, sealed once active, never touching what is fixed, and saying what their sources say."""

import tomllib
from datetime import date

import pytest

from offramp import pathways
from offramp.rules import packs
from offramp.rules.answers import Answer
from offramp.rules.pack import BadPack, PackState, read_pack, seal_of
from offramp.rules.packs import NoSuchPack
from offramp.rules.words import Role

TODAY = date(2026, 3, 14)

DRAFT = """
title = "A town"
place = "A town"
edition = 1
state = "draft"
citation = "Order 1"
effective_from = 2026-01-01
{extra}
[pathways.officer_intervention]
{inside}
"""


def draft(extra="", inside=""):
    return read_pack(DRAFT.format(extra=extra, inside=inside), name="town")


def approved(state="active", extra="", seal=None):
    text = DRAFT.format(
        extra='approved_by = "Council"\napproved_on = 2025-12-01\n' + extra, inside=""
    ).replace("draft", state)
    return text.replace('state = "', f'seal = "{seal or seal_of(tomllib.loads(text))}"\nstate = "')


# -- Those that ship ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", packs.names())
def test_a_shipped_pack_adjusts_pathways_that_exist(name):
    pack = packs.get(name)

    for key in pack.pathways:
        pathway = pathways.get(key)
        criteria = pathway.criteria_under(pack)
        assert {one.name for one in criteria} >= set(pathway.fixed)
        assert pathway.terms_under(pack) is not None or pathway.waits is None


@pytest.mark.parametrize("name", packs.names())
def test_every_criterion_of_a_shipped_pack_has_its_words_and_source(name):
    for adjustment in packs.get(name).pathways.values():
        for criterion in adjustment.criteria:
            assert criterion.because
            assert criterion.but
            assert criterion.unclear
            assert criterion.source


@pytest.mark.parametrize("name", packs.names())
def test_a_shipped_pack_says_it_is_a_sample(name):
    pack = packs.get(name)

    assert pack.sample
    assert pack.state is (PackState.ACTIVE if name == "rivermouth" else PackState.DRAFT)


def test_the_demo_city_may_divert_and_the_others_may_not():
    assert packs.get("rivermouth").why_not_in_force(TODAY) is None
    assert "not active" in str(packs.get("tucson").why_not_in_force(TODAY))


def test_a_name_nobody_knows():
    with pytest.raises(NoSuchPack, match="no pack called “moon”"):
        packs.open_pack("moon")


# -- What their sources say -----------------------------------------------------------------------------------------

CHARGED = {
    "charge": "yes",
    "weapon": "no",
    "someone_hurt": "no",
    "injury": "none",
    "domestic": "no",
    "dui": "no",
    "age": 30,
    "identity_known": "yes",
    "agrees": "yes",
    "admits": "yes",
    "risk_band": "low",
    "residence": "city",
    "victim": "none",
    "warrant": "none",
    "supervision": "none",
    "sale_intent": "none",
    "minor_involved": "no",
    "promoting_sex_work": "no",
    "prior_diversions": 0,
    "priors": [],
    "amount_how": "measured",
    "offence_class": "misdemeanor",
}
DRUGS = {**CHARGED, "offence_code": "35A", "substance": "heroin", "drug_amount": 1, "offence_class": "felony"}
THEFT = {**CHARGED, "offence_code": "petty_theft", "loss_amount": 80}


def prior(type, months_ago):
    return {"priors": [{"type": type, "months_ago": months_ago}]}


@pytest.mark.parametrize(
    ("name", "facts", "answer", "needs"),
    [
        ("seattle_lead", DRUGS, "yes", None),
        ("seattle_lead", DRUGS | {"drug_amount": 3}, "yes", None),
        ("seattle_lead", DRUGS | {"drug_amount": 3.1}, "no", None),
        ("seattle_lead", DRUGS | {"drug_amount": 4, "amount_how": "estimated"}, "unknown", "supervisor"),
        ("seattle_lead", DRUGS | {"sale_intent": "profit"}, "no", None),
        ("seattle_lead", DRUGS | {"minor_involved": "yes"}, "no", None),
        ("seattle_lead", DRUGS | prior("robbery_conviction", 100), "unknown", "prosecutor"),
        ("seattle_lead", DRUGS | prior("robbery_conviction", 121), "yes", None),
        ("seattle_lead", THEFT, "no", None),
        ("seattle_lead", CHARGED | {"offence_code": "prostitution"}, "yes", None),
        ("santa_fe_lead", DRUGS | {"drug_amount": 6}, "yes", None),
        ("santa_fe_lead", DRUGS | {"drug_amount": 7}, "no", None),
        ("santa_fe_lead", DRUGS | {"drug_amount": 7, "substance": "pills"}, "yes", None),
        ("santa_fe_lead", DRUGS | {"sale_intent": "subsistence"}, "yes", None),
        ("santa_fe_lead", DRUGS | {"sale_intent": "profit"}, "no", None),
        ("santa_fe_lead", DRUGS | {"age": 17}, "no", None),
        ("tucson", DRUGS | {"drug_amount": 2}, "yes", None),
        ("tucson", DRUGS | {"drug_amount": 2.5}, "no", None),
        ("tucson", DRUGS | {"supervision": "violent"}, "no", None),
        ("tucson", DRUGS | prior("violent_arrest", 6), "no", None),
        ("tucson", DRUGS | prior("violent_arrest", 13), "yes", None),
        ("steer", THEFT | {"risk_band": "high"}, "no", None),
        ("steer", THEFT | {"risk_band": "unknown"}, "unknown", "supervisor"),
        ("pinellas_apad", THEFT, "yes", None),
        ("pinellas_apad", THEFT | {"loss_amount": 301}, "no", None),
        ("pinellas_apad", THEFT | {"offence_code": "vandalism", "loss_amount": 999}, "yes", None),
        ("pinellas_apad", THEFT | {"offence_code": "vandalism", "loss_amount": 1000}, "no", None),
        ("pinellas_apad", CHARGED | {"offence_code": "13B", "injury": "minor"}, "yes", None),
        ("pinellas_apad", CHARGED | {"offence_code": "13B", "domestic": "yes"}, "no", None),
        ("pinellas_apad", CHARGED | {"offence_code": "13A"}, "no", None),
        ("pinellas_apad", DRUGS | {"offence_class": "misdemeanor"}, "no", None),
        (
            "pinellas_apad",
            DRUGS | {"offence_class": "misdemeanor", "substance": "marijuana", "drug_amount": 20},
            "yes",
            None,
        ),
        ("pinellas_apad", THEFT | prior("misdemeanor_conviction", 23), "no", None),
        ("pinellas_apad", THEFT | prior("felony_conviction", 59), "no", None),
        ("pinellas_apad", THEFT | prior("felony_conviction", 61), "yes", None),
        ("pinellas_apad", THEFT | {"prior_diversions": 1, "last_diversion": "2025-12-10"}, "yes", None),
        ("pinellas_apad", THEFT | {"prior_diversions": 1, "last_diversion": "2026-01-10"}, "no", None),
        ("pinellas_apad", THEFT | {"prior_diversions": 3, "last_diversion": "2024-01-10"}, "no", None),
        ("pinellas_apad", THEFT | {"admits": "no"}, "no", None),
        ("pinellas_apad", THEFT | {"offence_code": "812.014(3)(a)"}, "yes", None),
        ("leon_county", THEFT, "yes", None),
        ("leon_county", THEFT | prior("arrest", 240), "no", None),
        ("middletown", DRUGS | {"offence_class": "misdemeanor"}, "yes", None),
        ("middletown", THEFT | {"victim": "agrees"}, "no", None),
        ("middletown", CHARGED | {"offence_code": "90D"}, "no", None),
        ("middletown", DRUGS | {"offence_class": "misdemeanor", "warrant": "other"}, "no", None),
        ("rivermouth", THEFT, "yes", None),
        ("rivermouth", THEFT | {"residence": "elsewhere"}, "unknown", "supervisor"),
        ("rivermouth", THEFT | {"domestic": "yes"}, "no", None),
        ("rivermouth", DRUGS | {"sale_intent": "profit"}, "unknown", "prosecutor"),
        ("rivermouth", DRUGS | {"drug_amount": 9, "amount_how": "estimated"}, "unknown", "supervisor"),
    ],
)
def test_a_pack_decides_as_its_source_says(name, facts, answer, needs):
    verdict = pathways.get("officer_intervention").assess(facts, packs.get(name), at=TODAY)

    assert (verdict.answer, verdict.needs) == (Answer(answer), needs and Role(needs))
    assert (verdict.pack, verdict.pack_version) == (name, packs.get(name).version)


def test_a_petty_theft_is_asked_nothing_about_drugs():
    verdict = pathways.get("officer_intervention").assess(
        {"offence_code": "petty_theft"}, packs.get("rivermouth")
    )

    assert {"substance", "drug_amount", "sale_intent"}.isdisjoint(question.fact for question in verdict.asks)


def test_a_pack_that_does_not_speak_of_a_pathway_leaves_it_as_shipped():
    verdict = pathways.get("self_referral").assess({}, packs.get("steer"))

    assert verdict.pack is None


# -- Sealed ---------------------------------------------------------------------------------------------------------


def test_an_active_pack_cannot_change():
    text = approved()
    assert read_pack(text, name="town").state is PackState.ACTIVE

    with pytest.raises(BadPack, match="no longer fits its seal"):
        read_pack(text.replace("Order 1", "Order 2"), name="town")


def test_the_shipped_active_pack_is_refused_once_a_number_changes():
    text = (packs._folder() / "rivermouth.toml").read_text("utf-8")

    with pytest.raises(BadPack, match="new edition"):
        read_pack(text.replace("limit = 6", "limit = 600"), name="rivermouth")


def test_an_active_pack_retires_without_breaking_its_seal():
    assert read_pack(approved().replace('"active"', '"retired"'), name="town").state is PackState.RETIRED


def test_a_draft_may_change_and_its_version_with_it():
    assert draft().version != draft(extra="review_after = 2027-01-01").version


# -- Refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extra", "inside", "says"),
    [
        ("colour = 'red'", "", "“colour”, which no pack has"),
        ("effective_until = 2025-01-01", "", "ends before it begins"),
        ("sample = 'yes'", "", "“sample” must be"),
        ("", "colour = 'red'", "“colour” is not known here"),
        ("", "off = ['moon']", "no criterion “moon” to leave out"),
        ("", "off = ['agrees']", "“agrees” is fixed"),
        ("", "off = 'no_weapon'", "must be a list"),
        ("", "[[pathways.officer_intervention.criteria]]\nop = 'is'", "needs “name”"),
        (
            "",
            "[[pathways.officer_intervention.criteria]]\nname = 'a'\nbecause = 'b'\nop = 'is'\nfact = 'moon'",
            "No question fills",
        ),
        (
            "",
            "[[pathways.officer_intervention.criteria]]\nname = 'adult'\nbecause = 'b'\nop = 'is'\nfact = 'weapon'",
            "is fixed",
        ),
        ("", "criteria = 3", "must be a list"),
        ("", "criteria = ['weapon']", "must be a list"),
        ("", "[pathways.officer_intervention.terms]\nplan = { fortnights = 3 }", "write a length"),
        ("", "[pathways.officer_intervention.terms]\nplan = 'long'", "write a length"),
        ("", "[pathways.officer_intervention.terms]\nmechanic = 'prison'", "not a value of “mechanic”"),
        ("", "[pathways.officer_intervention.terms]\nrepeats_most = 'many'", "not a value of “repeats_most”"),
        ("", "[pathways.officer_intervention.terms]\ncost_to_person = -5", "not a value of “cost_to_person”"),
        ("", "[pathways.officer_intervention.terms]\nsnacks = 1", "“snacks” is no term"),
        ("", "[pathways.officer_intervention.clocks]\nT99 = { days = 3 }", "no timer T99"),
        ("", "[pathways.officer_intervention.clocks]\nT14 = 30", "write a length"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused_with_a_sentence(extra, inside, says):
    with pytest.raises(BadPack, match=says):
        pathways.get("officer_intervention").criteria_under(draft(extra, inside))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "is not TOML"),
        ("", "needs “title”"),
        (DRAFT.format(extra="", inside="").replace("draft", "wonderful"), "not a value of “state”"),
        (DRAFT.format(extra="", inside="").replace("draft", "approved"), "needs approved_by"),
        (approved(seal="0" * 64), "no longer fits its seal"),
        (
            DRAFT.format(extra="", inside="").replace("officer_intervention", "moonwalk"),
            "no pathway called “moonwalk”",
        ),
        (DRAFT.format(extra="", inside="").replace("edition = 1", "edition = 0"), "edition"),
    ],
)
def test_a_text_that_is_no_pack_is_refused(text, says):
    with pytest.raises(BadPack, match=says):
        pathways.check_pack(read_pack(text, name="town"))


def test_a_file_that_is_no_pack_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "huge.toml").write_bytes(b"#" * 1_000_001)

    for file, says in (
        ("binary.toml", "not UTF-8"),
        ("huge.toml", "too large"),
        ("missing.toml", "cannot be read"),
        (".", "cannot be read"),
    ):
        with pytest.raises((BadPack, NoSuchPack), match=says):
            packs.open_pack(str(tmp_path / file))
