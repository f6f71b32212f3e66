"""Help, at the same place on every page: what to do now, and whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from offramp.pages.gate import open_to_all


@open_to_all(reason="Somebody who can not sign in needs help most; nothing about a person is drawn.")
def help_page(request: HttpRequest) -> HttpResponse:
    """The help page."""
    return render(request, "frame/help.html")
