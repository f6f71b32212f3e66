"""On a demo nobody sits at the desks, so they are played: whoever had a fresh count says it again, a while apart.

A desk whose count had grown old when the others were fresh stays as it is: it is one to call first. A team's count
follows from its roster (roster.py).
"""

from datetime import datetime, timedelta

from django.db.models import Max

from offramp.actions import capacity
from offramp.records import house
from offramp.records.capacity import Capacity
from offramp.records.staff import Membership
from offramp.rules.capacity import AMBER_FOR
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import Role

DESKS = (Role.PROVIDER, Role.NAVIGATOR, Role.PEER)
ABOUT_HOURLY = timedelta(minutes=55)


def say_room_again(*, at: datetime) -> int:
    """The played desks say their counts again, each at its own minute of the last hour. Says how many; none in a real place."""
    if not house.is_demo():
        return 0
    newest = Capacity.objects.filter(said_at__lte=at).aggregate(at=Max("said_at"))["at"]
    if newest is None:
        return 0
    desks = _desks(at)
    counts = Capacity.objects.filter(said_at__gte=newest - AMBER_FOR, said_by_user__isnull=False, service__team=None)
    said = 0
    for count in counts.select_related("service").order_by("pk"):
        when = at - timedelta(minutes=count.pk * 17 % 50)
        desk = desks.get(count.service.agency_id)
        if desk and when - count.said_at >= ABOUT_HOURLY:
            capacity.still_right(viewer=desk, at=when, service_key=count.service.key)
            said += 1
    return said


def _desks(at: datetime) -> dict[int, Viewer]:
    """Somebody who may say it, for each agency."""
    desks: dict[int, Viewer] = {}
    for job in Membership.objects.current().filter(role__in=DESKS).order_by("-pk"):
        holders = frozenset({holder_of("agency", job.agency_id), holder_of("user", job.user_id)})
        desks[job.agency_id] = Viewer(job.user_id, job.agency_id, Role(job.role), "demo", at, holders)
    return desks
