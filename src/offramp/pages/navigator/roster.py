"""The roster's own page: who is on now, "I'm on", "I'm off", and the team's count where no roster is kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from offramp.actions import roster
from offramp.pages.gate import page
from offramp.pages.navigator.on_call import roster_of
from offramp.pages.navigator.views import quiet
from offramp.pages.provider.desk import Desk, services_of
from offramp.pages.provider.rooms import rooms
from offramp.pages.provider.views import draw_rooms, say_room
from offramp.rules.duties import Duty
from offramp.rules.refusal import BadInput


@page(Duty.WORK_HANDOFFS)
@require_GET
def on_now(request: HttpRequest) -> HttpResponse:
    """Who is on, in the order in which they are called."""
    viewer, here = request.viewer, roster_of(request.viewer)
    desk = _team_desk(request)
    context = {"roster": here, "hours": roster.HOURS, "at": viewer.at, "desk": desk}
    if not here.kept:
        context["said"] = rooms(viewer, desk.services)
    return quiet(render(request, "navigator/roster.html", context))


@page(Duty.WORK_HANDOFFS)
@require_POST
def on(request: HttpRequest) -> HttpResponse:
    """I'm on."""
    roster.on(viewer=request.viewer, at=request.viewer.at, hours=_hours(request), team_key=_team(request))
    return redirect("navigator:roster")


@page(Duty.WORK_HANDOFFS)
@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """I'm off."""
    roster.off(viewer=request.viewer, at=request.viewer.at)
    return redirect("navigator:roster")


@page(Duty.WORK_HANDOFFS)
@require_POST
def room(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many of us can go now, said by hand."""
    return say_room(request, _team_desk(request), key)


@page(Duty.WORK_HANDOFFS)
@require_GET
def rooms_refreshed(request: HttpRequest) -> HttpResponse:
    """The team's counts alone."""
    return draw_rooms(request, _team_desk(request))


def _team_desk(request: HttpRequest) -> Desk:
    services = [one for one in services_of(request.viewer.agency_id) if one.how_in == "worker_comes"]
    return Desk(request.viewer, services, reverse("navigator:roster"), shows_names=True)


def _hours(request: HttpRequest) -> int:
    text = request.POST.get("hours", "")
    if not text.isdecimal() or len(text) > 2:
        raise BadInput("Choose how long: 4, 8 or 12 hours.")
    return int(text)


def _team(request: HttpRequest) -> UUID | None:
    text = request.POST.get("team", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadInput("Choose the team you go on for.") from None
