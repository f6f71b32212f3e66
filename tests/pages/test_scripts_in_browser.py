"""Our few scripts: the countdown, the region that refreshes itself, the idle lock."""

import pytest
from django.utils import timezone

from offramp.records import house
from tests import browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What base.html draws for somebody who is signed in; the addresses are those of no page here.
IDLE = """
  document.body.insertAdjacentHTML("beforeend", `<div hidden data-idle data-minutes="15" data-warn="2" data-extend="/here/"
    data-lock="/locked/">About to lock <span data-left></span></div>`);
"""

REFRESH = """
  htmx.ajax("GET", "/design/officer/", {target: "#answer", select: "#answer", swap: "outerHTML"})
    .then(() => setTimeout(() => { document.body.dataset.settled = "" }, 100))
"""


@pytest.fixture
def server(live_server):
    house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())
    return live_server


@pytest.fixture
def page(server):
    with browser.page(server, width=360, height=640) as opened:
        opened.clock.install()
        yield opened


def test_the_undo_counts_down_and_then_rests(page):
    page.goto("/design/handed-off/")
    undo = page.get_by_role("button", name="Undo")
    page.clock.run_for(10_000)
    assert "(4:" in undo.inner_text()

    page.clock.run_for(5 * 60_000)

    assert "(0:00)" in undo.inner_text()
    assert undo.is_disabled()


def test_a_region_that_comes_anew_keeps_the_focus_and_the_scroll(page):
    page.goto("/design/officer/")
    page.evaluate("scrollTo(0, 700)")
    page.locator("#id_place_1").focus()
    before = page.evaluate("scrollY")

    refresh(page)

    assert page.evaluate("document.activeElement.id") == "id_place_1"
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("control", ["#id_what_1", "#id_place_1"])
def test_nothing_moves_under_a_finger_when_the_verdict_grows(server, control):
    with browser.page(server, width=1024, height=600) as page:
        page.goto("/design/officer/")
        page.locator("#answer").evaluate("(region) => { region.querySelector('.findings').remove() }")
        page.locator(control).focus()
        before = page.locator(control).bounding_box()

        page.evaluate(REFRESH)
        page.locator("[data-settled]").wait_for(state="attached")

        assert page.locator("#answer .findings").count() == 1
        assert page.locator(control).bounding_box()["y"] == pytest.approx(before["y"], abs=1)


def test_focus_goes_to_the_region_when_its_control_is_gone(page):
    page.goto("/design/officer/")
    page.evaluate("""
      document.querySelector("#answer").insertAdjacentHTML("beforeend", '<button id="gone" type="button">Gone</button>');
      document.querySelector("#gone").focus()""")

    refresh(page)

    assert page.evaluate("document.activeElement.id") == "answer"


def refresh(page):
    with page.expect_response("**/design/officer/"):
        page.evaluate(REFRESH)
    page.clock.run_for(200)
    page.locator("[data-settled]").wait_for(state="attached")
    page.clock.run_for(200)


def test_a_list_waits_while_somebody_chooses_in_it(page):
    page.goto("/design/provider/")
    page.evaluate("""
      const list = document.querySelector(".calls");
      list.setAttribute("hx-get", "/design/provider/");
      list.setAttribute("hx-trigger", "every 10s");
      list.setAttribute("hx-select", ".calls");
      htmx.process(list);""")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "xhr" else None)
    page.get_by_text("Problem").first.click()

    page.clock.run_for(25_000)
    assert asked == []

    page.get_by_text("Problem").first.click()
    with page.expect_request("**/design/provider/"):
        page.clock.run_for(11_000)


def test_an_idle_screen_warns_and_one_key_keeps_it(page):
    sent = watch_idle(page)
    box = page.locator("[data-idle]")

    page.clock.run_for(12 * 60_000)
    assert box.is_hidden()
    page.clock.run_for(70_000)
    assert box.is_visible()
    assert "1:5" in box.inner_text()

    with page.expect_request("**/here/"):
        page.keyboard.press("Shift")
    assert box.is_hidden()
    page.clock.run_for(10 * 60_000)
    assert "/locked/" not in "".join(sent)


def test_an_idle_screen_goes_blank_after_its_forms_were_kept(page):
    watch_idle(page)
    page.get_by_label("First name").fill("Sam")
    page.evaluate("""
      document.addEventListener("offramp:locking", (event) => {
        sessionStorage.kept = event.detail.forms.map((form) => new FormData(form).get("first")).join();
      })""")
    page.evaluate("document.querySelector('main form').method = 'post'")

    with page.expect_request("**/locked/?next=%2Fdesign%2Fofficer%2F"):
        page.clock.run_for(16 * 60_000)
        page.locator("main").wait_for(state="detached")

    assert page.evaluate("sessionStorage.kept") == "Sam"


def watch_idle(page):
    sent = []
    page.route("**/here/", lambda route: route.fulfill(status=204))
    page.route(
        "**/locked/**", lambda route: route.fulfill(status=200, content_type="text/html", body="locked")
    )
    page.on("request", lambda request: sent.append(request.url))
    page.goto("/design/officer/")
    page.evaluate(IDLE)
    page.add_script_tag(url="/static/js/idle.js")
    return sent
