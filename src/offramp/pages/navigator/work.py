"""A navigator's work as lists: who waits for somebody now, whom I am with, everyone the team is with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from offramp import pathways
from offramp.actions.episode import where_they_wait
from offramp.pages.components.values import Clock, Tab
from offramp.pages.components.words import shown
from offramp.pages.navigator.words import clock_for, next_step
from offramp.records.episode import Episode
from offramp.records.identity import Identity
from offramp.records.person import PersonFile, identities_of, identity_of
from offramp.records.referral import Referral
from offramp.records.staff import User
from offramp.rules.visibility import Viewer
from offramp.rules.words import Stage

MOST = 50
COUNTED_TO = 1000
VIEWS = ("waiting", "mine", "all")


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


def everyone(viewer: Viewer) -> QuerySet:
    """Everyone the team is with."""
    return _open(viewer).order_by(F("began_at").desc(), "-pk")


BY_VIEW = {"waiting": waiting, "mine": mine, "all": everyone}


def _open(viewer: Viewer) -> QuerySet:
    return Episode.objects.seen_by(viewer).filter(agency_id=viewer.agency_id, open=True)


def tabs(viewer: Viewer, current: str, url: str) -> list[Tab]:
    """The saved views, each with its capped count."""
    words = {"waiting": _("Waiting for somebody"), "mine": _("Mine"), "all": _("Everyone")}
    made = []
    for view in VIEWS:
        n = counted(BY_VIEW[view](viewer))
        made.append(Tab(words[view], f"{url}?view={view}", n, current=view == current, now=view == "waiting" and n != 0))
    return made


def counted(rows: QuerySet) -> int | str:
    """How many, up to a thousand: nobody waits for a count."""
    n = rows.order_by()[: COUNTED_TO + 1].count()
    return n if n <= COUNTED_TO else f"{COUNTED_TO}+"


def page_of(rows: QuerySet, *, after: str) -> tuple[list[Episode], str]:
    """One page by key, and the key the next begins after; empty when this was the last."""
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: MOST + 1])
    return found[:MOST], str(found[MOST - 1].pk) if len(found) > MOST else ""


def lines(viewer: Viewer, episodes: Iterable[Episode]) -> list[Line]:
    """These episodes with names, next steps and clocks, in a handful of queries however many there are."""
    episodes = list(episodes)
    files = PersonFile.objects.seen_by(viewer).in_bulk({one.file_id for one in episodes})
    names = dict(zip(files, identities_of(files.values()), strict=True))
    latest = _latest_referrals(viewer, episodes)
    people = dict(User.objects.filter(pk__in={one.claimed_by_id for one in episodes}).values_list("pk", "name"))
    drawn = []
    for one in episodes:
        file = files.get(one.file_id)
        if file is not None:
            one.file = file
        where = where_they_wait(one) if file is not None and not one.met_at else ""
        drawn.append(_line(viewer, one, _called(file, names.get(one.file_id)), where, latest.get(one.pk), people))
    return drawn


def _latest_referrals(viewer: Viewer, episodes: list[Episode]) -> dict[int, Referral]:
    """Of each the last one, with no more of it and its service than a line says: a service is a long record."""
    rows = Referral.objects.seen_by(viewer).filter(episode__in=[one.pk for one in episodes]).select_related("service")
    return {row.episode_id: row for row in rows.only("file", "episode", "state", "service__name").order_by("pk")}


def _line(
    viewer: Viewer, episode: Episode, who: str, where: str, referral: Referral | None, people: dict[int, str]
) -> Line:
    mine_ = episode.claimed_by_id == viewer.user_id
    return Line(
        key=episode.key,
        who=who,
        pathway=shown(pathways.get(episode.pathway).name),
        where=where,
        since=episode.began_at,
        next=next_step(episode, referral),
        clock=clock_for(episode, viewer.at),
        last=episode.met_at or episode.claimed_at or episode.began_at,
        with_whom=_("Me") if mine_ else people.get(episode.claimed_by_id, _("Nobody yet")),
        mine=mine_,
        met=episode.met_at is not None,
    )


def name_of(file: PersonFile | None) -> str:
    """What they are called, or their code where they gave no name."""
    return _called(file, identity_of(file) if file is not None else None)


def _called(file: PersonFile | None, identity: Identity | None) -> str:
    if file is None or identity is None:
        return _("Not shared with you")
    return identity.name or _("No name given · %(code)s") % {"code": file.code}
