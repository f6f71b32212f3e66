"""A refusal is shown, not swallowed: one clear sentence on a page, or in the fragment that was asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

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
    response["HX-Retarget"] = "#says"
    response["HX-Reswap"] = "innerHTML show:window:top"
    return response
