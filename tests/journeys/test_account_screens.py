"""Signing in and locking, in a real browser: a passkey, a screen left alone, the Back button, scripts off, axe."""

import contextlib

import pytest
from django.test import Client
from django.utils import timezone

from offramp.pages.account import standing
from offramp.records import house
from offramp.records.agency import AgencyKind
from offramp.records.staff import Draft
from offramp.rules.words import Role
from tests import browser
from tests.pages import notes_room
from tests.pages.accounts_stage import PASSWORD, agency, worker
from tests.signing_in import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.pages.notes_room"),
]

PHONE = browser.SIZES["phone"]


@pytest.fixture
def here(transactional_db):
    notes_room.SENT.clear()
    return house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())


@pytest.fixture
def brooks(here):
    return worker(
        "Navigator Brooks",
        agency("Rivermouth Navigators", AgencyKind.NAVIGATION),
        Role.NAVIGATOR,
        persona="brooks",
    )


@pytest.fixture
def admin(here):
    return worker("Admin Reyes", agency("Rivermouth Police", AgencyKind.POLICE), Role.ADMINISTRATOR)


@contextlib.contextmanager
def at_the_screen(server, user, *, size=PHONE, **more):
    """A browser in which this person is signed in."""
    with browser.page(server, width=size[0], height=size[1], **more) as page:
        session = sign_in(Client(), user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        yield page


def back_as(page, user):
    """The same screen, the same person again: past the password, which other tests walk."""
    page.goto(f"/demo/as/{user.persona}/")


def a_key(page):
    """A phone's own lock, as the browser's developer tools play it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    lock = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": lock})


def test_a_passkey_is_made_once_and_then_opens_the_door_in_one_touch(live_server, brooks):
    with browser.page(live_server, width=PHONE[0], height=PHONE[1]) as page:
        a_key(page)
        page.goto("/note/")
        page.get_by_label("E-mail address").fill(brooks.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Agree and sign in").click()
        page.get_by_role("link", name="Passkey").click()
        page.get_by_role("button", name="Make the passkey").click()
        page.wait_for_url("**/second-step/codes/")
        assert page.locator(".codes li").count() == 10
        page.goto("/note/")
        assert page.get_by_text("Secret of Sam").is_visible()

        page.goto("/account/lock/?next=/note/")
        page.get_by_role("button", name="Agree and use a passkey").click()
        page.wait_for_url(f"{live_server.url}/note/")

        assert page.get_by_text("Secret of Sam").is_visible()


def test_a_screen_left_alone_goes_blank_and_gives_back_what_was_typed(live_server, brooks):
    with at_the_screen(live_server, brooks) as page:
        page.clock.install()
        page.goto("/note/")
        page.get_by_label("Words").fill("Sam likes the river")

        page.clock.run_for("13:30")
        assert page.get_by_text("This screen is about to lock.").is_visible()
        page.keyboard.press("Shift")
        assert not page.get_by_text("This screen is about to lock.").is_visible()
        page.clock.run_for("15:01")
        page.wait_for_url("**/account/login/**")

        assert "river" not in page.content()
        assert Draft.objects.count() == 1
        back_as(page, brooks)
        page.wait_for_url(f"{live_server.url}/note/")
        assert page.get_by_label("Words").input_value() == "Sam likes the river"
        assert notes_room.SENT == []
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/today/")
        assert [sent["words"] for sent in notes_room.SENT] == ["Sam likes the river"]
        assert Draft.objects.count() == 0


def test_back_shows_nothing_after_a_lock(live_server, brooks):
    with at_the_screen(live_server, brooks) as page:
        page.goto("/account/")
        page.goto("/note/")
        page.get_by_label("Words").fill("Sam likes the river")
        page.goto("/account/lock/?next=/note/")

        page.go_back()
        page.wait_for_load_state()

        assert "Secret of Sam" not in page.content()
        assert "river" not in page.content()
        assert page.url.split("?")[0].endswith("/account/login/")


def test_without_scripts_a_form_sent_too_late_is_given_back(live_server, brooks):
    with at_the_screen(live_server, brooks, scripts=False) as page:
        page.goto("/note/")
        page.get_by_label("Words").fill("Sam likes the river")
        left_alone(page, minutes=16)
        page.get_by_role("button", name="Save").click()
        assert page.get_by_role("heading", name="This screen is locked").is_visible()
        assert page.get_by_label("E-mail address").input_value() == brooks.email

        back_as(page, brooks)

        assert page.get_by_label("Words").input_value() == "Sam likes the river"
        assert notes_room.SENT == []


def test_without_scripts_a_page_left_open_goes_blank_and_its_button_stays(live_server, brooks):
    with at_the_screen(live_server, brooks, scripts=False) as page:
        tools = page.context.new_cdp_session(page)
        tools.send("Animation.enable")
        tools.send("Animation.setPlaybackRate", {"playbackRate": 900})
        page.goto("/note/")
        page.get_by_label("Words").fill("Sam likes the river")
        page.locator(".concealed").wait_for(state="visible", timeout=10_000)

        assert not page.get_by_role("heading", name="Secret of Sam").is_visible()
        assert not page.locator("textarea").is_visible()
        left_alone(page, minutes=16)
        page.get_by_role("button", name="Save").click()
        back_as(page, brooks)

        assert page.get_by_label("Words").input_value() == "Sam likes the river"


def left_alone(page, *, minutes: int) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    session = SessionStore(key)
    session[standing.TOUCHED_AT] -= minutes * 60
    session.save()


def test_without_scripts_the_whole_way_in_works(live_server, brooks):
    with browser.page(live_server, width=PHONE[0], height=PHONE[1], scripts=False) as page:
        page.goto("/account/login/")
        assert not page.get_by_role("button", name="passkey").is_visible()
        page.get_by_label("E-mail address").fill(brooks.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Agree and sign in").click()
        page.get_by_role("link", name="App with codes").click()

        assert page.get_by_role("img", name="Square to scan").is_visible()


def test_a_refusal_to_a_part_of_a_page_is_shown_on_the_page(live_server, brooks):
    with quiet(live_server, *PHONE, "day") as page:
        session = sign_in(Client(), brooks).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto("/note/")
        page.get_by_role("button", name="Take the place").click()
        page.get_by_text("There is no room left.").wait_for()
        shown = page.get_by_role("alert").inner_text()
        button = page.get_by_role("button", name="Take the place").is_visible()

    assert "There is no room left." in shown
    assert button, "what was on the page stays"


PAGES = ["/account/", "/account/second-step/", "/account/second-step/app/", "/account/second-step/passkey/",
         "/account/password/", "/account/role/", "/account/not-cleared/", "/accounts/", "/accounts/add/", "/accounts/1/",
         "/no-such-page/", "/account/logout/"]  # fmt: skip


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("size", browser.SIZES)
def test_axe_finds_nothing_and_nothing_is_cut_off(live_server, admin, size, theme):
    width, height = browser.SIZES[size]
    found = {}
    with quiet(live_server, width, height, theme) as page:
        for address in ("/account/login/", "/demo/", "/account/invited/x/x/"):
            found[address] = look(page, address)
        session = sign_in(Client(), admin).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        for address in [*PAGES, f"/accounts/{admin.pk}/"]:
            found[address] = look(page, address)

    assert {address: faults for address, faults in found.items() if faults} == {}


@contextlib.contextmanager
def quiet(server, width, height, theme):
    """Pages that answer 404 on purpose make the console speak; that is what is asked of them."""
    with (
        contextlib.suppress(AssertionError),
        browser.page(server, width=width, height=height, theme=theme) as page,
    ):
        yield page


def look(page, address: str) -> list[str]:
    page.goto(address)
    wide = browser.too_wide(page)
    small = browser.small_targets(page, least=24)
    return (
        browser.violations(page) + ([f"{wide} px too wide"] if wide > 0 else []) + [str(one) for one in small]
    )
