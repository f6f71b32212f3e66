"""How many can be taken now, who said so and when; and places held for a while.

What a count means. When a desk says "2", it has counted the places that are empty in front of it: whoever is
already inside is not in the 2, whoever is still on the way is. So

    left now = places said - holds still live - holds filled since it was said

A hold is live until it is freed, filled or past its end; its end is compared, never swept (architecture.md 15).
A desk that already left out those on the way makes us count low for a while, never high: no place is oversold.
"""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Count, F, Q

from offramp.records.service import Service
from offramp.rules.capacity import places_left


class Capacity(models.Model):
    """The last count said for one unit of one service ("bed", "chair", "person on shift")."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.CharField(max_length=60, default="place")
    open_places = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(null=True)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=200, default="")  # words for a card: "the desk", "directory"
    said_by_user = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, default="")
    # Grows by one with every taker: the row they queue at, and the proof that they did.
    turn = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "unit"], name="a_unit_has_one_current_count"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(open_places__lte=F("maximum")),
                name="never_more_open_places_than_there_are",
            ),
        ]
        indexes = [models.Index(fields=["said_at"], name="capacity_by_age")]


class CapacitySaid(models.Model):
    """Everything that was ever said about room, one row each: what reliability is judged by. Never changed."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="said")
    unit = models.CharField(max_length=60)
    open_places = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(null=True)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=200, default="")
    said_by_user = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, default="")
    live_holds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["service", "said_at"], name="said_by_service")]


class HoldQuerySet(models.QuerySet):
    """Which holds count, at a moment."""

    def live_at(self, at):
        """Somebody is on the way to these."""
        return self.filter(freed_at=None, filled_at=None, expires_at__gt=at)

    def taking_room_at(self, at):
        """Live ones, and those filled after the count was said."""
        on_the_way = Q(filled_at=None, expires_at__gt=at)
        since_said = Q(filled_at__gt=F("capacity__said_at"))
        return self.filter(on_the_way | since_said, freed_at=None)

    def by_capacity(self):
        """How many per count: {capacity id: number}."""
        return dict(self.values_list("capacity").annotate(n=Count("pk")))


class PlaceHold(models.Model):
    """A place kept for a while. It does not say for whom: the referral knows its hold, never the other way round."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    capacity = models.ForeignKey(Capacity, on_delete=models.CASCADE, related_name="holds")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="place_holds")
    turn = models.PositiveBigIntegerField()
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    extended_at = models.DateTimeField(null=True)
    waits_for_barrier = models.BooleanField(default=False)
    freed_at = models.DateTimeField(null=True)
    filled_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["capacity", "turn"], name="two_takers_never_share_a_turn"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("taken_at")), name="a_hold_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(freed_at=None) | Q(filled_at=None), name="a_hold_is_freed_or_filled_not_both"
            ),
        ]
        indexes = [
            models.Index(
                fields=["capacity", "expires_at"],
                condition=Q(freed_at=None, filled_at=None),
                name="holds_on_the_way",
            ),
            models.Index(fields=["capacity", "filled_at"], condition=Q(freed_at=None), name="holds_filled"),
        ]


def left_at(capacity: Capacity, at: datetime) -> int:
    """Places left of one count at a moment. Who is to take one asks this after queueing at the row (actions/capacity.py)."""
    on_the_way = Q(filled_at=None, expires_at__gt=at)
    since_said = Q(filled_at__gt=capacity.said_at)
    taking = PlaceHold.objects.filter(on_the_way | since_said, capacity=capacity, freed_at=None).count()
    return places_left(said=capacity.open_places, live_holds=taking, filled_since_said=0)


def write_count(
    *,
    service_id: int,
    unit: str,
    open_places: int,
    said_at: datetime,
    maximum: int | None = None,
    said_by: str = "",
    user_id: int | None = None,
    note: str = "",
) -> bool:
    """Write down what was said, unless something newer was said already. History keeps every count. Says whether it is new."""
    known = Capacity.objects.filter(service_id=service_id, unit=unit)
    told = {
        "open_places": open_places,
        "maximum": maximum,
        "said_at": said_at,
        "said_by": said_by,
        "said_by_user": user_id,
        "note": note,
    }
    if not known.filter(said_at__lt=said_at).update(**told):
        _, made = Capacity.objects.get_or_create(service_id=service_id, unit=unit, defaults=told)
        if not made:
            return False
    live = PlaceHold.objects.filter(service_id=service_id, capacity__unit=unit).live_at(said_at).count()
    CapacitySaid.objects.create(service_id=service_id, unit=unit, live_holds=live, **told)
    return True
