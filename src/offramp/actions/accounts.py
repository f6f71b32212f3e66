"""Accounts: opened, invited, released, closed. Each with its entry in the ledger, by ids, never by names.

An administrator looks after the people of their own agency. Nobody changes what they themselves may do, and nobody
gets hold of another's account: an invitation goes to the person's own address, never to the one who sends it.
"""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from offramp.actions.sign_in import invitation, note
from offramp.records import outbox
from offramp.records.agency import Agency, AgencyKind, Team
from offramp.records.staff import Membership, User
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role, Side


class AlreadyHere(Refused):
    """There is an account with this address."""


class NotYourself(Refused):
    """Nobody changes what they themselves may do."""

    status = 403


def console(*, at: datetime) -> Viewer:
    """Whoever is at the command line of the machine itself: the custodian of the place, for every agency."""
    return Viewer(user_id=None, agency_id=None, role=Role.ADMINISTRATOR, purpose="console", at=at)


# -- Looking after accounts -----------------------------------------------------------------------------------------


@transaction.atomic
def add(
    *,
    viewer: Viewer,
    at: datetime,
    email: str,
    name: str,
    agency_id: int,
    role: Role,
    team_id: int | None = None,
    badge: str = "",
    cleared_on: date | None = None,
) -> User:
    """Open an account for somebody, with their first job. They sign in once they have used their invitation."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise AlreadyHere("There is an account with this address. Give that person another job instead.")
    user = User.objects.create_user(email, name=name, badge=badge, made_at=at, cjis_cleared_on=cleared_on)
    note(deed="account_opened", viewer=viewer, at=at, user=user)
    give_job(viewer=viewer, at=at, user_id=user.pk, agency_id=agency_id, role=role, team_id=team_id)
    return user


@transaction.atomic
def open_agency(*, viewer: Viewer, at: datetime, name: str, kind: str) -> Agency:
    """A new agency takes part. From the machine itself only: whoever looks after one agency opens no other."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    if viewer.agency_id is not None:
        raise NotFound
    if kind not in {known.value for known in AgencyKind}:
        raise BadInput("An agency is one of: {kinds}.", kinds=", ".join(AgencyKind))
    agency = Agency.objects.create(name=name.strip(), kind=kind)
    note(deed="agency_opened", viewer=viewer, at=at, details={"agency": agency.pk, "kind": kind})
    return agency


@transaction.atomic
def give_job(
    *, viewer: Viewer, at: datetime, user_id: int, agency_id: int, role: Role, team_id: int | None = None
) -> Membership:
    """Somebody is, from now on, this in that agency. An administrator gives jobs in their own agency only."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id, also_new=True)
    _own_agency(viewer, agency_id)
    if not Agency.objects.filter(pk=agency_id, closed_at=None).exists():
        raise NotFound
    if (
        team_id is not None
        and not Team.objects.filter(pk=team_id, agency_id=agency_id, closed_at=None).exists()
    ):
        raise BadInput("That team is not one of this agency's.")
    try:
        with transaction.atomic():
            job = Membership.objects.create(
                user=user, agency_id=agency_id, team_id=team_id, role=Role(role), opened_at=at
            )
    except IntegrityError:
        raise AlreadyHere("They already have this job here.") from None
    note(deed="job_given", viewer=viewer, at=at, user=user, details={"role": job.role, "agency": agency_id})
    return job


@transaction.atomic
def take_job(*, viewer: Viewer, at: datetime, membership_id: int) -> None:
    """A job ends, from their very next tap. What they did in it keeps their name."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    job = Membership.objects.filter(pk=membership_id, closed_at=None).first()
    if job is None:
        raise NotFound
    _own_agency(viewer, job.agency_id)
    user = _theirs(viewer, job.user_id)
    Membership.objects.filter(pk=job.pk).update(closed_at=at)
    note(
        deed="job_taken", viewer=viewer, at=at, user=user, details={"role": job.role, "agency": job.agency_id}
    )


@transaction.atomic
def release(*, viewer: Viewer, at: datetime, user_id: int) -> None:
    """Let a locked or sleeping account in again."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id)
    User.objects.filter(pk=user.pk).update(locked_at=None, woken_at=at)
    note(deed="account_released", viewer=viewer, at=at, user=user)


@transaction.atomic
def close(*, viewer: Viewer, at: datetime, user_id: int) -> None:
    """Close an account at once, wherever it is signed in (CJIS AC-2: within minutes of a threat)."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id)
    User.objects.filter(pk=user.pk).update(is_active=False, closed_at=at)
    note(deed="account_closed", viewer=viewer, at=at, user=user)


@transaction.atomic
def clear(*, viewer: Viewer, at: datetime, user_id: int, on: date | None) -> None:
    """Put the date of somebody's background check on file, or take it off."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id)
    if on is not None and on > at.date():
        raise BadInput("The date of a background check can not be in the future.")
    User.objects.filter(pk=user.pk).update(cjis_cleared_on=on)
    note(
        deed="clearance_noted", viewer=viewer, at=at, user=user, details={"on": on.isoformat() if on else ""}
    )


# -- Invitations ----------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, viewer: Viewer, at: datetime, user_id: int, site: str) -> None:
    """Send somebody a link by which they choose a password: to their own address, never to the one who sends it."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id)
    outbox.put(
        side=Side.CARE,
        channel="email",
        template="notice_invitation",
        to=user.email,
        params={"link": f"{site}/account/invited/{invitation(user)}/"},
        at=at,
    )
    note(deed="invited", viewer=viewer, at=at, user=user)


@transaction.atomic
def forget_second_step(*, viewer: Viewer, at: datetime, user_id: int) -> None:
    """Somebody lost their phone and their codes: at the next sign-in they set up a new second step."""
    require(viewer, Duty.MANAGE_ACCOUNTS)
    user = _theirs(viewer, user_id)
    Authenticator.objects.filter(user=user).delete()
    note(deed="second_step_forgotten", viewer=viewer, at=at, user=user)


# -- Whose accounts -------------------------------------------------------------------------------------------------


def people_of(viewer: Viewer):
    """The accounts this administrator looks after: who has a job in their agency, or had one there and now has none."""
    if viewer.role != Role.ADMINISTRATOR:
        return User.objects.none()
    if viewer.agency_id is None:
        return User.objects.all()
    jobs = Membership.objects.filter(user=OuterRef("pk"))
    here, now = jobs.filter(agency_id=viewer.agency_id), jobs.filter(closed_at=None)
    return User.objects.filter(Exists(here.filter(closed_at=None)) | (Exists(here) & ~Exists(now)))


def _theirs(viewer: Viewer, user_id: int, *, also_new: bool = False) -> User:
    """This account, if it is one they look after, and not their own."""
    if viewer.user_id == user_id:
        raise NotYourself("Ask another administrator: nobody changes their own account's rights.")
    found = people_of(viewer).filter(pk=user_id).first()
    if found is None and also_new:
        found = User.objects.filter(pk=user_id, memberships=None).first()  # just opened
    if found is None:
        raise NotFound
    return found


def _own_agency(viewer: Viewer, agency_id: int) -> None:
    if viewer.agency_id not in (None, agency_id):
        raise NotFound
