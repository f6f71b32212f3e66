"""A refusal is shown, not swallowed: one clear sentence on a page, or in the fragment that was asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from offramp.pages.account import drafts, presence, standing
from offramp.rules.refusal import Refused


class Refusals:
    """Django middleware. Turns every `Refused` a view raises into an answer with the status that fits."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refused) else None


def refused(request: HttpRequest, why: Refused) -> HttpResponse:
    """The page, or for htmx the fragment put where the page keeps what it has to say."""
    context = {"says": why.message.in_words(gettext), "status": why.status}
    if not request.htmx:
        return render(request, "refused.html", context, status=why.status)
    response = render(request, "_refused.html", context, status=why.status)
    response["HX-Retarget"] = "#refused"
    response["HX-Reswap"] = "innerHTML show:window:top"
    return response


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or not theirs to see: the same page, word for word."""
    presence.know_where_nothing_is(request)
    return render(request, "404.html", status=404)


class FromBefore(Refused):
    """A form that was drawn before the last sign-in, or that another site has made up."""

    status = 403


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check said no. A form of our own from before a lock is kept and shown again; any other is refused."""
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}" and drafts.is_work(
        request.path
    ):
        who = request.user if request.user.is_authenticated else standing.whose_screen(request)
        if draft := drafts.keep(request, who):
            request.session[drafts.KEPT] = True
            return redirect(drafts.page_for(draft))
    return refused(
        request, FromBefore("This page is from before you signed in. Open it again; nothing was sent.")
    )
