"""One person's record beside the list: who may see it, the few numbers, what happened, and what can be done now."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from offramp import pathways
from offramp.pages.components.values import Event, Number
from offramp.pages.components.words import shown
from offramp.pages.navigator.words import clock_for, story
from offramp.pages.navigator.work import name_of
from offramp.records import ledger, link
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.identity import Identity
from offramp.records.person import PersonFile, identity_of
from offramp.records.referral import Referral, Step
from offramp.records.staff import User
from offramp.rules import handoff_steps, journey
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer
from offramp.rules.words import ReferralState, Side, Stage


@dataclass(frozen=True)
class Record:
    """Everything the record draws."""

    episode: Episode
    file: PersonFile
    identity: Identity
    name: str
    pathway: str
    seen_by: str
    numbers: list[Number]
    events: list[Event]
    referrals: list[Referral]
    waits_at: str
    moves: frozenset[str]
    mine: bool
    next_wanted: bool


def record_of(viewer: Viewer, key: UUID) -> Record:
    """Open a record. Raises `NotFound`. Opening it is a look, and is entered as one."""
    episode = Episode.objects.seen_by(viewer).filter(key=key, agency_id=viewer.agency_id).select_related("file").first()
    if episode is None:
        raise NotFound
    ledger.looked(viewer, at=viewer.at, what="record", about=episode.key, side=Side.CARE)
    referrals = list(Referral.objects.seen_by(viewer).filter(episode=episode).select_related("service").order_by("-pk"))
    file = episode.file
    return Record(
        episode=episode,
        file=file,
        identity=identity_of(file),
        name=name_of(file),
        pathway=shown(pathways.get(episode.pathway).name),
        seen_by=_seen_by(viewer, episode),
        numbers=_numbers(viewer, episode, referrals),
        events=_events(viewer, episode),
        referrals=referrals,
        waits_at=_place(episode),
        moves=frozenset(move.name for move in journey.steps_from(Stage(episode.stage), viewer.role)),
        mine=episode.claimed_by_id == viewer.user_id,
        next_wanted=not any(row.open for row in referrals if row.to_agency_id != viewer.agency_id),
    )


def _place(episode: Episode) -> str:
    from offramp.actions.episode import where_they_wait

    return "" if episode.met_at else where_they_wait(episode)


def _seen_by(viewer: Viewer, episode: Episode) -> str:
    """Who can see this, in words: the team, and each place that was told, with their yes."""
    told = Disclosure.objects.seen_by(viewer).filter(file_id=episode.file_id).select_related("to_agency")
    names = dict.fromkeys(row.to_agency.name for row in told.order_by("pk"))
    return _("seen by %(names)s") % {"names": ", ".join(names)} if names else _("seen by your team alone")


def _numbers(viewer: Viewer, episode: Episode, referrals: list[Referral]) -> list[Number]:
    clock = clock_for(episode, viewer.at)
    before = sum(
        Episode.objects.seen_by(viewer).filter(file=other).count() for other in link.same_person(viewer, file=episode.file)
    )
    days = (viewer.at - episode.began_at).days
    return [
        Number(_("days in"), days),
        Number(_("next clock"), clock.left if clock else _("none")),
        Number(_("places asked"), len(referrals)),
        Number(_("before"), f"{before} ×"),
    ]


def _events(viewer: Viewer, episode: Episode) -> list[Event]:
    steps = list(EpisodeStep.objects.seen_by(viewer).filter(episode=episode))
    referral_steps = list(
        Step.objects.seen_by(viewer).filter(referral__episode=episode).select_related("referral__service")
    )
    ids = {one.by_id for one in (*steps, *referral_steps)}
    people = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return story(steps, referral_steps, people)


def is_over(referral: Referral) -> bool:
    """Whether this place will not take them: the next one is wanted."""
    return ReferralState(referral.state) in handoff_steps.UNANSWERED
