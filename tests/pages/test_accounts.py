"""Signing in: what it takes, what it says to strangers, and what the ledger keeps."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offramp.jobs import tidy_accounts
from offramp.pages.account import standing
from offramp.pages.account.banner import version
from offramp.records import house
from offramp.records.ledger import Entry
from offramp.records.staff import User
from offramp.rules.words import Role
from tests.pages.accounts_stage import PASSWORD, worker
from tests.signing_in import sign_in

SIGN_IN = "/account/login/"
pytestmark = pytest.mark.django_db


def try_to(client, email, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, "banner": version()} | more)


def with_app(user) -> str:
    """The user has an app with codes; gives its secret."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_password_and_code_open_the_door(client, alvarez):
    secret = with_app(alvarez)

    first = try_to(client, "Alvarez@Example.org")
    assert first.url == reverse("mfa_authenticate")
    assert not signed_in(client)
    second = client.post(first.url, {"code": code_of(secret)})

    assert second.url == "/today/"
    assert client.session[standing.SECOND_STEP] is True
    assert client.session[standing.MEMBERSHIP] == alvarez.memberships.get().pk
    entry = Entry.objects.get(deed="signed_in")
    assert (entry.user_id, entry.details["how"]) == (alvarez.pk, "password+mfa")


def test_a_password_alone_leads_to_the_second_step_and_nowhere_else(client, alvarez):
    try_to(client, alvarez.email)

    assert signed_in(client)
    assert client.get("/today/").url == reverse("account:second_step")
    assert client.get("/account/password/").url == reverse("account:second_step")


def test_setting_up_an_app_ends_at_recovery_codes_and_then_at_work(client, alvarez):
    try_to(client, alvarez.email)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url)
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/today/").status_code == 200
    assert Entry.objects.filter(deed="second_step_added", user_id=alvarez.pk).exists()


def test_a_recovery_code_opens_once(client, alvarez):
    try_to(client, alvarez.email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    spare = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.post(reverse("account_logout"))

    try_to(client, alvarez.email)
    assert client.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 302
    client.post(reverse("account_logout"))
    try_to(client, alvarez.email)

    assert client.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 200
    assert not signed_in(client)


def test_the_secret_of_an_app_is_sealed(alvarez):
    secret = with_app(alvarez)

    stored = Authenticator.objects.get(user=alvarez, type="totp").data

    assert secret not in str(stored)
    assert len(stored["secret"]) > 100


def test_nobody_agrees_to_a_notice_they_did_not_see(client, alvarez):
    house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())

    answer = try_to(client, alvarez.email, banner="banner/0")

    assert answer.status_code == 200
    assert not signed_in(client)
    assert not Entry.objects.filter(deed="sign_in_failed").exists()


def test_a_sample_notice_is_not_shown_in_a_real_place(client):
    page = client.get(SIGN_IN).content.decode()

    assert "This system belongs to" not in page
    assert "has not been approved yet" in page


def test_a_demo_shows_the_sample_notice_and_says_so(client):
    house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())

    page = client.get(SIGN_IN).content.decode()

    assert "This system belongs to Rivermouth" in page
    assert "Sample wording" in page


# -- What a stranger learns -----------------------------------------------------------------------------------------


def test_wrong_unknown_locked_closed_and_sleeping_sound_the_same(client, police):
    now = timezone.now()
    worker("Open Person", police, Role.OFFICER)
    User.objects.filter(pk=worker("Locked One", police, Role.OFFICER).pk).update(locked_at=now)
    User.objects.filter(pk=worker("Closed Two", police, Role.OFFICER).pk).update(
        is_active=False, closed_at=now
    )
    User.objects.filter(pk=worker("Asleep Three", police, Role.OFFICER).pk).update(
        last_login=now - timedelta(days=91)
    )

    def words(email, password):
        answer = try_to(client, email, password)
        page = client.get(answer.url) if answer.status_code == 302 else answer
        text = page.content.decode()
        return text.count("That did not work"), "locked until an administrator releases it" in text

    heard = {
        words("person@example.org", "wrong wrong wrong"),
        words("nobody@example.org", PASSWORD),
        words("one@example.org", PASSWORD),
        words("two@example.org", PASSWORD),
        words("three@example.org", PASSWORD),
    }

    assert heard == {(1, True)}
    assert not signed_in(client)


@pytest.mark.parametrize("address", ["signup/", "password/reset/", "email/", "confirm-email/", "inactive/"])
def test_there_is_no_sign_up_and_no_reset_by_mail(client, address):
    assert client.get(f"/account/{address}").status_code == 404


# -- Five wrong tries -----------------------------------------------------------------------------------------------


def test_five_wrong_tries_lock_until_an_administrator_releases(client, alvarez, admin):
    for _ in range(5):
        try_to(client, alvarez.email, "wrong wrong wrong")

    assert User.objects.get(pk=alvarez.pk).locked
    try_to(client, alvarez.email)
    assert not signed_in(client)
    later = User.objects.get(pk=alvarez.pk)
    assert later.locked, "no clock takes the lock away"

    office = sign_in(client.__class__(), admin)
    office.post(reverse("accounts:person", args=[alvarez.pk]), {"deed": "release"})
    try_to(client, alvarez.email)

    assert signed_in(client)
    deeds = list(Entry.objects.order_by("pk").values_list("deed", flat=True))
    assert deeds.count("sign_in_failed") >= 5
    assert deeds.index("account_locked") < deeds.index("account_released") < deeds.index("signed_in")


def test_four_wrong_tries_and_a_right_one_begin_again(client, alvarez):
    for _ in range(4):
        try_to(client, alvarez.email, "wrong wrong wrong")
    try_to(client, alvarez.email)
    client.post(reverse("account_logout"))

    for _ in range(4):
        try_to(client, alvarez.email, "wrong wrong wrong")

    assert not User.objects.get(pk=alvarez.pk).locked


def test_wrong_codes_are_wrong_tries(client, alvarez):
    with_app(alvarez)
    try_to(client, alvarez.email)

    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert User.objects.get(pk=alvarez.pk).locked


def test_a_locked_account_does_not_get_in_by_a_right_code(client, alvarez):
    secret = with_app(alvarez)
    try_to(client, alvarez.email)
    User.objects.filter(pk=alvarez.pk).update(locked_at=timezone.now())

    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert answer.status_code == 200
    assert "did not work" in answer.content.decode()
    assert not signed_in(client)


def test_the_lock_is_on_the_name_however_it_is_written_and_from_wherever(client, alvarez):
    for n, spelling in enumerate(["ALVAREZ@example.org", " alvarez@example.org ", "Alvarez@Example.Org"] * 2):
        client.post(
            SIGN_IN,
            {"login": spelling, "password": "wrong wrong wrong", "banner": version()},
            REMOTE_ADDR=f"10.0.0.{n}",
            HTTP_USER_AGENT=f"agent {n}",
        )

    assert User.objects.get(pk=alvarez.pk).locked


def test_a_wrong_try_keeps_no_word_that_was_typed(client, alvarez):
    try_to(client, "my-secret@example.org", "hunter2 hunter2 hunter2")

    entry = Entry.objects.get(deed="sign_in_failed")

    assert entry.user_id is None
    assert "secret" not in str(entry.details)


# -- Passkeys -------------------------------------------------------------------------------------------------------


def test_a_locked_account_does_not_get_in_by_a_passkey(client, alvarez, monkeypatch):
    User.objects.filter(pk=alvarez.pk).update(locked_at=timezone.now())

    answer = by_passkey(client, alvarez, monkeypatch)

    assert answer.url == SIGN_IN
    assert not signed_in(client)


def test_a_passkey_is_both_steps_at_once(client, alvarez, monkeypatch):
    answer = by_passkey(client, alvarez, monkeypatch)

    assert answer.url == "/today/"
    assert client.session[standing.SECOND_STEP] is True


def by_passkey(client, user, monkeypatch):
    """The ceremony itself is the browser's and fido2's; a journey with a real key is in tests/journeys."""
    from allauth.mfa.webauthn.internal import auth

    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "k", "credential": {}})
    monkeypatch.setattr(auth, "parse_authentication_response", lambda response: None)
    monkeypatch.setattr(auth, "extract_user_from_response", lambda response: user)
    monkeypatch.setattr(auth, "complete_authentication", lambda user, response: key)
    return client.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "k"}', "banner": version()})


# -- Sessions and ways on -------------------------------------------------------------------------------------------


def test_a_session_somebody_else_had_prepared_is_not_the_one_that_gets_in(client, alvarez):
    with_app_secret = with_app(alvarez)
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    first = try_to(client, alvarez.email)
    client.post(first.url, {"code": code_of(with_app_secret)})

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "http:///evil"],
)
def test_the_way_on_never_leaves_the_house(client, alvarez, away):
    secret = with_app(alvarez)
    page = client.get(SIGN_IN, {"next": away}).content.decode()
    first = try_to(client, alvarez.email, next=away)

    second = client.post(first.url, {"code": code_of(secret)})

    assert second.url == "/today/"
    assert "evil" not in first.url
    assert 'href="https://evil' not in page
    assert client.get("/account/lock/", {"next": away}).url == "/account/login/?next=/today/"


def test_the_way_on_inside_the_house_is_kept_through_both_steps(client, alvarez):
    secret = with_app(alvarez)
    first = try_to(client, alvarez.email, next="/account/")

    assert client.post(first.url, {"code": code_of(secret)}).url == "/account/"


def test_signing_in_needs_a_form_of_our_own(alvarez):
    client = Client(enforce_csrf_checks=True)

    assert try_to(client, alvarez.email).status_code == 403
    assert client.post("/account/logout/").status_code == 403
    assert not signed_in(client)


def test_the_ledger_says_which_notice_was_agreed_to(client, alvarez):
    house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())
    try_to(client, alvarez.email)

    assert Entry.objects.get(deed="signed_in").details["agreed"] == "banner/1"


def test_what_is_over_is_forgotten(client, brooks):
    sign_in(client, brooks)
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    try_to(Client(), "nobody@example.org")

    tidy_accounts.run(timezone.now() + timedelta(minutes=16))

    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()
