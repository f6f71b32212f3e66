"""Signing in and out: who may come in, the lock after wrong tries, invitations and passwords. The ledger has it by ids."""

from datetime import datetime

from axes.models import AccessAttempt
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from offramp.records import ledger
from offramp.records.staff import Draft, User
from offramp.rules.accounts import DRAFT_KEPT_FOR, TRIES_WITHIN
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer

# Signed with the password as it stands: choosing one uses the link up.
INVITATIONS = PasswordResetTokenGenerator()


def may_come_in(*, user: User, at: datetime) -> bool:
    """An account that is open, not locked, and used within the last ninety days."""
    return user.is_active and not user.locked and not user.asleep(at)


def signed_in(*, user: User, at: datetime, where: str, how: str, agreed: str) -> None:
    """Somebody came in: how they showed who they are, and which notice they agreed to."""
    note(deed="signed_in", by=user, at=at, details={"from": where, "how": how, "agreed": agreed})


def signed_out(*, user: User, at: datetime) -> None:
    """Somebody went."""
    note(deed="signed_out", by=user, at=at)


def screen_locked(*, user: User, at: datetime, why: str) -> None:
    """A screen was left alone, or the day was over."""
    note(deed="screen_locked", by=user, at=at, details={"why": why})


def sign_in_failed(*, user: User | None, at: datetime, where: str) -> None:
    """A wrong try. What was typed is not kept: people type passwords into the wrong box."""
    note(deed="sign_in_failed", by=user, at=at, details={"from": where}, outcome="refused")


@transaction.atomic
def lock(*, user: User, at: datetime) -> None:
    """Too many wrong tries. Only `release` opens it again."""
    if User.objects.filter(pk=user.pk, locked_at=None).update(locked_at=at):
        note(deed="account_locked", by=user, at=at)


# -- Passwords and second steps --------------------------------------------------------------------------------------


@transaction.atomic
def set_password(*, user: User, at: datetime, password: str) -> None:
    """Somebody has chosen a password of their own. It has been checked by the form."""
    user.set_password(password)
    user.save(update_fields=["password"])
    note(deed="password_changed", by=user, at=at)


def second_step_changed(*, user: User, at: datetime, what: str, added: bool) -> None:
    """Somebody has a new second step, or one less."""
    note(deed="second_step_added" if added else "second_step_removed", by=user, at=at, details={"what": what})


# -- Invitations -----------------------------------------------------------------------------------------------------


def invitation(user: User) -> str:
    """The end of the link that lets this person choose a password: good once, and for three days."""
    return f"{urlsafe_base64_encode(str(user.pk).encode())}/{INVITATIONS.make_token(user)}"


def invited_by(*, who: str, token: str) -> User | None:
    """Whom this link invites; nobody when it is used, old, or made up."""
    try:
        pk = int(urlsafe_base64_decode(who))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True, locked_at=None).first()
    return user if user and INVITATIONS.check_token(user, token) else None


@transaction.atomic
def accept_invitation(*, who: str, token: str, at: datetime, password: str) -> User:
    """Somebody was invited and has chosen a password. The link is used up by it."""
    user = invited_by(who=who, token=token)
    if user is None:
        raise NotFound
    set_password(user=user, at=at, password=password)
    return user


# -- Tidying up -----------------------------------------------------------------------------------------------------


def forget_what_is_over(*, at: datetime) -> int:
    """Take out sessions that have ended, drafts older than a week, and wrong tries that no longer count."""
    over = (
        Session.objects.filter(expire_date__lt=at),
        Draft.objects.filter(kept_at__lt=at - DRAFT_KEPT_FOR),
        AccessAttempt.objects.filter(attempt_time__lt=at - TRIES_WITHIN),
    )
    return sum(rows.delete()[0] for rows in over)


# -- The ledger ------------------------------------------------------------------------------------------------------


def note(
    *,
    deed: str,
    at: datetime,
    viewer: Viewer | None = None,
    by: User | None = None,
    user: User | None = None,
    details: dict | None = None,
    outcome: str = "done",
) -> None:
    """An entry by a viewer, or by somebody at the door who has no job in use yet."""
    who = viewer or Viewer(user_id=by.pk if by else None, agency_id=None, role=None, purpose="door", at=at)
    account = {"account": user.pk} if user else {}
    ledger.write(who, deed=deed, at=at, outcome=outcome, details=account | (details or {}))
