"""Who is on: "I'm on", "I'm off", whom a call reaches next, and the team's count, which follows from it.

The places of a navigator or peer team are its people on shift. Where a team keeps a roster nobody counts by hand: as many
places are said as people are on, less those who are on their way; a place that is kept for somebody counts its own.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from offramp.actions import claim
from offramp.actions.telling import tell, tell_worker
from offramp.records import ledger
from offramp.records.agency import Agency, Team
from offramp.records.capacity import Capacity, write_count
from offramp.records.episode import Call, Episode, calls_at, going_at
from offramp.records.referral import going_with_a_place
from offramp.records.service import Service
from offramp.records.staff import Membership, Shift, User, on_shift_of, rosters_kept
from offramp.rules import roster
from offramp.rules.candidates import HowIn
from offramp.rules.duties import Duty, may, require
from offramp.rules.refusal import BadInput, NotFound
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role, Stage

HOURS = (4, 8, 12)
SAID_BY = "the roster"
SAID_AGAIN = timedelta(hours=1)
FIRST, NEXT = "notice_waiting_on_scene", "notice_answer_late"
_ANSWER = [role.value for role in Role if may(role, Duty.WORK_HANDOFFS)]


# -- On and off -------------------------------------------------------------------------------------------------------


def on(*, viewer: Viewer, at: datetime, hours: int, team_key: UUID | None = None) -> Shift:
    """I'm on, for so many hours from now. Said again, it lasts that long from now."""
    require(viewer, Duty.WORK_HANDOFFS)
    if hours not in HOURS:
        raise BadInput("Choose how long: 4, 8 or 12 hours.")
    with transaction.atomic():
        job = _job(viewer)
        team = _team(viewer, job, team_key)
        until = at + timedelta(hours=hours)
        now = Shift.objects.filter(membership=job, team=team).on_at(at)
        if not now.update(ends_at=until):
            Shift.objects.create(membership=job, team=team, begins_at=at, ends_at=until)
        _say_counts([team], at, by=viewer)
        ledger.write(viewer, deed="shift_on", at=at, about=team.key, details={"hours": hours})
        return now.get()


def off(*, viewer: Viewer, at: datetime) -> list[Episode]:
    """I'm off. Whoever I was on my way to waits again on everyone's screen; they are given back, and the next is called."""
    require(viewer, Duty.WORK_HANDOFFS)
    with transaction.atomic():
        mine = Shift.objects.filter(membership=_job(viewer)).on_at(at)
        teams = list(Team.objects.filter(pk__in=list(mine.values_list("team_id", flat=True))))
        mine.update(called_off_at=at)
        passed = [claim.pass_on(viewer=viewer, at=at, episode_key=key) for key in sorted(not_met_yet(viewer))]
        _say_counts(teams, at, by=viewer)
        ledger.write(viewer, deed="shift_off", at=at, details={"passed_on": len(passed)})
        return passed


def not_met_yet(viewer: Viewer) -> list[UUID]:
    """Those this viewer took and has not met."""
    rows = Episode.objects.seen_by(viewer).filter(agency_id=viewer.agency_id, claimed_by_id=viewer.user_id, open=True)
    return list(rows.filter(stage=Stage.HANDOFF_PENDING.value).values_list("key", flat=True))


def _job(viewer: Viewer) -> Membership:
    """The viewer's own job, and a turn at it: a double tap is on once."""
    rows = Membership.objects.current().filter(user_id=viewer.user_id, agency_id=viewer.agency_id, role=viewer.role)
    Membership.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(role=F("role"))
    return rows.select_related("team").get()


def _team(viewer: Viewer, job: Membership, key: UUID | None) -> Team:
    """The team they go on for: the one named, their own, or the agency's only one."""
    teams = Team.objects.standing().filter(agency_id=viewer.agency_id).order_by("pk")
    if key is not None:
        team = teams.filter(key=key).first()
        if team is None:
            raise NotFound
        return team
    known = [job.team] if job.team else list(teams[:2])
    if len(known) != 1:
        raise BadInput("Choose the team you go on for.")
    return known[0]


# -- The team's count ---------------------------------------------------------------------------------------------------


def say_counts(*, at: datetime) -> int:
    """The counts of every team that keeps a roster: said when they change, and again every hour. Says how many were said."""
    with transaction.atomic():
        return _say_counts(rosters_kept(at), at)


def _say_counts(teams: Iterable[Team], at: datetime, by: Viewer | None = None) -> int:
    teams = {team.pk: team for team in teams}
    agencies = {team.agency_id for team in teams.values()}
    going, counted = going_at(at, agencies), going_with_a_place(at, agencies)
    said = 0
    rows = Service.objects.standing().filter(team__in=teams, how_in=HowIn.WORKER_COMES.value, status="active")
    for service in rows.order_by("pk"):
        people = {shift.membership.user_id for shift in on_shift_of([service.team_id], at)}
        away = (going.get(service.agency_id, set()) - counted) & people
        said += _say(service, len(people - away), at, by)
    return said


def _say(service: Service, people: int, at: datetime, by: Viewer | None) -> bool:
    unit = "person"
    now = Capacity.objects.filter(service=service, unit=unit).first()
    if now and now.open_places == people and now.said_by == SAID_BY and at - now.said_at < SAID_AGAIN:
        return False
    return write_count(
        service_id=service.pk,
        unit=unit,
        open_places=people,
        said_at=at,
        said_by=SAID_BY,
        user_id=by.user_id if by else None,
    )


# -- The call (timer T01) -------------------------------------------------------------------------------------------------


def call_next(*, at: datetime) -> int:
    """Tell whoever's turn it is of every call nobody has answered; after the last of the roster, the team's mailbox.

    Each is told once in a call. Nothing is decided: the first who taps has it. Says how many were told.
    """
    jobs = Membership.objects.current().filter(role__in=_ANSWER)
    agencies = set(jobs.values_list("agency_id", flat=True).distinct())
    on_now = _on_now(agencies, at)
    houses = Agency.objects.in_bulk(agencies)
    with transaction.atomic():
        return sum(_call(call, on_now.get(call.agency_id, []), houses[call.agency_id], at) for call in calls_at(at, agencies))


def _call(call: Call, on_now: list[User], agency: Agency, at: datetime) -> int:
    people = {user.pk: user for user in on_now}
    reached = roster.called(roster.in_order(list(people), passed=call.passed), since=call.since, at=at)
    begun = f"T01 {call.since.timestamp():.0f}"
    told = 0
    for turn, pk in enumerate(reached.told):
        wording = NEXT if turn else FIRST
        told += tell_worker(people[pk], wording, about=call.episode_key, at=at, once=f"{begun} {pk}")
    if reached.everybody:
        told += tell(agency, NEXT, about=call.episode_key, at=at, once=f"{begun} all")
    return told


def _on_now(agencies: Iterable[int], at: datetime) -> dict[int, list[User]]:
    """Who is on in each agency, in turn."""
    teams = Team.objects.standing().filter(agency_id__in=list(agencies)).values_list("pk", flat=True)
    found: dict[int, list[User]] = {}
    for shift in on_shift_of(list(teams), at):
        people = found.setdefault(shift.team.agency_id, [])
        if shift.membership.user not in people:
            people.append(shift.membership.user)
    return found
