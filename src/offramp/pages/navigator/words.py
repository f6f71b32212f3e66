"""A navigator's own words: what comes next, how long the handoff clock still has, what happened."""

from datetime import datetime

from django.utils.translation import gettext as _

from offramp.pages.components.values import Clock, Event
from offramp.pages.components.when import gap
from offramp.pages.components.words import shown
from offramp.records.episode import Episode, EpisodeStep
from offramp.records.referral import Referral, Step
from offramp.rules.handoff_steps import UNANSWERED, Source
from offramp.rules.plain_words import CANNOT_TAKE, NAVIGATOR, STAGES
from offramp.rules.words import CannotTakeReason, ReferralState, Stage


def next_step(episode: Episode, referral: Referral | None) -> str:
    """The one next thing for this person."""
    state = ReferralState(referral.state) if referral else None
    if not episode.met_at and episode.claimed_by_id is None:
        return _("Somebody goes to them")
    if state in UNANSWERED:
        return _("Ask the next place: %(name)s could not") % {"name": referral.service.name}
    if state in (ReferralState.REQUESTED, ReferralState.INFO_NEEDED):
        return _("%(name)s has to answer") % {"name": referral.service.name}
    if not episode.met_at:
        return _("Meet them")
    if state is None or state in (ReferralState.MET, ReferralState.ENDED, ReferralState.CANCELLED):
        return _("Find a service with them")
    return _("%(name)s: %(state)s") % {"name": referral.service.name, "state": shown(NAVIGATOR[state]).lower()}


def clock_for(episode: Episode, at: datetime) -> Clock | None:
    """The handoff clock: from the yes to face to face. None once they met."""
    due = episode.handoff_due_at
    if episode.met_at or due is None:
        return None
    whole = (due - episode.began_at).total_seconds() or 1
    filled = round(100 * (at - episode.began_at).total_seconds() / whole)
    who = _("waits for somebody") if episode.claimed_by_id is None else _("waits for you to meet")
    if at > due:
        return Clock(100, _("%(gap)s late") % {"gap": gap(due, at=at)}, who, "now", due)
    left = _("%(gap)s left") % {"gap": gap(due, at=at)}
    return Clock(max(0, min(100, filled)), left, who, "now" if filled > 80 else "waiting", due)


def story(steps: list[EpisodeStep], referral_steps: list[Step], people: dict[int, str]) -> list[Event]:
    """What happened, newest first: stages of the episode and steps of every referral in one line of time."""
    told = [Event(shown(STAGES[Stage(one.stage)]), one.at, people.get(one.by_id, "")) for one in steps if one.stage != Stage.CHECKING]
    for one in referral_steps:
        who = people.get(one.by_id) or (_("they said") if one.source == Source.RECEIVER else _("we said"))
        why = shown(CANNOT_TAKE[CannotTakeReason(one.reason)]) if one.reason in list(CannotTakeReason) else ""
        what = f"{one.referral.service.name}: {shown(NAVIGATOR[ReferralState(one.state)])}"
        told.append(Event(what, one.at, " · ".join(part for part in (why, who) if part)))
    return sorted(reversed(told), key=lambda event: event.at, reverse=True)
