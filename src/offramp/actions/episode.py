"""A handoff crosses over to care: a new file with what the person allowed, an episode, and the first referral.

Every pathway begins care this way. The one who hands off sees nothing of it: the rows are written on an
errand (records/errand.py) for one file, and what crossed is itself a row, a disclosure.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from offramp.actions.encounter import Asked, Meeting
from offramp.actions.telling import tell
from offramp.records import link, person, sight
from offramp.records.agency import Agency
from offramp.records.capacity import PlaceHold
from offramp.records.encounter import Encounter
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.errand import across
from offramp.records.identity import Identity
from offramp.records.referral import RECEIVER_SEES, Referral, Step
from offramp.records.rule import Errand
from offramp.records.service import Outlet
from offramp.rules import handoff_steps, journey
from offramp.rules.clocks import due_times
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import Ground, Kind, Mode, ReferralState, Role, Side, Stage

CROSSES = frozenset({Kind.IDENTITY, Kind.EPISODE, Kind.REFERRAL, Kind.LINK, Kind.DISCLOSURE})
NIGHT_BEGINS, NIGHT_ENDS = 22, 6


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
    outlet: Outlet,
    mode: Mode,
    place_hold: PlaceHold | None,
    expected_at: datetime | None,
) -> Begun:
    """Open the care side of a handoff. Part of a deed's transaction: it adds no entry of its own to the ledger."""
    police = Agency.objects.get(pk=viewer.agency_id)
    receiver = outlet.service.agency
    keeper = who_stays(police, receiver)
    with across(viewer, side=Side.CARE, kinds=CROSSES, ground="handoff disclosure") as errand:
        file = person.open_file(
            errand, side=Side.CARE, agency_id=keeper.pk, identity=permitted(meeting.identity, asked.covers), at=at
        )
        episode = _episode(errand, at, file, keeper, police, meeting)
        referral = _referral(errand, at, episode, outlet, meeting, mode, place_hold, expected_at)
        _disclose(errand, at, file, police, {keeper.pk, receiver.pk}, asked, encounter)
        link.remember_origin(
            errand, file=file, police_key=encounter.file.key, encounter_key=encounter.key, at=at, by=viewer.user_id
        )
    if receiver.pk != keeper.pk:
        sight.grant(file, holder_of("agency", receiver.pk), RECEIVER_SEES, Ground.HANDOFF, source=referral.pk)
    _tell(at, referral, keeper, receiver)
    return Begun(episode.key, referral.key, expected_at)


def who_stays(police: Agency, receiver: Agency) -> Agency:
    """The agency that stays with the person: the navigators this department works with, else the receiver itself."""
    named = police.policy.get("navigators")
    navigators = Agency.objects.standing().filter(key=named).first() if named else None
    return navigators or receiver


def _episode(errand: Errand, at, file, keeper, police, meeting) -> Episode:
    stages = [Stage.CHECKING, Stage.OFFERED, Stage.ACCEPTED, Stage.HANDOFF_PENDING]
    episode = Episode.objects.seen_by(errand).create(
        file=file,
        agency=keeper,
        source_agency=police,
        pathway=meeting.pathway,
        stage=stages[-1].value,
        began_at=meeting.met_at,
        handoff_due_at=due_times("T02", at)["due"],
    )
    stage = Stage.NEW
    for name, reached in zip(("check", "offer", "accept", "call"), stages, strict=True):
        stage = journey.take(stage, name, Role.OFFICER)
        assert stage is reached  # the journey and this list say the same
        EpisodeStep.objects.seen_by(errand).create(
            episode=episode, file=file, stage=stage.value, at=at, by_id=errand.sender.user_id
        )
    return episode


def _referral(errand: Errand, at, episode, outlet, meeting, mode, place_hold, expected_at) -> Referral:
    service = outlet.service
    begins = first_state(service.how_in)
    referral = Referral.objects.seen_by(errand).create(
        file=episode.file,
        episode=episode,
        service=service,
        outlet=outlet,
        from_agency=episode.source_agency,
        to_agency=service.agency,
        keeper=episode.agency,
        state=begins.value,
        needs=list(meeting.needs),
        mode=mode.value,
        language=meeting.language,
        place_hold=place_hold,
        opened_at=at,
        answer_due_at=answer_due(at, service.agency.zone) if begins is ReferralState.REQUESTED else None,
        expected_at=expected_at,
    )
    add_step(errand, referral, begins, at=at, source=handoff_steps.Source.SENDER)
    return referral


def first_state(how_in: str) -> ReferralState:
    """A place that takes walk-ins is not asked; any other is."""
    return handoff_steps.take(ReferralState.DRAFT, "walk_in" if how_in == "walk_in" else "ask", Role.OFFICER)


def answer_due(at: datetime, zone: str) -> datetime:
    """Timer T07: half an hour by day, an hour by night, where the receiver is."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    night = hour >= NIGHT_BEGINS or hour < NIGHT_ENDS
    return due_times("T07", at)["night" if night else "due"]


def add_step(viewer, referral: Referral, state: ReferralState, *, at: datetime, source, reason: str = "") -> Step:
    """One more step of a referral's journey. `viewer` may be an errand: then its sender did it."""
    who = viewer.sender if isinstance(viewer, Errand) else viewer
    return Step.objects.seen_by(viewer).create(
        referral=referral,
        file_id=referral.file_id,
        state=state.value,
        source=source.value,
        at=at,
        by_id=who.user_id,
        agency_id=who.agency_id,
        reason=reason,
    )


def _disclose(errand: Errand, at, file, police, told: set[int], asked, encounter) -> None:
    permission = encounter.permissions.order_by("-pk").values_list("key", flat=True).first()
    for agency_id in sorted(told):
        Disclosure.objects.seen_by(errand).create(
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


def _tell(at: datetime, referral: Referral, keeper: Agency, receiver: Agency) -> None:
    """Neutral words to whoever must act: that somebody waits, and nothing about whom."""
    asked = referral.state == ReferralState.REQUESTED.value
    tell(receiver, "notice_waiting" if asked else "notice_on_the_way", about=referral.key, at=at)
    if keeper.pk != receiver.pk:
        tell(keeper, "notice_waiting_on_scene", about=referral.key, at=at)
