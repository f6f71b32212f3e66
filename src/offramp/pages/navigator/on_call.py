"""Who is on now, who is free, and whom a call has reached: the roster as its team sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from offramp.actions.roster import not_met_yet
from offramp.pages.components.when import MINUTE, gap
from offramp.pages.navigator.work import name_of
from offramp.records.agency import Team
from offramp.records.episode import PASSED_ON, Episode, EpisodeStep
from offramp.records.person import PersonFile
from offramp.records.staff import on_shift_of, rosters_kept
from offramp.rules import roster
from offramp.rules.visibility import Viewer
from offramp.rules.words import Stage


@dataclass(frozen=True)
class OnNow:
    """One worker on shift. `going`: whom they are on their way to."""

    user_id: int
    name: str
    team: str
    since: datetime
    until: datetime
    going: tuple[str, ...]
    me: bool


@dataclass(frozen=True)
class Roster:
    """The whole of it. `kept`: this agency keeps one, so that nobody counts by hand. `unmet`: whom I took and have not met."""

    people: tuple[OnNow, ...]
    teams: tuple[Team, ...]
    kept: bool
    unmet: tuple[UUID, ...]

    @property
    def me(self) -> OnNow | None:
        return next((one for one in self.people if one.me), None)

    @property
    def free(self) -> int:
        return sum(not one.going for one in self.people)


def roster_of(viewer: Viewer) -> Roster:
    """Who of the viewer's agency is on, in the order in which they are called."""
    teams = list(Team.objects.standing().filter(agency_id=viewer.agency_id).order_by("name", "pk"))
    shifts = on_shift_of([team.pk for team in teams], viewer.at)
    going = _going(viewer, [shift.membership.user_id for shift in shifts])
    people: dict[int, OnNow] = {}
    for shift in shifts:
        user = shift.membership.user
        told = tuple(going.get(user.pk, ()))
        people.setdefault(
            user.pk,
            OnNow(user.pk, user.name, shift.team.name, shift.begins_at, shift.ends_at, told, user.pk == viewer.user_id),
        )
    kept = {team.pk for team in rosters_kept(viewer.at)} & {team.pk for team in teams}
    return Roster(tuple(people.values()), tuple(teams), bool(kept), tuple(not_met_yet(viewer)))


def _going(viewer: Viewer, users: Sequence[int]) -> dict[int, list[str]]:
    """Whom each of these is on their way to, as this viewer may see it."""
    rows = Episode.objects.seen_by(viewer).filter(agency_id=viewer.agency_id, open=True, met_at=None)
    found = list(rows.filter(claimed_by__in=users, stage=Stage.HANDOFF_PENDING.value).order_by("claimed_at")[:50])
    files = PersonFile.objects.seen_by(viewer).in_bulk({one.file_id for one in found})
    going: dict[int, list[str]] = {}
    for one in found:
        going.setdefault(one.claimed_by_id, []).append(name_of(files.get(one.file_id)))
    return going


def reached(viewer: Viewer, episodes: Sequence[Episode], on_now: Sequence[OnNow]) -> dict[UUID, str]:
    """Whom the call for each of these has reached, and who is next: in words (timer T01)."""
    names = {one.user_id: one.name for one in on_now}
    steps = EpisodeStep.objects.seen_by(viewer).filter(
        episode__in=[one.pk for one in episodes], stage=Stage.HANDOFF_PENDING.value
    )
    told: dict[int, list[EpisodeStep]] = {}
    for step in steps.order_by("pk"):
        told.setdefault(step.episode_id, []).append(step)
    return {one.key: _reached(told[one.pk], names, viewer.at) for one in episodes if one.pk in told}


def _reached(steps: list[EpisodeStep], names: dict[int, str], at: datetime) -> str:
    if not names:
        return _("nobody is on shift: the team's mailbox was told")
    passed = [step.by_id for step in steps if step.reason == PASSED_ON]
    call = roster.called(roster.in_order(list(names), passed=passed), since=steps[-1].at, at=at)
    if call.then is not None:
        soon = call.then_at - at < MINUTE
        words = _("%(now)s was called; %(then)s is next, in %(gap)s")
        if soon:
            words = _("%(now)s was called; %(then)s is next, within a minute")
        return words % {"now": names[call.now], "then": names[call.then], "gap": gap(call.then_at, at=at)}
    if call.everybody:
        return _("everybody on shift was called")
    return _("%(now)s was called") % {"now": names[call.now]}
