"""Officer Intervention: these facts, this verdict, these reasons."""

import pytest

from offramp.rules.abeyance import Decides, Mechanic
from offramp.rules.pathway import Leverage
from tests.pathways.spec import Spec, check, declared

CHARGED = {
    "charge": "yes",
    "offence_code": "petty_theft",
    "weapon": "no",
    "someone_hurt": "no",
    "risk_band": "low",
    "age": 34,
    "identity_known": "yes",
    "agrees": "yes",
}
RIVERMOUTH = CHARGED | {"dui": "no", "domestic": "no", "residence": "city", "prior_diversions": 0}

SPECS = (
    Spec("A petty theft, low risk, and they agree.", CHARGED, "yes", reasons=("The offence is nonviolent",)),
    Spec(
        "A robbery: a crime against property, and violent.",
        CHARGED | {"offence_code": "120"},
        "no",
        reasons=("The offence is violent",),
    ),
    Spec(
        "A simple assault: the table cannot say, so the officer is asked.",
        CHARGED | {"offence_code": "13B"},
        "unknown",
        asks=("offence_violent",),
    ),
    Spec(
        "Nobody knows the risk.",
        CHARGED | {"risk_band": "unknown"},
        "unknown",
        needs="supervisor",
        reasons=("The risk of a new offence is not known",),
    ),
    Spec(
        "The risk was not asked yet.",
        CHARGED | {"risk_band": None},
        "unknown",
        needs="supervisor",
        asks=("risk_band",),
    ),
    Spec(
        "A supervisor signs off.",
        CHARGED | {"risk_band": "unknown"},
        "yes",
        overrides={"risk_low_to_moderate": "supervisor"},
    ),
    Spec("The risk is moderate.", CHARGED | {"risk_band": "moderate"}, "yes"),
    Spec("The risk is high.", CHARGED | {"risk_band": "high"}, "unknown", needs="supervisor"),
    Spec("There is a knife.", CHARGED | {"weapon": "yes"}, "unknown", needs="supervisor"),
    Spec(
        "Someone was hurt a little.",
        CHARGED | {"someone_hurt": None, "injury": "minor"},
        "unknown",
        needs="supervisor",
    ),
    Spec("They are 17.", CHARGED | {"age": 17}, "no", reasons=("Under 18: the youth team takes this",)),
    Spec(
        "They will not say who they are.",
        CHARGED | {"identity_known": "no"},
        "no",
        reasons=("You do not know who they are, so no charge can wait",),
    ),
    Spec(
        "They do not agree.",
        CHARGED | {"agrees": "no"},
        "no",
        reasons=("They do not agree: the usual process follows, and they may ask again",),
    ),
    Spec(
        "There is no charge.",
        CHARGED | {"charge": "no"},
        "no",
        reasons=("There is no charge: see Officer Prevention",),
    ),
    Spec(
        "A theft and a trespass: both must qualify.",
        CHARGED | {"offence_code": ["petty_theft", "trespass"]},
        "yes",
    ),
    Spec(
        "A theft and a robbery: both must qualify.", CHARGED | {"offence_code": ["petty_theft", "120"]}, "no"
    ),
    Spec("In Rivermouth, someone who lives in the city.", RIVERMOUTH, "yes", pack="rivermouth"),
    Spec(
        "In Rivermouth, someone from elsewhere.",
        RIVERMOUTH | {"residence": "elsewhere"},
        "unknown",
        needs="supervisor",
        reasons=("They live elsewhere: a supervisor decides",),
        pack="rivermouth",
    ),
    Spec(
        "In Rivermouth, nine grams by guess: it is weighed first.",
        RIVERMOUTH | {"offence_code": "drug_possession", "sale_intent": "none", "drug_amount": 9},
        "unknown",
        needs="supervisor",
        asks=("amount_how",),
        pack="rivermouth",
    ),
    Spec(
        "In Rivermouth, nine grams on the scale.",
        RIVERMOUTH
        | {
            "offence_code": "drug_possession",
            "sale_intent": "none",
            "drug_amount": 9,
            "amount_how": "measured",
        },
        "unknown",
        needs="prosecutor",
        reasons=("It is more than 6 grams: the prosecutor decides",),
        pack="rivermouth",
    ),
    Spec(
        "In Rivermouth, driving drunk.",
        RIVERMOUTH | {"offence_code": "90D"},
        "no",
        reasons=("Driving drunk or high goes to court",),
        pack="rivermouth",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says)
def test_officer_intervention(spec):
    check("officer_intervention", spec)


def test_the_charge_waits_and_a_prosecutor_decides():
    pathway = declared("officer_intervention")

    assert pathway.leverage is Leverage.CHARGE
    assert (pathway.waits.mechanic, pathway.waits.decides) == (Mechanic.HOLD, Decides.PROSECUTOR)
    assert not pathway.anonymous
    assert {"charge", "identity_known"} <= set(pathway.fixed)


def test_only_here_a_charge_may_hang_on_the_answer():
    from offramp import pathways

    assert [key for key, pathway in pathways.ALL.items() if pathway.charges_allowed] == [
        "officer_intervention"
    ]
