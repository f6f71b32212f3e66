"""An administrator's pages and deeds: whose accounts they may look after, and what nobody may do."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offramp.actions import accounts
from offramp.actions import sign_in as door
from offramp.pages import gate
from offramp.records import outbox
from offramp.records.agency import Team
from offramp.records.ledger import Entry
from offramp.records.staff import Membership, User
from offramp.rules import wording
from offramp.rules.refusal import BadInput, NotFound, Refused
from offramp.rules.words import Role
from tests.pages.accounts_stage import PASSWORD, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Officer Park",
    "email": "Park@Example.org",
    "badge": "311",
    "role": "officer",
    "cleared_on": "03/01/2024",
}


@pytest.fixture
def office(client, admin):
    return sign_in(client, admin)


def viewer_of(user):
    return gate.viewer_for(user.memberships.get(), at=timezone.now(), purpose="test")


def letters():
    return list(outbox.claim(at=timezone.now() + timedelta(minutes=1)))


def link_in(letter) -> str:
    return letter.params["link"].removeprefix("http://testserver")


def test_from_being_added_to_being_at_work(office, police):
    added = office.post(reverse("accounts:add"), NEW)
    park = User.objects.get(email="park@example.org")
    assert added.url == reverse("accounts:person", args=[park.pk])
    (letter,) = letters()
    assert letter.to == "park@example.org"

    browser = Client()
    assert "Officer Park" in browser.get(link_in(letter)).content.decode()
    assert "“officer”" in browser.post(link_in(letter), {"password": "Officer123456"}).content.decode()
    browser.post(link_in(letter), {"password": PASSWORD})

    park.refresh_from_db()
    assert park.check_password(PASSWORD)
    assert browser.get(link_in(letter)).status_code == 404, "a link works once"
    assert [entry.deed for entry in Entry.objects.order_by("pk")] == [
        "account_opened", "job_given", "invited", "password_changed",
    ]  # fmt: skip


def test_the_letter_has_words_even_before_anybody_could_approve_some(office):
    office.post(reverse("accounts:add"), NEW)
    (letter,) = letters()

    words = wording.get(letter.notice.template, "en", demo=False).filled(link=letter.params["link"])

    assert letter.params["link"] in words.text


def test_the_link_never_shows_to_the_one_who_sends_it(office):
    page = office.post(reverse("accounts:add"), NEW, follow=True).content.decode()

    assert "/invited/" not in page


def test_a_made_up_or_old_link_is_over(client, alvarez):
    token = door.invitation(alvarez)

    for link in ("MQ/x", "x/x", "OTk5OTk5/" + token.split("/")[1], token[:-1] + "!"):
        assert client.get(f"/account/invited/{link}/").status_code == 404
    User.objects.filter(pk=alvarez.pk).update(locked_at=timezone.now())
    assert client.get(f"/account/invited/{token}/").status_code == 404


def test_the_list_shows_this_agency_alone_and_who_waits_first(office, alvarez, brooks):
    worker("Zoe Locked", alvarez.memberships.get().agency, Role.OFFICER, locked_at=timezone.now())

    page = office.get(reverse("accounts:everyone")).content.decode()

    assert "Brooks" not in page
    assert page.index("Zoe Locked") < page.index("Officer Alvarez")
    assert (
        "Brooks"
        not in office.get(reverse("accounts:everyone") + "?q=brooks").content.decode().split("<table")[-1]
    )


@pytest.mark.parametrize(
    "deed", ["release", "close", "invite", "forget_second_step", "give_job", "take_job", "clear"]
)
def test_another_agencys_account_is_not_there(office, brooks, deed):
    job = brooks.memberships.get().pk
    address = reverse("accounts:person", args=[brooks.pk])

    assert office.get(address).status_code == 404
    assert office.post(address, {"deed": deed, "role": "officer", "job": job, "on": ""}).status_code == 404
    brooks.refresh_from_db()
    assert brooks.is_active
    assert letters() == []


@pytest.mark.parametrize(
    "deed", ["release", "close", "invite", "forget_second_step", "give_job", "take_job", "clear"]
)
def test_nobody_changes_their_own_rights(office, admin, deed):
    job = admin.memberships.get().pk
    answer = office.post(
        reverse("accounts:person", args=[admin.pk]), {"deed": deed, "role": "officer", "job": job, "on": ""}
    )

    assert answer.status_code == 403
    assert Membership.objects.filter(user=admin, closed_at=None).count() == 1


def test_an_administrator_gives_no_job_in_another_agency(admin, alvarez, navigators):
    with pytest.raises(NotFound):
        accounts.give_job(
            viewer=viewer_of(admin),
            at=timezone.now(),
            user_id=alvarez.pk,
            agency_id=navigators.pk,
            role=Role.NAVIGATOR,
        )
    with pytest.raises(NotFound):
        accounts.open_agency(viewer=viewer_of(admin), at=timezone.now(), name="Shadow", kind="police")


def test_a_team_of_another_agency_is_refused(admin, alvarez, police, navigators):
    team = Team.objects.create(agency=navigators, name="Nights")

    with pytest.raises(BadInput):
        accounts.give_job(
            viewer=viewer_of(admin), at=timezone.now(), user_id=alvarez.pk, agency_id=police.pk, role=Role.SUPERVISOR,
            team_id=team.pk,
        )  # fmt: skip


def test_whoever_left_for_another_agency_is_out_of_reach(admin, alvarez, police, navigators):
    Membership.objects.filter(user=alvarez).update(closed_at=timezone.now())
    assert accounts.people_of(viewer_of(admin)).filter(pk=alvarez.pk).exists(), (
        "with no job left, still theirs"
    )
    Membership.objects.create(user=alvarez, agency=navigators, role=Role.NAVIGATOR, opened_at=timezone.now())

    with pytest.raises(NotFound):
        accounts.invite(viewer=viewer_of(admin), at=timezone.now(), user_id=alvarez.pk, site="x")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_looks_after_accounts(client, police, alvarez, role):
    other = worker(f"Other {role}", police, role)
    sign_in(client, other)

    assert client.get("/accounts/").status_code == 404
    with pytest.raises(Refused):
        accounts.close(viewer=viewer_of(other), at=timezone.now(), user_id=alvarez.pk)


def test_closing_ends_every_session(office, alvarez):
    phone = sign_in(Client(), alvarez)
    assert phone.get("/account/").status_code == 200

    office.post(reverse("accounts:person", args=[alvarez.pk]), {"deed": "close"})

    assert phone.get("/account/").url.startswith("/account/login/")
    alvarez.refresh_from_db()
    assert (alvarez.is_active, alvarez.closed_at is not None) == (False, True)


def test_a_lost_phone_means_a_new_second_step(office, alvarez):
    Authenticator.objects.create(user=alvarez, type="webauthn", data={})

    office.post(reverse("accounts:person", args=[alvarez.pk]), {"deed": "forget_second_step"})

    assert not Authenticator.objects.filter(user=alvarez).exists()
    assert Entry.objects.filter(deed="second_step_forgotten", details__account=alvarez.pk).exists()


def test_a_sleeping_account_is_woken(office, alvarez):
    User.objects.filter(pk=alvarez.pk).update(last_login=timezone.now() - timedelta(days=100))
    assert User.objects.get(pk=alvarez.pk).asleep(timezone.now())

    office.post(reverse("accounts:person", args=[alvarez.pk]), {"deed": "release"})

    assert not User.objects.get(pk=alvarez.pk).asleep(timezone.now())


def test_one_account_for_an_address_however_it_is_written(office, alvarez):
    answer = office.post(reverse("accounts:add"), NEW | {"email": "ALVAREZ@example.org"})

    assert answer.status_code == 409
    assert User.objects.count() == 2


def test_impossible_days_and_roles_are_said_beside_the_field(office, alvarez):
    address = reverse("accounts:person", args=[alvarez.pk])

    assert office.post(address, {"deed": "clear", "on": "02/30/2024"}).status_code == 200
    assert office.post(address, {"deed": "clear", "on": "01/01/2999"}).status_code == 400
    assert office.post(address, {"deed": "give_job", "role": "king"}).status_code == 200
    assert office.post(address, {"deed": "burn"}).status_code == 404
    assert office.post(address, {"deed": "take_job", "job": "x"}).status_code == 404


def test_the_ledger_names_nobody(office, alvarez):
    office.post(reverse("accounts:add"), NEW)
    office.post(reverse("accounts:person", args=[alvarez.pk]), {"deed": "release"})

    for entry in Entry.objects.all():
        assert "park" not in str(entry.details).lower()
        assert entry.user_id is not None


def test_whoever_takes_their_last_second_step_off_is_stopped(client, alvarez):
    only = Authenticator.objects.create(user=alvarez, type="totp", data={"secret": "x"})
    sign_in(client, alvarez)
    address = reverse("account:remove_step", args=[only.pk])

    client.post(address)
    assert Authenticator.objects.filter(pk=only.pk).exists()

    Authenticator.objects.create(user=alvarez, type="webauthn", data={"name": "k", "credential": {}})
    client.post(address)
    assert not Authenticator.objects.filter(pk=only.pk).exists()


def test_nobody_takes_off_anothers_second_step(client, alvarez, brooks):
    theirs = Authenticator.objects.create(user=brooks, type="totp", data={})
    sign_in(client, alvarez)

    assert client.post(reverse("account:remove_step", args=[theirs.pk])).status_code == 404


def test_an_open_screen_is_not_enough_to_change_how_one_signs_in(client, alvarez):
    sign_in(client, alvarez, at=timezone.now() - timedelta(minutes=11))

    for address in ("/account/password/", "/account/second-step/app/", "/account/second-step/passkey/"):
        sign_in(client, alvarez, at=timezone.now() - timedelta(minutes=11))
        assert client.get(address).url == f"/account/login/?next={address}"


def test_a_new_password_keeps_this_session_and_ends_the_others(client, alvarez):
    sign_in(client, alvarez)
    elsewhere = sign_in(Client(), alvarez)

    client.post("/account/password/", {"old": PASSWORD, "password": "gravel lantern maple seven"})

    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").url.startswith("/account/login/")
    assert (
        "not your password"
        in client.post(
            "/account/password/", {"old": "wrong", "password": "gravel lantern maple eight"}
        ).content.decode()
    )
