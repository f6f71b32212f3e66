"""Two agencies, and who works there, for the tests of accounts and gates."""

from datetime import UTC, date, datetime

from django.utils import timezone

from offramp.records.agency import Agency, AgencyKind, Team
from offramp.records.staff import Membership, User
from offramp.rules.words import Role

PASSWORD = "heron ladder quiet orchard"
MADE = datetime(2024, 1, 2, 9, tzinfo=UTC)


def agency(name: str, kind: AgencyKind) -> Agency:
    return Agency.objects.create(name=name, kind=kind)


def worker(
    name: str, where: Agency, role: Role, *, team: Team | None = None, cleared: bool = True, **more
) -> User:
    """Somebody with a password, at work here."""
    user = User.objects.create_user(
        f"{name.split()[-1].lower()}@example.org",
        name=name,
        made_at=MADE,
        password=PASSWORD,
        last_login=timezone.now(),
        cjis_cleared_on=date(2024, 1, 2) if cleared else None,
        **more,
    )
    Membership.objects.create(user=user, agency=where, role=role, team=team, opened_at=MADE)
    return user
