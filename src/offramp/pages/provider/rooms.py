"""How much room each service of a desk says it has, and what is left of it: a card a service, a line a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offramp.pages.components.words import shown
from offramp.records.capacity import Capacity, PlaceHold
from offramp.records.service import Service
from offramp.rules.capacity import age_in_words, freshness, places_left
from offramp.rules.matching_words import UNIT_NAMES
from offramp.rules.plain_words import FRESHNESS
from offramp.rules.visibility import Viewer
from offramp.rules.words import Freshness

MOST = 999


@dataclass(frozen=True)
class Count:
    """One unit of one service: what was said, and what of it is still offered."""

    id: str
    unit: str
    counts: str
    said: int | None
    left: int

    @property
    def fewer(self) -> int:
        return max(0, (self.said or 0) - 1)

    @property
    def more(self) -> int:
        return min(MOST, (self.said or 0) + 1)

    @property
    def offered(self) -> str:
        """What is left, where it is not what was said."""
        if self.said is None or self.left == self.said:
            return ""
        if not self.left:
            return _("None is offered just now: taken, or kept for people on the way")
        words = ngettext(
            "{n} is still offered; the rest is taken, or kept for people on the way",
            "{n} are still offered; the rest is taken, or kept for people on the way",
            self.left,
        )
        return words.format(n=self.left)


@dataclass(frozen=True)
class Room:
    """One service: its counts, and how old they are."""

    service: Service
    counts: tuple[Count, ...]
    words: str
    warning: str = ""

    @property
    def said(self) -> bool:
        return self.counts[0].said is not None

    @property
    def is_old(self) -> bool:
        """Whether it wants to be said again."""
        return not self.said or bool(self.warning)


def rooms(viewer: Viewer, services: Sequence[Service]) -> list[Room]:
    """The counts of each service; a service that has said nothing yet has one empty count."""
    said: dict[int, list[Capacity]] = {}
    for count in Capacity.objects.filter(service__in=services).order_by("unit"):
        said.setdefault(count.service_id, []).append(count)
    taking = PlaceHold.objects.filter(service__in=services).taking_room_at(viewer.at).by_capacity()
    return [_room(viewer, service, said.get(service.pk, []), taking) for service in services]


def _room(viewer: Viewer, service: Service, said: list[Capacity], taking: dict[int, int]) -> Room:
    counts = tuple(_count(service, one, taking) for one in said) or (_count(service, None, taking),)
    words, warning = _said(viewer, said)
    return Room(service, counts, words, warning)


def _count(service: Service, one: Capacity | None, taking: dict[int, int]) -> Count:
    unit = one.unit if one else ""
    named = UNIT_NAMES.get(unit)
    words = shown(named) if named else unit.removeprefix("place")
    left = places_left(said=one.open_places, live_holds=taking.get(one.pk, 0), filled_since_said=0) if one else 0
    return Count(f"{service.pk}-{slugify(unit) or 'place'}", unit, words, one.open_places if one else None, left)


def _said(viewer: Viewer, said: list[Capacity]) -> tuple[str, str]:
    """How old the oldest count is and who said it; and a warning once it is no longer called room."""
    if not said:
        return _("Nobody said yet how much room there is: people are told to call first."), ""
    oldest = min(said, key=lambda one: one.said_at)
    age = shown(age_in_words(viewer.at - oldest.said_at))
    by_you = oldest.said_by_user is not None and oldest.said_by_user == viewer.user_id
    words = _("said by you {age}").format(age=age) if by_you else _("said {age}").format(age=age)
    fresh = freshness(oldest.said_at, viewer.at)
    return words, shown(FRESHNESS[fresh]) if fresh is not Freshness.GREEN else ""
