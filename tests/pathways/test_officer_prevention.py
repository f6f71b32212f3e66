"""Officer Prevention: these facts, this verdict, these reasons."""

import pytest

from offramp.rules.pathway import Leverage
from tests.pathways.spec import Spec, check, declared

CALM = {"danger_now": "no", "felony_in_progress": "no", "victim_wants_arrest": "no", "under_18": "no"}
IN_NEED = {"charge": "no", "need_seen": "yes", "agrees": "yes", **CALM}

SPECS = (
    Spec("A man sleeps in a doorway in January.", IN_NEED, "yes", reasons=("No charge is being made",)),
    Spec(
        "The officer would make a charge.",
        IN_NEED | {"charge": "yes"},
        "no",
        reasons=("A charge would be made: see Officer Intervention",),
    ),
    Spec(
        "Someone could get hurt right now.",
        IN_NEED | {"danger_now": "yes"},
        "no",
        reasons=("Someone could get hurt now: emergency care comes first",),
    ),
    Spec(
        "A victim is here and wants an arrest.",
        IN_NEED | {"victim_wants_arrest": "yes"},
        "unknown",
        needs="supervisor",
    ),
    Spec(
        "The supervisor talks with the victim.",
        IN_NEED | {"victim_wants_arrest": "yes"},
        "yes",
        overrides={"no_victim_wants_arrest": "supervisor"},
    ),
    Spec(
        "They say no: nothing follows.",
        IN_NEED | {"agrees": "no"},
        "no",
        reasons=("They do not agree: nothing follows from that",),
    ),
    Spec(
        "Before the words are read.",
        {"charge": "no", "need_seen": "yes", **CALM},
        "unknown",
        asks=("agrees",),
    ),
    Spec("The screen has just opened.", CALM, "unknown", asks=("charge", "need_seen", "agrees")),
    Spec("Nobody knows who they are: that is fine.", IN_NEED | {"identity_known": "no"}, "yes"),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says)
def test_officer_prevention(spec):
    check("officer_prevention", spec)


def test_nothing_is_held_and_nothing_follows():
    pathway = declared("officer_prevention")

    assert pathway.leverage is Leverage.NONE
    assert pathway.waits is None
    assert pathway.anonymous


def test_with_the_boxes_left_empty_two_answers_are_enough_to_read_the_words():
    verdict = Spec("", {"charge": "no", "need_seen": "yes", **CALM}, "").verdict("officer_prevention")

    assert verdict.offerable
