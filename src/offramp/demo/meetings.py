"""What is told at a meeting: facts, tiles, who they said they are, and the words that were read to them."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from offramp import pathways
from offramp.actions.encounter import NOBODY, Asked, Meeting
from offramp.demo.neighbors import HOUSES, Neighbor, pick
from offramp.records.identity import Birth, Identity
from offramp.rules import tiles, wording

NO_CHARGE = {"charge": "no", "need_seen": "yes", "danger_now": "no", "felony_in_progress": "no", "victim_wants_arrest": "no"}
BASIS = {"contact_basis": "public_encounter", "do_not_contact": "no"}
FACTS: dict[str, dict[str, Any]] = {
    "officer_prevention": NO_CHARGE,
    "self_referral": {"asks_for_help": "yes"},
    "active_outreach": BASIS | {"unsafe_to_visit": "no"},
    "naloxone_plus": BASIS | {"overdose": "yes", "person_died": "no", "contact_basis": "own_agency_call"},
}
CHARGED = {"charge": "yes", "weapon": "no", "someone_hurt": "no", "dui": "no", "domestic": "no"}

# Charges an officer may let wait, by NIBRS code: shoplifting, trespass, drugs, paraphernalia, damage, theft, disorder, sex work.
CHARGES = {"23C": 29, "90J": 18, "35A": 22, "35B": 10, "290": 6, "23H": 6, "90C": 6, "40A": 3}
SUBSTANCES = {"fentanyl": 46, "meth": 34, "heroin": 6, "pills": 8, "cocaine": 6}
# Why the rules do not let it wait; each is a different fact.
BARRED = {
    ("dui", "yes", "90D"): 24,
    ("domestic", "yes", "13B"): 30,
    ("offence_code", None, "13A"): 14,
    ("offence_code", None, "120"): 8,
    ("sale_intent", "profit", "35A"): 14,
    ("drug_amount", 11, "35A"): 10,
}
# What only a supervisor may set aside: the fact, and the criterion it touches.
FOR_A_SUPERVISOR = {("risk_band", "high", "risk_low_to_moderate"): 60, ("someone_hurt", "yes", "nobody_hurt"): 15, ("residence", "elsewhere", "lives_near"): 25}  # fmt: skip


def facts_for(rng: Random, one: Neighbor, pathway: str) -> dict[str, Any]:
    """Facts under which this may be offered."""
    if pathway != "officer_intervention":
        return FACTS[pathway] | {"under_18": "no"}
    code = pick(rng, CHARGES)
    told = CHARGED | {
        "under_18": "no",
        "offence_code": [code],
        "risk_band": pick(rng, {"low": 40, "moderate": 60} if one.record else {"low": 70, "moderate": 30}),
        "residence": "county" if one.home == "elsewhere" else one.home,
    }
    if code in ("23C", "23H", "290"):
        told |= {"loss_amount": rng.choice((12, 18, 25, 38, 46, 60, 85, 110, 140, 220)), "victim": pick(rng, {"agrees": 70, "not_asked": 30})}
    if code == "35A":
        drugs = {"substance": pick(rng, SUBSTANCES), "drug_amount": rng.choice((0.2, 0.3, 0.5, 0.8, 1, 1.5, 2, 3, 4.5))}
        told |= drugs | {"amount_how": "measured", "sale_intent": pick(rng, {"none": 85, "subsistence": 15})}
    return told


def barred_facts(rng: Random, one: Neighbor) -> dict[str, Any]:
    """Facts under which the rules say no."""
    fact, value, code = pick(rng, BARRED)
    told = facts_for(rng, one, "officer_intervention") | {"offence_code": [code]}
    if code == "35A":
        told |= {"substance": "fentanyl", "drug_amount": 1, "amount_how": "measured", "sale_intent": "none"}
    return told | ({fact: value} if value is not None else {})


def supervisor_facts(rng: Random, one: Neighbor) -> tuple[dict[str, Any], str]:
    """Facts that only a supervisor may set aside, and the criterion that is then set aside."""
    fact, value, criterion = pick(rng, FOR_A_SUPERVISOR)
    return facts_for(rng, one, "officer_intervention") | {fact: value}, criterion


# -- The meeting ------------------------------------------------------------------------------------------------------


def a_meeting(rng: Random, one: Neighbor, pathway: str, facts: dict[str, Any], *, met_at: datetime, recorded_at: datetime) -> Meeting:
    """A meeting with this person, as the officer tells it."""
    what = list(one.troubles)
    if pathway == "naloxone_plus":
        what = ["overdose", *what]
    if pathway == "self_referral":
        what = [*what, "asks_for_help"]
    place, cell = one.corner
    if pathway == "naloxone_plus" and one.home != "no_fixed_place":
        place, cell = HOUSES[one.age % len(HOUSES)]
    tapped = tuple(tile.value for tile in tiles.Tile if tile in what)
    return Meeting(
        key=uuid.UUID(int=rng.getrandbits(128), version=4),
        met_at=met_at,
        form_opened_at=recorded_at - timedelta(seconds=rng.randint(38, 150)),
        pathway=pathway,
        facts=facts,
        identity=as_told(rng, one.identity, whole=pathway == "officer_intervention"),
        what=tapped,
        needs=tiles.needs_of(tapped),
        seen=one.seen(rng),
        language=one.language,
        incident_number=f"{met_at:%y}-{rng.randint(1000, 99999):06d}" if rng.random() < 0.8 else "",
        place=place if pathway != "self_referral" else "front desk, station",
        cell=cell if pathway != "self_referral" else "c0rgm",
    )


def as_told(rng: Random, identity: Identity, *, whole: bool) -> Identity:
    """What they said of who they are. A charge needs a name; anybody else may keep it to themselves."""
    told = rng.random()
    if whole or told < 0.64:
        return replace(identity, birth=identity.birth if whole or rng.random() < 0.8 else Birth(identity.birth.year))
    if told < 0.78:
        return replace(NOBODY, first=identity.first, known_as=identity.known_as, language=identity.language)
    return replace(NOBODY, language=identity.language)


def a_child(rng: Random, one: Neighbor) -> dict[str, Any]:
    """Changes to a meeting that turns out to be with somebody under 18: no name, and no age band."""
    return {
        "identity": NOBODY,
        "facts": NO_CHARGE | {"under_18": "yes"},
        "pathway": "officer_prevention",
        "seen": replace(one.seen(rng), age="not_recorded"),
        "what": (rng.choice(("no_place_to_stay", "substance_use", "mental_health")),),
    }


def said(meeting: Meeting, answer: str, *, interpreter: str = "") -> Meeting:
    """The same meeting once the words were read and they answered. A language nobody wrote them in needs an interpreter."""
    shown = words(meeting.pathway, meeting.language, interpreter)
    asked = Asked(answer, shown.id, shown.version, meeting.language, covers(shown.id), shown.interpreter)
    return replace(meeting, asked=asked)


@cache
def words(pathway: str, language: str, interpreter: str) -> wording.Shown:
    """The script of a pathway as it is read aloud in Rivermouth."""
    script = wording.script_for(pathways.get(pathway).script, pack="rivermouth")
    return wording.get(script, language, demo=True, interpreter=interpreter)


@cache
def covers(script: str) -> tuple[str, ...]:
    """What a yes to these words lets go."""
    return wording.in_force()[script].covers
