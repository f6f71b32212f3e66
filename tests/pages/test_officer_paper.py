"""The minute on paper: blank sheets, filing one later, and the card in the person's hand."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from offramp.rules.words import Mode
from tests.actions.minute import hand_over
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import DIVERT, hidden, said, text, told

pytestmark = pytest.mark.django_db

CODE = "K7Q4-MX2P"


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_blank_sheets_have_codes_and_the_scripts_on_the_back(officer):
    answer = officer.get("/officer/paper/blank/", {"n": "2"})

    assert answer["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    assert (
        "Overdose" in words and "You are not under arrest" in words and "Usted no está bajo arresto" in words
    )


@pytest.mark.parametrize("n", ["0", "-1", "1000", "ten", ""])
def test_a_number_of_sheets_that_is_none(officer, n):
    assert officer.get("/officer/paper/blank/", {"n": n}).status_code == 400


def test_a_code_opens_the_same_screen_with_the_time_they_met(officer):
    page = officer.post("/officer/paper/", {"code": " k7q4 mx2p "}, follow=True)

    assert page.redirect_chain[-1][0] == f"/officer/paper/{CODE}/"
    assert "Filing the paper sheet K7Q4-MX2P" in text(page) and "When you met" in text(page)
    assert "What's going on?" in text(page)


def test_a_sheet_is_filed_under_its_code_and_once(officer, sergeant, cast, at, harbor, kept):
    page = officer.get(f"/officer/paper/{CODE}/")
    key, met = hidden(page)["key"][0], timezone.localtime(at - timedelta(days=2), cast_zone())
    sheet = told(at, key=key, sheet=CODE, met_at=met.strftime("%Y-%m-%dT%H:%M"))

    done = officer.post(DIVERT, said(sheet, outlet=harbor))

    assert done.status_code == 201
    one = kept()[0]
    assert str(one.key) == key and abs(one.at - (at - timedelta(days=2))) < timedelta(minutes=1)
    assert one.form_opened_at is None  # nobody knows how long the paper took
    for who in (officer, sergeant):
        assert "is filed already" in text(who.get(f"/officer/paper/{CODE}/"))


def cast_zone():
    from offramp.demo.cast import ZONE
    from offramp.rules.hours import zone

    return zone(ZONE)


def test_two_agencies_may_use_the_same_code(officer, stranger):
    assert (
        hidden(officer.get(f"/officer/paper/{CODE}/"))["key"]
        != hidden(stranger.get(f"/officer/paper/{CODE}/"))["key"]
    )


def test_what_is_no_code_says_so(officer):
    page = officer.post("/officer/paper/", {"code": "hello"})

    assert page.status_code == 400 and "That is not a form's code." in text(page)


# -- The card -------------------------------------------------------------------------------------------------------


def test_the_card_says_where_and_whom_to_call_and_not_why(officer, cast, at, harbor):
    kept = hand_over(cast, at, mode=Mode.OWN_WAY).encounter

    answer = officer.post(f"/officer/handoffs/{kept.key}/card/", {"outlet": harbor})

    words = words_of(answer.content)
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    assert "40 Harbor Street" in words and "555-0140" in words and "Alguien le espera" in words
    for never in ("Stabilization", "police", "Samuel", "Rivers"):
        assert never not in words


@pytest.mark.parametrize("outlet", ["", "x", "7c9e6679-7425-40de-944b-e07fc1f90ae7"])
def test_no_card_for_a_place_that_is_not_there(officer, cast, at, outlet):
    kept = hand_over(cast, at).encounter

    assert officer.post(f"/officer/handoffs/{kept.key}/card/", {"outlet": outlet}).status_code == 404
