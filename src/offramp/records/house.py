"""This place: its name, its time zone, and whether it is a demo. One row."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class House(models.Model):
    """The one row about this database. It is written when the place is made, and read by everyone."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    demo = models.BooleanField(default=False)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=40, default="America/New_York")
    made_at = models.DateTimeField()
    seed = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_house")]

    def __str__(self) -> str:
        return self.name


def here() -> House | None:
    """This house, or None before it has been named."""
    return House.objects.filter(pk=1).first()


def is_demo() -> bool:
    """Whether this database is marked as a demo: made-up people only. Unmarked is always no."""
    return House.objects.filter(pk=1, demo=True).exists()


def mark(*, name: str, zone: str, demo: bool, made_at: datetime, seed: int | None = None) -> House:
    """Name this place. A house with real people in it never turns into a demo."""
    house, made = House.objects.get_or_create(
        pk=1, defaults={"name": name, "zone": zone, "demo": demo, "made_at": made_at, "seed": seed}
    )
    if not made:
        if demo and not house.demo:
            raise NotADemo("This database is not a demo, and can not become one.")
        house.name, house.zone, house.demo = name, zone, demo
        house.save()
    return house


class NotADemo(Exception):
    """Somebody tried to make a demo of a place that is not one."""
