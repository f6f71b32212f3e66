"""Say how many can be taken, and keep a place for a while: never more places than were said.

A hold is taken inside the deed that needs it, in its transaction. Takers of one count queue at its row: the first
statement of each changes that row, so the next waits until the first has committed, and only then counts what is
left, with its own eyes. A single "update where left > 0" would not do: PostgreSQL, when it wakes from the wait,
looks at the row again but not at the other holds. `select_for_update` would not do either: SQLite ignores it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from offramp.records import ledger
from offramp.records.capacity import Capacity, PlaceHold, left_at, write_count
from offramp.records.service import Service
from offramp.rules.candidates import HowIn
from offramp.rules.capacity import AMBER_FOR, CLOCK_SLACK, HoldTimes
from offramp.rules.duties import Duty, require
from offramp.rules.likelihood import LATELY
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.visibility import Viewer

MOST = 999


class NoRoom(Refused):
    """There is no place left, or nobody said lately that there is one."""


class HoldIsOver(Refused):
    """The place can not be kept longer."""


def say(
    *,
    viewer: Viewer,
    at: datetime,
    service_key: UUID,
    open_places: int,
    unit: str = "",
    maximum: int | None = None,
    note: str = "",
) -> Capacity:
    """The desk says how many places are empty in front of it. Its own agency's services only."""
    require(viewer, Duty.SAY_CAPACITY)
    if not 0 <= open_places <= MOST:
        raise BadInput("Say a number of places from 0 to {most}.", most=MOST)
    if maximum is not None and open_places > maximum:
        raise BadInput("{n} places can not be open where there are {most}.", n=open_places, most=maximum)
    with transaction.atomic():
        service = _own_service(viewer, service_key)
        unit = unit or _usual_unit(service)
        write_count(
            service_id=service.pk,
            unit=unit,
            open_places=open_places,
            maximum=maximum,
            said_at=at,
            said_by="the desk",
            user_id=viewer.user_id,
            note=note,
        )
        ledger.write(
            viewer, deed="say_capacity", at=at, about=service.key, details={"open_places": open_places}
        )
    return Capacity.objects.get(service=service, unit=unit)


def still_right(*, viewer: Viewer, at: datetime, service_key: UUID) -> list[Capacity]:
    """What was said last still holds: the same counts, said again now."""
    require(viewer, Duty.SAY_CAPACITY)
    counts = list(Capacity.objects.filter(service=_own_service(viewer, service_key)).order_by("unit"))
    if not counts:
        raise Refused("Nothing has been said about room yet. Say a number first.")
    return [
        say(
            viewer=viewer,
            at=at,
            service_key=service_key,
            open_places=count.open_places,
            unit=count.unit,
            maximum=count.maximum,
            note=count.note,
        )
        for count in counts
    ]


def says_room(*, service_id: int, at: datetime) -> bool:
    """Whether somebody said lately how much room there is, so that a place can be kept; else one calls first."""
    return _said_lately(service_id, at).exists()


def hold_place(*, service_id: int, at: datetime, key: UUID) -> PlaceHold:
    """Keep one place of this service. Part of a larger deed, which asks about duties and writes the ledger.

    The same key again gives the same hold. Raises `NoRoom`; then nothing of the deed is written.
    """
    hold = hold_place_if_said(service_id=service_id, at=at, key=key)
    if hold is None:
        raise NoRoom("Nobody said lately how much room there is. Call first.")
    return hold


def hold_place_if_said(*, service_id: int, at: datetime, key: UUID) -> PlaceHold | None:
    """The same; nothing where nobody said lately how much room there is, so that one calls first. Raises `NoRoom`."""
    counts = list(_said_lately(service_id, at).order_by("pk").values_list("pk", flat=True))
    if not counts:
        return None
    with transaction.atomic():
        for pk in counts:
            capacity = _in_turn(pk)
            if before := PlaceHold.objects.filter(key=key, service_id=service_id).first():
                return before
            if left_at(capacity, at) > 0:
                times = HoldTimes.taken(at)
                return PlaceHold.objects.create(
                    key=key,
                    capacity=capacity,
                    service_id=service_id,
                    turn=capacity.turn,
                    taken_at=times.taken_at,
                    expires_at=times.expires_at,
                )
        raise NoRoom(
            "The last place there was just taken, or its count is too old. Choose the next place, or call first."
        )


def free_place(*, hold_key: UUID, at: datetime) -> bool:
    """Give a place back. Needs no turn: giving back can never oversell. Says whether there was something to free."""
    return bool(PlaceHold.objects.filter(key=hold_key, freed_at=None, filled_at=None).update(freed_at=at))


def fill_place(*, hold_key: UUID, at: datetime) -> bool:
    """They are there. Also after the hold ran out: whoever stands in the room takes up room."""
    return bool(PlaceHold.objects.filter(key=hold_key, freed_at=None, filled_at=None).update(filled_at=at))


def empty_place(*, hold_key: UUID) -> bool:
    """They are not there after all: the place is kept for them again, for as long as it was to be."""
    return bool(PlaceHold.objects.filter(key=hold_key).exclude(filled_at=None).update(filled_at=None))


def keep_again(*, hold_key: UUID, at: datetime) -> bool:
    """A place that was given back by mistake, while it is not gone. Says whether it could be had."""
    with transaction.atomic():
        hold = PlaceHold.objects.filter(key=hold_key, expires_at__gt=at).exclude(freed_at=None).first()
        if hold is None or left_at(_in_turn(hold.capacity_id), at) <= 0:
            return False
        return bool(PlaceHold.objects.filter(pk=hold.pk).update(freed_at=None))


def extend_place(*, hold_key: UUID, at: datetime) -> PlaceHold:
    """Keep it longer, once: to six hours after it was taken."""
    return _longer(
        hold_key, at, HoldTimes.extend, "This place was kept longer once already, or is no longer kept."
    )


def keep_for_barrier(*, hold_key: UUID, at: datetime) -> PlaceHold:
    """A barrier is being cleared (a travel permit, a release time): keep it to a day after it was taken."""
    return _longer(
        hold_key, at, HoldTimes.wait_for_barrier, "This place is no longer kept, or already waits."
    )


def answered(*, service_id: int, asked: int, taken: int) -> None:
    """What its likelihood is judged by changed by so much (rules/likelihood.py). Of many answers the older half is forgotten."""
    enough = {"asked__gte": -asked, "taken__gte": -taken}
    Service.objects.filter(pk=service_id, **enough).update(asked=F("asked") + asked, taken=F("taken") + taken)
    Service.objects.filter(pk=service_id, asked__gte=LATELY).update(asked=F("asked") / 2, taken=F("taken") / 2)


def _usual_unit(service: Service) -> str:
    """The unit a service counts in, where it has but one: a desk that says "2" need not say of what."""
    units = list(Capacity.objects.filter(service=service).values_list("unit", flat=True)[:2])
    usual = "person" if service.how_in == HowIn.WORKER_COMES else "place"
    return units[0] if len(units) == 1 else usual


def _own_service(viewer: Viewer, service_key: UUID) -> Service:
    service = Service.objects.standing().filter(key=service_key, agency_id=viewer.agency_id).first()
    if service is None or viewer.agency_id is None:
        raise NotFound
    return service


def _said_lately(service_id: int, at: datetime):
    return Capacity.objects.filter(
        service_id=service_id, said_at__gte=at - AMBER_FOR, said_at__lte=at + CLOCK_SLACK
    )


def _in_turn(capacity_id: int) -> Capacity:
    """Queue at the row; from here to the end of the transaction nobody else takes from it."""
    Capacity.objects.filter(pk=capacity_id).update(turn=F("turn") + 1)
    return Capacity.objects.get(pk=capacity_id)


def _longer(hold_key: UUID, at: datetime, change, no: str) -> PlaceHold:
    with transaction.atomic():
        hold = PlaceHold.objects.filter(key=hold_key).first()
        if hold is None:
            raise NotFound
        _in_turn(hold.capacity_id)
        hold.refresh_from_db()
        times = change(
            HoldTimes(hold.taken_at, hold.expires_at, hold.extended_at is not None, hold.waits_for_barrier),
            at,
        )
        # Somebody with a faster clock may have taken the place as free: then it is theirs.
        gone = PlaceHold.objects.filter(capacity_id=hold.capacity_id, taken_at__gte=hold.expires_at).exists()
        if times is None or gone or hold.freed_at or hold.filled_at:
            raise HoldIsOver(no)
        hold.expires_at, hold.waits_for_barrier = times.expires_at, times.waits_for_barrier
        hold.extended_at = hold.extended_at or (at if times.extended else None)
        hold.save(update_fields=["expires_at", "extended_at", "waits_for_barrier"])
        return hold
