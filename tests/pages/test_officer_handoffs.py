"""My handoffs: when, where, one word; undone in time, dropped off, and never a colleague's."""

import uuid
from datetime import timedelta

import pytest

from offramp.actions import claim
from offramp.records.charge_hold import ChargeHold
from offramp.records.episode import Episode
from offramp.rules.words import Mode
from tests.actions.minute import a_meeting, hand_over, with_a_charge
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import DIVERT, said, text, told

pytestmark = pytest.mark.django_db

LIST = "/officer/handoffs/"


def meet(cast, at):
    """Navigator Brooks attests that they met."""
    viewer = cast.viewer("brooks", at=at)
    claim.met(viewer=viewer, at=at, episode_key=Episode.objects.seen_by(viewer).order_by("-pk").first().key)


def test_an_empty_list_teaches(officer):
    page = text(officer.get(LIST))

    assert "Nothing here yet" in page and "one word" in page


def test_a_line_says_when_where_and_one_word(officer, cast, at):
    hand_over(cast, at, meeting=a_meeting(at, place="2nd and Mill"))

    page = text(officer.get(LIST))

    assert "2nd and Mill" in page and "No information" in page
    for never in ("Samuel", "Rivers", "Harbor", "substance", "Officer Prevention"):
        assert never not in page


def test_met_is_the_word_the_navigator_attested(officer, cast, at):
    hand_over(cast, at)
    meet(cast, at)

    page = text(officer.get(LIST))

    assert "Met" in page and "Undo" not in page


def test_today_leads_an_officer_here(officer, cast, at):
    hand_over(cast, at, meeting=a_meeting(at, place="2nd and Mill"))

    assert "2nd and Mill" in text(officer.get("/today/"))


# -- Undo -----------------------------------------------------------------------------------------------------------


def test_undo_within_five_minutes_works_without_a_script(officer, cast, at):
    kept = hand_over(cast, at, meeting=with_a_charge(at)).encounter
    assert "Undo" in text(officer.get(LIST))

    page = officer.post(f"{LIST}{kept.key}/undo/", follow=True)

    assert page.status_code == 200 and "Undone" in text(page) and "Undo (" not in text(page)
    assert ChargeHold.objects.seen_by(cast.viewer("alvarez", at=at)).get().state == "withdrawn"


def test_undo_after_five_minutes_says_whom_to_call(officer, cast, at):
    kept = hand_over(cast, at - timedelta(minutes=6)).encounter

    page = officer.post(f"{LIST}{kept.key}/undo/")

    assert page.status_code == 409 and "Five minutes have passed" in text(page)


def test_undo_after_they_met_is_too_late(officer, cast, at):
    kept = hand_over(cast, at).encounter
    meet(cast, at)

    page = officer.post(f"{LIST}{kept.key}/undo/")

    assert page.status_code == 409 and "They have met" in text(page)


@pytest.mark.parametrize("deed", ["undo", "dropped-off", "card"])
def test_another_agencys_officer_finds_nothing_to_do(stranger, officer, cast, at, deed, harbor):
    kept = hand_over(cast, at, mode=Mode.POLICE_TRANSPORT).encounter

    assert stranger.post(f"{LIST}{kept.key}/{deed}/", {"outlet": harbor}).status_code == 404
    assert stranger.post(f"{LIST}{uuid.uuid4()}/{deed}/", {"outlet": harbor}).status_code == 404
    assert "Undo" in text(officer.get(LIST))


@pytest.mark.parametrize("deed", ["undo", "dropped-off", "card"])
def test_a_link_does_nothing(officer, cast, at, deed):
    kept = hand_over(cast, at).encounter

    assert officer.get(f"{LIST}{kept.key}/{deed}/").status_code == 405


def test_a_stranger_sees_an_empty_list(stranger, sergeant, cast, at):
    hand_over(cast, at, meeting=a_meeting(at, place="2nd and Mill"))

    assert "Nothing here yet" in text(stranger.get(LIST))
    assert "Nothing here yet" in text(sergeant.get(LIST))  # a colleague's handoffs are the colleague's


# -- The drive ------------------------------------------------------------------------------------------------------


def test_dropped_off_is_one_tap(officer, cast, at):
    hand_over(cast, at, mode=Mode.POLICE_TRANSPORT)
    page = text(officer.get(LIST))
    assert "Harbor Stabilization" in page and "40 Harbor Street" in page and "They are there" in page

    kept_key = str(cast_encounter(cast, at).key)
    page = text(officer.post(f"{LIST}{kept_key}/dropped-off/", follow=True))

    assert "There since" in page and "until two hours after" in page and "They are there" not in page


def cast_encounter(cast, at):
    from offramp.records.encounter import Encounter

    return Encounter.objects.seen_by(cast.viewer("alvarez", at=at)).order_by("-pk").first()


# -- Pages of the list ----------------------------------------------------------------------------------------------


@pytest.fixture
def sixty(cast, at):
    """Sixty handoffs, three of them in the very same second."""
    for number in range(60):
        when = at - timedelta(hours=3, minutes=number // 3)
        hand_over(cast, when, place="mercy", meeting=a_meeting(when, place=f"corner {number:02}."))


def corners(page) -> list[str]:
    import re

    return re.findall(r"corner (\d\d)\.", text(page))


def links(page) -> dict[str, str]:
    import re
    from html import unescape

    body = page.content.decode()
    return {rel: unescape(url) for rel, url in re.findall(r'rel="(prev|next)" href="([^"]*)"', body)}


def test_the_list_goes_on_by_key_and_comes_back(officer, sixty):
    first = officer.get(LIST)
    second = officer.get(LIST + links(first)["next"].partition("/handoffs/")[2])
    third = officer.get(LIST + links(second)["next"].partition("/handoffs/")[2])

    seen = corners(first) + corners(second) + corners(third)
    assert [len(corners(page)) for page in (first, second, third)] == [25, 25, 10]
    assert sorted(seen) == [f"{number:02}" for number in range(60)]
    assert "prev" not in links(first) and "next" not in links(third)
    back = officer.get(LIST + links(third)["prev"].partition("/handoffs/")[2])
    assert corners(back) == corners(second)


@pytest.mark.parametrize(
    "mark", ["older=x", "older=2026-01-01~1", "newer=2026-01-01T00:00:00%2B00:00~", "older=~9"]
)
def test_a_made_up_page_of_the_list_says_so(officer, mark):
    page = officer.get(f"{LIST}?{mark}")

    assert page.status_code == 400 and "That page of the list is not there." in text(page)


def test_the_list_asks_the_database_little(officer, sixty, django_assert_max_num_queries):
    officer.get(LIST)

    with django_assert_max_num_queries(10):
        officer.get(LIST)


# -- My last thirty days --------------------------------------------------------------------------------------------


def test_my_last_thirty_days_come_from_my_own_meetings(officer, cast, at):
    for minutes in (2, 4, 9):
        hand_over(
            cast, at, place="mercy", meeting=a_meeting(at, form_opened_at=at - timedelta(minutes=minutes))
        )
    officer.post(DIVERT, said(told(at), "no", outlet=str(cast.places["mercy"].outlet.key)))
    officer.post(DIVERT, told(at, not_diverted="person_left"))
    long_ago = at - timedelta(days=40)
    hand_over(cast, long_ago, place="mercy", meeting=a_meeting(long_ago))

    assert "Your last 30 days: 4 offered, 3 handed off, median 4 minutes." in text(officer.get(LIST))
