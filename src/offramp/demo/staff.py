"""Everybody else who works in Rivermouth: ninety officers, their supervisors, navigators, peers and desks."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from offramp.actions import accounts
from offramp.demo import names
from offramp.demo.cast import Cast
from offramp.demo.directory import written
from offramp.pages.gate import viewer_for
from offramp.records.staff import Membership, Shift, User
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role

OFFICERS, SUPERVISORS, NAVIGATORS, PEERS = 90, 6, 7, 4  # with those of the cast
DESKS = {"harbor": ("Sunniva at Harbor",), "northside": ("Corin at Northside",), "mercy": ("Lale at Mercy", "Piers at Mercy"), "eastside": ("Yara at Eastside", "Niall at Eastside")}  # fmt: skip
NIGHT, DAY, EVENING = "night", "day", "evening"


@dataclass(frozen=True)
class Officer:
    """One officer: when they work, and how readily they divert (a third of a force does most of it)."""

    viewer: Viewer
    works: str
    keen: float


@dataclass(frozen=True)
class Staff:
    """Who can be asked to do something, by what they are."""

    officers: list[Officer]
    supervisors: list[Viewer]
    navigators: dict[str, list[Viewer]]
    desks: dict[int, list[Viewer]]  # by agency

    def desk(self, agency_id: int, rng: Random) -> Viewer:
        """Somebody at the desk of this agency."""
        return rng.choice(self.desks[agency_id])


def now(viewer: Viewer, at: datetime) -> Viewer:
    """The same person at another moment."""
    return replace(viewer, at=at)


def works_at(hour: int) -> str:
    """Who is on at this hour of the day."""
    return DAY if 7 <= hour < 15 else EVENING if 15 <= hour < 22 else NIGHT


def hire(rng: Random, cast: Cast, *, since: datetime, at: datetime) -> Staff:
    """Open every account. They have been here for a long time, and are at work now."""
    left = list(names.STAFF)
    rng.shuffle(left)
    hired = _Office(rng, cast, since, left)
    for n in range(OFFICERS - 1):
        hired.one("Officer", Role.OFFICER, "police", badge=str(3001 + n * 13))
    for n in range(SUPERVISORS - 1):
        hired.one("Sgt.", Role.SUPERVISOR, "police", badge=str(2003 + n * 7))
    for _ in range(NAVIGATORS - 1):
        hired.one("Navigator", Role.NAVIGATOR, "navigators")
    for _ in range(PEERS - 1):
        hired.one("Peer", Role.PEER, "navigators", team="peers")
    hired.one("Defender", Role.DEFENDER, "defender")
    for agency, people in (DESKS | {a["key"]: tuple(a["desks"]) for a in written() if "desks" in a}).items():
        for name in people:
            hired.named(name, Role.PROVIDER, agency)
    return find_staff(rng, cast, at)


@dataclass
class _Office:
    rng: Random
    cast: Cast
    since: datetime
    left: list[str]

    def one(self, title: str, role: Role, agency: str, *, badge: str = "", team: str = "") -> None:
        self.named(f"{title} {self.left.pop()}", role, agency, badge=badge, team=team)

    def named(self, name: str, role: Role, agency: str, *, badge: str = "", team: str = "") -> None:
        accounts.add(
            viewer=accounts.console(at=self.since),
            at=self.since,
            email=f"{name.lower().replace('. ', '.').replace(' ', '.')}@rivermouth.example",
            name=name,
            agency_id=self.cast.agencies[agency].pk,
            role=role,
            team_id=self.cast.teams[team].pk if team else None,
            badge=badge,
            cleared_on=date(self.since.year, 1, 2),
        )


def find_staff(rng: Random, cast: Cast, at: datetime) -> Staff:
    """Everybody, and what they can be asked to do. Nobody in a demo falls asleep for not signing in."""
    User.objects.filter(closed_at=None).update(woken_at=at)
    jobs = list(Membership.objects.current().select_related("user").order_by("pk"))
    look = {job.pk: viewer_for(job, at=at, purpose="demo") for job in jobs}
    police = cast.agencies["police"].pk
    officers = [_officer(rng, job, look[job.pk]) for job in jobs if job.role == Role.OFFICER and job.agency_id == police]
    helpers = [job for job in jobs if job.role in (Role.NAVIGATOR, Role.PEER)]
    on = {works: [look[job.pk] for n, job in enumerate(helpers) if _on(n, job, works)] for works in (DAY, EVENING, NIGHT)}
    desks: dict[int, list[Viewer]] = {}
    for job in jobs:
        if job.role in (Role.PROVIDER, Role.NAVIGATOR, Role.PEER):
            desks.setdefault(job.agency_id, []).append(look[job.pk])
    return Staff(officers, [look[job.pk] for job in jobs if job.role == Role.SUPERVISOR], on, desks)


def _officer(rng: Random, job: Membership, viewer: Viewer) -> Officer:
    keen = 0.25 + rng.paretovariate(1.6) * 0.5
    if job.user.persona:
        return Officer(viewer, NIGHT, 12.0)
    return Officer(viewer, rng.choices((DAY, EVENING, NIGHT), (34, 34, 32))[0], min(keen, 4.0))


def _on(n: int, job: Membership, works: str) -> bool:
    """Peers work nights and evenings; navigators days and evenings, and one of them nights."""
    if job.role == Role.PEER:
        return works != DAY
    return works == (DAY, EVENING, DAY, EVENING, NIGHT)[n % 5]


def take_shifts(cast: Cast, at: datetime) -> None:
    """All the peers are on call, for ten hours from now. Said again at each start; whoever is on already stays on."""
    team, until = cast.teams["peers"], at + timedelta(hours=10)
    for turn, job in enumerate(Membership.objects.current().filter(team=team).order_by("pk"), start=1):
        if not Shift.objects.filter(membership=job, team=team).on_at(at).update(ends_at=until):
            Shift.objects.create(membership=job, team=team, turn=turn, begins_at=at - timedelta(hours=2), ends_at=until)
