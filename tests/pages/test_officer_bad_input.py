"""Bad input at the kerb: one clear sentence each, nothing half-written, and nothing that was typed is lost."""

import uuid
from datetime import timedelta

import pytest

from offramp.actions import capacity
from offramp.actions import divert as deeds
from offramp.records.capacity import Capacity, PlaceHold
from offramp.records.ledger import Entry
from offramp.records.outbox import Notice
from offramp.records.service import Service
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import ASK, DIVERT, charged, fragment, hidden, said, text, told

pytestmark = pytest.mark.django_db


def nothing_is_written(kept):
    return (
        kept() == []
        and not Entry.objects.filter(deed__in=["diverted", "encounter_recorded"]).exists()
        and not Notice.objects.exists()
    )


# -- Dates and times ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"year": "2090"}, "A birth year has four digits, and is not in the future."),
        ({"year": "90"}, "A birth year has four digits, and is not in the future."),
        ({"year": "199o"}, "A birth year has four digits, and is not in the future."),
        ({"year": "1990", "month": "2", "day": "30"}, "There is no such day in that month."),
        ({"month": "13", "year": "1990"}, "A month is a number from 1 to 12."),
        ({"month": "0", "year": "1990"}, "A month is a number from 1 to 12."),
        ({"day": "32", "year": "1990"}, "There is no such day in that month."),
        ({"month": "2"}, "Give the year too, or leave the month and day empty."),
        ({"statute": "shopping"}, "We do not know this statute or code."),
        ({"another": "vandalism"}, "You said no charge, and chose one. Which is it?"),
        ({"not_given": "on", "first": "Robin"}, "You ticked “not given”, and there is a name. Which is it?"),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field_and_nothing_is_lost(
    officer, at, harbor, kept, about, sentence
):
    sheet = told(at, where="2nd and Mill", **about)

    for page in (officer.post(ASK, sheet), officer.post(DIVERT, said(sheet, outlet=harbor))):
        assert page.status_code == 400
        assert sentence in text(page) and "2nd and Mill" in page.content.decode()
        assert hidden(page)["key"] == [sheet["key"]]
    assert sentence in text(fragment(officer, sheet))
    assert nothing_is_written(kept)


@pytest.mark.parametrize(
    ("met", "sentence"),
    [
        ("2999-01-01T10:00", "The time of the meeting is in the future. Check the date and time."),
        ("2020-01-01T10:00", "The meeting was more than 30 days ago. Ask your records clerk to enter it."),
        ("2026-02-30T10:00", "This is not a date and a time."),
        ("", "Say when you met: the sheet has it at the top."),
    ],
)
def test_a_paper_sheet_with_an_impossible_time(officer, at, harbor, kept, met, sentence):
    page = officer.post(
        DIVERT, said(told(at, sheet="K7Q4-MX2P", met_at=met, where="2nd and Mill"), outlet=harbor)
    )

    assert page.status_code == 400 and sentence in text(page) and "2nd and Mill" in page.content.decode()
    assert nothing_is_written(kept)


def test_a_page_left_open_since_yesterday_does_not_pretend_to_be_yesterday(officer, at, harbor, kept):
    officer.post(DIVERT, said(told(at, opened=(at - timedelta(hours=20)).isoformat()), outlet=harbor))

    one = kept()[0]
    assert one.form_opened_at is None and one.at >= at


# -- Sent twice -----------------------------------------------------------------------------------------------------


def test_a_double_tap_is_one_handoff(officer, at, harbor, kept):
    sheet = said(told(at), outlet=harbor)

    first, second = officer.post(DIVERT, sheet), officer.post(DIVERT, sheet)

    assert "Harbor Stabilization expects you" in text(first)
    assert second.status_code == 201 and "This was sent before, and it is done" in text(second)
    assert len(kept()) == 1 and PlaceHold.objects.count() == 1


def test_a_lost_answer_and_a_retry_is_one_handoff(officer, at, harbor, kept, monkeypatch):
    sheet, real = said(told(at), outlet=harbor), deeds.divert

    def lost(**about):
        real(**about)
        raise ConnectionError

    monkeypatch.setattr(deeds, "divert", lost)
    with pytest.raises(ConnectionError):
        officer.post(DIVERT, sheet)
    monkeypatch.undo()
    page = officer.post(DIVERT, sheet)

    assert "This was sent before, and it is done" in text(page) and "Undo" in text(page)
    assert len(kept()) == 1


# -- Places that are not there any more -----------------------------------------------------------------------------


def test_the_last_place_was_taken_by_another_officer(officer, at, cast, kept):
    detox = cast.places["northside"]
    capacity.hold_place(service_id=detox.service.pk, at=at, key=uuid.uuid4())

    page = officer.post(DIVERT, said(told(at, where="2nd and Mill"), outlet=str(detox.outlet.key)))

    words = text(page)
    assert page.status_code == 409 and "The last place there was just taken" in words
    assert "Hand off to Harbor Stabilization" in words and "Northside Detox: No place left just now" in words
    assert hidden(page)["where"] == ["2nd and Mill"] and "You are not under arrest" in words
    assert nothing_is_written(kept)

    again = hidden(page)
    chosen = said(told(at, key=again["key"][0]), outlet=again["suggested"][0])
    assert officer.post(DIVERT, chosen).status_code == 201


def test_a_place_whose_hold_ran_out_is_free_again(officer, at, cast):
    detox = cast.places["northside"]
    Capacity.objects.filter(service=detox.service).update(said_at=at - timedelta(hours=5))
    capacity.hold_place(service_id=detox.service.pk, at=at - timedelta(hours=3), key=uuid.uuid4())

    assert officer.post(DIVERT, said(told(at), outlet=str(detox.outlet.key))).status_code == 201


def test_a_service_that_closes_while_the_form_is_open(officer, at, harbor, cast, kept):
    Service.objects.filter(pk=cast.places["harbor"].service.pk).update(closed_at=at)

    page = officer.post(DIVERT, said(told(at), outlet=harbor))

    words = text(page)
    assert page.status_code == 409 and "Harbor Stabilization is not taking anybody now." in words
    assert "Hand off to Peer team" in words
    assert nothing_is_written(kept)


def test_nobody_is_driven_to_a_team_that_comes(officer, at, cast, kept):
    peers = str(cast.places["peers"].outlet.key)

    page = officer.post(DIVERT, said(told(at), outlet=peers, mode="police_transport"))

    assert (
        page.status_code == 400
        and "This place is reached another way. Choose again." in text(page)
        and "Someone comes here" in text(page)
    )
    assert nothing_is_written(kept)


def test_a_yes_with_nowhere_to_go_says_so(officer, at, kept):
    Service.objects.update(closed_at=at)

    page = officer.post(DIVERT, said(told(at), mode=""))

    assert page.status_code == 400 and "Choose where to first" in text(page)
    assert nothing_is_written(kept)


def test_a_yes_is_to_the_one_who_was_named(officer, at, harbor, cast, kept):
    detox = str(cast.places["northside"].outlet.key)

    page = officer.post(
        DIVERT, said(told(at, where="2nd and Mill"), outlet=detox, suggested=harbor, read_for=harbor)
    )

    words = text(page)
    assert (
        page.status_code == 400
        and "Read it to them again" in words
        and "I will call Northside Detox" in words
    )
    assert 'name="said" value="yes" id="id_said_0" checked' not in page.content.decode()
    assert hidden(page)["read_for"] == [detox] and hidden(page)["where"] == ["2nd and Mill"]
    assert nothing_is_written(kept)


# -- No yes ---------------------------------------------------------------------------------------------------------


def test_nobody_is_handed_over_without_an_answer(officer, at, harbor, kept):
    sheet = said(told(at), outlet=harbor)
    del sheet["said"]

    page = officer.post(DIVERT, sheet)

    assert page.status_code == 400 and "What did they say?" in text(page)
    assert nothing_is_written(kept)


def test_what_the_rules_do_not_allow_is_not_sent_whatever_the_page_believed(officer, at, harbor, kept):
    page = officer.post(DIVERT, said(charged(at, charge="", statute="120"), outlet=harbor))

    words = text(page)
    assert (
        page.status_code == 409
        and "This cannot be offered here." in words
        and "The offence is violent" in words
    )
    assert nothing_is_written(kept)


def test_a_question_still_open_is_asked_again_with_scripts_off(officer, at, harbor, kept):
    page = officer.post(DIVERT, said(charged(at, residence=""), outlet=harbor))

    assert page.status_code == 409 and "Where do they live?" in text(page)
    assert nothing_is_written(kept)


# -- Forged ---------------------------------------------------------------------------------------------------------


def test_a_forged_place_is_not_in_the_directory(officer, at, kept):
    page = officer.post(DIVERT, said(told(at), outlet=str(uuid.uuid4())))

    assert page.status_code == 404 and "That place is not in the directory. Choose another." in text(page)
    assert nothing_is_written(kept)


@pytest.mark.parametrize("key", ["", "1", "x' OR 1=1", "00000000"])
def test_a_form_without_a_key_of_its_own_gets_one_and_is_looked_over_again(officer, at, harbor, kept, key):
    page = officer.post(DIVERT, said(told(at, key=key, where="2nd and Mill"), outlet=harbor))

    assert page.status_code == 400 and "look it over, and send it again" in text(page)
    assert "2nd and Mill" in page.content.decode() and uuid.UUID(hidden(page)["key"][0])
    assert nothing_is_written(kept)


def test_another_officers_form_key_opens_nothing(officer, stranger, at, harbor, kept):
    sheet = said(told(at), outlet=harbor)
    officer.post(DIVERT, sheet)

    page = stranger.post(DIVERT, sheet)

    assert page.status_code == 404 and "This form was used before." in text(page)
    assert "Harbor Stabilization expects" not in text(page) and hidden(page)["key"] != [sheet["key"]]
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "about",
    [
        {"what": ["robbery"]},
        {"charge": "murder"},
        {"race": "martian"},
        {"risk_band": "none"},
        {"outlet": "not-a-key"},
        {"language": "klingon"},
    ],
)
def test_a_choice_that_is_none_of_ours_is_refused(officer, at, kept, about):
    page = officer.post(DIVERT, said(charged(at), mode="") | about)

    assert page.status_code == 400
    assert nothing_is_written(kept)


def test_facts_cannot_be_slipped_in_through_the_boxes(officer, at):
    assert "Can be offered" not in text(
        fragment(officer, told(at, unsafe=["agrees", "identity_known"], read="weapon"))
    )


@pytest.mark.parametrize("name", ["not_diverted", "end"])
def test_an_ending_nobody_can_tap(officer, at, kept, name):
    page = officer.post(DIVERT, told(at, **{name: "handed_off"}))

    assert page.status_code == 400
    assert nothing_is_written(kept)


def test_a_post_without_the_browsers_token_does_nothing(cast, at, harbor, kept):
    from django.test import Client

    from tests.signing_in import sign_in

    careless = sign_in(Client(enforce_csrf_checks=True), cast.people["alvarez"])
    assert careless.post(DIVERT, said(told(at), outlet=harbor)).status_code == 403
    assert nothing_is_written(kept)
