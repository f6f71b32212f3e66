"""May this be offered to this person? The pathway's rules, under the agency's pack, on these facts.

The officer's screen asks this with every tap and the deed asks it again. How often the officer's own
agency diverted the person before is matched silently here, for Officer Intervention alone (rule LE-09):
no name is shown to anyone for it, and no other pathway is looked at.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from offramp import pathways
from offramp.records.agency import Agency
from offramp.records.encounter import Encounter
from offramp.rules import packs
from offramp.rules.duties import Duty, require
from offramp.rules.eligibility import MayNotOverride, Verdict
from offramp.rules.pack import Pack
from offramp.rules.pathway import Pathway, Start
from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import EncounterEnding

if TYPE_CHECKING:
    from offramp.actions.encounter import Meeting

COUNTED = "officer_intervention"
ADULT = 18


def pack_of(agency: Agency) -> Pack | None:
    """The local rules this agency works under, if it has any."""
    name = agency.policy.get("pack")
    return packs.get(name) if name else None


def in_force(agency: Agency, on: date) -> Pack | None:
    """The agency's pack, if people may be diverted under it that day. Raises `NotInForce`."""
    pack = pack_of(agency)
    why = pack.why_not_in_force(on) if pack else None
    if why:
        raise NotInForce(why)
    return pack


class NotInForce(Refused):
    """The local rules are not approved, not begun or over: nobody can be diverted under them."""


def ways(agency: Agency, *, charge: bool | None) -> list[Pathway]:
    """The pathways an officer of this agency may begin, by whether there is a charge; both kinds while nobody said.

    These are the ones that begin first of all with an officer. Any other pathway an officer may *also* start (at the
    precinct's desk, on an outreach visit) has a screen of its own.
    """
    begun = [one for one in pathways.ALL.values() if one.starts_with[0] is Start.OFFICER]
    run = [one for one in begun if not agency.pathways or one.key in agency.pathways]
    return run if charge is None else [one for one in run if one.charges_allowed is charge]


def assess(*, viewer: Viewer, at: datetime, meeting: "Meeting", agency: Agency | None = None) -> Verdict:
    """The verdict on a meeting as the form tells it. `agency`: the viewer's own, where it is at hand.

    Raises `BadInput` where a fact makes no sense.
    """
    _may_lift(viewer, meeting)
    agency = agency or Agency.objects.get(pk=viewer.agency_id)
    pathway = pathways.get(meeting.pathway)
    day = day_of(agency, at)
    pack = in_force(agency, day)
    facts = known(meeting, day) | earlier_diversions(viewer=viewer, meeting=meeting, zone=agency.zone)
    return pathway.assess(facts, pack, at=day, overrides=meeting.overrides)


def day_of(agency: Agency, at: datetime) -> date:
    """The day it is where the agency is."""
    return at.astimezone(ZoneInfo(agency.zone)).date()


def _may_lift(viewer: Viewer, meeting: "Meeting") -> None:
    """Nobody sets a criterion aside in another's name."""
    if not meeting.overrides:
        return
    require(viewer, Duty.OVERRIDE_ELIGIBILITY)
    if set(meeting.overrides.values()) != {viewer.role}:
        raise MayNotOverride("Each sets aside only what is theirs to set aside.")


def known(meeting: "Meeting", on: date) -> dict[str, Any]:
    """The facts as told, with what follows from who they said they are.

    A birth date outranks a box left unticked: a child is never missed.
    """
    identity, facts = meeting.identity, dict(meeting.facts)
    if identity.first and identity.last:
        facts["identity_known"] = "yes"
    ages = identity.birth.ages_on(on)
    if ages and ages[1] < ADULT:
        facts |= {"age": ages[1], "under_18": "yes"}
    elif ages and ages[0] >= ADULT:
        facts |= {"age": ages[0], "under_18": "no"}
    return facts


def earlier_diversions(*, viewer: Viewer, meeting: "Meeting", zone: str) -> dict[str, Any]:
    """The facts `prior_diversions` and `last_diversion`; empty where the pathway does not count, or nobody is named."""
    if meeting.pathway != COUNTED or not (meeting.identity.first and meeting.identity.last):
        return {}
    from offramp.records import search

    same = search.same_person(viewer=viewer, identity=meeting.identity)
    before = (
        Encounter.objects.seen_by(viewer)
        .filter(file_id__in=same, agency_id=viewer.agency_id, pathway=COUNTED, undone_at=None)
        .filter(ending=EncounterEnding.HANDED_OFF.value)
        .exclude(key=meeting.key)
        .order_by("-at")
        .values_list("at", flat=True)[:100]
    )
    times = list(before)
    facts: dict[str, Any] = {"prior_diversions": len(times)}
    if times:
        facts["last_diversion"] = times[0].astimezone(ZoneInfo(zone)).date().isoformat()
    return facts
