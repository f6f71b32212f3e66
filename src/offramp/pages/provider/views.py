"""The provider's today: how much room, who is coming, who waits for an answer. With an account, or by a link."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from offramp.actions import capacity, desk_link, handoff
from offramp.actions.take_back import take_back
from offramp.pages.gate import open_to_all, page
from offramp.pages.provider.desk import Desk, lists, services_of
from offramp.pages.provider.rooms import rooms
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
    "left": handoff.ended,
    "keep_longer": handoff.keep_longer,
    "take_back": take_back,
}
A_LINK = "A signed link to one service's desk, for providers without an account. It shows no name."
FEW = 2  # as many services as stand above the lists without pushing people off the screen


def _own_desk(request: HttpRequest) -> Desk:
    viewer = request.viewer
    return Desk(viewer, services_of(viewer.agency_id), reverse("provider:today"), shows_names=True)


def _linked_desk(token: str) -> Desk:
    link, viewer = desk_link.opened(token, at=timezone.now())
    url = reverse("provider:linked", args=[token])
    return Desk(viewer, [link.service], url, shows_names=False, closes_at=link.expires_at)


# -- With an account ------------------------------------------------------------------------------------------------


@page(Duty.ANSWER_REFERRALS)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The whole desk."""
    desk = _own_desk(request)
    links = desk_link.how_many(viewer=desk.viewer, at=desk.at)
    return _whole(request, desk, links=[(service, links.get(service.pk, 0)) for service in desk.services])


@page(Duty.ANSWER_REFERRALS)
@require_GET
def refreshed(request: HttpRequest) -> HttpResponse:
    """The lists alone, for the page that is open."""
    return _lists(request, _own_desk(request))


@page(Duty.ANSWER_REFERRALS)
@require_GET
def rooms_refreshed(request: HttpRequest) -> HttpResponse:
    """The counts alone."""
    return draw_rooms(request, _own_desk(request))


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
        return _quiet(render(request, "provider/link.html", {"closed": closed}))
    token = desk_link.make(viewer=viewer, at=viewer.at, service_key=key)
    address = request.build_absolute_uri(reverse("provider:linked", args=[token]))
    return _quiet(render(request, "provider/link.html", {"address": address, "good_for": desk_link.GOOD_FOR.days}))


# -- By a link ------------------------------------------------------------------------------------------------------


@open_to_all(reason=A_LINK)
@require_GET
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """The desk of one service."""
    return _whole(request, _linked_desk(token))


@open_to_all(reason=A_LINK)
@require_GET
def linked_refreshed(request: HttpRequest, token: str) -> HttpResponse:
    """Its lists alone."""
    return _lists(request, _linked_desk(token))


@open_to_all(reason=A_LINK)
@require_GET
def linked_rooms_refreshed(request: HttpRequest, token: str) -> HttpResponse:
    """Its counts alone."""
    return draw_rooms(request, _linked_desk(token))


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


def _whole(request: HttpRequest, desk: Desk, **more: object) -> HttpResponse:
    shown, counts = lists(desk), rooms(desk.viewer, desk.services)
    n = len(shown["waiting"]) + len(shown["coming"]) + len(shown["here"])
    ledger.looked(desk.viewer, at=desk.at, what="desk", side=Side.CARE, count=n)
    more |= {"rooms_first": len(desk.services) <= FEW, "old": sum(one.is_old for one in counts)}
    return _quiet(render(request, "provider/today.html", _about(desk) | shown | {"said": counts} | more))


def _lists(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _quiet(render(request, "provider/_lists.html", _about(desk) | lists(desk)))


def draw_rooms(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The counts of a desk's services."""
    context = {"desk": desk, "at": desk.at, "said": rooms(desk.viewer, desk.services)}
    return _quiet(render(request, "provider/_rooms.html", context))


def say_room(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say how much room one of the desk's services has, and draw the counts again."""
    if key not in {service.key for service in desk.services}:
        raise NotFound
    if "still_right" in request.POST:
        capacity.still_right(viewer=desk.viewer, at=desk.at, service_key=key)
    else:
        unit = request.POST.get("unit", "")[:60]
        capacity.say(viewer=desk.viewer, at=desk.at, service_key=key, open_places=_number(request), unit=unit)
    return draw_rooms(request, desk) if request.htmx else HttpResponseRedirect(desk.url)


def _about(desk: Desk) -> dict[str, object]:
    return {"desk": desk, "at": desk.at, "cannot": cannot_reasons()}


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
    return _lists(request, desk) if request.htmx else HttpResponseRedirect(desk.url)


def _reason(request: HttpRequest) -> CannotTakeReason:
    try:
        return CannotTakeReason(request.POST.get("reason", ""))
    except ValueError:
        raise BadInput("Choose a reason, so that the next place can be asked.") from None


def _quiet(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
