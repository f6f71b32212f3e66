"""A real browser for tests: the system's Chromium, driven over the live server.

    with browser.page(live_server, width=360, height=640, theme="night") as page:
        page.goto("/design/")

Mark the test with `@pytest.mark.browser`. A choice is taken by its role: `page.get_by_role("radio", name="Yes").check()`.
"""

import os
from contextlib import contextmanager
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.conftest import chromium

# The driver keeps an event loop in this thread; the database is still used by one caller at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SIZES = {"phone": (360, 640), "terminal": (1024, 600), "desk": (1440, 900)}
NARROWEST = (320, 640)
EVERY_RULE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@cache
def _browser():
    return sync_playwright().start().chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


@contextmanager
def page(server, *, width: int, height: int, theme: str = "day", scripts: bool = True):
    """A page of a fresh browser window, with nothing said on its console when it is over."""
    window = _browser().new_context(
        base_url=server.url, viewport={"width": width, "height": height}, java_script_enabled=scripts
    )
    window.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    said: list[str] = []
    opened = window.new_page()
    opened.on("console", lambda message: said.append(message.text) if _is_error(message) else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    try:
        yield opened
    finally:
        window.close()
    assert said == [], f"The browser's console says nothing, but it said: {said}"


# htmx calls it an error when a later tap overtakes a refresh that is still on its way. A broken one says sendError too.
OVERTAKEN = ("htmx:afterRequest", "htmx:sendAbort")


def _is_error(message) -> bool:
    return message.type == "error" and not message.text.startswith(OVERTAKEN)


def violations(opened: Page) -> list[str]:
    """What axe finds, in a line each."""
    found = Axe().run(opened, options=EVERY_RULE).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def too_wide(opened: Page) -> int:
    """How many pixels the page is wider than its window."""
    return opened.evaluate("document.documentElement.scrollWidth - innerWidth")


def small_targets(opened: Page, *, least: int, within: str = "main") -> list[list]:
    """Controls that can be seen and are smaller than a finger."""
    return opened.evaluate(
        """([within, least]) => [...document.querySelectorAll(`${within} :is(a, button, select, summary, input, textarea)`)]
          .filter((control) => control.offsetParent)
          .map((control) => [control.outerHTML.slice(0, 80), control.getBoundingClientRect()])
          .filter(([, box]) => Math.round(box.width) < least || Math.round(box.height) < least)
          .map(([html, box]) => [html, box.width, box.height])""",
        [within, least],
    )


def hidden_focus(opened: Page, *, steps: int = 80) -> list[str]:
    """What has focus and lies under the bar of buttons, or outside the window, while one tabs through the page."""
    hidden = []
    for _ in range(steps):
        opened.keyboard.press("Tab")
        where = opened.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || at === document.body) return "the end";
              if (at.closest(".bar") || at.matches(".usa-skipnav")) return "";
              const box = at.getBoundingClientRect(), bar = document.querySelector(".bar")?.getBoundingClientRect().top ?? innerHeight;
              return box.bottom > bar + 1 || box.top < -1 ? at.outerHTML.slice(0, 80) : "";
            }"""
        )
        if where == "the end":
            break
        if where:
            hidden.append(where)
    return hidden
