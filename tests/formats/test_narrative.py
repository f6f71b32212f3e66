"""The text for the police report says what police did, and nothing of who helps or with what."""

import dataclasses
import re
from datetime import datetime
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp import pathways
from offramp.formats.narrative import Minute, NothingToReport, report_text
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason

AT = datetime(2026, 11, 24, 22, 41)  # noqa: DTZ001 - local wall time, as the report shows it


def test_a_handoff_without_charge():
    minute = Minute(AT, EncounterEnding.HANDED_OFF, "officer_prevention", Mode.WORKER_COMES, language="es")

    assert report_text(minute) == (
        "On November 24, 2026, at 22:41, the officer offered pre-arrest diversion. "
        "The officer read the script aloud in Spanish. The person said yes and was handed off. "
        "A community worker was called to the person. No charge or citation hangs on the person's answer.\n"
        "Diversion code: NO_CHARGE / HANDED_OFF / WORKER_COMES"
    )


def test_a_charge_that_waits():
    text = report_text(Minute(AT, EncounterEnding.HANDED_OFF, "officer_intervention", Mode.POLICE_TRANSPORT))

    assert "waits. The prosecutor decides." in text


def test_no_to_an_intervention_is_ordinary_processing_and_nothing_worse():
    text = report_text(Minute(AT, EncounterEnding.DECLINED, "officer_intervention"))

    assert "The person said no. The charge was processed in the ordinary way." in text


def test_why_not():
    text = report_text(Minute(AT, EncounterEnding.NOT_DIVERTED, reason=NotDivertedReason.OFFICER_DECIDED))

    assert text.endswith("Reason: the officer's decision.\nDiversion code: NOT_DIVERTED / OFFICER_DECIDED")


@pytest.mark.parametrize(
    "minute", [Minute(AT, EncounterEnding.HANDED_OFF), Minute(AT, EncounterEnding.NOT_DIVERTED)]
)
def test_half_a_story_is_refused(minute):
    with pytest.raises(NothingToReport):
        report_text(minute)


# -- Nothing of care --------------------------------------------------------------------------------------------------


def test_nothing_typed_can_come_in():
    """Every field is a code, a time or a yes/no; the two texts are keys that must be known, or are never repeated."""
    typed = {field.name for field in dataclasses.fields(Minute) if get_type_hints(Minute)[field.name] is str}

    assert typed == {"pathway", "language"}
    with pytest.raises(pathways.NoSuchPathway):
        report_text(Minute(AT, EncounterEnding.DECLINED, "Harbor Stabilization"))
    assert "Harbor" not in report_text(
        Minute(AT, EncounterEnding.DECLINED, "officer_prevention", language="Harbor")
    )


CARE = re.compile(
    r"treat|detox|recover|clinic|hospital|bed\b|shelter|hous|overdose|drug|substance|alcohol|opioid|naloxone|methadone|"
    r"mental|crisis|diagnos|medicat|counsel|therap|peer|navigator|provider|harbor|sober|rehab|relapse|sex work",
    re.IGNORECASE,
)


@given(
    ending=st.sampled_from(EncounterEnding),
    pathway=st.sampled_from([*pathways.ALL, ""]),
    mode=st.one_of(st.none(), st.sampled_from(Mode)),
    reason=st.one_of(st.none(), st.sampled_from(NotDivertedReason)),
    language=st.sampled_from(["", "en", "es", "vi"]),
    interpreted=st.booleans(),
    needs_medic=st.booleans(),
)
def test_no_combination_of_codes_says_anything_of_care(**codes):
    try:
        text = report_text(Minute(AT, **codes))
    except NothingToReport:
        return

    assert not CARE.search(text), text
    assert text.isascii()
