"""Diverting is easier than arresting: nine taps at most, three page requests, nothing typed. Walked in a real browser."""

import pytest
from django.utils import timezone

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
