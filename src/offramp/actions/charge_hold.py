"""A charge begins to wait, or the officer takes that back. What follows is the prosecutor's."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from offramp import pathways
from offramp.actions.verdict import pack_of
from offramp.records.charge_hold import ChargeHold, ChargeHoldStep
from offramp.records.encounter import Encounter
from offramp.rules import charge_hold as journey
from offramp.rules.clocks import due_times
from offramp.rules.offences import Offence
from offramp.rules.visibility import Viewer
from offramp.rules.words import ChargeHoldState


def begin(*, viewer: Viewer, at: datetime, encounter: Encounter, offences: Iterable[Offence]) -> list[ChargeHold]:
    """Hold each charge of an encounter, on the terms of its pathway and the local pack. Part of a deed's transaction."""
    agency = encounter.agency
    pack = pack_of(agency)
    pathway = pathways.get(encounter.pathway)
    terms = pathway.terms_under(pack)
    if terms is None:
        return []
    local = at.astimezone(ZoneInfo(agency.zone))
    set_to = pack.clocks_for(pathway.key) if pack else {}
    held = []
    for offence in offences:
        hold = ChargeHold.objects.seen_by(viewer).create(
            file=encounter.file,
            encounter=encounter,
            agency=agency,
            offence=offence.code or "unlisted",
            mechanic=terms.mechanic.value,
            state=ChargeHoldState.REPORTED.value,
            opened_at=at,
            packet_due_at=due_times("T12", local, set_to=set_to)["due"],
            intake_due_at=terms.intake.after(local),
            ends_at=terms.plan.after(local),
        )
        _step(viewer, at, hold, ChargeHoldState.REPORTED)
        held.append(hold)
    return held


def withdraw(*, viewer: Viewer, at: datetime, encounter: Encounter) -> None:
    """The handoff was taken back, so no charge waits. Part of a deed's transaction."""
    for hold in ChargeHold.objects.seen_by(viewer).filter(encounter=encounter):
        to = journey.take(ChargeHoldState(hold.state), "withdraw", viewer.role)
        hold.state = to.value
        hold.save(update_fields=["state"])
        _step(viewer, at, hold, to, reason="undone")


def _step(viewer: Viewer, at: datetime, hold: ChargeHold, state: ChargeHoldState, reason: str = "") -> None:
    ChargeHoldStep.objects.seen_by(viewer).create(
        charge_hold=hold, file_id=hold.file_id, state=state.value, at=at, by_id=viewer.user_id, reason=reason
    )
