"""The second step of signing in: a passkey, or a code from an app, with recovery codes for a bad day.

The ceremonies are django-allauth's; the pages and their order are ours. Whoever changes their second step has just
signed in: a screen left open is not enough.
"""

from datetime import timedelta
from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offramp.actions import sign_in
from offramp.pages.account import presence, standing
from offramp.pages.gate import signed_in

THEIR_OWN = "Somebody's own second step."
FRESH = timedelta(minutes=10)
REAL_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NAMES = {Authenticator.Type.TOTP: _("App with codes"), Authenticator.Type.WEBAUTHN: _("Passkey")}


def just_signed_in(view):
    """Ask them to sign in again, and come back here, unless they did so within ten minutes."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if standing.signed_in_within(request, FRESH):
            return view(request, *args, **kwargs)
        answer = standing.ask_to_sign_in(request)
        presence.lock(request, why="again")
        return answer

    return inner


def own(view, *, before_second_step: bool = True):
    """A page of somebody's own second step."""
    return signed_in(reason=THEIR_OWN, before_second_step=before_second_step)(just_signed_in(view))


@signed_in(reason=THEIR_OWN, before_second_step=True)
def steps(request: HttpRequest) -> HttpResponse:
    """What I sign in with, and what I can add."""
    rows = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    real = [row for row in rows if row.type in REAL_STEPS]
    codes = next((row.wrap() for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "steps": [{"row": row, "name": _named(row), "may_go": len(real) > 1} for row in real],
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "has_app": any(row.type == Authenticator.Type.TOTP for row in real),
        "go_on": bool(request.session.get(standing.SECOND_STEP)),
    }
    return render(request, "account/second_step.html", context)


def _named(row: Authenticator):
    return (row.type == Authenticator.Type.WEBAUTHN and row.wrap().name) or NAMES[row.type]


class _Adds:
    """Somebody has just shown their new second step: this session has it too."""

    def form_valid(self, form) -> HttpResponse:
        answer = super().form_valid(form)
        self.request.session[standing.SECOND_STEP] = True
        sign_in.second_step_changed(user=self.request.user, at=self.request.at, what=self.what, added=True)
        return answer

    def get_success_url(self) -> str:
        new_codes = getattr(self, "did_generate_recovery_codes", False)
        return reverse("mfa_view_recovery_codes") if new_codes else reverse("account:second_step")


class AddApp(_Adds, ActivateTOTPView):
    """Scan the square, type the code it shows."""

    template_name = "account/add_app.html"
    what = "totp"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            return redirect("account:second_step")
        return super().dispatch(request, *args, **kwargs)


class AddPasskey(_Adds, AddWebAuthnView):
    """Touch the key, or use the phone's or computer's own lock."""

    template_name = "account/add_passkey.html"
    what = "webauthn"


class Codes(ViewRecoveryCodesView):
    """Ten codes for a bad day, shown once."""

    template_name = "account/codes.html"


class NewCodes(GenerateRecoveryCodesView):
    """Ten new codes; the old ones end."""

    template_name = "account/new_codes.html"


@own
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one second step off. The last one stays: without any, the next sign-in would be by password alone."""
    mine = Authenticator.objects.filter(user=request.user, type__in=REAL_STEPS)
    row = mine.filter(pk=pk).first()
    if row is None or not request.session.get(standing.SECOND_STEP):
        raise Http404
    if request.method == "POST" and mine.count() > 1:
        row.delete()
        sign_in.second_step_changed(user=request.user, at=request.at, what=row.type, added=False)
        return redirect("account:second_step")
    return render(
        request, "account/remove_step.html", {"row": row, "name": _named(row), "last": mine.count() < 2}
    )


add_app = own(AddApp.as_view())
add_passkey = own(AddPasskey.as_view())
codes = own(Codes.as_view())
new_codes = own(NewCodes.as_view(), before_second_step=False)
