"""An officer hands a person to somebody who can help: the whole minute, in one transaction.

The form's own key makes it happen once: a double tap, a lost answer and a retry all meet the encounter
that is already there. Everything is checked again here, whatever the page believed; what cannot be done
says so in one sentence, and then nothing at all has been written.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from offramp import pathways
from offramp.actions import capacity, charge_hold, encounter, episode
from offramp.actions import verdict as verdicts
from offramp.actions.encounter import Meeting
from offramp.records import ledger, sight, vault
from offramp.records.capacity import PlaceHold
from offramp.records.encounter import LONGEST_DRIVE, Encounter, Transport
from offramp.records.service import Outlet
from offramp.rules.answers import Answer
from offramp.rules.duties import Duty, require
from offramp.rules.eligibility import Verdict
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.way_there import modes_for
from offramp.rules.words import EncounterEnding, Ground, Kind, Mode, Side

# An officer on the way with somebody, where nothing better is known.
DRIVE = timedelta(minutes=20)


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


class NotOffered(Refused):
    """The rules do not let this be offered. Carries the verdict, so that a page can show every reason."""

    def __init__(self, verdict: Verdict):
        self.verdict = verdict
        if verdict.needs:
            super().__init__("A {role} has to decide this. Nothing was sent.", role=verdict.needs.value)
        elif verdict.answer is Answer.NO:
            super().__init__("This cannot be offered here. Each reason is shown. Nothing was sent.")
        else:
            super().__init__("Something is still to be asked before this can be offered. Nothing was sent.")


class NoYes(BadInput):
    """Nobody is handed over without their own yes."""


class WrongWay(BadInput):
    """Nobody is driven to a team that comes, and no team is sent for from a place that has none."""


class PlaceGone(Refused):
    """The service closed, or was taken out of the directory, while the form was open."""


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
    judged = verdicts.assess(viewer=viewer, at=at, meeting=meeting)
    if judged.answer is not Answer.YES:
        raise NotOffered(judged)
    outlet = _outlet(handoff.outlet_key)
    if handoff.mode not in modes_for(outlet.service.how_in, sends_a_ride=outlet.service.brings_people == "yes"):
        raise WrongWay("{name} cannot be reached that way. Choose how they get there again.", name=outlet.service.name)
    place = _keep_place(outlet, at)
    kept = encounter.record(
        viewer=viewer, at=at, meeting=meeting, ending=EncounterEnding.HANDED_OFF, mode=handoff.mode.value, judged=judged
    )
    begun = episode.begin(
        viewer=viewer,
        at=at,
        encounter=kept,
        meeting=meeting,
        asked=meeting.asked,
        outlet=outlet,
        mode=handoff.mode,
        place_hold=place,
        expected_at=expected(outlet, handoff.mode, at),
    )
    holds = _charges(viewer, at, meeting, kept)
    if handoff.mode is Mode.POLICE_TRANSPORT:
        _drive(viewer, at, kept, outlet)
    _enter(viewer, at, kept, handoff, len(holds))
    return Diverted(kept, to_name=outlet.service.name, expected_at=begun.expected_at, charge_waits=bool(holds))


def _outlet(key: UUID) -> Outlet:
    outlet = Outlet.objects.filter(key=key).select_related("service__agency", "site").first()
    if outlet is None:
        raise NotFound("That place is not in the directory. Choose another.")
    service = outlet.service
    gone = service.closed_at or service.agency.closed_at or service.status != "active" or service.alert_blocks
    if gone:
        raise PlaceGone("{name} is not taking anybody now. Choose another place; what you entered is kept.", name=service.name)
    return outlet


def _keep_place(outlet: Outlet, at: datetime) -> PlaceHold | None:
    """A place where room was said lately; none where one has to call first. Raises `NoRoom`.

    The hold's key is its own: under the meeting's key the open table of holds would tell where police took whom.
    """
    if not capacity.says_room(service_id=outlet.service_id, at=at):
        return None
    return capacity.hold_place(service_id=outlet.service_id, at=at, key=uuid4())


def expected(outlet: Outlet, mode: Mode, at: datetime) -> datetime | None:
    """When they should be together: the worker's own time to come, or a drive. Unknown when they go by themselves."""
    if mode is Mode.WORKER_COMES and outlet.service.minutes_to_come:
        return at + timedelta(minutes=outlet.service.minutes_to_come)
    return at + DRIVE if mode is Mode.POLICE_TRANSPORT else None


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
    sight.grant(kept.file, holder_of("user", viewer.user_id), {Kind.TRANSPORT}, Ground.TRANSPORT, until=until)
    door = {"name": outlet.service.name, "address": outlet.site.address if outlet.site else ""}
    Transport.objects.seen_by(viewer).create(
        encounter=kept, file=kept.file, began_at=at, sealed=vault.seal_for(kept.file, f"transport:{kept.key}", door)
    )


def _enter(viewer: Viewer, at: datetime, kept: Encounter, handoff: Handoff, charges: int) -> None:
    details = {"pathway": kept.pathway, "mode": handoff.mode.value, "charges": charges}
    ledger.write(viewer, deed="diverted", at=at, about=kept.key, side=Side.POLICE, details=details)
