"""One meeting written down: what was seen, what the rules said, and how it ended, diverted or not.

Every meeting counts. One that does not divert takes one tap on a reason and is kept with the same care,
for without it nobody can ask who was never offered anything.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from offramp.actions import verdict as verdicts
from offramp.records import ledger, person, sight, vault
from offramp.records.encounter import Encounter, Permission, Verdict
from offramp.records.identity import Identity
from offramp.rules import eligibility
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import EncounterEnding, Ground, Kind, NotDivertedReason, Role, Side

# A clock in a car may run a little fast; a meeting tomorrow is a mistake.
CLOCK_SLACK = timedelta(minutes=5)
LONGEST_AGO = timedelta(days=30)
OFFICERS_OWN = frozenset({Kind.TELLBACK})

NOBODY = Identity()
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """The person as the officer saw them: coded, never a fact of eligibility, never the person's own answer."""

    race: str = "not_recorded"
    sex: str = "not_recorded"
    age: str = "not_recorded"


@dataclass(frozen=True)
class Asked:
    """What was read aloud and what the person said. `covers` names the parts of who they are that may be passed on."""

    answer: str
    wording: str
    version: str
    language: str
    covers: tuple[str, ...] = ()
    interpreter: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting as the form tells it. `key` is the form's own: the same form twice is the same meeting."""

    key: UUID
    met_at: datetime
    pathway: str
    facts: Mapping[str, Any]
    identity: Identity = NOBODY
    what: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    seen: Seen = Seen()
    form_opened_at: datetime | None = None
    language: str = "en"
    incident_number: str = ""
    place: str = ""
    cell: str = ""
    overrides: Mapping[str, Role] = field(default_factory=dict)
    asked: Asked | None = None
    permission_key: UUID = field(default_factory=uuid4)  # under which what they said is kept, here and where it was told


class FormUsedBefore(Refused):
    """A form's key that is taken, by something this viewer does not see."""

    status = 404


class WrongTime(BadInput):
    """A meeting that has not happened yet, or is too long ago to be entered here."""


class ReasonMissing(BadInput):
    """A meeting that did not divert says why, with one tap."""


def not_diverting(*, viewer: Viewer, at: datetime, meeting: Meeting, reason: NotDivertedReason) -> Encounter:
    """Keep a meeting that did not lead to a handoff, with its reason. The same form again is the same meeting."""
    require(viewer, Duty.DIVERT)
    return once(
        viewer,
        meeting.key,
        lambda: record(viewer=viewer, at=at, meeting=meeting, ending=EncounterEnding.NOT_DIVERTED, reason=reason.value),
    )


def said_no(*, viewer: Viewer, at: datetime, meeting: Meeting, later: bool, reason: str = "") -> Encounter:
    """The person said no, or not today. Nothing adverse is kept but that it was offered."""
    require(viewer, Duty.DIVERT)
    ending = EncounterEnding.DEFERRED if later else EncounterEnding.DECLINED
    return once(
        viewer, meeting.key, lambda: record(viewer=viewer, at=at, meeting=meeting, ending=ending, reason=reason)
    )


def not_for_this_screen(*, viewer: Viewer, at: datetime, meeting: Meeting, ending: EncounterEnding) -> Encounter:
    """Medic first, under 18, or a supervisor's decision: kept at once, and without identity for a young person."""
    require(viewer, Duty.DIVERT)
    if ending not in (EncounterEnding.MEDICAL_FIRST, EncounterEnding.YOUTH, EncounterEnding.NEEDS_SUPERVISOR):
        raise BadInput("This is not how a meeting ends here.")
    return once(viewer, meeting.key, lambda: record(viewer=viewer, at=at, meeting=meeting, ending=ending))


def once(viewer: Viewer, key: UUID, write) -> Encounter:
    """Do `write` in one transaction, or give back the encounter this form made before. Raises `FormUsedBefore`."""
    if Encounter.objects.seen_by(viewer).filter(key=key, officer_id=viewer.user_id).exists():
        return own(viewer, key)
    try:
        with transaction.atomic():
            return write()
    except Refused:
        # Two taps at once: the one that lost may have found the place taken by the one that won.
        if again := of_form(viewer, key):
            return again
        raise
    except IntegrityError as taken:
        if again := of_form(viewer, key):
            return again
        log.exception("a form could not be kept")
        raise FormUsedBefore("This form was used before. Open a new one; what you see here is still on your screen.") from taken


def of_form(viewer: Viewer, key: UUID) -> Encounter | None:
    """The encounter this officer's form made, if it did."""
    return Encounter.objects.seen_by(viewer).filter(key=key, officer_id=viewer.user_id).first()


def own(viewer: Viewer, key: UUID) -> Encounter:
    """An encounter of this officer's own. Raises `NotFound`: another's is not there."""
    found = of_form(viewer, key)
    if found is None:
        raise NotFound
    return found


def record(
    *,
    viewer: Viewer,
    at: datetime,
    meeting: Meeting,
    ending: EncounterEnding,
    reason: str = "",
    mode: str = "",
    judged: eligibility.Verdict | None = None,
) -> Encounter:
    """Write the police side of a meeting: file, encounter, verdict, permission, ledger. Part of a deed's transaction."""
    _check_time(meeting, at)
    young = ending is EncounterEnding.YOUTH or verdicts.known(meeting, at.date()).get("under_18") == "yes"
    identity = NOBODY if young else meeting.identity
    if judged is None and meeting.pathway:
        judged = verdicts.assess(viewer=viewer, at=at, meeting=meeting)
    file = person.open_file(viewer, side=Side.POLICE, agency_id=viewer.agency_id, identity=identity, at=at)
    sight.grant(file, holder_of("user", viewer.user_id), OFFICERS_OWN, Ground.ASSIGNMENT, new=True)
    encounter = _encounter(viewer, at, meeting, file, ending, reason, mode)
    if judged is not None:  # a meeting that ended before anybody asked about a charge has none
        _verdict(viewer, at, meeting, encounter, judged)
    if meeting.asked:
        _permission(viewer, at, meeting, encounter)
    details = {"ending": ending.value, "pathway": meeting.pathway, "reason": reason}
    ledger.write(viewer, deed="encounter_recorded", at=at, about=encounter.key, side=Side.POLICE, details=details)
    return encounter


def _check_time(meeting: Meeting, at: datetime) -> None:
    if meeting.met_at > at + CLOCK_SLACK:
        raise WrongTime("The time of the meeting is in the future. Check the date and time.")
    if meeting.met_at < at - LONGEST_AGO:
        raise WrongTime("The meeting was more than {n} days ago. Ask your records clerk to enter it.", n=LONGEST_AGO.days)


def _encounter(viewer, at, meeting, file, ending, reason, mode) -> Encounter:
    label = f"encounter:{meeting.key}"
    typed = {"incident_number": meeting.incident_number, "place": meeting.place}
    return Encounter.objects.seen_by(viewer).create(
        key=meeting.key,
        file=file,
        agency_id=viewer.agency_id,
        officer_id=viewer.user_id,
        at=meeting.met_at,
        form_opened_at=meeting.form_opened_at,
        recorded_at=at,
        what=list(meeting.what),
        needs=list(meeting.needs),
        pathway=meeting.pathway,
        ending=ending.value,
        reason=reason,
        mode=mode,
        language=meeting.language,
        seen_race=meeting.seen.race,
        seen_sex=meeting.seen.sex,
        seen_age=meeting.seen.age,
        cell=meeting.cell,
        sealed=vault.seal_for(file, label, typed),
    )


def _verdict(viewer, at, meeting, encounter, judged) -> None:
    label = f"verdict:{encounter.key}"
    as_read = {"facts": dict(meeting.facts), "findings": judged.to_json()["findings"]}
    Verdict.objects.seen_by(viewer).create(
        encounter=encounter,
        file=encounter.file,
        pathway=judged.pathway,
        version=judged.version,
        pack=f"{judged.pack} {judged.pack_version}" if judged.pack else "",
        answer=judged.answer.value,
        needs=judged.needs.value if judged.needs else "",
        findings=[
            {"criterion": f.criterion, "answer": f.answer.value, "overridden_by": f.overridden_by and f.overridden_by.value}
            for f in judged.findings
        ],
        sealed=vault.seal_for(encounter.file, label, as_read),
        at=at,
    )


def _permission(viewer, at, meeting: Meeting, encounter) -> None:
    asked = meeting.asked
    Permission.objects.seen_by(viewer).create(
        key=meeting.permission_key,
        encounter=encounter,
        file=encounter.file,
        answer=asked.answer,
        wording=asked.wording,
        wording_version=asked.version,
        language=asked.language,
        interpreter=asked.interpreter,
        covers=list(asked.covers),
        at=at,
    )
