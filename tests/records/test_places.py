"""The places worth comparing, found in a few queries: the nearest, those with room behind them, those without address."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from offramp.records import places
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity, PlaceHold, write_count
from offramp.records.places import Listing
from offramp.records.service import Outlet, Service, ServiceNeed, Site
from offramp.rules.candidates import Ask
from offramp.rules.hours import ROUND_THE_CLOCK, Hours
from offramp.rules.needs import By, Matched

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
HERE = (40.0, -75.0)
ASK = Ask(needs=("substance_use", "shelter"), at=AT, near=HERE)
OPEN = Hours(rules=ROUND_THE_CLOCK, zone="America/New_York").to_json()


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(name="Harbor")


def place(agency, name, north=0.01, needs=("substance_use",), address=True, **more) -> Service:
    service = Service.objects.create(agency=agency, name=name, **more)
    site = (
        Site.objects.create(
            agency=agency, address="1 Elm St", city="Rivermouth", lat=HERE[0] + north, lon=HERE[1]
        )
        if address
        else None
    )
    outlet = Outlet.objects.create(
        service=service,
        site=site,
        lat=site and site.lat,
        lon=site and site.lon,
        hours=OPEN,
        phones=["555-0100"],
    )
    places.index([Listing(outlet, tuple(Matched(need, By.KEYWORD, need) for need in needs))])
    return service


def names(part) -> list[str]:
    return [match.candidate.name for match in part]


def test_room_now_and_call_first_from_the_database(agency):
    harbor, _ = place(agency, "Harbor", languages=["es"]), place(agency, "Northside", north=0.02)
    write_count(
        service_id=harbor.pk,
        unit="bed",
        open_places=2,
        said_at=AT - timedelta(minutes=25),
        said_by="the desk",
    )

    found = places.find(ASK)

    assert (names(found.room_now), names(found.call_first)) == (["Harbor"], ["Northside"])
    assert "2 beds, said 25 min ago by the desk" in map(str, found.room_now[0].reasons)
    assert found.room_now[0].candidate.miles == pytest.approx(0.69, abs=0.01)
    assert found.call_first[0].candidate.phones == ("555-0100",)


def test_holds_and_those_who_came_are_taken_off_the_count(agency):
    harbor = place(agency, "Harbor")
    write_count(service_id=harbor.pk, unit="bed", open_places=3, said_at=AT)
    usual = {
        "capacity": Capacity.objects.get(),
        "service": harbor,
        "taken_at": AT,
        "expires_at": AT + timedelta(hours=2),
    }
    PlaceHold.objects.create(turn=1, **usual)
    PlaceHold.objects.create(turn=2, filled_at=AT + timedelta(minutes=1), **usual)
    PlaceHold.objects.create(turn=3, freed_at=AT, **usual)

    (match,) = places.find(Ask(needs=ASK.needs, at=AT + timedelta(minutes=5), near=HERE)).room_now

    assert match.said.left == 1


def test_the_last_place_on_its_way_is_no_room(agency):
    harbor = place(agency, "Harbor")
    write_count(service_id=harbor.pk, unit="bed", open_places=1, said_at=AT)
    PlaceHold.objects.create(
        capacity=Capacity.objects.get(),
        service=harbor,
        turn=1,
        taken_at=AT,
        expires_at=AT + timedelta(hours=2),
    )

    found = places.find(ASK)

    assert names(found.room_now) == names(found.call_first) == []
    assert str(found.not_now[0].reason) == "No place left just now"


def test_room_is_found_behind_many_nearer_places_without(agency):
    for number in range(places.MAIN + 5):
        place(agency, f"Near {number}", north=0.001 * (number + 1))
    far = place(agency, "Far", north=0.5)
    write_count(service_id=far.pk, unit="bed", open_places=1, said_at=AT)

    assert names(places.find(ASK).room_now) == ["Far"]


def test_the_ring_grows_and_ends(agency):
    place(agency, "Forty miles", north=0.58)
    place(agency, "Two hundred miles", north=2.9)

    assert names(places.find(ASK).call_first) == ["Forty miles"]


def test_a_service_without_address_is_offered_when_little_else_is(agency):
    place(agency, "Hotline", address=False)

    (match,) = places.find(ASK).call_first

    assert "By phone: no address on file" in map(str, match.reasons)


def test_without_a_point_to_be_near_to_distance_is_not_known(agency):
    place(agency, "Harbor")

    (match,) = places.find(Ask(needs=("substance_use",), at=AT)).call_first

    assert match.candidate.miles is None


def test_a_closed_service_is_found_nowhere(agency):
    place(agency, "Gone", closed_at=AT)

    assert names(places.find(ASK).call_first) == []


def test_another_need_is_found_after_the_main_one(agency):
    place(agency, "Shelter", north=0.001, needs=("shelter",))
    place(agency, "Detox", north=0.02)

    assert names(places.find(ASK).call_first) == ["Detox", "Shelter"]


def test_indexing_again_leaves_no_trace_of_before(agency):
    place(agency, "Harbor")
    outlet = Outlet.objects.get()

    places.index([Listing(outlet, (Matched("food", By.SAID, "food"),))])

    assert list(ServiceNeed.objects.values_list("need", "by")) == [("food", "said")]


def test_few_queries_however_many_places(agency, django_assert_max_num_queries):
    for number in range(60):
        write_count(service_id=place(agency, f"Place {number}").pk, unit="bed", open_places=1, said_at=AT)

    with django_assert_max_num_queries(10):
        assert len(places.find(ASK).room_now) == 10


def test_a_service_is_once_at_a_site(agency):
    service = place(agency, "Harbor")
    for site in (service.outlets.get().site, None):
        Outlet.objects.get_or_create(service=service, site=site)
        with pytest.raises(IntegrityError), transaction.atomic():
            Outlet.objects.create(service=service, site=site, key=uuid.uuid4())
