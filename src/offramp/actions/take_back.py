"""A desk takes its own last word back: within five minutes, while nobody has acted on it. A finger slips.

Nothing is erased: the referral stands where it stood before, and one more step says that a word was taken back. What the
word did is undone with it: a place that was freed is kept again if it is not gone, a place that was filled is empty, and
whoever was told hears that the answer has changed, unless their notice had not left yet.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.actions import capacity
from offramp.actions.handoff import asked, stand
from offramp.actions.telling import tell
from offramp.records import ledger, outbox
from offramp.records.referral import THEIR_NO, Referral, Step, asked_since
from offramp.rules.handoff_steps import UNDONE, Said, Source, before_the_slip
from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import ReferralState, Side

_FREED = frozenset({*THEIR_NO, ReferralState.NO_SHOW})
# What the one who stays with the person was told of it.
_TOLD = {
    ReferralState.ACCEPTED: "notice_accepted",
    ReferralState.REJECTED: "notice_cannot_take",
    ReferralState.REJECTED_AT_DOOR: "notice_cannot_take",
    ReferralState.NO_SHOW: "notice_no_show",
}


class TooLate(Refused):
    """Five minutes are over, or somebody has acted on the word already."""


def take_back(*, viewer: Viewer, at: datetime, referral_key: UUID) -> Referral:
    """I did not mean that. Raises `TooLate`, `NotFound`, `Overtaken`; then all stays as it is."""
    with transaction.atomic():
        referral = asked(viewer, referral_key)
        now, steps = ReferralState(referral.state), steps_of(viewer, referral)
        before = before_the_slip(steps, at=at)
        if before is None or steps[-1].state is not now:
            raise TooLate("This can no longer be taken back. Call the navigators.")
        if now in _FREED and asked_since(referral):
            raise TooLate("The search has gone on in the meantime. Call the navigators if you can take them after all.")
        stand(viewer, at, referral, before, Source.RECEIVER, reason=UNDONE, was_for=steps[-1].reason)
        _undo_what_it_did(referral, now, at)
        ledger.write(
            viewer, deed="referral_step", at=at, about=referral.key, side=Side.CARE, details={"step": "take_back"}
        )
        return referral


def steps_of(viewer: Viewer, referral: Referral) -> list[Said]:
    """What was said of it, in order."""
    rows = Step.objects.seen_by(viewer).filter(referral=referral).order_by("pk")
    return [Said(ReferralState(row.state), Source(row.source), row.at, row.reason) for row in rows]


def _undo_what_it_did(referral: Referral, word: ReferralState, at: datetime) -> None:
    hold = referral.place_hold
    if hold and word is ReferralState.ARRIVED:
        capacity.empty_place(hold_key=hold.key)
    elif hold and word in _FREED:
        capacity.keep_again(hold_key=hold.key, at=at)
    if word in _TOLD and not outbox.call_back(about=referral.key, template=_TOLD[word], at=at):
        tell(referral.keeper, "notice_changed", about=referral.key, at=at)
