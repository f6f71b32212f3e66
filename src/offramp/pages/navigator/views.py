"""The navigator's and peer's room: today's lists, one record, and the few deeds of a handoff."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from offramp.actions import claim, refer
from offramp.pages.gate import page
from offramp.pages.navigator.next_place import NextPlace, places_for
from offramp.pages.navigator.record import record_of
from offramp.pages.navigator.work import BY_VIEW, lines, page_of, tabs, waiting
from offramp.pages.provider.desk import Desk, services_of
from offramp.pages.provider.rooms import rooms
from offramp.records import ledger
from offramp.rules.duties import Duty
from offramp.rules.refusal import NotFound
from offramp.rules.words import Side

DEEDS = {"claim": claim.claim, "met": claim.met, "pass_on": claim.pass_on}


@page(Duty.WORK_HANDOFFS)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """My day: who waits now, whom I am with, everyone."""
    context = _lists(request)
    ledger.looked(request.viewer, at=request.viewer.at, what="my_day", side=Side.CARE, count=len(context["rows"]))
    if request.GET.get("open"):
        context["record"] = record_of(request.viewer, _key(request.GET["open"]))
    return _plain(render(request, "navigator/today.html", context | {"said": _rooms(request), "desk": _desk(request)}))


@page(Duty.WORK_HANDOFFS)
@require_GET
def refreshed(request: HttpRequest) -> HttpResponse:
    """Who waits now, for the page that is open."""
    return _plain(render(request, "navigator/_waiting.html", _waiting(request)))


@page(Duty.WORK_HANDOFFS)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One record: beside the list, or a page of its own where there is no room for two."""
    context = {"record": record_of(request.viewer, key), "at": request.viewer.at}
    return _plain(render(request, "navigator/_record.html" if request.htmx else "navigator/record.html", context))


@page(Duty.WORK_HANDOFFS)
@require_POST
def deed(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """I take it, we have met, or I pass it on."""
    if name not in DEEDS:
        raise NotFound
    DEEDS[name](viewer=request.viewer, at=request.viewer.at, episode_key=key)
    view = "mine" if name != "pass_on" else "waiting"
    return redirect(f"{reverse('navigator:today')}?view={view}&open={key}")


@page(Duty.WORK_HANDOFFS)
def next_place(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask another place."""
    viewer, agency = request.viewer, request.membership.agency
    record = record_of(viewer, key)
    near = (agency.lat, agency.lon) if agency.lat is not None and agency.lon is not None else None
    room_now, call_first = places_for(viewer, record, near)
    form = NextPlace(request.POST or None, matches=[*room_now, *call_first])
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["names"] == "yes"
        refer.refer(
            viewer=viewer, at=viewer.at, episode_key=key, outlet_key=form.outlet_key, mode=form.mode, names=named
        )
        return redirect(f"{reverse('navigator:today')}?view=mine&open={key}")
    context = {"record": record, "form": form, "at": viewer.at, "room_now": len(room_now), "any": room_now or call_first}
    return _plain(render(request, "navigator/next_place.html", context))


@page(Duty.WORK_HANDOFFS)
@require_POST
def room(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many of us can go now."""
    from offramp.pages.provider.views import say_room

    return say_room(request, _desk(request), key)


@page(Duty.WORK_HANDOFFS)
@require_GET
def rooms_refreshed(request: HttpRequest) -> HttpResponse:
    """The team's counts alone."""
    from offramp.pages.provider.views import draw_rooms

    return draw_rooms(request, _desk(request))


def _lists(request: HttpRequest) -> dict:
    view = request.GET.get("view", "")
    view = view if view in BY_VIEW else "mine"
    found, older = page_of(BY_VIEW[view](request.viewer), after=request.GET.get("after", ""))
    rows = lines(request.viewer, found)
    url = reverse("navigator:today")
    return _waiting(request) | {
        "view": view,
        "rows": rows,
        "tabs": tabs(request.viewer, view, url),
        "older": f"{url}?view={view}&after={older}" if older else "",
        "first": f"{url}?view={view}" if request.GET.get("after") else "",
    }


def _waiting(request: HttpRequest) -> dict:
    viewer = request.viewer
    return {"calls": lines(viewer, waiting(viewer)[:10]), "at": viewer.at}


def _desk(request: HttpRequest) -> Desk:
    services = [one for one in services_of(request.viewer.agency_id) if one.how_in == "worker_comes"]
    return Desk(request.viewer, services, reverse("navigator:today"), shows_names=True)


def _rooms(request: HttpRequest):
    desk = _desk(request)
    return rooms(desk.viewer, desk.services) if desk.services else []


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _plain(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
