"""Active Outreach: these facts, this verdict, these reasons."""

import pytest

from offramp.rules.pathway import Leverage
from tests.pathways.spec import Spec, check, declared

SEEN = {
    "contact_basis": "public_encounter",
    "do_not_contact": "no",
    "unsafe_to_visit": "no",
    "under_18": "no",
    "agrees": "yes",
}

SPECS = (
    Spec(
        "The team meets someone at the river camp.", SEEN, "yes", reasons=("We may lawfully seek them out",)
    ),
    Spec(
        "The name comes from a treatment record.",
        SEEN | {"contact_basis": "treatment_record"},
        "no",
        reasons=("There is no lawful basis: a treatment record is none unless they agreed in writing",),
    ),
    Spec(
        "They asked to be left alone.",
        SEEN | {"do_not_contact": "yes"},
        "no",
        reasons=("They asked to be left alone: do not contact",),
    ),
    Spec("The visit is not safe tonight.", SEEN | {"unsafe_to_visit": "yes"}, "unknown", needs="supervisor"),
    Spec(
        "A supervisor sends two teams together.",
        SEEN | {"unsafe_to_visit": "yes"},
        "yes",
        overrides={"safe_to_visit": "supervisor"},
    ),
    Spec(
        "Nobody said yet how we know of them.",
        SEEN | {"contact_basis": None},
        "unknown",
        asks=("contact_basis",),
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says)
def test_active_outreach(spec):
    check("active_outreach", spec)


def test_it_is_an_offer_and_nothing_else():
    pathway = declared("active_outreach")

    assert pathway.leverage is Leverage.NONE
    assert {"lawful_basis", "may_be_contacted"} <= set(pathway.fixed)
    assert pathway.anonymous
