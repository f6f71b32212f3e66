"""A handoff crosses over to care: a new file with what the person allowed, an episode, and the first referral.

Every pathway begins care this way. The one who hands off sees nothing of it: the rows are written on an
errand (records/errand.py) for one file, and what crossed is itself a row, a disclosure.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from offramp.actions import referrals
from offramp.actions.encounter import Asked, Meeting
from offramp.actions.telling import tell
from offramp.records import link, person, vault
from offramp.records.agency import Agency
from offramp.records.encounter import Encounter
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.errand import across
from offramp.records.identity import Identity
from offramp.records.rule import Errand
from offramp.rules import journey
from offramp.rules.clocks import due_times
from offramp.rules.visibility import Viewer
from offramp.rules.words import Kind, Role, Side, Stage

CROSSES = frozenset({Kind.IDENTITY, Kind.EPISODE, Kind.REFERRAL, Kind.LINK, Kind.DISCLOSURE})


@dataclass(frozen=True)
class Begun:
    """What began: the episode and its first referral, by key, and when somebody should be with them."""

    episode_key: UUID
    referral_key: UUID
    expected_at: datetime | None


def permitted(identity: Identity, covers: tuple[str, ...]) -> Identity:
    """The parts of who they are that their yes covers. What was not asked for does not cross."""
    allowed = frozenset(covers)
    named = "name" in allowed
    return Identity(
        first=identity.first if named else "",
        last=identity.last if named else "",
        known_as=identity.known_as if named else "",
        aliases=identity.aliases if named else (),
        birth=identity.birth if "birth_date" in allowed else Identity().birth,
        phones=identity.phones if "phone" in allowed else (),
        language=identity.language if "language" in allowed else "",
    )


def begin(
    *,
    viewer: Viewer,
    at: datetime,
    encounter: Encounter,
    meeting: Meeting,
    asked: Asked,
    door: referrals.Door,
) -> Begun:
    """Open the care side of a handoff. Part of a deed's transaction: it adds no entry of its own to the ledger."""
    police = encounter.agency
    receiver = door.outlet.service.agency
    keeper = who_stays(police, receiver)
    with across(viewer, side=Side.CARE, kinds=CROSSES, ground="handoff disclosure") as errand:
        file = person.open_file(
            errand, side=Side.CARE, agency_id=keeper.pk, identity=permitted(meeting.identity, asked.covers), at=at
        )
        episode = _episode(errand, at, file, keeper, police, meeting)
        referral = referrals.ask(
            errand,
            at=at,
            episode=episode,
            door=door,
            from_agency=police,
            needs=meeting.needs,
            language=meeting.language,
        )
        _disclose(errand, at, file, police, {keeper.pk, receiver.pk}, asked, meeting.permission_key)
        link.remember_origin(
            errand, file=file, police_key=encounter.file.key, encounter_key=encounter.key, at=at, by=viewer.user_id
        )
    referrals.let_see(referral, new=True)
    referrals.tell_receiver(referral, at=at)
    if keeper.pk != receiver.pk:
        tell(keeper, "notice_waiting_on_scene", about=referral.key, at=at)
    return Begun(episode.key, referral.key, referral.expected_at)


def who_stays(police: Agency, receiver: Agency) -> Agency:
    """The agency that stays with the person: the navigators this department works with, else the receiver itself."""
    named = police.policy.get("navigators")
    if named == str(receiver.key):
        return receiver
    navigators = Agency.objects.standing().filter(key=named).first() if named else None
    return navigators or receiver


def where_they_wait(episode: Episode) -> str:
    """The place as the officer typed it, if they allowed that to be passed on. The row came through the door."""
    if not episode.sealed:
        return ""
    return vault.open_for(episode.file, f"episode:{episode.key}", episode.sealed)["place"]


def _episode(errand: Errand, at, file, keeper, police, meeting) -> Episode:
    key, place = uuid.uuid4(), meeting.place if meeting.asked and "location" in meeting.asked.covers else ""
    stages = [Stage.CHECKING, Stage.OFFERED, Stage.ACCEPTED, Stage.HANDOFF_PENDING]
    episode = Episode.objects.seen_by(errand).create(
        file=file,
        agency=keeper,
        source_agency=police,
        key=key,
        sealed=vault.seal_for(file, f"episode:{key}", {"place": place}) if place else None,
        pathway=meeting.pathway,
        stage=stages[-1].value,
        began_at=meeting.met_at,
        handoff_due_at=due_times("T02", at)["due"],
    )
    stage, steps = Stage.NEW, []
    for name, reached in zip(("check", "offer", "accept", "call"), stages, strict=True):
        stage = journey.take(stage, name, Role.OFFICER)
        assert stage is reached  # the journey and this list say the same
        steps.append(EpisodeStep(episode=episode, file=file, stage=stage.value, at=at, by_id=errand.sender.user_id))
    EpisodeStep.objects.seen_by(errand).bulk_create(steps)
    return episode


def _disclose(errand: Errand, at, file, police, told: set[int], asked, permission: UUID) -> None:
    acts = [
        Disclosure(
            key=uuid.uuid4(),
            file=file,
            from_agency=police,
            to_agency_id=agency_id,
            covers=list(asked.covers),
            ground="spoken_permission",
            permission=permission,
            law=["police_observation"],
            at=at,
        )
        for agency_id in sorted(told)
    ]
    Disclosure.objects.seen_by(errand).bulk_create(acts)
