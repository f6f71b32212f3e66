"""Fifty takers of the last place, again and again: exactly one gets it each time. On SQLite and on PostgreSQL."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from offramp.actions.capacity import NoRoom, free_place, hold_place
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity, PlaceHold, write_count
from offramp.records.service import Service

TAKERS = 50
AT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)


def service_with(places: int) -> int:
    service = Service.objects.create(agency=Agency.objects.create(name="Harbor"), name="Detox")
    write_count(service_id=service.pk, unit="bed", open_places=places, said_at=AT)
    return service.pk


def race(service_id: int, rounds: int, at=lambda number: AT) -> list[int]:
    """How many of the takers got a place, round by round; a place taken is given back before the next."""
    together, won = threading.Barrier(TAKERS), [[] for _ in range(rounds)]

    def taker(_):
        try:
            for number in range(rounds):
                together.wait(60)
                with suppress(NoRoom):
                    won[number].append(hold_place(service_id=service_id, at=at(number), key=uuid.uuid4()).key)
                if together.wait(60) == 0:
                    for key in won[number]:
                        free_place(hold_key=key, at=at(number))
                together.wait(60)
        except BaseException:
            together.abort()
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TAKERS) as pool:
        list(pool.map(taker, range(TAKERS)))
    return [len(keys) for keys in won]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("places", "rounds"), [(1, 12), (3, 3), pytest.param(1, 200, marks=pytest.mark.slow)]
)
def test_as_many_takers_get_a_place_as_there_are_places(places, rounds):
    service_id = service_with(places)

    won = race(service_id, rounds)

    assert won == [places] * rounds
    assert PlaceHold.objects.count() == places * rounds
    assert Capacity.objects.get().turn >= places * rounds


@pytest.mark.django_db(transaction=True)
def test_a_place_whose_hold_ran_out_is_taken_once_too():
    service_id = service_with(1)
    hold_place(service_id=service_id, at=AT, key=uuid.uuid4())

    assert race(service_id, 5, at=lambda number: AT + timedelta(hours=2 + number)) == [1] * 5


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_fifty_times_takes_one_place():
    service_id, key = service_with(5), uuid.uuid4()

    def taker(_):
        try:
            return hold_place(service_id=service_id, at=AT, key=key).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TAKERS) as pool:
        assert len(set(pool.map(taker, range(TAKERS)))) == 1
    assert PlaceHold.objects.count() == 1
