"""One person's record beside the list: who may see it, the few numbers, what happened, and what can be done now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from offramp import pathways
from offramp.pages.components.values import Clock, Event, Number
from offramp.pages.components.words import shown
from offramp.pages.navigator.next_place import Candidates, candidates_for
from offramp.pages.navigator.words import clock_of, covers_in_words, story, where_now
from offramp.pages.navigator.work import name_of
from offramp.records import ledger, link
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.identity import Identity
from offramp.records.person import PersonFile, identity_of
from offramp.records.referral import Referral, Step
from offramp.records.staff import User
from offramp.rules import journey, likelihood
from offramp.rules.capacity import age_in_words
from offramp.rules.distance import Point
from offramp.rules.handoff_steps import COMING, UNANSWERED, WAITING
from offramp.rules.matching_words import places_in_words
from offramp.rules.plain_words import CANNOT_TAKE, NAVIGATOR
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer
from offramp.rules.words import CannotTakeReason, ReferralState, Side, Stage


@dataclass(frozen=True)
class Asked:
    """One place that was asked: how it stands, and whether it can still be called back."""

    key: UUID
    name: str
    words: str
    named: bool
    can_call_back: bool


@dataclass(frozen=True)
class Next:
    """A place could not, or has not answered in time: why, and the one to try next where one has room."""

    why: str
    outlet: str = ""
    name: str = ""
    room: str = ""
    said_yes: str = ""
    share: int | None = None


@dataclass(frozen=True)
class Record:
    """Everything the record draws."""

    episode: Episode
    file: PersonFile
    identity: Identity
    name: str
    pathway: str
    seen_by: str
    shared: list[str]
    clock: Clock | None
    numbers: list[Number]
    events: list[Event]
    asked: list[Asked]
    waits_at: str
    moves: frozenset[str]
    mine: bool
    next: Next | None
    candidates: Candidates | None


def record_of(viewer: Viewer, key: UUID, near: Point | None, *, choosing: bool = False) -> Record:
    """Open a record. Raises `NotFound`. Opening it is a look, and is entered as one. `choosing`: to ask another place."""
    episode = Episode.objects.seen_by(viewer).filter(key=key, agency_id=viewer.agency_id).select_related("file").first()
    if episode is None:
        raise NotFound
    ledger.looked(viewer, at=viewer.at, what="record", about=episode.key, side=Side.CARE)
    rows = Referral.objects.seen_by(viewer).filter(episode=episode).select_related("service").order_by("-pk")
    referrals, last_words = list(rows), _last_words(viewer, episode)
    why = _why_next(viewer, episode, referrals, last_words)
    candidates = candidates_for(viewer, referrals, near) if why or choosing else None
    return Record(
        episode=episode,
        file=episode.file,
        identity=identity_of(episode.file),
        name=name_of(episode.file),
        pathway=shown(pathways.get(episode.pathway).name),
        seen_by=_seen_by(viewer, referrals),
        shared=_shared(viewer, episode),
        clock=clock_of(episode, referrals[0] if referrals else None, viewer) if episode.open else None,
        numbers=_numbers(viewer, episode, referrals),
        events=_events(viewer, episode),
        asked=[_asked(viewer, row, last_words) for row in referrals if row.to_agency_id != viewer.agency_id],
        waits_at="" if episode.met_at else where_now(episode, referrals[0] if referrals else None),
        moves=frozenset(move.name for move in journey.steps_from(Stage(episode.stage), viewer.role)),
        mine=episode.claimed_by_id == viewer.user_id,
        next=_next(why, candidates, viewer.at) if why and candidates else None,
        candidates=candidates,
    )


def _last_words(viewer: Viewer, episode: Episode) -> dict[int, Step]:
    """The last step of every referral: it holds the reason."""
    steps = Step.objects.seen_by(viewer).filter(referral__episode=episode).order_by("pk")
    return {step.referral_id: step for step in steps}


def _why_next(viewer: Viewer, episode: Episode, referrals: list[Referral], last: dict[int, Step]) -> str:
    """Why the next place is wanted: the last one could not, or did not answer in time. Empty when it is not."""
    elsewhere = [row for row in referrals if row.to_agency_id != viewer.agency_id]
    if not episode.open or not elsewhere:
        return ""
    newest, name = elsewhere[0], {"name": elsewhere[0].service.name}
    if any(row.open and not _is_late(row, viewer.at) for row in elsewhere):
        return ""
    if ReferralState(newest.state) in UNANSWERED:
        reason = last[newest.pk].reason if newest.pk in last else ""
        words = shown(CANNOT_TAKE[CannotTakeReason(reason)]) if reason in list(CannotTakeReason) else ""
        return _("%(name)s could not: %(why)s") % (name | {"why": words}) if words else _("%(name)s could not") % name
    return _("%(name)s has not answered in time") % name if _is_late(newest, viewer.at) else ""


def _is_late(row: Referral, at: datetime) -> bool:
    due = row.answer_due_at
    return row.state == ReferralState.REQUESTED.value and due is not None and due <= at


def _next(why: str, candidates: Candidates, at: datetime) -> Next:
    ready = candidates.ready
    if ready is None or ready.said is None:
        return Next(why)
    it, said = ready.candidate, ready.said
    room = _("%(room)s, said %(age)s")
    room = room % {"room": shown(places_in_words(said.left, said.unit)), "age": shown(age_in_words(at - said.said_at))}
    said_yes = shown(likelihood.in_words(it.asked, it.taken))
    return Next(why, it.outlet, it.name, room, said_yes, likelihood.share(it.asked, it.taken))


def _asked(viewer: Viewer, row: Referral, last: dict[int, Step]) -> Asked:
    state = ReferralState(row.state)
    words = shown(NAVIGATOR[state])
    if _is_late(row, viewer.at):
        words = _("Has not answered in time")
    return Asked(row.key, row.service.name, words, row.names, state in (*WAITING, *COMING))


def _seen_by(viewer: Viewer, referrals: list[Referral]) -> str:
    """Who can see this, in words: the team, and each place that is asked, as far as it was."""
    asked = [row.service.name for row in referrals if row.open and row.to_agency_id != viewer.agency_id]
    if not asked:
        return _("seen by your team alone")
    return _("seen by your team and, as far as they were asked, by %(names)s") % {"names": ", ".join(dict.fromkeys(asked))}


def _shared(viewer: Viewer, episode: Episode) -> list[str]:
    """What they said yes to, in a sentence for each place that was told: nothing else is shared."""
    told = Disclosure.objects.seen_by(viewer).filter(file_id=episode.file_id).select_related("to_agency")
    found: dict[str, tuple[str, ...]] = {}
    for row in told.order_by("pk"):
        known = found.get(row.to_agency.name, ())
        found[row.to_agency.name] = (*known, *(code for code in row.covers if code not in known))
    return [f"{name}: {covers_in_words(covers)}" for name, covers in found.items()]


def _numbers(viewer: Viewer, episode: Episode, referrals: list[Referral]) -> list[Number]:
    linked = link.same_person(viewer, file=episode.file)
    before = Episode.objects.seen_by(viewer).filter(file__in=[episode.file_id, *(one.pk for one in linked)])
    elsewhere = sum(row.to_agency_id != viewer.agency_id for row in referrals)
    return [
        Number(_("days in"), (viewer.at - episode.began_at).days),
        Number(_("places asked"), elsewhere),
        Number(_("before"), f"{before.exclude(pk=episode.pk).count()} ×"),
    ]


def _events(viewer: Viewer, episode: Episode) -> list[Event]:
    steps = list(EpisodeStep.objects.seen_by(viewer).filter(episode=episode).order_by("pk"))
    referral_steps = list(
        Step.objects.seen_by(viewer).filter(referral__episode=episode).select_related("referral__service").order_by("pk")
    )
    ids = {one.by_id for one in (*steps, *referral_steps)}
    people = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return story(steps, referral_steps, people)
