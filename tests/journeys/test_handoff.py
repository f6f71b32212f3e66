"""One person, from the kerb to the door: the officer hands off, the place takes and says arrived, the navigator says met."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from offramp.actions import accounts
from offramp.rules.words import Role
from tests import browser
from tests.cast import set_the_stage
from tests.journeys import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return set_the_stage(timezone.now())


@pytest.fixture
def desk(cast):
    """Somebody at the desk of Northside Detox, which is asked before anybody comes."""
    at = timezone.now()
    return accounts.add(
        viewer=accounts.console(at=at),
        at=at,
        email="desk@northside.example",
        name="Nurse Park",
        agency_id=cast.agencies["northside"].pk,
        role=Role.PROVIDER,
        cleared_on=date(2024, 1, 2),
    )


def hands_off_robin(page: Page) -> None:
    page.goto("/officer/divert/")
    with page.expect_response("**/look/"):
        page.get_by_role("checkbox", name="Substance use").click()
    with page.expect_response("**/look/"):
        page.get_by_role("radio", name="No", exact=True).click()
    page.get_by_label("First name").fill("Robin")
    with page.expect_response("**/look/"):
        page.get_by_label("Last name").fill("Marsh")
        page.get_by_label("Birth year").click()
    with page.expect_response("**/look/"):
        page.get_by_role("radio", name="Northside Detox").click()
    page.get_by_role("button", name="Read the offer to them").click()
    page.get_by_role("radio", name="Yes", exact=True).click()
    page.get_by_role("radio", name="They go on their own").click()
    page.get_by_role("button", name="Hand off to Northside Detox").click()
    expect(page.get_by_text("Northside Detox is asked, and has to answer")).to_be_visible()


@pytest.mark.parametrize("size", browser.SIZES)
def test_a_person_is_taken_arrives_is_met_and_the_officer_reads_one_word(live_server, cast, desk, size):
    with walk.at_the_screen(live_server, cast.people["alvarez"], size=size) as page:
        hands_off_robin(page)

    with walk.at_the_screen(live_server, desk, size=size) as page:
        page.goto("/today/")
        expect(page.get_by_text("Robin Marsh")).to_be_visible()
        page.get_by_role("button", name="Take", exact=True).click()
        page.get_by_role("button", name="Arrived", exact=True).click()
        expect(page.get_by_role("button", name="Arrived", exact=True)).to_have_count(0)
        walk.picture(page, f"desk-{size}")

    with walk.at_the_screen(live_server, cast.people["brooks"], size=size) as page:
        page.goto("/today/")
        page.get_by_role("button", name="I'm on my way").first.click()
        page.get_by_role("button", name="Met", exact=True).first.click()
        expect(page.get_by_role("button", name="Met", exact=True)).to_have_count(0)

    with walk.at_the_screen(live_server, cast.people["alvarez"], size=size) as page:
        page.goto("/officer/handoffs/")
        expect(page.get_by_text(re.compile("^Met$"))).to_be_visible()
        assert "Northside" not in page.inner_text("body") and "Robin" not in page.inner_text("body")
        walk.picture(page, f"handoffs-met-{size}")

    with walk.at_the_screen(live_server, cast.people["casey"], size=size) as page:
        page.goto("/officer/handoffs/")
        expect(page.get_by_text("Nothing here yet")).to_be_visible()
