"""A service is asked for a person: which door, how they get there, whose place is kept, and who may see whom.

Every first step of a referral is made here, whether an officer hands over or a navigator tries the next place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from offramp.actions import capacity
from offramp.actions.telling import tell
from offramp.records import sight
from offramp.records.agency import Agency
from offramp.records.capacity import PlaceHold
from offramp.records.episode import Episode
from offramp.records.referral import Referral, Step, shown_to
from offramp.records.rule import Errand
from offramp.records.service import Outlet
from offramp.rules import handoff_steps
from offramp.rules.clocks import due_times
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.way_there import modes_for
from offramp.rules.words import Ground, Mode, ReferralState, Role

NIGHT_BEGINS, NIGHT_ENDS = 22, 6
# An officer on the way with somebody, where nothing better is known.
DRIVE = timedelta(minutes=20)
# What a handoff needs to know of a door, of the ninety columns there are.
_NEEDED = (
    "key", "service", "site__address", "service__name", "service__how_in", "service__brings_people", "service__minutes_to_come",
    "service__status", "service__alert_blocks", "service__closed_at", "service__agency__key", "service__agency__name",
    "service__agency__zone", "service__agency__email", "service__agency__policy", "service__agency__closed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A door somebody can go through: where, how they get there, the place kept, when they should be together."""

    outlet: Outlet
    mode: Mode
    place_hold: PlaceHold | None
    expected_at: datetime | None


class WrongWay(BadInput):
    """Nobody is driven to a team that comes, and no team is sent for from a place that has none."""


class PlaceGone(Refused):
    """The service closed, or was taken out of the directory, while the form was open."""


def choose_door(*, outlet_key: UUID, mode: Mode, at: datetime) -> Door:
    """The door chosen, with a place kept where room was said. Raises `PlaceGone`, `WrongWay`, `NoRoom`, `NotFound`."""
    outlet = _outlet(outlet_key)
    if mode not in modes_for(outlet.service.how_in, sends_a_ride=outlet.service.brings_people == "yes"):
        raise WrongWay("{name} cannot be reached that way. Choose how they get there again.", name=outlet.service.name)
    return Door(outlet, mode, _keep_place(outlet, at), expected(outlet, mode, at))


def _outlet(key: UUID) -> Outlet:
    outlet = Outlet.objects.standing().filter(key=key).select_related("service__agency", "site").only(*_NEEDED).first()
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
    return capacity.hold_place_if_said(service_id=outlet.service_id, at=at, key=uuid4())


def expected(outlet: Outlet, mode: Mode, at: datetime) -> datetime | None:
    """When they should be together: the worker's own time to come, or a drive. Unknown when they go by themselves."""
    if mode is Mode.WORKER_COMES and outlet.service.minutes_to_come:
        return at + timedelta(minutes=outlet.service.minutes_to_come)
    return at + DRIVE if mode is Mode.POLICE_TRANSPORT else None


def ask(
    viewer,
    *,
    at: datetime,
    episode: Episode,
    door: Door,
    from_agency: Agency,
    needs: Iterable[str],
    language: str,
    names: bool = True,
) -> Referral:
    """The referral and its first step. `viewer` may be an errand. `names`: they said yes to being named to this place."""
    service = door.outlet.service
    begins = first_state(service.how_in)
    referral = Referral.objects.seen_by(viewer).create(
        file_id=episode.file_id,
        episode=episode,
        service=service,
        outlet=door.outlet,
        from_agency=from_agency,
        to_agency=service.agency,
        keeper=episode.agency,
        names=names,
        state=begins.value,
        needs=list(needs),
        mode=door.mode.value,
        language=language,
        place_hold=door.place_hold,
        opened_at=at,
        answer_due_at=answer_due(at, service.agency.zone) if begins is ReferralState.REQUESTED else None,
        expected_at=door.expected_at,
    )
    add_step(viewer, referral, begins, at=at, source=handoff_steps.Source.SENDER)
    return referral


def let_see(referral: Referral, *, new: bool = False) -> None:
    """Whoever may see this referral as it stands sees it, and nobody else does. `new`: nobody saw it before."""
    if not new:
        sight.withdraw(referral.file_id, ground=Ground.HANDOFF, source=referral.pk)
    for shown in shown_to(
        state=referral.state,
        names=referral.names,
        own=referral.to_agency_id == referral.keeper_id,
        to_agency=referral.to_agency_id,
        service=referral.service_id,
        closed_at=referral.closed_at,
    ):
        sight.grant(
            referral.file_id, shown.holder, shown.kinds, Ground.HANDOFF, until=shown.until, source=referral.pk, new=True
        )


def tell_receiver(referral: Referral, *, at: datetime) -> None:
    """Neutral words to whoever must act: that somebody waits, and nothing about whom."""
    asked = referral.state == ReferralState.REQUESTED.value
    tell(referral.to_agency, "notice_waiting" if asked else "notice_on_the_way", about=referral.key, at=at)


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
