"""A navigator asks another place for somebody: the next one when the first could not, or the one that fits better.

"No" never ends the search. The person says yes to each place by itself; without that yes the place is asked all
the same, but hears no name.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from offramp.actions import capacity, referrals
from offramp.actions.claim import mine_to_work
from offramp.actions.handoff import MOVED_BY, move
from offramp.actions.telling import tell
from offramp.records import ledger, outbox
from offramp.records.agency import Agency
from offramp.records.episode import Disclosure, Episode
from offramp.records.referral import Referral
from offramp.rules.duties import Duty, require
from offramp.rules.handoff_steps import Source
from offramp.rules.refusal import NotFound, Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode, ReferralState, Side

SAYS_WHO = ("name", "birth_date", "phone", "language")


class AskedAlready(Refused):
    """This place has been asked for them and has not answered yet."""


class HasEnded(Refused):
    """Their journey with this team is over; a new one begins with a new meeting."""


def refer(*, viewer: Viewer, at: datetime, episode_key: UUID, outlet_key: UUID, mode: Mode, names: bool) -> Referral:
    """Ask one more place. Raises `AskedAlready`, `HasEnded`, `NoRoom`, `PlaceGone`, `WrongWay`; then nothing is written.

    A place that has not answered in time is not waited for any longer: that was a no.
    """
    with transaction.atomic():
        episode = _in_turn(viewer, episode_key)
        before = list(_asked_for(viewer, episode))
        if any(row.open and row.outlet and row.outlet.key == outlet_key for row in before):
            raise AskedAlready("This place has been asked already, and has not answered yet.")
        for row in before:
            if row.open and row.state == ReferralState.REQUESTED.value and row.answer_due_at and row.answer_due_at <= at:
                let_go(viewer, at, row, "expire", reason="no_answer")
        referral = _ask(viewer, at, episode, outlet_key, mode, names, last=before[0] if before else None)
        if names and referral.to_agency_id != referral.keeper_id:
            _disclose(viewer, at, referral)
        referrals.tell_receiver(referral, at=at)
        ledger.write(viewer, deed="referred", at=at, about=referral.key, side=Side.CARE, details={"names": names})
        return referral


def call_back(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """A place that was asked need not come any more: another said yes, or the person chose otherwise."""
    require(viewer, Duty.WORK_HANDOFFS)
    with transaction.atomic():
        rows = Referral.objects.seen_by(viewer).filter(key=referral_key, keeper_id=viewer.agency_id)
        referral = rows.exclude(to_agency_id=viewer.agency_id).select_related("place_hold").only(*MOVED_BY).first()
        if referral is None:
            raise NotFound
        let_go(viewer, at, referral, "cancel", reason="not_needed")
        return referral


def let_go(viewer: Viewer, at: datetime, referral: Referral, step: str, *, reason: str) -> None:
    """Nobody comes to this place: its place is free, it sees nothing more, and it hears so unless it never heard of them."""
    move(viewer, at, referral, step, Source.SENDER, reason=reason)
    if referral.place_hold:
        capacity.free_place(at=at, hold_key=referral.place_hold.key)
    unheard = outbox.call_back(about=referral.key, at=at)
    if not unheard and referral.to_agency_id != referral.keeper_id:
        tell(referral.to_agency, "notice_cancelled", about=referral.key, at=at)


def _in_turn(viewer: Viewer, episode_key: UUID) -> Episode:
    """Queue at the episode, so that two who ask at once are not both the first."""
    episode = mine_to_work(viewer, episode_key)
    if not Episode.objects.seen_by(viewer).filter(pk=episode.pk, open=True).update(stage=F("stage")):
        raise HasEnded("Their journey with you has ended. Meeting them again begins a new one.")
    return episode


def _asked_for(viewer: Viewer, episode: Episode):
    """Every place asked for them, the newest first."""
    rows = Referral.objects.seen_by(viewer).filter(episode=episode).select_related("outlet", "place_hold", "to_agency")
    return rows.order_by("-pk")


def _ask(viewer: Viewer, at: datetime, episode: Episode, outlet_key: UUID, mode: Mode, names: bool, *, last) -> Referral:
    referral = referrals.ask(
        viewer,
        at=at,
        episode=episode,
        door=referrals.choose_door(outlet_key=outlet_key, mode=mode, at=at),
        from_agency=Agency.objects.get(pk=viewer.agency_id),
        needs=last.needs if last else (),
        language=last.language if last else "en",
        names=names,
    )
    referrals.let_see(referral, new=True)
    return referral


def _disclose(viewer: Viewer, at: datetime, referral: Referral) -> None:
    Disclosure.objects.seen_by(viewer).create(
        key=uuid4(),
        file_id=referral.file_id,
        from_agency_id=viewer.agency_id,
        to_agency=referral.to_agency,
        covers=list(SAYS_WHO),
        ground="spoken_permission",
        law=["police_observation"],
        at=at,
    )
