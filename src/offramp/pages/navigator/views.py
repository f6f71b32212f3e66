"""The navigator's and peer's room: today's lists, one record, and the few deeds of a handoff."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from offramp.actions import claim, refer
from offramp.pages.gate import page
from offramp.pages.navigator.next_place import NextPlace
from offramp.pages.navigator.on_call import reached, roster_of
from offramp.pages.navigator.record import record_of
from offramp.pages.navigator.work import BY_VIEW, CALLS, lines, page_of, tabs, waiting
from offramp.records import ledger
from offramp.rules.distance import Point
from offramp.rules.duties import Duty
from offramp.rules.refusal import BadInput, NotFound
from offramp.rules.words import Side

DEEDS = {"claim": claim.claim, "met": claim.met, "pass_on": claim.pass_on}
FOR_SEVERAL = {"claim": claim.claim_all, "pass_on": claim.pass_on_all}
SEVERAL = 20


@page(Duty.WORK_HANDOFFS)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """My day: who waits now, whom I am with, for whom a clock ran out, everyone."""
    context = _lists(request)
    ledger.looked(request.viewer, at=request.viewer.at, what="my_day", side=Side.CARE, count=len(context["rows"]))
    if request.GET.get("open"):
        context["record"] = record_of(request.viewer, _key(request.GET["open"]), near(request))
    return quiet(render(request, "navigator/today.html", context))


@page(Duty.WORK_HANDOFFS)
@require_GET
def refreshed(request: HttpRequest) -> HttpResponse:
    """Who waits now, for the page that is open."""
    return quiet(render(request, "navigator/_waiting.html", _waiting(request)))


@page(Duty.WORK_HANDOFFS)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One record: beside the list, or a page of its own where there is no room for two."""
    context = {"record": record_of(request.viewer, key, near(request)), "at": request.viewer.at}
    return quiet(render(request, "navigator/record.html", context))


@page(Duty.WORK_HANDOFFS)
@require_POST
def deed(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """I take it, we have met, or I pass it on."""
    if name not in DEEDS:
        raise NotFound
    DEEDS[name](viewer=request.viewer, at=request.viewer.at, episode_key=key)
    return _to(key, "mine" if name != "pass_on" else "waiting")


@page(Duty.WORK_HANDOFFS)
@require_POST
def several(request: HttpRequest, name: str) -> HttpResponse:
    """The same for all that were picked: all of them, or none."""
    if name not in FOR_SEVERAL:
        raise NotFound
    keys = {_key(text) for text in request.POST.getlist("pick")[:SEVERAL]}
    if not keys:
        raise BadInput("Pick somebody in the list first.")
    FOR_SEVERAL[name](viewer=request.viewer, at=request.viewer.at, episode_keys=keys)
    return redirect(f"{reverse('navigator:today')}?view={'mine' if name == 'claim' else 'waiting'}")


@page(Duty.WORK_HANDOFFS)
def next_place(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask another place: the one that is ready in one tap, or any of those that fit."""
    viewer = request.viewer
    record = record_of(viewer, key, near(request), choosing=True)
    form = NextPlace(request.POST or None, candidates=record.candidates)
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["names"] == "yes"
        refer.refer(
            viewer=viewer, at=viewer.at, episode_key=key, outlet_key=form.outlet_key, mode=form.mode, names=named
        )
        return _to(key, "mine")
    context = {"record": record, "form": form, "at": viewer.at, "room_now": len(record.candidates.room_now)}
    return quiet(render(request, "navigator/next_place.html", context, status=400 if form.errors else 200))


@page(Duty.WORK_HANDOFFS)
@require_POST
def call_back(request: HttpRequest, key: UUID, referral: UUID) -> HttpResponse:
    """A place that was asked need not wait for them any longer."""
    refer.call_back(viewer=request.viewer, at=request.viewer.at, referral_key=referral)
    return _to(key, "mine")


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
        "picks": {"waiting": "claim", "mine": "pass_on"}.get(view, ""),
        "older": f"{url}?view={view}&after={older}" if older else "",
        "first": f"{url}?view={view}" if request.GET.get("after") else "",
    }


def _waiting(request: HttpRequest) -> dict:
    viewer = request.viewer
    found, on_call = list(waiting(viewer)[: CALLS + 1]), roster_of(viewer)
    told = reached(viewer, found[:CALLS], on_call.people)
    calls = [(line, told.get(line.key, "")) for line in lines(viewer, found[:CALLS])]
    return {"calls": calls, "more_calls": len(found) > CALLS, "roster": on_call, "at": viewer.at}


def near(request: HttpRequest) -> Point | None:
    """Where the viewer's agency is: places are looked for from there."""
    agency = request.membership.agency
    return (agency.lat, agency.lon) if agency.lat is not None and agency.lon is not None else None


def _to(key: UUID, view: str) -> HttpResponse:
    return redirect(f"{reverse('navigator:today')}?view={view}&open={key}")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def quiet(answer: HttpResponse) -> HttpResponse:
    """Kept nowhere on the way."""
    answer["Cache-Control"] = "no-store"
    return answer
