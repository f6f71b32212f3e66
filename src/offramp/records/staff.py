"""Who works here: people with an account, what they are in which agency, and who is on shift when.

Staff are closed, never deleted: the ledger names them for as long as it is kept.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from offramp.records.agency import Team
from offramp.rules.accounts import unused
from offramp.rules.words import Role


class UserManager(BaseUserManager["User"]):
    """Accounts are opened by `actions/accounts.py`; this is the row alone."""

    def create_user(
        self, email: str, *, name: str, made_at: datetime, password: str | None = None, **more: Any
    ) -> "User":
        """A new row. Without a password nobody signs in until an invitation is used."""
        user = self.model(email=email.strip().lower(), name=name, made_at=made_at, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """One human with an account. Signs in by e-mail address; may hold several memberships."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=80)
    badge = models.CharField(max_length=20, blank=True, default="")
    zone = models.CharField(max_length=40, blank=True, default="")  # empty: the house's own time zone
    language = models.CharField(max_length=8, blank=True, default="")
    persona = models.SlugField(
        max_length=40, blank=True, default=""
    )  # a member of the demo's cast; empty for real people
    persona_says = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    cjis_cleared_on = models.DateField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_for_an_address"),
            models.UniqueConstraint(
                fields=["persona"], condition=~Q(persona=""), name="one_account_for_a_persona"
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, closed_at=None) | Q(is_active=False, closed_at__isnull=False),
                name="a_closed_account_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def locked(self) -> bool:
        """Too many wrong tries: nobody gets in until an administrator releases it."""
        return self.locked_at is not None

    def asleep(self, at: datetime) -> bool:
        """Not used for ninety days, counted from the last sign-in or the day an administrator woke it."""
        return unused(last_used=max(filter(None, (self.last_login, self.woken_at, self.made_at))), at=at)

    def cleared(self, on: date) -> bool:
        """The background check CJIS asks for is on file."""
        return self.cjis_cleared_on is not None and self.cjis_cleared_on <= on


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Open ones, of people whose account is open, in agencies that are."""
        return self.filter(closed_at=None, user__is_active=True, agency__closed_at=None)


class Membership(models.Model):
    """What one human is in one agency. A person with two jobs has two, and uses one at a time."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("records.Agency", models.PROTECT, related_name="memberships")
    team = models.ForeignKey(
        "records.Team", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(
        max_length=20, choices=[(role, role.replace("_", " ").capitalize()) for role in Role]
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(closed_at=None),
                name="nobody_is_the_same_thing_twice",
            ),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="a_membership_has_a_known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    def on_at(self, at: datetime) -> "ShiftQuerySet":
        """Those working at this moment, by people who still belong to the team."""
        return self.filter(begins_at__lte=at, ends_at__gt=at, called_off_at=None, membership__closed_at=None)

    def in_turn(self) -> "ShiftQuerySet":
        """Whom to call first: by turn, then by who has been on longest."""
        return self.order_by("turn", "begins_at", "pk")


class Shift(models.Model):
    """One worker of a navigator or peer team, on call from then to then. The places of a team are its people on shift."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="shifts")
    team = models.ForeignKey("records.Team", models.PROTECT, related_name="shifts")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    turn = models.PositiveSmallIntegerField(default=1)  # 1 is called first
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="a_shift_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["team", "ends_at"], name="shift_by_team_and_end")]

    def __str__(self) -> str:
        return f"shift {self.key}"


ROSTER_IS_KEPT = timedelta(days=7)


def on_shift_of(teams: Iterable[int], at: datetime) -> list[Shift]:
    """Who of these teams is on, first to be called first, with who they are."""
    rows = Shift.objects.filter(team_id__in=list(teams), membership__user__is_active=True).on_at(at).in_turn()
    return list(rows.select_related("team", "membership__user"))


def rosters_kept(at: datetime) -> list[Team]:
    """Teams that keep a roster: somebody was on, or will be, within a week."""
    near = {"begins_at__lte": at + ROSTER_IS_KEPT, "ends_at__gte": at - ROSTER_IS_KEPT}
    teams = Shift.objects.filter(**near, team__closed_at=None).values_list("team_id", flat=True).distinct()
    return list(Team.objects.filter(pk__in=list(teams)).order_by("pk"))


class Draft(models.Model):
    """What somebody had typed when their screen locked, sealed, until they are back. Theirs alone to read."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    address = models.CharField(
        max_length=300
    )  # the path of the page it was typed on: never a query, which may name a person
    send_to = models.CharField(max_length=300)
    side = models.CharField(max_length=10)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "address"], name="draft_by_user_and_address")]

    def __str__(self) -> str:
        return f"draft {self.key}"
