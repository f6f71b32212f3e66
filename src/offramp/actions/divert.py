"""An officer hands a person to somebody who can help: the whole minute, in one transaction.

The form's own key makes it happen once: a double tap, a lost answer and a retry all meet the encounter
that is already there. Everything is checked again here, whatever the page believed; what cannot be done
says so in one sentence, and then nothing at all has been written.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from offramp import pathways
from offramp.actions import charge_hold, encounter, episode, referrals
from offramp.actions import verdict as verdicts
from offramp.actions.encounter import Meeting
from offramp.records import ledger, sight, vault
from offramp.records.agency import Agency
from offramp.records.encounter import LONGEST_DRIVE, Encounter, Transport
from offramp.records.service import Outlet
from offramp.rules import plain_words
from offramp.rules.answers import Answer
from offramp.rules.duties import Duty, require
from offramp.rules.eligibility import Verdict
from offramp.rules.refusal import BadInput, Refused
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import EncounterEnding, Ground, Kind, Mode, ReferralState, Side


@dataclass(frozen=True)
class Handoff:
    """What the officer chose at the end of the minute: which door, and how the person gets there."""

    outlet_key: UUID
    mode: Mode


@dataclass(frozen=True)
class Diverted:
    """What the officer reads next. `again`: this form was sent before, and nothing new was done.

    `to_name` is there for the screen that answers the tap, so that the officer can say who is coming. It is
    not kept on the police side, so a form sent again has none.
    """

    encounter: Encounter
    again: bool = False
    to_name: str = ""
    expected_at: datetime | None = None
    charge_waits: bool = False
    asked: bool = False  # the place has to answer first: it does not expect anybody yet


class NotOffered(Refused):
    """The rules do not let this be offered. Carries the verdict, so that a page can show every reason."""

    def __init__(self, verdict: Verdict):
        self.verdict = verdict
        if verdict.needs:
            super().__init__("A {role} has to decide this. Nothing was sent.", role=plain_words.DECIDERS[verdict.needs])
        elif verdict.answer is Answer.NO:
            super().__init__("This cannot be offered here. Each reason is shown. Nothing was sent.")
        else:
            super().__init__("Something is still to be asked before this can be offered. Nothing was sent.")


class NoYes(BadInput):
    """Nobody is handed over without their own yes."""


def divert(*, viewer: Viewer, at: datetime, meeting: Meeting, handoff: Handoff) -> Diverted:
    """Hand a person over. Raises `NotOffered`, `NoYes`, `PlaceGone`, `WrongWay`, `NoRoom`, `WrongTime`: then nothing is written."""
    require(viewer, Duty.DIVERT)
    made: list[Diverted] = []

    def write() -> Encounter:
        made.append(_divert(viewer, at, meeting, handoff))
        return made[0].encounter

    kept = encounter.once(viewer, meeting.key, write)
    return made[0] if made else Diverted(kept, again=True, charge_waits=kept.charge_holds.exists())


def _divert(viewer: Viewer, at: datetime, meeting: Meeting, handoff: Handoff) -> Diverted:
    if meeting.asked is None or meeting.asked.answer != "yes":
        raise NoYes("Ask them first. Nobody is handed over without a yes.")
    meeting = replace(meeting, facts=dict(meeting.facts) | {"agrees": "yes"})
    police = Agency.objects.get(pk=viewer.agency_id)
    judged = verdicts.assess(viewer=viewer, at=at, meeting=meeting, agency=police)
    if judged.answer is not Answer.YES:
        raise NotOffered(judged)
    door = referrals.choose_door(outlet_key=handoff.outlet_key, mode=handoff.mode, at=at)
    kept = encounter.record(
        viewer=viewer, at=at, meeting=meeting, ending=EncounterEnding.HANDED_OFF, mode=handoff.mode.value, judged=judged
    )
    kept.agency = police
    begun = episode.begin(viewer=viewer, at=at, encounter=kept, meeting=meeting, asked=meeting.asked, door=door)
    holds = _charges(viewer, at, meeting, kept)
    if handoff.mode is Mode.POLICE_TRANSPORT:
        _drive(viewer, at, kept, door.outlet)
    _enter(viewer, at, kept, handoff, len(holds))
    return Diverted(
        kept,
        to_name=door.outlet.service.name,
        expected_at=begun.expected_at,
        charge_waits=bool(holds),
        asked=referrals.first_state(door.outlet.service.how_in) is ReferralState.REQUESTED,
    )


def _charges(viewer: Viewer, at: datetime, meeting: Meeting, kept: Encounter) -> list:
    pathway = pathways.get(meeting.pathway)
    if not pathway.charges_allowed:
        return []
    pack = verdicts.pack_of(kept.agency)
    return charge_hold.begin(
        viewer=viewer, at=at, encounter=kept, offences=pathway.read(meeting.facts, pack, at=at.date()).offences
    )


def _drive(viewer: Viewer, at: datetime, kept: Encounter, outlet: Outlet) -> None:
    """The door they are driven to, for this officer alone, and for as long as LE-05 allows."""
    until = at + LONGEST_DRIVE
    sight.grant(kept.file, holder_of("user", viewer.user_id), {Kind.TRANSPORT}, Ground.TRANSPORT, until=until, new=True)
    door = {"name": outlet.service.name, "address": outlet.site.address if outlet.site else ""}
    Transport.objects.seen_by(viewer).create(
        encounter=kept, file=kept.file, began_at=at, sealed=vault.seal_for(kept.file, f"transport:{kept.key}", door)
    )


def _enter(viewer: Viewer, at: datetime, kept: Encounter, handoff: Handoff, charges: int) -> None:
    details = {"pathway": kept.pathway, "mode": handoff.mode.value, "charges": charges}
    ledger.write(viewer, deed="diverted", at=at, about=kept.key, side=Side.POLICE, details=details)
