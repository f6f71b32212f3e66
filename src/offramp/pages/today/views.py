"""`/today/`: one address for everybody's work, drawn by the room of what they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, resolve, reverse

from offramp.pages.gate import open_to_all, signed_in
from offramp.pages.today.rooms import TODAY
from offramp.rules.duties import CARDS
from offramp.rules.words import Role


@open_to_all(reason="The front door shows nothing: it leads on to the sign-in page, or to one's work.")
def front(request: HttpRequest) -> HttpResponse:
    """In."""
    return redirect("today")


@signed_in(reason="Leads to the room of one's role, and that room has a gate of its own.")
def today(request: HttpRequest) -> HttpResponse:
    """My work today, or, for whom no room is built yet, what will be here."""
    role = Role(request.membership.role)
    room = _room(role)
    if room is None:
        return render(
            request,
            "today/nothing_yet.html",
            {"card": CARDS.get(role), "role": role.value},
        )
    return room.func(request, *room.args, **room.kwargs)


def _room(role: Role):
    try:
        return resolve(reverse(TODAY[role]))
    except (KeyError, NoReverseMatch):
        return None
