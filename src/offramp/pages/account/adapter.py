"""Where django-allauth asks us: who may come in, what happens when they do, and how their second step is kept."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offramp.actions import sign_in
from offramp.pages.account import drafts, standing
from offramp.pages.account.banner import version
from offramp.pages.gate import viewer_for
from offramp.records import house, keys, vault
from offramp.records.staff import User

# One sentence for a wrong password, an unknown address, a locked, sleeping or closed account: nobody learns which.
NOT_IN = _(
    "That did not work. Check your e-mail address and password. "
    "After five wrong tries an account stays locked until an administrator releases it."
)
CODE_NOT_RIGHT = _("That code did not work. Take the next one your app shows.")
SLOW_DOWN = _("Too many tries from here. Wait a minute.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators. Whoever may not come in hears the one sentence."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NOT_IN,
        "too_many_login_attempts": SLOW_DOWN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Before the second step, however they began: by password or by passkey."""
        return None if sign_in.may_come_in(user=user, at=timezone.now()) else turned_away(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """After the last step. Asked again: the account may have been locked or closed between the two."""
        user.refresh_from_db()
        at = timezone.now()
        if not sign_in.may_come_in(user=user, at=at):
            raise ImmediateHttpResponse(turned_away(request))
        steps = [record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        come_in(request, user, second_step="mfa" in steps, how="+".join(steps) or "password")

    def logout(self, request: HttpRequest) -> None:
        sign_in.signed_out(user=request.user, at=request.at)
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/today/"

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs
    ) -> HttpResponse:
        answer = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        return redirect(drafts.where_to(request) or answer.url)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Never by allauth's own pages: `standing.fresh` sends people to the sign-in page they know."""
        return False

    def add_message(self, request, level, message_template=None, *args, **kwargs) -> None:
        """What went well shows by itself."""
        if level >= messages.ERROR:
            super().add_message(request, level, message_template, *args, **kwargs)


def come_in(request: HttpRequest, user: User, *, second_step: bool, how: str) -> None:
    """The session of somebody who has just shown who they are."""
    at = timezone.now()
    request.at = at
    request.session.pop(drafts.KEPT, None)
    standing.begin(request, user, at=at, second_step=second_step)
    request.membership = standing.in_use(request)
    request.viewer = viewer_for(request.membership, at=at, purpose="sign_in")
    sign_in.signed_in(user=user, at=at, where=request.META.get("REMOTE_ADDR", ""), how=how, agreed=version())


def turned_away(request: HttpRequest) -> HttpResponse:
    """Back to the sign-in page with the one sentence."""
    clear_login(request)
    messages.error(request, NOT_IN)
    return redirect("account_login")


class MFAAdapter(DefaultMFAAdapter):
    """The second step. Its secrets are sealed: a stolen database makes nobody's codes."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": CODE_NOT_RIGHT}

    def encrypt(self, text: str) -> str:
        return b64encode(vault.seal_alone(keys.HOUSE, "second_step", {"secret": text})).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open_alone(keys.HOUSE, "second_step", b64decode(encrypted_text))["secret"]

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        many = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": many + 1}

    def get_totp_issuer(self) -> str:
        return f"Offramp {here.name}" if (here := house.here()) else "Offramp"
