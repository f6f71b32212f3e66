"""The provider's desk: what it shows with an account, what by a link, and what it never shows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from offramp.actions import desk_link
from offramp.records.capacity import Capacity
from offramp.records.referral import Referral
from offramp.rules.words import Mode, ReferralState
from tests.actions.minute import hand_over, with_a_charge
from tests.cast import set_the_stage
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)


@pytest.fixture
def chen(cast):
    return sign_in(Client(), cast.people["chen"])


def of(cast, at):
    return Referral.objects.seen_by(cast.viewer("chen", at=at)).get()


def test_the_desk_sees_who_is_coming_and_what_they_allowed(cast, at, chen):
    hand_over(cast, at)

    page = chen.get("/today/").content.decode()

    assert "Samuel Rivers" in page
    assert "555-0101" not in page and "1990" not in page


def test_the_desk_never_sees_a_charge_or_the_pathway(cast, at, chen):
    hand_over(cast, at, meeting=with_a_charge(at))

    page = chen.get("/desk/").content.decode()

    assert "Samuel" in page
    for word in ("Intervention", "charge", "theft", "Officer Alvarez", "23C"):
        assert word not in page


def test_arrived_is_one_tap_and_twice_is_said_in_words(cast, at, chen):
    hand_over(cast, at)
    key = of(cast, at).key

    first = chen.post(f"/desk/{key}/arrived/")
    again = chen.post(f"/desk/{key}/arrived/")

    assert first.status_code == 302 and again.status_code == 409
    assert of(cast, at).state == ReferralState.ARRIVED


def test_a_reason_is_asked_for_and_only_one_of_the_list_counts(cast, at, chen):
    hand_over(cast, at)
    key = of(cast, at).key

    assert chen.post(f"/desk/{key}/decline/", {"reason": "because"}).status_code == 400
    assert of(cast, at).state == ReferralState.EN_ROUTE


def test_another_agencys_referral_is_not_found(cast, at, chen):
    hand_over(cast, at, place="northside")
    key = Referral.objects.seen_by(cast.viewer("brooks", at=at)).get().key

    assert chen.post(f"/desk/{key}/accept/").status_code == 404


def test_room_is_said_in_one_tap(cast, at, chen):
    service = cast.places["harbor"].service

    chen.post(f"/desk/room/{service.key}/", {"open_places": "5"})

    assert Capacity.objects.get(service=service).open_places == 5
    assert chen.post(f"/desk/room/{service.key}/", {"open_places": "many"}).status_code == 400
    assert chen.post(f"/desk/room/{cast.places['northside'].service.key}/", {"open_places": "9"}).status_code == 404


def test_a_link_opens_one_service_without_an_account_and_without_a_name(cast, at):
    hand_over(cast, at)
    token = desk_link.make(viewer=cast.viewer("chen", at=at), at=at, service_key=cast.places["harbor"].service.key)
    stranger = Client()

    page = stranger.get(f"/p/{token}/")

    assert page.status_code == 200
    assert "An adult" in page.content.decode() and "Samuel" not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert stranger.post(f"/p/{token}/{of(cast, at).key}/arrived/").status_code == 302
    assert of(cast, at).state == ReferralState.ARRIVED


def test_a_link_is_over_when_closed_run_out_or_tampered_with(cast, at):
    chen = cast.viewer("chen", at=at)
    key = cast.places["harbor"].service.key
    old = desk_link.make(viewer=chen, at=at - timedelta(days=31), service_key=key)
    closed = desk_link.make(viewer=chen, at=at, service_key=key)
    desk_link.close(viewer=chen, at=at, service_key=key)
    for token in (old, closed, closed[:-2] + "xx", "nothing", "a:b"):
        assert Client().get(f"/p/{token}/").status_code == 404


def test_a_link_reaches_no_other_service(cast, at):
    token = desk_link.make(viewer=cast.viewer("chen", at=at), at=at, service_key=cast.places["harbor"].service.key)
    other = cast.places["northside"].service.key

    assert Client().post(f"/p/{token}/room/{other}/", {"open_places": "9"}).status_code == 404


def test_an_officer_has_no_desk(cast):
    officer = sign_in(Client(), cast.people["alvarez"])

    assert officer.get("/desk/").status_code == 404


def test_the_lists_are_a_few_queries_however_many_rows(cast, at, chen, django_assert_max_num_queries):
    for _ in range(2):
        hand_over(cast, at, mode=Mode.POLICE_TRANSPORT)
    chen.get("/desk/lists/")

    with django_assert_max_num_queries(12):
        chen.get("/desk/lists/")
