"""The one who is asked answers: I can take them, I cannot, on the way, they are here.

A warm handoff is a two-sided act: each step is said by its own side, and keeps who said it and when. This is
the receiver's side; the navigator's own (claimed, met) is in claim.py.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.actions import capacity
from offramp.actions.referrals import add_step, let_see
from offramp.actions.telling import tell
from offramp.records import ledger
from offramp.records.referral import IS_OVER, NOT_THEIRS, Referral
from offramp.rules import handoff_steps
from offramp.rules.duties import Duty, require
from offramp.rules.handoff_steps import Source
from offramp.rules.likelihood import Tally, tally
from offramp.rules.refusal import NotFound, Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import CannotTakeReason, ReferralState, Role, Side

# What a step reads of a referral, of the thirty columns with its place hold.
MOVED_BY = (
    "key", "file", "episode", "service", "to_agency", "keeper", "state", "names", "answer_due_at", "closed_at", "place_hold__key",
)  # fmt: skip


class Overtaken(Refused):
    """Somebody else did something with it in the meantime."""


def accept(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """I can take them."""
    return _answer(viewer, at, referral_key, "accept", tells="notice_accepted")


def decline(*, viewer: Viewer, at: datetime, referral_key: UUID, reason: CannotTakeReason) -> Referral:
    """I cannot, for a coded reason. The one who stays with the person is told at once, and the place is let go.

    For five minutes the desk still sees what it said no to, without a name, so that a slip can be taken back.
    """
    with transaction.atomic():
        referral = asked(viewer, referral_key)
        name = "turn_away" if ReferralState(referral.state) in _AT_THE_DOOR else "decline"
        referral = move(viewer, at, referral, name, Source.RECEIVER, reason=reason.value)
        if referral.place_hold:
            capacity.free_place(at=at, hold_key=referral.place_hold.key)
        tell(referral.keeper, "notice_cannot_take", about=referral.key, at=at)
        return referral


def on_the_way(*, viewer: Viewer, at: datetime, referral_key: UUID, expected_at: datetime | None = None) -> Referral:
    """I am coming, or they are on the way to me."""
    return _answer(viewer, at, referral_key, "on_the_way", expected_at=expected_at)


def arrived(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """They are here, late or not. The provider's own word; the officer is not told."""
    with transaction.atomic():
        referral = asked(viewer, referral_key)
        name = "came_late" if referral.state == ReferralState.NO_SHOW.value else "arrived"
        referral = move(viewer, at, referral, name, Source.RECEIVER)
        if referral.place_hold:
            capacity.fill_place(at=at, hold_key=referral.place_hold.key)
        return referral


def started(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """What they came for has begun. The provider's own word."""
    return _answer(viewer, at, referral_key, "start")


def ended(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """They have left again: a night, a stay or a visit is over. How it went is not kept here."""
    return _answer(viewer, at, referral_key, "end")


def no_show(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """They did not come this time. The one who stays with them is told; the police are not."""
    with transaction.atomic():
        referral = move(viewer, at, asked(viewer, referral_key), "no_show", Source.RECEIVER)
        if referral.place_hold:
            capacity.free_place(at=at, hold_key=referral.place_hold.key)
        tell(referral.keeper, "notice_no_show", about=referral.key, at=at)
        return referral


def keep_longer(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """The place is kept for them longer, once: to six hours (timer T08). Raises `HoldIsOver`."""
    with transaction.atomic():
        referral = asked(viewer, referral_key)
        if referral.place_hold is None:
            raise capacity.HoldIsOver("No place is kept for them.")
        capacity.extend_place(hold_key=referral.place_hold.key, at=at)
        ledger.write(viewer, deed="place_kept_longer", at=at, about=referral.key, side=Side.CARE)
        return referral


_AT_THE_DOOR = (ReferralState.EN_ROUTE, ReferralState.ARRIVED)
_NOT_AS_BEFORE = frozenset({state.value for state in NOT_THEIRS | IS_OVER})


def _answer(viewer: Viewer, at: datetime, key: UUID, name: str, *, tells: str = "", expected_at=None) -> Referral:
    with transaction.atomic():
        referral = asked(viewer, key)
        referral = move(viewer, at, referral, name, Source.RECEIVER, expected_at=expected_at)
        if tells and referral.to_agency_id != referral.keeper_id:
            tell(referral.keeper, tells, about=referral.key, at=at)
        return referral


def asked(viewer: Viewer, key: UUID) -> Referral:
    """A referral to this viewer's own agency. Raises `NotFound`: whoever merely follows it does not answer it."""
    require(viewer, Duty.ANSWER_REFERRALS if viewer.role is Role.PROVIDER else Duty.WORK_HANDOFFS)
    referral = (
        Referral.objects.seen_by(viewer)
        .filter(key=key, to_agency_id=viewer.agency_id)
        .select_related("place_hold")
        .only(*MOVED_BY)
        .first()
    )
    if referral is None:
        raise NotFound
    return referral


def move(
    viewer: Viewer, at: datetime, referral: Referral, name: str, source: Source, *, reason: str = "", expected_at=None
) -> Referral:
    """One step, if nobody was quicker. Done twice by the same side, it is done once."""
    to = handoff_steps.take(ReferralState(referral.state), name, viewer.role)
    changed = {"expected_at": expected_at} if expected_at else {}
    stand(viewer, at, referral, to, source, reason=reason, **changed)
    details = {"step": name, "reason": reason}
    ledger.write(viewer, deed="referral_step", at=at, about=referral.key, side=Side.CARE, details=details)
    return referral


def stand(
    viewer: Viewer, at: datetime, referral: Referral, to: ReferralState, source: Source, *, reason: str, was_for: str = "", **changed
) -> None:
    """From here on it stands like this: its state, who sees it, what its service is judged by, and one more step.

    `was_for`: the reason it stood as it did before, where that was a no.
    """
    before = referral.state
    open_ = to in handoff_steps.OPEN and to not in NOT_THEIRS
    changed |= {"state": to.value, "open": open_, "closed_at": None if open_ else at}
    rows = Referral.objects.seen_by(viewer).filter(pk=referral.pk, state=before)
    if not rows.update(**changed):
        raise Overtaken("Somebody else answered this in the meantime. The list shows how it stands now.")
    for field, value in changed.items():
        setattr(referral, field, value)
    add_step(viewer, referral, to, at=at, source=source, reason=reason)
    if difference := _tally(referral, to, reason) - _tally(referral, ReferralState(before), was_for):
        capacity.answered(service_id=referral.service_id, asked=difference.asked, taken=difference.taken)
    if _NOT_AS_BEFORE & {before, to.value}:
        let_see(referral)


def _tally(referral: Referral, state: ReferralState, reason: str) -> Tally:
    """Our own team is not judged: it goes when it is called."""
    if referral.to_agency_id == referral.keeper_id or state is ReferralState.CANCELLED:
        return Tally()
    return tally(state, was_asked=referral.answer_due_at is not None, reason=reason)
