"""Diverting is easier than arresting: nine taps at most, three page requests, nothing typed. Walked in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import browser
from tests.cast import set_the_stage
from tests.journeys import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TAPS, MOST_PAGES, LARGEST_REFRESH = 9, 3, 4096


@pytest.fixture
def cast(transactional_db):
    return set_the_stage(timezone.now())


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("size", browser.SIZES)
@pytest.mark.parametrize("script", walk.scripts(), ids=lambda script: script.name)
def test_diverting_is_easier_than_arresting(live_server, cast, script, size, theme):
    with walk.at_the_screen(live_server, cast.people[script.who], size=size, theme=theme) as page:
        walked = walk.walk(page, script, label=f"{size}-{theme}")

    assert walked.taps <= MOST_TAPS
    assert len(walked.pages) == script.pages <= MOST_PAGES
    assert all(weight <= LARGEST_REFRESH for weight in walked.refreshes)
    assert walked.violations == [] and walked.too_wide == []


# -- With scripts off -----------------------------------------------------------------------------------------------


def test_the_same_form_works_with_scripts_off_in_three_page_requests(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone", scripts=False) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.resource_type))
        page.goto("/officer/divert/")
        page.get_by_role("checkbox", name="Substance use").click()
        page.get_by_role("radio", name="Shoplifting").click()
        page.get_by_label("First name").fill("Samuel")
        page.get_by_label("Last name").fill("Rivers")
        page.get_by_role("button", name="Check", exact=True).last.click()
        expect(page.get_by_text("2 things still to ask")).to_be_visible()
        walk.picture(page, "scripts-off-2")
        page.get_by_role("radio", name="Low", exact=True).click()
        page.get_by_role("radio", name="No fixed place").click()
        page.get_by_role("radio", name="Yes", exact=True).click()
        page.get_by_role("button", name="Hand off to Harbor Stabilization").click()

        expect(page.get_by_text("Harbor Stabilization expects you")).to_be_visible()
        walk.picture(page, "scripts-off-3")
        assert asked.count("document") == MOST_PAGES
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone")).to_be_visible()


# -- One thumb, one hand, one night ---------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["day", "night"])
def test_every_other_page_is_easy_to_use_too(live_server, cast, theme):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone", theme=theme) as page:
        for name, address in (("handoffs-empty", "/officer/handoffs/"), ("paper", "/officer/paper/"), ("sheet", "/officer/paper/K7Q4-MX2P/")):
            page.goto(address)
            walk.picture(page, f"{name}-{theme}")
            assert browser.violations(page) == [] and browser.too_wide(page) <= 0


def test_the_narrowest_phone_has_room_and_every_target_is_a_thumb_wide(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone") as page:
        page.set_viewport_size({"width": browser.NARROWEST[0], "height": browser.NARROWEST[1]})
        page.goto("/officer/divert/")
        with page.expect_response("**/look/"):
            page.get_by_role("radio", name="Drug possession").click()
        expect(page.get_by_text("things still to ask").first).to_be_visible()
        walk.picture(page, "narrow")

        assert browser.too_wide(page) <= 0
        # The one button nobody sees is what Enter presses.
        assert [one for one in browser.small_targets(page, least=44) if "unseen" not in one[0]] == []
        assert browser.hidden_focus(page) == []


def test_day_and_night_change_in_place_and_nothing_typed_is_lost(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone", theme="night") as page:
        page.goto("/officer/divert/")
        page.get_by_label("First name").fill("Robin")
        page.get_by_role("button", name="Day").click()

        expect(page.locator("html")).to_have_attribute("data-theme", "day")
        expect(page.get_by_label("First name")).to_have_value("Robin")


def test_nothing_above_a_finger_moves_while_answers_come(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone") as page:
        page.goto("/officer/divert/")
        chip = page.get_by_role("radio", name="Shoplifting")
        before = chip.bounding_box()
        with page.expect_response("**/look/"):
            chip.click()
        expect(page.get_by_text("things still to ask").first).to_be_visible()

        assert chip.bounding_box() == before
        expect(chip).to_be_focused()


def test_the_report_is_copied_with_one_tap(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/officer/divert/")
        page.get_by_text("Not diverting?", exact=True).click()
        page.get_by_role("button", name="They left").click()
        page.get_by_role("button", name="Copy").click()

        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert "Diversion code: NOT_DIVERTED / PERSON_LEFT" in page.evaluate("() => navigator.clipboard.readText()")


def test_the_device_gives_only_a_coarse_cell_and_only_when_asked(live_server, cast):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size="phone") as page:
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": 46.9754, "longitude": -123.8157})
        page.goto("/officer/divert/")
        assert page.locator("#id_cell").input_value() == ""
        page.get_by_text("Where, and incident number").click()
        page.get_by_role("button", name="Count distances from where I am").click()

        expect(page.get_by_role("button", name="Distances are from here now")).to_be_visible()
        assert len(page.locator("#id_cell").input_value()) == 5
