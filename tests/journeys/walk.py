"""Walks a tap script in a real browser, and counts: taps, page requests, refreshes and what they weigh, what axe finds.

A script is a file of `scripts/`: who walks, where it begins, what stands there at the end, and every tap in between as
"role: name" ("text:" for what is no control of its own). "scan:" is what a scanner types into the field that has the
focus: it is no tap.
"""

import os
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client
from playwright.sync_api import Page, Response, expect

from tests import browser
from tests.pages.officer_stage import LICENCE
from tests.signing_in import sign_in

SCRIPTS = Path(__file__).parent / "scripts"
PICTURES = os.environ.get("OFFRAMP_PICTURES", "")
SCANS = {"licence": LICENCE}


@dataclass(frozen=True)
class Script:
    """One walk, as its file tells it."""

    name: str
    title: str
    who: str
    begins: str
    ends: str
    taps: tuple[str, ...]
    pages: int = 3


@dataclass
class Walked:
    """What a walk came to."""

    taps: int = 0
    pages: list[str] = field(default_factory=list)
    refreshes: list[int] = field(default_factory=list)  # bytes of each answer that htmx asked for
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)


def scripts() -> list[Script]:
    """Every script there is."""
    return [_read(path) for path in sorted(SCRIPTS.glob("*.toml"))]


def _read(path: Path) -> Script:
    told = tomllib.loads(path.read_text("utf-8"))
    return Script(path.stem, taps=tuple(told.pop("taps")), **told)


@contextmanager
def at_the_screen(server, user, *, size: str, theme: str = "day", scripts: bool = True):
    """A browser in which this person is signed in."""
    width, height = browser.SIZES[size]
    with browser.page(server, width=width, height=height, theme=theme, scripts=scripts) as page:
        session = sign_in(Client(), user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        yield page


def walk(page: Page, script: Script, *, label: str) -> Walked:
    """Every tap of a script, and a look at each page on the way."""
    walked = Walked()
    page.on("response", lambda response: _count(response, walked))
    page.goto(script.begins)
    for step in script.taps:
        before = page.url, len(walked.pages)
        _take(page, step, walked)
        if len(walked.pages) != before[1] and (page.url, len(walked.pages)) != before:
            _look(page, walked, f"{script.name}-{label}-{len(walked.pages)}")
        elif step == _last_before_leaving(script):
            _look(page, walked, f"{script.name}-{label}-1")
    expect(page.get_by_text(script.ends).first).to_be_visible()
    return walked


def _last_before_leaving(script: Script) -> str:
    """The tap after which the first page is as full as it gets."""
    buttons = [number for number, step in enumerate(script.taps) if step.startswith("button:")]
    return script.taps[buttons[0] - 1]


def _take(page: Page, step: str, walked: Walked) -> None:
    role, _, name = step.partition(": ")
    if role == "scan":
        page.locator("textarea:focus").wait_for()
        page.keyboard.insert_text(SCANS[name])
        page.wait_for_selector(".scanned")
        return
    walked.taps += 1
    target = (
        page.get_by_text(name, exact=True)
        if role == "text"
        else page.get_by_role(role, name=name, exact=True)
    )
    if role in ("checkbox", "radio") and page.locator("form[hx-post]").count():
        with page.expect_response(lambda response: "/look/" in response.url):
            target.first.click()
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    else:
        target.first.click()
    page.wait_for_load_state("load")


def _count(response: Response, walked: Walked) -> None:
    if response.request.resource_type == "document":
        walked.pages.append(f"{response.request.method} {response.url}")
    elif "/look/" in response.url:
        walked.refreshes.append(int(response.headers.get("content-length", 0)) or len(response.body()))


def _look(page: Page, walked: Walked, name: str) -> None:
    picture(page, name)
    if browser.too_wide(page) > 0:
        walked.too_wide.append(name)
    page.evaluate(LAID_FLAT)
    walked.violations += [f"{name}: {found}" for found in browser.violations(page)]


# What lies under the bar of buttons can be scrolled out from under it; axe measures only what shows at one moment.
LAID_FLAT = """() => document.querySelectorAll(".bar, .half--answer").forEach((part) => {
  Object.assign(part.style, { position: "static", maxHeight: "none" });
})"""


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, when somebody asked for pictures: the window, and the whole of it."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")
        page.screenshot(path=f"{PICTURES}/{name}-whole.png", full_page=True)
