"""The provider's today: how much room, who is coming, who waits for an answer. With an account, or by a link."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from offramp.actions import capacity, desk_link, handoff
from offramp.pages.gate import open_to_all, page
from offramp.pages.provider.desk import Desk, lists, rooms, services_of
from offramp.pages.provider.words import cannot_reasons
from offramp.records import ledger
from offramp.rules.duties import Duty
from offramp.rules.refusal import BadInput, NotFound
from offramp.rules.words import CannotTakeReason, Side

STEPS: dict[str, Callable] = {
    "accept": handoff.accept,
    "on_the_way": handoff.on_the_way,
    "arrived": handoff.arrived,
    "no_show": handoff.no_show,
}
A_LINK = "A signed link to one service's desk, for providers without an account. It shows no name."


def _own_desk(request: HttpRequest) -> Desk:
    viewer = request.viewer
    return Desk(viewer, services_of(viewer.agency_id), reverse("provider:today"), shows_names=True)


def _linked_desk(token: str) -> Desk:
    link, viewer = desk_link.opened(token, at=timezone.now())
    return Desk(viewer, [link.service], reverse("provider:linked", args=[token]), shows_names=False)


# -- With an account ------------------------------------------------------------------------------------------------


@page(Duty.ANSWER_REFERRALS)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The whole desk."""
    return _draw(request, _own_desk(request))


@page(Duty.ANSWER_REFERRALS)
@require_GET
def refreshed(request: HttpRequest) -> HttpResponse:
    """The lists alone, for the page that is open."""
    return _draw(request, _own_desk(request), "provider/_lists.html")


@page(Duty.ANSWER_REFERRALS)
@require_POST
def room(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many places are open now, in one tap."""
    return say_room(request, _own_desk(request), key)


@page(Duty.ANSWER_REFERRALS)
@require_POST
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """One step of a handoff."""
    return _step(request, _own_desk(request), key, name)


@page(Duty.ANSWER_REFERRALS)
@require_POST
def link(request: HttpRequest, key: UUID) -> HttpResponse:
    """A link to this service's desk for a colleague without an account; or close all there are."""
    viewer = request.viewer
    if "close" in request.POST:
        closed = desk_link.close(viewer=viewer, at=viewer.at, service_key=key)
        return render(request, "provider/link.html", {"closed": closed})
    token = desk_link.make(viewer=viewer, at=viewer.at, service_key=key)
    address = request.build_absolute_uri(reverse("provider:linked", args=[token]))
    return render(request, "provider/link.html", {"address": address, "good_for": desk_link.GOOD_FOR.days})


# -- By a link ------------------------------------------------------------------------------------------------------


@open_to_all(reason=A_LINK)
@require_GET
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """The desk of one service."""
    return _draw(request, _linked_desk(token))


@open_to_all(reason=A_LINK)
@require_GET
def linked_refreshed(request: HttpRequest, token: str) -> HttpResponse:
    """Its lists alone."""
    return _draw(request, _linked_desk(token), "provider/_lists.html")


@open_to_all(reason=A_LINK)
@require_POST
def linked_room(request: HttpRequest, token: str, key: UUID) -> HttpResponse:
    """Its room."""
    return say_room(request, _linked_desk(token), key)


@open_to_all(reason=A_LINK)
@require_POST
def linked_step(request: HttpRequest, token: str, key: UUID, name: str) -> HttpResponse:
    """One step of a handoff to it."""
    return _step(request, _linked_desk(token), key, name)


# -- Both -------------------------------------------------------------------------------------------------------------


def _draw(request: HttpRequest, desk: Desk, template: str = "provider/today.html") -> HttpResponse:
    shown = lists(desk)
    if template == "provider/today.html":
        count = len(shown["waiting"]) + len(shown["coming"])
        ledger.looked(desk.viewer, at=desk.at, what="desk", side=Side.CARE, count=count)
    context = {"desk": desk, "at": desk.at, "cannot": cannot_reasons(), **shown}
    answer = render(request, template, context | {"counts": rooms(desk)})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def say_room(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say how much room one of the desk's services has, and draw the counts again."""
    if key not in {service.key for service in desk.services}:
        raise NotFound
    if "still_right" in request.POST:
        capacity.still_right(viewer=desk.viewer, at=desk.at, service_key=key)
    else:
        capacity.say(viewer=desk.viewer, at=desk.at, service_key=key, open_places=_number(request), unit=_unit(request))
    if request.htmx:
        return render(request, "provider/_rooms.html", {"desk": desk, "counts": rooms(desk), "at": desk.at})
    return HttpResponseRedirect(desk.url)


def _unit(request: HttpRequest) -> str:
    return request.POST.get("unit", "")[:60]


def _number(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("open_places", ""))
    except ValueError:
        raise BadInput("Say a number of places, like 2.") from None


def _step(request: HttpRequest, desk: Desk, key: UUID, name: str) -> HttpResponse:
    if not desk.referrals().filter(key=key).exists():
        raise NotFound
    if name == "decline":
        handoff.decline(viewer=desk.viewer, at=desk.at, referral_key=key, reason=_reason(request))
    elif name in STEPS:
        STEPS[name](viewer=desk.viewer, at=desk.at, referral_key=key)
    else:
        raise NotFound
    if request.htmx:
        return _draw(request, desk, "provider/_lists.html")
    return HttpResponseRedirect(desk.url)


def _reason(request: HttpRequest) -> CannotTakeReason:
    try:
        return CannotTakeReason(request.POST.get("reason", ""))
    except ValueError:
        raise BadInput("Choose a reason, so that the next place can be asked.") from None
