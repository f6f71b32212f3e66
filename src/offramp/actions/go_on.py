"""What becomes of somebody after they were met: they take part, are away, come back, or it ends.

Each step is said by whoever stays with them. Return to use is no step of its own and no ending: who is away is
welcome back, and whoever was closed begins anew. (Meeting them and passing them on have deeds of their own: claim.py.)
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.actions.claim import mine_to_work, take_step
from offramp.actions.handoff import MOVED_BY, move
from offramp.actions.refer import let_go
from offramp.records import ledger
from offramp.records.episode import Episode
from offramp.records.referral import Referral
from offramp.rules import handoff_steps, journey
from offramp.rules.handoff_steps import Source
from offramp.rules.refusal import BadInput
from offramp.rules.visibility import Viewer
from offramp.rules.words import CannotTakeReason, ReferralState, Side, Stage

STEPS = frozenset(
    {"engage", "go_on", "pause", "come_back", "start_over", "meet_again", "complete", "close_quietly", "close_moved"}
    | {"transfer", "close_incarcerated", "close_deceased", "close_for_the_record"}
)

NOT_THERE_YET = (*handoff_steps.WAITING, *handoff_steps.COMING)


class NotAStep(BadInput):
    """No step of this name is said here."""


def go_on(
    *, viewer: Viewer, at: datetime, episode_key: UUID, step: str, reason: CannotTakeReason | None = None
) -> Episode:
    """One step further. An ending calls back what was asked and not answered yet, so that nobody waits in vain."""
    if step not in STEPS:
        raise NotAStep("There is no step called “{name}” here.", name=step)
    with transaction.atomic():
        episode = mine_to_work(viewer, episode_key)
        ends = journey.take(Stage(episode.stage), step, viewer.role) in journey.ENDINGS
        changed = {"open": False, "ended_at": at} if ends else {}
        take_step(viewer, at, episode, step, reason=reason.value if reason else step, **changed)
        if ends:
            _let_go(viewer, at, episode)
        ledger.write(viewer, deed=f"episode_{step}", at=at, about=episode.key, side=Side.CARE)
        return episode


def _let_go(viewer: Viewer, at: datetime, episode: Episode) -> None:
    """Who is with a service stays there, and that service says when it is over; our own part ends, and the rest is called back."""
    rows = Referral.objects.seen_by(viewer).filter(episode=episode, open=True).select_related("place_hold")
    for referral in rows.only(*MOVED_BY).order_by("pk"):
        if ReferralState(referral.state) in NOT_THERE_YET:
            let_go(viewer, at, referral, "cancel", reason="episode_closed")
        elif referral.to_agency_id == viewer.agency_id:
            move(viewer, at, referral, "end", Source.RECEIVER)
