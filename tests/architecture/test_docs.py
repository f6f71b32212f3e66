"""The docs say what the code has: every command, setting, duty and timer; and their links lead somewhere."""

import re

import pytest
from django.conf import settings as django_settings

from offramp.rules.clocks import REGISTER
from offramp.rules.duties import Duty
from tests.architecture.source import ROOT, calls, modules, tree
from tests.write_docs import each_command, pages

DOCS = ROOT / "docs"
READERS = {"said", "yes", "number", "listed"}


@pytest.mark.parametrize("page", pages())
def test_a_generated_page_is_up_to_date(page):
    assert (DOCS / page).read_text("utf-8") == pages()[page], "run: make docs"


def test_every_command_is_told():
    text = (DOCS / "commands.md").read_text("utf-8")

    assert [name for name, _ in each_command() if f"## {name}\n" not in text] == []


def test_every_duty_is_told():
    text = (DOCS / "roles.md").read_text("utf-8")

    assert [duty for duty in Duty if f"`{duty.value}`" not in text] == []


def test_every_timer_is_told():
    text = (DOCS / "timers.md").read_text("utf-8")

    assert [id for id in REGISTER if f"| {id} |" not in text] == []


def settings() -> set[str]:
    """Every environment variable the code reads."""
    read = set(django_settings.OFFRAMP_KEYS)
    for path in modules():
        readers = READERS if path.parent.name == "config" else set()
        for call, on, word in calls(tree(path)):
            if (on.endswith("environ") or word in readers) and isinstance(getattr((call.args or [None])[0], "value", None), str):
                read.add(call.args[0].value)
    return read - {"DJANGO_SETTINGS_MODULE"}


def test_every_setting_is_told_and_none_is_made_up():
    told = set(re.findall(r"`([A-Z][A-Z_]+)`", (DOCS / "settings.md").read_text("utf-8")))

    assert settings() - told == set()
    assert {name for name in told if name.startswith("OFFRAMP_")} - settings() == set()


def test_every_link_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    lost = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if not target.startswith(("http:", "https:", "mailto:")) and not (page.parent / target).exists()
    ]

    assert lost == []


def test_there_is_a_page_for_each_decision():
    index = (DOCS / "adr" / "README.md").read_text("utf-8")

    assert [page.name for page in DOCS.glob("adr/0*.md") if page.name not in index] == []
