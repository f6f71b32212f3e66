"""Five wrong tries within a quarter of an hour, and the account stays locked until an administrator releases it.

django-axes counts; its cool-off is the quarter of an hour in which tries are counted, and for a name that nobody here
has it is also how long that name is refused, so that a stranger can not tell the two apart by what we answer. For a
real account the fifth try is written on the account itself, where no clock takes it away (CJIS AC-7, timer T21).
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from offramp.actions import sign_in
from offramp.records.staff import User
from offramp.rules.accounts import TRIES


def address_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account a try was meant for, however it was typed."""
    said = credentials or {}
    tried = said.get("email") or said.get("username") or request.POST.get("login") or ""
    return str(tried).strip().lower()[:254]


def account_tried(address: str) -> User | None:
    """The account with this address, if there is one."""
    return User.objects.filter(email=address).first() if address else None


class Lockout(AxesDatabaseHandler):
    """How django-axes decides here."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        user = account_tried(address_tried(request, credentials))
        locked = user.locked if user else super().is_locked(request, credentials)
        if locked:
            # A refusal without work would answer sooner than a wrong password does, and so tell that it is locked.
            User().set_password(str((credentials or {}).get("password") or "-"))
        return locked

    def user_login_failed(
        self, sender, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs
    ) -> None:
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None:
            return
        user = account_tried(address_tried(request, credentials))
        at = timezone.now()
        sign_in.sign_in_failed(user=user, at=at, where=request.META.get("REMOTE_ADDR", ""))
        if user and not user.locked and (request.axes_failures_since_start or 0) >= TRIES:
            sign_in.lock(user=user, at=at)

    def user_logged_out(self, sender, request, user, **kwargs) -> None:
        """Nothing is counted here; the ledger has it."""


def same_answer(
    request: HttpRequest, answer: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """A locked account is answered exactly like a wrong password."""
    return answer
