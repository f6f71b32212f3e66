"""A navigator's own words: what comes next, where they wait, how long each clock still has, what happened."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offramp.actions.episode import where_they_wait
from offramp.pages.components.values import Clock, Event
from offramp.pages.components.when import gap
from offramp.pages.components.words import shown
from offramp.records.episode import Episode, EpisodeStep
from offramp.records.referral import NUDGE, Referral, Step
from offramp.rules.handoff_steps import COMING, UNANSWERED, UNDONE, Source
from offramp.rules.plain_words import CANNOT_TAKE, NAVIGATOR, STAGES
from offramp.rules.visibility import Viewer
from offramp.rules.words import CannotTakeReason, Mode, ReferralState, Stage

# How somebody gets to the place they were handed to; a team that comes is told where they wait.
ON_THE_WAY = {
    Mode.POLICE_TRANSPORT: gettext_lazy("an officer brings them to %(name)s"),
    Mode.OWN_WAY: gettext_lazy("they go to %(name)s by themselves"),
    Mode.AMBULANCE: gettext_lazy("an ambulance brings them to %(name)s"),
    Mode.THREE_WAY_CALL: gettext_lazy("they are on the line with an officer"),
}
TOLD_WORDS = {
    "name": gettext_lazy("name"),
    "birth_date": gettext_lazy("birth date"),
    "phone": gettext_lazy("phone"),
    "language": gettext_lazy("language"),
    "location": gettext_lazy("where they waited"),
}


def next_step(episode: Episode, referral: Referral | None) -> str:
    """The one next thing for this person."""
    state = ReferralState(referral.state) if referral else None
    if state in UNANSWERED:
        return _("Ask the next place: %(name)s could not") % {"name": referral.service.name}
    if not episode.met_at and episode.claimed_by_id is None:
        return _("Somebody goes to them")
    if state in (ReferralState.REQUESTED, ReferralState.INFO_NEEDED) and referral.to_agency_id != episode.agency_id:
        return _("%(name)s has to answer") % {"name": referral.service.name}
    if not episode.met_at:
        return _("Meet them")
    if state is None or state in (ReferralState.MET, ReferralState.ENDED, ReferralState.CANCELLED):
        return _("Find a service with them")
    return _("%(name)s: %(state)s") % {"name": referral.service.name, "state": shown(NAVIGATOR[state]).lower()}


def where_now(episode: Episode, referral: Referral | None) -> str:
    """Where they wait, or how they are on their way."""
    place = where_they_wait(episode)
    words = ON_THE_WAY.get(Mode(referral.mode)) if referral else None
    if words is None:
        return place or _("place not written down: call the officer")
    on_the_way = str(words) % {"name": referral.service.name}
    return _("%(way)s, from %(place)s") % {"way": on_the_way, "place": place} if place else on_the_way


def clock_of(episode: Episode, referral: Referral | None, viewer: Viewer) -> Clock | None:
    """The clock that matters for this person now: to be met, to be answered, to be heard of. None when none runs."""
    if not episode.met_at and episode.handoff_due_at:
        return _to_meet(episode, viewer)
    if referral is None or not referral.open or referral.to_agency_id == episode.agency_id:
        return None
    name = referral.service.name
    if referral.state == ReferralState.REQUESTED.value and referral.answer_due_at:
        return _running(referral.opened_at, referral.answer_due_at, _("waits for %(name)s") % {"name": name}, viewer.at)
    silent_at = referral.opened_at + NUDGE
    if ReferralState(referral.state) in COMING and viewer.at > silent_at:
        words = _("no word for %(gap)s") % {"gap": gap(referral.opened_at, at=viewer.at)}
        return Clock(100, words, _("waits for %(name)s") % {"name": name}, "now", silent_at)
    return None


def _to_meet(episode: Episode, viewer: Viewer) -> Clock:
    who = _("waits for a colleague to meet")
    if episode.claimed_by_id is None:
        who = _("waits for somebody")
    elif episode.claimed_by_id == viewer.user_id:
        who = _("waits for you to meet")
    return _running(episode.began_at, episode.handoff_due_at, who, viewer.at)


def _running(began: datetime, due: datetime, who: str, at: datetime) -> Clock:
    whole = (due - began).total_seconds() or 1
    filled = round(100 * (at - began).total_seconds() / whole)
    if at > due:
        return Clock(100, _("%(gap)s late") % {"gap": gap(due, at=at)}, who, "now", due)
    left = _("%(gap)s left") % {"gap": gap(due, at=at)}
    return Clock(max(0, min(100, filled)), left, who, "now" if filled > 80 else "waiting", due)


def covers_in_words(codes: Iterable[str]) -> str:
    """ "name, birth date": what was told, as they said yes to it."""
    return ", ".join(str(TOLD_WORDS[code]) for code in codes if code in TOLD_WORDS)


def story(steps: list[EpisodeStep], referral_steps: list[Step], people: dict[int, str]) -> list[Event]:
    """What happened, newest first: stages of the episode and steps of every referral in one line of time."""
    told = _stages(steps, people)
    for one in referral_steps:
        who = people.get(one.by_id) or (_("they said") if one.source == Source.RECEIVER else _("we said"))
        why = shown(CANNOT_TAKE[CannotTakeReason(one.reason)]) if one.reason in list(CannotTakeReason) else ""
        if one.reason == UNDONE:
            why = _("taken back")
        what = f"{one.referral.service.name}: {shown(NAVIGATOR[ReferralState(one.state)])}"
        told.append(Event(what, one.at, " · ".join(part for part in (why, who) if part)))
    told.reverse()  # of two at one moment, the later told stands above
    told.sort(key=lambda event: event.at, reverse=True)
    return told


def _stages(steps: list[EpisodeStep], people: dict[int, str]) -> list[Event]:
    """The stages, those that were reached in one moment in one line: "Offered · Said yes · Waiting to be met"."""
    together: dict[tuple, list[str]] = {}
    for one in steps:
        if one.stage != Stage.CHECKING:
            together.setdefault((one.at, one.by_id), []).append(_stage(one))
    return [Event(" · ".join(words), at, people.get(by, "")) for (at, by), words in together.items()]


def _stage(one: EpisodeStep) -> str:
    return _("Passed on, waiting again") if one.reason == "pass_on" else shown(STAGES[Stage(one.stage)])
