"""A navigator's work as lists: who waits for somebody now, whom I am with, for whom a clock ran out, everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from offramp import pathways
from offramp.pages.components.values import Clock, Tab
from offramp.pages.components.words import shown
from offramp.pages.navigator.words import clock_of, next_step, where_now
from offramp.records.episode import Episode
from offramp.records.person import PersonFile, identity_of
from offramp.records.referral import NUDGE, Referral
from offramp.records.staff import User
from offramp.rules.handoff_steps import COMING
from offramp.rules.visibility import Viewer
from offramp.rules.words import ReferralState, Stage

MOST = 50
CALLS = 20
COUNTED_TO = 1000
VIEWS = ("waiting", "mine", "late", "all")


@dataclass(frozen=True)
class Line:
    """One episode as its worker sees it in a list."""

    key: UUID
    who: str
    pathway: str
    where: str
    since: datetime
    next: str
    clock: Clock | None
    last: datetime
    with_whom: str
    mine: bool
    met: bool


def waiting(viewer: Viewer) -> QuerySet:
    """Handed over, and nobody has taken it yet: the most urgent first."""
    return _open(viewer).filter(stage=Stage.HANDOFF_PENDING.value, claimed_by=None).order_by("handoff_due_at", "pk")


def mine(viewer: Viewer) -> QuerySet:
    """Those I took."""
    return _open(viewer).filter(claimed_by_id=viewer.user_id).order_by(F("began_at").desc(), "-pk")


def late(viewer: Viewer) -> QuerySet:
    """For whom a clock has run out: not met in time, no answer in time, or not heard of for a day after a yes."""
    asked = Referral.objects.seen_by(viewer).filter(episode=OuterRef("pk"), open=True).exclude(to_agency_id=viewer.agency_id)
    no_answer = asked.filter(state=ReferralState.REQUESTED.value, answer_due_at__lt=viewer.at)
    silent = asked.filter(state__in=[state.value for state in COMING], opened_at__lt=viewer.at - NUDGE)
    not_met = Q(met_at=None, stage=Stage.HANDOFF_PENDING.value, handoff_due_at__lt=viewer.at)
    return _open(viewer).filter(not_met | Exists(no_answer) | Exists(silent)).order_by(F("began_at").desc(), "-pk")


def everyone(viewer: Viewer) -> QuerySet:
    """Everyone the team is with."""
    return _open(viewer).order_by(F("began_at").desc(), "-pk")


BY_VIEW = {"waiting": waiting, "mine": mine, "late": late, "all": everyone}


def _open(viewer: Viewer) -> QuerySet:
    return Episode.objects.seen_by(viewer).filter(agency_id=viewer.agency_id, open=True)


def tabs(viewer: Viewer, current: str, url: str) -> list[Tab]:
    """The saved views, each with its capped count."""
    words = {"waiting": _("Waiting for somebody"), "mine": _("Mine"), "late": _("Late"), "all": _("Everyone")}
    made = []
    for view in VIEWS:
        n = counted(BY_VIEW[view](viewer))
        now = view in ("waiting", "late") and n != 0
        made.append(Tab(words[view], f"{url}?view={view}", n, current=view == current, now=now))
    return made


def counted(rows: QuerySet) -> int | str:
    """How many, up to a thousand: nobody waits for a count."""
    n = rows.order_by()[: COUNTED_TO + 1].count()
    return n if n <= COUNTED_TO else f"{COUNTED_TO}+"


def page_of(rows: QuerySet, *, after: str) -> tuple[list[Episode], str]:
    """One page by key, and the key the next begins after; empty when this was the last.

    A list is in the order people began, newest first, or in the order in which they must be met, soonest first.
    """
    last = rows.filter(pk=int(after)).first() if after.isascii() and after.isdigit() and len(after) < 19 else None
    if last is not None and rows.query.order_by[0] == "handoff_due_at":
        due = last.handoff_due_at
        rows = rows.filter(Q(handoff_due_at__gt=due) | Q(handoff_due_at=due, pk__gt=last.pk))
    elif last is not None:
        rows = rows.filter(Q(began_at__lt=last.began_at) | Q(began_at=last.began_at, pk__lt=last.pk))
    found = list(rows[: MOST + 1])
    return found[:MOST], str(found[MOST - 1].pk) if len(found) > MOST else ""


def lines(viewer: Viewer, episodes: Iterable[Episode]) -> list[Line]:
    """These episodes with names, next steps and clocks, in a handful of queries however many there are."""
    episodes = list(episodes)
    files = PersonFile.objects.seen_by(viewer).in_bulk({one.file_id for one in episodes})
    latest = _latest_referrals(viewer, episodes)
    people = dict(User.objects.filter(pk__in={one.claimed_by_id for one in episodes}).values_list("pk", "name"))
    return [_line(viewer, one, files.get(one.file_id), latest.get(one.pk), people) for one in episodes]


def _latest_referrals(viewer: Viewer, episodes: list[Episode]) -> dict[int, Referral]:
    rows = Referral.objects.seen_by(viewer).filter(episode__in=[one.pk for one in episodes]).select_related("service")
    return {row.episode_id: row for row in rows.order_by("pk")}


def _line(viewer: Viewer, episode: Episode, file, referral: Referral | None, people: dict[int, str]) -> Line:
    mine_ = episode.claimed_by_id == viewer.user_id
    if file is not None:
        episode.file = file
    return Line(
        key=episode.key,
        who=name_of(file),
        pathway=shown(pathways.get(episode.pathway).name),
        where=where_now(episode, referral) if file is not None and not episode.met_at else "",
        since=episode.began_at,
        next=next_step(episode, referral),
        clock=clock_of(episode, referral, viewer),
        last=episode.met_at or episode.claimed_at or episode.began_at,
        with_whom=_("Me") if mine_ else people.get(episode.claimed_by_id, _("Nobody yet")),
        mine=mine_,
        met=episode.met_at is not None,
    )


def name_of(file: PersonFile | None) -> str:
    """What they are called, or their code where they gave no name."""
    if file is None:
        return _("Not shared with you")
    return identity_of(file).name or _("No name given · %(code)s") % {"code": file.code}
