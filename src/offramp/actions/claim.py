"""A navigator or peer takes a handoff, goes there, and says *met*, face to face.

That alone puts the word "met" on the officer's own list: nobody else's word does, and nothing else follows it there.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from offramp.actions import capacity
from offramp.actions.handoff import MOVED_BY, Overtaken, move
from offramp.actions.telling import tell
from offramp.records import ledger, link
from offramp.records.encounter import Encounter, TellBack
from offramp.records.episode import Episode, EpisodeStep
from offramp.records.errand import across
from offramp.records.referral import Referral
from offramp.rules import handoff_steps, journey
from offramp.rules.duties import Duty, require
from offramp.rules.handoff_steps import Source
from offramp.rules.refusal import NotFound, Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Kind, ReferralState, Side, Stage, Told

# What these deeds read of an episode; where somebody waits stays sealed, and unread.
_NEEDED = ("key", "file", "agency", "pathway", "stage", "open", "claimed_by", "claimed_at", "met_at")
WRITES_A_WORD = frozenset({Kind.ENCOUNTER, Kind.TELLBACK})


class NotYours(Refused):
    """A colleague has taken it."""


def claim(*, viewer: Viewer, at: datetime, episode_key: UUID, minutes_away: int | None = None) -> Episode:
    """I take this one, and I am on my way. The first who taps has it; a second tap by the same person changes nothing."""
    with transaction.atomic():
        episode = mine_to_work(viewer, episode_key)
        if episode.claimed_by_id == viewer.user_id:
            return episode
        rows = Episode.objects.seen_by(viewer).filter(pk=episode.pk, claimed_by=None, open=True)
        if not rows.update(claimed_by_id=viewer.user_id, claimed_at=at):
            _still_open(mine_to_work(viewer, episode_key))
            raise Overtaken("A colleague has taken this one already.")
        expected_at = at + timedelta(minutes=minutes_away) if minutes_away is not None else None
        for referral in _own_referrals(viewer, episode, before=(ReferralState.REQUESTED, ReferralState.INFO_NEEDED)):
            referral = move(viewer, at, referral, "accept", Source.RECEIVER)
            move(viewer, at, referral, "on_the_way", Source.RECEIVER, expected_at=expected_at)
        ledger.write(viewer, deed="handoff_claimed", at=at, about=episode.key, side=Side.CARE)
        episode.claimed_by_id, episode.claimed_at = viewer.user_id, at
        return episode


def pass_on(*, viewer: Viewer, at: datetime, episode_key: UUID) -> Episode:
    """I cannot go after all: the person waits again on everyone's screen, and the call begins anew. Nobody is dropped."""
    with transaction.atomic():
        episode = _still_open(mine_to_work(viewer, episode_key))
        if episode.claimed_by_id != viewer.user_id:
            raise NotYours("This one is not yours to pass on.")
        take_step(viewer, at, episode, "pass_on", claimed_by=None, claimed_at=None)
        for referral in _own_referrals(viewer, episode, before=handoff_steps.COMING):
            move(viewer, at, referral, "pass_on", Source.RECEIVER)
        tell(episode.agency, "notice_waiting_on_scene", about=episode.key, at=at)
        ledger.write(viewer, deed="handoff_passed_on", at=at, about=episode.key, side=Side.CARE)
        return episode


def claim_all(*, viewer: Viewer, at: datetime, episode_keys: Collection[UUID]) -> list[Episode]:
    """I take all of these, or none: two people at one corner. Raises what `claim` raises; then nothing is changed."""
    with transaction.atomic():
        return [claim(viewer=viewer, at=at, episode_key=key) for key in sorted(episode_keys)]


def pass_on_all(*, viewer: Viewer, at: datetime, episode_keys: Collection[UUID]) -> list[Episode]:
    """I can go to none of these after all: all of them wait again, or all stay as they are."""
    with transaction.atomic():
        return [pass_on(viewer=viewer, at=at, episode_key=key) for key in sorted(episode_keys)]


def met(*, viewer: Viewer, at: datetime, episode_key: UUID) -> Episode:
    """We stand together. Ends the handoff clock and tells the officer one word. Done twice, it is done once."""
    with transaction.atomic():
        episode = mine_to_work(viewer, episode_key)
        if episode.met_at:
            return episode
        _still_open(episode)
        if episode.claimed_by_id not in (None, viewer.user_id):
            raise NotYours("A colleague has this one. Ask them to pass it on first.")
        take_step(viewer, at, episode, "meet", met_at=at, claimed_by_id=viewer.user_id, claimed_at=episode.claimed_at or at)
        for referral in _own_referrals(viewer, episode):
            move(viewer, at, referral, "met", Source.RECEIVER)
            if referral.place_hold:
                capacity.free_place(at=at, hold_key=referral.place_hold.key)
        _tell_the_officer(viewer, at, episode)
        ledger.write(viewer, deed="met", at=at, about=episode.key, side=Side.CARE)
        return episode


def mine_to_work(viewer: Viewer, key: UUID) -> Episode:
    """An episode that this viewer's agency stays with. Raises `NotFound`."""
    require(viewer, Duty.WORK_HANDOFFS)
    episode = Episode.objects.seen_by(viewer).filter(key=key, agency_id=viewer.agency_id).only(*_NEEDED).first()
    if episode is None:
        raise NotFound
    return episode


def _still_open(episode: Episode) -> Episode:
    if not episode.open:
        raise Overtaken("This handoff was taken back in the meantime. Nobody has to go.")
    return episode


def _own_referrals(viewer: Viewer, episode: Episode, before: tuple[ReferralState, ...] = ()) -> list[Referral]:
    """Open referrals of this episode that ask the viewer's own team to come."""
    rows = Referral.objects.seen_by(viewer).filter(episode=episode, to_agency_id=viewer.agency_id, open=True)
    if before:
        rows = rows.filter(state__in=[state.value for state in before])
    return list(rows.select_related("place_hold").only(*MOVED_BY).order_by("pk"))


def take_step(viewer: Viewer, at: datetime, episode: Episode, name: str, *, reason: str = "", **changed) -> None:
    """One step of an episode's journey, if nobody was quicker. Part of a deed's transaction."""
    to = journey.take(Stage(episode.stage), name, viewer.role)
    rows = Episode.objects.seen_by(viewer).filter(pk=episode.pk, stage=episode.stage, claimed_by_id=episode.claimed_by_id)
    if not rows.update(stage=to.value, **changed):
        raise Overtaken("Somebody else changed this in the meantime. The list shows how it stands now.")
    for field, value in {"stage": to.value, **changed}.items():
        setattr(episode, field, value)
    EpisodeStep.objects.seen_by(viewer).create(
        episode=episode, file_id=episode.file_id, stage=to.value, at=at, by_id=viewer.user_id, reason=reason or name
    )


def _tell_the_officer(viewer: Viewer, at: datetime, episode: Episode) -> None:
    """The one word, written on the police file by an errand. An episode that police did not begin tells nobody."""
    origin = link.origin(viewer, file=episode.file_id)
    if origin is None:
        return
    with across(
        viewer, side=Side.POLICE, kinds=WRITES_A_WORD, ground="one word back", file_key=origin.other_key
    ) as errand:
        kept = Encounter.objects.seen_by(errand).only("file").get(key=origin.encounter_key)
        TellBack.objects.seen_by(errand).create(encounter=kept, file_id=kept.file_id, word=Told.MET.value, at=at)
