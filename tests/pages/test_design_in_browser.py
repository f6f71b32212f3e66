"""The components in a real browser: by finger, by key, by screen reader, by night, and without scripts."""

import pytest
from django.utils import timezone

from offramp.records import house
from tests import browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/design/",
    "/design/officer/",
    "/design/script/",
    "/design/handed-off/",
    "/design/provider/",
    "/design/navigator/",
    "/help/",
]
FIELD = ["/design/officer/", "/design/script/", "/design/handed-off/"]


@pytest.fixture
def server(live_server):
    house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())
    return live_server


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("size", browser.SIZES)
def test_axe_finds_nothing(server, size, theme):
    width, height = browser.SIZES[size]
    with browser.page(server, width=width, height=height, theme=theme) as page:
        found = {}
        for address in PAGES:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            found[address] = browser.violations(page)

    assert {address: each for address, each in found.items() if each} == {}


def test_nothing_is_wider_than_the_narrowest_phone(server):
    with browser.page(server, width=320, height=640) as page:
        wide = {}
        for address in PAGES:
            page.goto(address)
            wide[address] = browser.too_wide(page)

    assert {address: by for address, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("size", [(320, 640), (360, 640), (1024, 600)])
def test_in_the_field_targets_are_large_and_focus_never_hides_under_the_bar(server, size):
    width, height = size
    with browser.page(server, width=width, height=height) as page:
        for address in FIELD:
            page.goto(address)

            assert browser.small_targets(page, least=56) == [], address
            assert browser.hidden_focus(page) == [], address


@pytest.mark.parametrize("size", browser.SIZES)
def test_the_primary_button_never_scrolls_away(server, size):
    width, height = browser.SIZES[size]
    with browser.page(server, width=width, height=height) as page:
        page.goto("/design/officer/")
        for to in (0, 400, 100_000):
            page.evaluate(f"scrollTo(0, {to})")
            box = page.get_by_role("button", name="Read the offer to them").bounding_box()

            assert box["y"] + box["height"] <= height


def test_nothing_moves_when_something_is_chosen(server):
    where = "[...document.querySelectorAll('.tile, .chip, .place, legend')].map((each) => Object.values(each.getBoundingClientRect().toJSON()))"
    with browser.page(server, width=360, height=640) as page:
        page.goto("/design/officer/")
        before = page.evaluate(f"scrollTo(0, 0), {where}")
        for role, name in [
            ("checkbox", "Asks for help"),
            ("radio", "Don't know"),
            ("checkbox", "Weapon"),
            ("radio", "Northside"),
        ]:
            page.get_by_role(role, name=name).check()

        assert page.evaluate(f"scrollTo(0, 0), {where}") == before


def test_a_night_page_is_dark_before_any_script_runs(server):
    with browser.page(server, width=360, height=640, theme="night", scripts=False) as page:
        page.goto("/design/officer/")
        sheet = page.locator("html")

        assert sheet.get_attribute("data-theme") == "night"
        assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"


def test_one_tap_is_day_without_scripts(server):
    with browser.page(server, width=360, height=640, theme="night", scripts=False) as page:
        page.goto("/design/officer/")
        page.get_by_role("button", name="Day").click()

        assert page.locator("html").get_attribute("data-theme") == "day"
        assert page.url.endswith("/design/officer/")


def test_keys_walk_the_list_and_can_be_turned_off(server):
    with browser.page(server, width=1440, height=900) as page:
        page.goto("/design/navigator/")
        at = "document.activeElement.textContent"

        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate(at) == "Casey W."
        page.keyboard.press("k")
        assert page.evaluate(at) == "Jo Alvarez"

        page.get_by_role("button", name="Turn keys off").click()
        page.keyboard.press("j")
        assert page.evaluate(at) == "Turn keys on"
