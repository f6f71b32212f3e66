"""Build the bench's town once, and keep it; cut short, it is begun again."""

from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from django.db import connection
from django.utils import timezone

from offramp.bench import load_people, place
from offramp.bench.bulk import loading
from offramp.bench.town import care, directory, police, staff
from offramp.bench.town.plan import Plan
from offramp.records.agency import Agency

Tell = Callable[[str], None]


def built(people: int, *, tell: Tell) -> place.Stamp:
    """The stamp of a town of so many people: there already, or built now."""
    place.prepare()
    there = place.stamp()
    if there and (there.people, there.made_by) == (people, place.made_by()):
        return there
    tell(_why(there, people))
    place.wipe()
    begun, at = perf_counter(), timezone.now()
    _build(people, at, tell)
    place.put_stamp(people, built_at=at, seconds=perf_counter() - begun)
    connection.close()
    return place.stamp()


def _why(there: place.Stamp | None, people: int) -> str:
    if there is None:
        return f"Building a town of {people:,} people. It is kept, so this is done once …"
    if there.people != people:
        return f"There is a town of {there.people:,} people here. Building one of {people:,} instead …"
    return "What the rows follow from has changed since this town was built. Building it again …"


def _build(people: int, at: datetime, tell: Tell) -> None:
    agencies = [Agency.objects.create(name=name) for name in ("Bench navigators", "Bench village")]
    plan = Plan(load_people.Town(people, *(agency.pk for agency in agencies)), at)
    hired = staff.hire(plan)
    with loading() as bulk:
        directory.fill(bulk, plan, tell)
        load_people.fill(bulk, plan.town, tell)
        care.fill(bulk, plan, hired, tell)
        police.fill(bulk, plan, hired, tell)
        tell("Putting everything in order: indexes and statistics …")
