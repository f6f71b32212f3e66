"""Take a handoff back: within five minutes, and before anybody met. The encounter stays; the rest is let go."""

from datetime import datetime, timedelta

from django.db import transaction

from offramp.actions import capacity, charge_hold, encounter
from offramp.actions.referrals import add_step
from offramp.actions.telling import tell
from offramp.records import ledger, outbox, sight
from offramp.records.encounter import Encounter
from offramp.records.episode import Episode, EpisodeStep
from offramp.records.errand import across
from offramp.records.link import care_file_of
from offramp.records.referral import Referral
from offramp.rules import handoff_steps, journey
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import EncounterEnding, Ground, Kind, ReferralState, Side, Stage

FOR = timedelta(minutes=5)
THERE = (ReferralState.ARRIVED.value, ReferralState.STARTED.value)
TAKES_BACK = frozenset({Kind.EPISODE, Kind.REFERRAL})


class TooLate(Refused):
    """The five minutes are over, or they have met."""


def until(kept: Encounter) -> datetime:
    """Until when this handoff can be taken back, unless they meet before."""
    return kept.recorded_at + FOR


def undo(*, viewer: Viewer, at: datetime, encounter_key) -> Encounter:
    """Take it back. Done twice it is done once. Raises `TooLate`, `NotFound`."""
    require(viewer, Duty.DIVERT)
    with transaction.atomic():
        kept = encounter.own(viewer, encounter_key)
        if kept.undone_at:
            return kept
        if kept.ending != EncounterEnding.HANDED_OFF.value:
            raise TooLate("There is no handoff here to take back.")
        if at > until(kept):
            raise TooLate("Five minutes have passed, so this can no longer be undone. Call the navigator.")
        if not Encounter.objects.seen_by(viewer).filter(pk=kept.pk, undone_at=None).update(undone_at=at):
            return encounter.own(viewer, encounter_key)
        _let_go(viewer, at, kept)
        charge_hold.withdraw(viewer=viewer, at=at, encounter=kept)
        sight.withdraw(kept.file, ground=Ground.TRANSPORT)
        ledger.write(viewer, deed="handoff_undone", at=at, about=kept.key, side=Side.POLICE)
        return encounter.own(viewer, encounter_key)


def _let_go(viewer: Viewer, at: datetime, kept: Encounter) -> None:
    with across(
        viewer, side=Side.CARE, kinds=TAKES_BACK, ground="handoff undone", file_key=care_file_of(kept.key)
    ) as errand:
        if Referral.objects.seen_by(errand).filter(state__in=THERE).exists():
            return  # whoever has arrived stays with care; the officer's own side is undone, and hears nothing of it
        episode = _close(errand, viewer, at)
        for referral in Referral.objects.seen_by(errand).filter(open=True).select_related("to_agency", "place_hold"):
            _cancel(errand, viewer, at, referral)
        tell(episode.agency, "notice_cancelled", about=episode.key, at=at)


def _close(errand, viewer: Viewer, at: datetime) -> Episode:
    """The episode first: whoever claims or meets at this moment waits for it, or was quicker and is not undone."""
    rows = Episode.objects.seen_by(errand)
    if not rows.filter(met_at=None, open=True).update(stage=Stage.CLOSED_ADMIN.value, open=False, ended_at=at):
        if rows.get().met_at:
            raise TooLate("They have met, so this can no longer be undone.")
        raise TooLate("This can no longer be undone. Call the navigator.")
    episode = rows.get()
    stage = journey.take(Stage.HANDOFF_PENDING, "close_for_the_record", viewer.role)
    EpisodeStep.objects.seen_by(errand).create(
        episode=episode, file_id=episode.file_id, stage=stage.value, at=at, by_id=viewer.user_id, reason="undone"
    )
    return episode


def _cancel(errand, viewer: Viewer, at: datetime, referral: Referral) -> None:
    """Whatever its desk says at this moment: a word that came first is heard, and then it is cancelled all the same.

    Who has begun with a service stays there. The officer is told nothing of either.
    """
    if not any(move.name == "cancel" for move in handoff_steps.steps_from(ReferralState(referral.state))):
        return None
    to = handoff_steps.take(ReferralState(referral.state), "cancel", viewer.role)
    same = Referral.objects.seen_by(errand).filter(pk=referral.pk, state=referral.state)
    if not same.update(state=to.value, open=False, closed_at=at):
        return _cancel_if_open(errand, viewer, at, referral.pk)
    add_step(errand, referral, to, at=at, source=handoff_steps.Source.SENDER, reason="undone")
    if referral.place_hold:
        capacity.free_place(at=at, hold_key=referral.place_hold.key)
    sight.withdraw(referral.file_id, ground=Ground.HANDOFF, source=referral.pk)
    outbox.call_back(about=referral.key, at=at)
    tell(referral.to_agency, "notice_cancelled", about=referral.key, at=at)
    return None


def _cancel_if_open(errand, viewer: Viewer, at: datetime, pk: int) -> None:
    rows = Referral.objects.seen_by(errand).filter(pk=pk, open=True).select_related("to_agency", "place_hold")
    for again in rows:
        _cancel(errand, viewer, at, again)
