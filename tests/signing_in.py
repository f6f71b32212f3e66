"""How a test is signed in: as somebody who has come through the door a moment ago, second step and all."""

from datetime import datetime

from django.test import Client
from django.utils import timezone

from offramp.pages.account import standing
from offramp.records.staff import Membership, User


def sign_in(
    client: Client,
    user: User,
    *,
    job: Membership | None = None,
    at: datetime | None = None,
    second_step: bool = True,
) -> Client:
    """`user` is at this client's screen since `at` (now), in `job` (their only one)."""
    at = at or timezone.now()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[standing.SIGNED_IN_AT] = session[standing.TOUCHED_AT] = at.timestamp()
    session[standing.SECOND_STEP] = second_step
    job = job or user.memberships.filter(closed_at=None).first()
    if job is not None:
        session[standing.MEMBERSHIP] = job.pk
    session.save()
    return client
