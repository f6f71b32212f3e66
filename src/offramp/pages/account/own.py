"""Somebody's own account: the invitation they came by, their password, what they are here."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from offramp.actions import sign_in
from offramp.pages.account import standing
from offramp.pages.account.forms import ChangePassword, NewPassword
from offramp.pages.account.second_step import own
from offramp.pages.gate import open_to_all, signed_in


@open_to_all(
    reason="Whoever was invited has no password yet; the link itself is the proof, once and for three days."
)
@sensitive_post_parameters("password")
def invited(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Choose a password, and sign in with it."""
    user = sign_in.invited_by(who=who, token=token)
    if user is None:
        return render(request, "account/invitation_over.html", status=404)
    form = NewPassword(request.POST or None, user=user)
    if form.is_valid():
        sign_in.accept_invitation(who=who, token=token, at=request.at, password=form.cleaned_data["password"])
        return redirect("account_login")
    return render(request, "account/invited.html", {"form": form, "invited": user})


@signed_in(reason="Somebody's own account.")
def account(request: HttpRequest) -> HttpResponse:
    """What I am here, and what I sign in with."""
    return render(
        request,
        "account/account.html",
        {"jobs": standing.memberships(request.user)},
    )


@sensitive_post_parameters("old", "password")
def _password(request: HttpRequest) -> HttpResponse:
    """Change my password."""
    form = ChangePassword(request.POST or None, user=request.user)
    if form.is_valid():
        sign_in.set_password(user=request.user, at=request.at, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        return redirect("account:account")
    return render(request, "account/password.html", {"form": form})


password = own(_password, before_second_step=False)
