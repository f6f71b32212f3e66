"""What the officer's screen weighs over a car's radio, and how long a lock may last without losing a word."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from offramp.records.staff import Draft
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import ASK, DIVERT, charged, fragment, hidden, said, text, told
from tests.pages.test_accounts_lock import leave_alone, sign_in_again

pytestmark = pytest.mark.django_db

FIRST_VISIT, LATER_VISIT, REFRESH = 120_000, 15_000, 4_096
AS_IT_IS = {".woff2", ".png", ".jpg"}  # compressed by nature


def weigh(answer) -> int:
    """Bytes of an answer on the wire."""
    return (
        len(answer.content)
        if answer.headers.get("Content-Encoding") == "gzip"
        else len(gzip.compress(answer.content))
    )


def files_of(page: str) -> dict[str, int]:
    """Every file a page asks for, and what the stylesheet asks for in turn, with the bytes of each on the wire."""
    names = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))
    style = Path(finders.find("build/offramp.css")).read_text("utf-8")
    names |= {f"build/{name.removeprefix('./')}" for name in re.findall(r"url\(\"?([^\")]+\.woff2)", style)}
    return {name: _on_the_wire(Path(finders.find(name))) for name in sorted(names)}


def _on_the_wire(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in AS_IT_IS else len(gzip.compress(content))


def test_the_first_visit_is_light_and_later_ones_are_lighter(officer):
    answer = officer.get(DIVERT, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()

    files = files_of(page)
    assert "build/offramp.css" in files and any("htmx" in name for name in files)
    assert weigh(answer) <= LATER_VISIT
    assert weigh(answer) + sum(files.values()) <= FIRST_VISIT


def test_a_refresh_and_the_pages_that_follow_are_light_too(officer, at, harbor):
    assert weigh(fragment(officer, told(at))) <= REFRESH
    assert (
        weigh(fragment(officer, charged(at, charge="drug_possession", risk_band="", residence=""))) <= REFRESH
    )
    assert weigh(officer.post(ASK, charged(at))) <= LATER_VISIT
    assert weigh(officer.post(DIVERT, said(charged(at), outlet=harbor))) <= LATER_VISIT


# -- A screen that locked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "page"), [(ASK, DIVERT), (DIVERT, ASK)])
def test_a_lock_loses_nothing_and_sends_nothing(officer, cast, at, kept, harbor, address, page):
    sheet = said(told(at, first="Robin", where="2nd and Mill"), outlet=harbor)
    leave_alone(officer, 16)

    refused = officer.post(address, sheet, headers={"Referer": f"http://testserver{page}"})
    assert refused.status_code == 302 and kept() == []
    assert Draft.objects.count() == 1

    back = sign_in_again(officer, cast.people["alvarez"], page)
    again = officer.get(back)

    assert back == page and again.status_code == 200
    assert hidden(again)["key"] == [sheet["key"]] and "2nd and Mill" in again.content.decode()
    assert ("Who?" if page == DIVERT else "They said") in text(again)
    done = officer.post(DIVERT, sheet, headers={"Referer": f"http://testserver{page}"})
    assert done.status_code == 201 and len(kept()) == 1
    assert not Draft.objects.exists()
