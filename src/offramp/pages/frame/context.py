"""What base.html reads, worked out only when it is read."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from offramp.pages.frame.rooms import rooms_for
from offramp.pages.frame.theme import theme_of
from offramp.records import house


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: `theme`, `rooms`, `house`."""
    at = getattr(request, "at", None) or timezone.now()
    return {
        "theme": SimpleLazyObject(lambda: theme_of(request, at=at)),
        "rooms": SimpleLazyObject(lambda: rooms_for(request)),
        "house": SimpleLazyObject(house.here),
    }
