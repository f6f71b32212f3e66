"""Self-Referral: these facts, this verdict, these reasons."""

import pytest

from offramp.rules.pathway import Leverage
from tests.pathways.spec import Spec, check, declared

ASKS = {"asks_for_help": "yes", "under_18": "no", "agrees": "yes"}

SPECS = (
    Spec(
        "Someone walks in and asks for help.", ASKS, "yes", reasons=("They, or their family, ask for help",)
    ),
    Spec(
        "A first name is enough, a charge is never looked at, and nobody asks about warrants.",
        ASKS | {"identity_known": "no", "offence_code": "35A", "warrant": "violent"},
        "yes",
    ),
    Spec(
        "Someone asks who is under 18.",
        ASKS | {"age": 16},
        "no",
        reasons=("Under 18: the youth team takes this, nobody is sent away",),
    ),
    Spec(
        "Nobody knows yet whether they are grown up.",
        ASKS | {"under_18": "unknown"},
        "unknown",
        needs="supervisor",
    ),
    Spec(
        "They change their mind.",
        ASKS | {"agrees": "no"},
        "no",
        reasons=("They do not agree: nothing follows from that, and they may come back any time",),
    ),
    Spec(
        "Only their own word is open.",
        {"asks_for_help": "yes", "under_18": "no"},
        "unknown",
        asks=("agrees",),
    ),
    Spec(
        "A pack that serves residents only: someone from elsewhere.",
        ASKS | {"residence": "county", "warrant": "none", "priors": []},
        "unknown",
        needs="supervisor",
        reasons=("They live elsewhere: find them a program near home",),
        pack="scottsdale_angel",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says)
def test_self_referral(spec):
    check("self_referral", spec)


def test_no_charge_hangs_on_asking_for_help():
    pathway = declared("self_referral")

    assert pathway.leverage is Leverage.NONE
    assert not pathway.charges_allowed
    assert not pathway.warrant_check
    assert pathway.anonymous
    assert {"charge", "offence_code", "warrant", "priors"}.isdisjoint(q.fact for q in pathway.questions())
