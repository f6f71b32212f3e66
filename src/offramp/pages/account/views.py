"""Signing in, locking, choosing a job, and getting back what had been typed."""

from uuid import UUID

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from offramp.pages.account import drafts, presence, standing
from offramp.pages.account.banner import banner
from offramp.pages.gate import open_to_all, signed_in
from offramp.rules.duties import CARDS
from offramp.rules.words import Role

AT_THE_DOOR = "Nobody is known yet at the sign-in page."


class SignIn(LoginView):
    """E-mail and password, or a passkey, under the notice."""

    template_name = "account/sign_in.html"

    def get_context_data(self, **kwargs):
        again = self.request.session.get(standing.AGAIN) or {}
        whose = standing.whose_screen(self.request)
        more = {"banner": banner(), "locked": again.get("why") if whose else "", "whose": whose}
        return super().get_context_data(**kwargs) | more

    def get_initial(self):
        whose = standing.whose_screen(self.request)
        return super().get_initial() | ({"login": whose.email} if whose else {})


class SecondStep(AuthenticateView):
    """The code or the key, after the password."""

    template_name = "account/second_step_ask.html"


class SignOut(LogoutView):
    """Sign out. Nothing of this browser's memory of the pages is kept."""

    template_name = "account/sign_out.html"

    def post(self, *args, **kwargs):
        return forgotten(super().post(*args, **kwargs))


sign_in = open_to_all(reason=AT_THE_DOOR)(SignIn.as_view())
second_step_ask = open_to_all(reason="The second half of signing in; nobody is known yet.")(
    SecondStep.as_view()
)
sign_in_by_passkey = open_to_all(reason=AT_THE_DOOR)(LoginWebAuthnView.as_view())
sign_out = open_to_all(reason="Whoever is signed in can leave; whoever is not has left.")(SignOut.as_view())


def forgotten(response: HttpResponse) -> HttpResponse:
    """Ask the browser to drop the pages it remembers, so that Back shows nothing."""
    response["Clear-Site-Data"] = '"cache"'
    return response


# -- The lock -------------------------------------------------------------------------------------------------------


@open_to_all(
    reason="Locking is never refused; it shows nothing, and only the one signed in has anything to lock."
)
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this screen now. Back to the page it was on after signing in again."""
    back = request.GET.get("next") or request.POST.get("next") or "/today/"
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/today/"
    if request.user.is_authenticated:
        presence.lock(request, why="idle" if request.method == "GET" else "asked")
    return forgotten(redirect_to_login(back))


@open_to_all(
    reason="A screen that has locked may still hand in what was typed on it; it is kept for its owner alone."
)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what a form holds, as a draft of whoever is, or was, at this screen."""
    who = request.user if request.user.is_authenticated else standing.whose_screen(request)
    send_to, page = request.POST.get("send_to", ""), request.POST.get("page", "")
    typed = QueryDict(request.POST.get("typed", ""), mutable=True)
    if who is None or not drafts.is_work(send_to):
        raise Http404
    for name in drafts.NOT_TYPED:
        typed.pop(name, None)
    drafts.put(request, who, typed=typed, page=page if page.startswith("/") else "/", send_to=send_to)
    return HttpResponse(status=204)


@signed_in(reason="Says only that somebody is still at the screen.", before_second_step=True)
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody is still here: the screen stays awake."""
    return HttpResponse(status=204)


# -- Jobs -----------------------------------------------------------------------------------------------------------


@signed_in(reason="Somebody chooses among their own jobs.", before_second_step=True)
def role(request: HttpRequest) -> HttpResponse:
    """In which job do you look today?"""
    jobs = standing.memberships(request.user)
    if request.method == "POST":
        chosen = next((job for job in jobs if str(job.pk) == request.POST.get("job")), None)
        if chosen is None:
            raise Http404
        standing.use(request, chosen)
        return redirect("today")
    rows = [{"job": job, "card": CARDS.get(Role(job.role)), "now": job == request.membership} for job in jobs]
    return render(request, "account/role.html", {"rows": rows})


@signed_in(reason="Tells somebody what is missing before they may work.", before_second_step=True)
def not_cleared(request: HttpRequest) -> HttpResponse:
    """Police work waits for the background check."""
    return render(request, "account/not_cleared.html")


# -- What had been typed --------------------------------------------------------------------------------------------


@signed_in(reason="Gives somebody back what they themselves had typed.")
def kept(request: HttpRequest, key) -> HttpResponse:
    """A form that was sent while the screen was locked: look at it, and send it or leave it."""
    draft = next((draft for draft in drafts.waiting(request) if draft.key == key), None)
    if draft is None:
        raise Http404
    if request.method == "POST":
        drafts.forget(draft)
        return redirect(draft.address)
    fields = [(name, value) for name, values in drafts.opened(draft).lists() for value in values]
    context = {
        "draft": draft,
        "fields": fields,
        "shown": [_in_words(*field) for field in fields if _typed(field[1])],
    }
    return render(request, "account/kept.html", context)


def _typed(value: str) -> bool:
    """A form's own keys tell nobody anything."""
    try:
        UUID(value)
    except ValueError:
        return bool(value.strip())
    return False


def _in_words(name: str, value: str) -> tuple[str, str]:
    return name.replace("_", " ").capitalize(), value
