"""Naloxone Plus: these facts, this verdict, these reasons."""

from datetime import UTC, datetime, timedelta

import pytest

from offramp.rules.clocks import due_times
from offramp.rules.pathway import Leverage
from tests.pathways.spec import Spec, check, declared

SURVIVED = {
    "overdose": "yes",
    "person_died": "no",
    "contact_basis": "ems_agreement",
    "do_not_contact": "no",
    "under_18": "no",
    "agrees": "yes",
}

SPECS = (
    Spec("EMS reports an overdose, and the person lived.", SURVIVED, "yes", reasons=("They lived",)),
    Spec(
        "The person died.",
        SURVIVED | {"person_died": "yes"},
        "no",
        reasons=("They died: the family is visited later, by the family team",),
    ),
    Spec(
        "There is no agreement that lets us know the name.",
        SURVIVED | {"contact_basis": "other"},
        "no",
        reasons=("There is no lawful basis to visit them by name",),
    ),
    Spec(
        "They say no at the door.",
        SURVIVED | {"agrees": "no"},
        "no",
        reasons=("They do not agree: leave naloxone, nothing follows from saying no",),
    ),
    Spec("Somebody found an empty room.", SURVIVED | {"overdose": "unknown"}, "unknown", needs="supervisor"),
    Spec(
        "It is the fourth overdose this year: that changes nothing.",
        SURVIVED | {"prior_diversions": 4},
        "yes",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says)
def test_naloxone_plus(spec):
    check("naloxone_plus", spec)


def test_the_clock_runs_from_the_overdose():
    pathway = declared("naloxone_plus")
    overdose = datetime(2026, 3, 13, 23, 10, tzinfo=UTC)

    [clock] = [clock for clock in pathway.clocks if clock.timer == "T04"]
    due = due_times(clock.timer, overdose)

    assert str(clock.after) == "the overdose"
    assert [(due[mark] - overdose) for mark in ("due", "warn", "breach")] == [
        timedelta(hours=n) for n in (24, 48, 72)
    ]


def test_no_charge_and_no_warrant_check():
    pathway = declared("naloxone_plus")

    assert pathway.leverage is Leverage.NONE
    assert not pathway.warrant_check
    assert not any("arrest" in ending for ending in pathway.endings)
