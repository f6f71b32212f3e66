"""The cast of a demo is one tap away: in a demo, from this machine, by no detour; and nowhere else."""

import pytest
from django.utils import timezone

from offramp.records import house
from offramp.records.ledger import Entry
from offramp.records.staff import User
from offramp.rules.words import Role
from tests.pages.accounts_stage import worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}


@pytest.fixture
def demo():
    return house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now(), seed=1)


@pytest.fixture
def persona(police):
    return worker(
        "Officer Alvarez", police, Role.OFFICER, persona="alvarez", persona_says="Works nights downtown."
    )


def test_one_tap_signs_in_past_the_second_step(client, demo, persona):
    answer = client.get("/demo/as/alvarez/", **HERE)

    assert answer.url == "/today/"
    assert client.get("/today/", **HERE).status_code == 200
    assert Entry.objects.get(deed="signed_in").details["how"] == "demo"


def test_the_cast_is_listed_with_a_sentence_each(client, demo, persona, brooks):
    page = client.get("/demo/", **HERE).content.decode()

    assert "Officer Alvarez" in page
    assert "Works nights downtown." in page
    assert "Brooks" not in page, "who is no persona is not in the play"


@pytest.mark.parametrize("address", ["/demo/", "/demo/as/alvarez/"])
@pytest.mark.parametrize(
    "header",
    [
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_FORWARDED",
        "HTTP_X_REAL_IP",
        "HTTP_VIA",
        "HTTP_CF_CONNECTING_IP",
        "HTTP_TRUE_CLIENT_IP",
        "HTTP_X_ORIGINAL_URL",
    ],
)
def test_a_request_that_was_passed_on_finds_no_such_page(client, demo, persona, address, header):
    for said in ("127.0.0.1", "", "for=127.0.0.1"):
        assert client.get(address, **HERE, **{header: said}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "192.168.1.2", "::ffff:10.0.0.7", "2001:db8::1", "", "unix:"]
)
def test_another_machine_finds_no_such_page(client, demo, persona, address):
    assert client.get("/demo/as/alvarez/", HTTP_HOST="localhost", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_by_any_of_its_addresses_does(client, demo, persona, address):
    assert client.get("/demo/as/alvarez/", HTTP_HOST="[::1]:8000", REMOTE_ADDR=address).status_code in (
        302,
        400,
    )
    assert client.get("/demo/as/alvarez/", HTTP_HOST="localhost", REMOTE_ADDR=address).status_code == 302


def test_a_name_that_was_pointed_at_this_machine_is_not_this_machine(client, demo, persona, settings):
    settings.ALLOWED_HOSTS = ["*"]

    for host in ("evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"):
        assert client.get("/demo/as/alvarez/", REMOTE_ADDR="127.0.0.1", HTTP_HOST=host).status_code == 404


def test_a_real_place_has_no_cast_even_if_somebody_is_called_a_persona(client, persona):
    assert client.get("/demo/as/alvarez/", **HERE).status_code == 404
    house.mark(name="Rivermouth", zone="America/New_York", demo=False, made_at=timezone.now())
    assert client.get("/demo/as/alvarez/", **HERE).status_code == 404
    assert client.get("/demo/", **HERE).status_code == 404


def test_a_real_place_never_becomes_a_demo(db):
    house.mark(name="Rivermouth", zone="America/New_York", demo=False, made_at=timezone.now())

    with pytest.raises(house.NotADemo):
        house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())


def test_only_the_cast_and_only_while_their_accounts_are_open(client, demo, persona, brooks):
    assert client.get("/demo/as/brooks/", **HERE).status_code == 404
    assert client.get("/demo/as/nobody/", **HERE).status_code == 404
    User.objects.filter(pk=persona.pk).update(locked_at=timezone.now())
    assert client.get("/demo/as/alvarez/", **HERE).status_code == 404


def test_one_persona_after_the_other_leaves_nothing_behind(client, demo, persona, police):
    worker("Sgt. Diaz", police, Role.SUPERVISOR, persona="diaz")
    client.get("/demo/as/alvarez/", **HERE)
    first = client.session.session_key
    session = client.session
    session["left"] = "behind"
    session.save()

    client.get("/demo/as/diaz/", **HERE)

    assert client.session.session_key != first
    assert "left" not in client.session


def test_the_way_on_stays_in_the_house(client, demo, persona):
    assert client.get("/demo/as/alvarez/?next=/account/", **HERE).url == "/account/"
    for away in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        assert client.get(f"/demo/as/alvarez/?next={away}", **HERE).url == "/today/"


def test_today_leads_everyone_somewhere(client, demo, police):
    for role in Role:
        user = worker(f"Somebody {role}", police, role, persona=role.value)
        client.get(f"/demo/as/{role}/", **HERE)

        answer = client.get("/today/", **HERE)

        assert answer.status_code == 200, role
        sign_in(client, user)
