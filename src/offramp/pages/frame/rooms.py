"""The rooms in the top of every page, each for those who have a duty there."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from offramp.rules.duties import Duty, may


@dataclass(frozen=True)
class Room:
    """A page to go to, and the duties any one of which opens it. `also`: where its other pages are."""

    name: Any
    url: str
    duties: frozenset[Duty]
    also: tuple[str, ...] = ()


ROOMS = (
    Room(_("Divert"), "/officer/divert/", frozenset({Duty.DIVERT})),
    Room(_("My handoffs"), "/officer/handoffs/", frozenset({Duty.SEE_OWN_HANDOFFS})),
    Room(
        _("Today"),
        "/today/",
        frozenset({Duty.WORK_HANDOFFS, Duty.ANSWER_REFERRALS, Duty.SAY_CAPACITY}),
        also=("/work/", "/desk/"),
    ),
    Room(_("Find a person"), "/people/", frozenset({Duty.FIND_PEOPLE})),
    Room(_("Accounts"), "/accounts/", frozenset({Duty.MANAGE_ACCOUNTS})),
)


def rooms_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The rooms this viewer may enter, the one they are in marked."""
    role = getattr(getattr(request, "viewer", None), "role", None)
    if role is None:
        return []
    return [
        {"name": room.name, "url": room.url, "current": request.path.startswith((room.url, *room.also))}
        for room in ROOMS
        if _is_there(room.url) and any(may(role, duty) for duty in room.duties)
    ]


@cache
def _is_there(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
