"""An officer's screen that locks in the middle of a meeting: nothing lost, nothing done twice, nothing left for the next one."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from offramp.pages.account import drafts, standing
from offramp.records.ledger import Entry
from offramp.records.staff import Draft
from tests.cast import set_the_stage
from tests.pages.officer_stage import ASK, DIVERT, LOOK, fragment, said, text, told
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HERE = {"HTTP_REFERER": f"http://testserver{DIVERT}"}


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)


@pytest.fixture
def screen(cast):
    return sign_in(Client(), cast.people["alvarez"])


def lock_and_return(client, user):
    """Left alone for twenty minutes, found locked, and signed in again."""
    sign_in(client, user)
    session = client.session
    session[drafts.KEPT] = True  # as signing in notes it
    session.save()


def leave_alone(client):
    session = client.session
    session[standing.TOUCHED_AT] -= 20 * 60
    session.save()


def test_a_sheet_kept_on_the_first_page_is_given_back_and_gone_once_handed_off(screen, cast, at):
    sheet = told(at, first="Samuel", last="Rivers", year="1990")
    leave_alone(screen)
    assert fragment(screen, sheet).status_code == 401
    assert screen.post(ASK, sheet, **HERE).url == f"/account/login/?next={DIVERT}"

    lock_and_return(screen, cast.people["alvarez"])
    page = screen.get(DIVERT)
    assert 'value="Samuel"' in page.content.decode()
    assert sheet["key"] in page.content.decode()
    screen.post(ASK, sheet, **HERE)
    harbor = str(cast.places["harbor"].outlet.key)
    done = screen.post(DIVERT, said(sheet, outlet=harbor), HTTP_REFERER=f"http://testserver{ASK}")

    assert done.status_code == 201, text(done)
    assert Draft.objects.count() == 0
    assert "Samuel" not in screen.get(DIVERT).content.decode()


def test_a_handoff_sent_to_a_locked_screen_is_done_once_when_they_say_so(screen, cast, at):
    sheet = said(told(at), outlet=str(cast.places["harbor"].outlet.key))
    leave_alone(screen)
    screen.post(DIVERT, sheet, HTTP_REFERER=f"http://testserver{ASK}")
    assert not Entry.objects.filter(deed="diverted").exists(), "nothing is done before they say so"

    lock_and_return(screen, cast.people["alvarez"])
    assert screen.get(ASK).status_code == 200
    for _ in range(2):
        screen.post(DIVERT, sheet, HTTP_REFERER=f"http://testserver{ASK}")

    assert Entry.objects.filter(deed="diverted").count() == 1
    assert Draft.objects.count() == 0


def test_the_kept_sheet_names_nobody_in_the_clear(screen, at):
    leave_alone(screen)
    screen.post(LOOK, told(at, first="Samuel", last="Rivers"), **HERE)

    draft = Draft.objects.get()

    assert b"Rivers" not in bytes(draft.sealed)
    assert draft.address == DIVERT


def test_another_meeting_does_not_take_a_kept_sheet_away(screen, cast, at):
    kept = told(at, first="Samuel", last="Rivers", year="1990")
    leave_alone(screen)
    screen.post(ASK, kept, **HERE)
    lock_and_return(screen, cast.people["alvarez"])

    other = said(told(at, key=str(uuid.uuid4())), outlet=str(cast.places["harbor"].outlet.key))
    screen.post(DIVERT, other, HTTP_REFERER=f"http://testserver{ASK}")

    assert 'value="Samuel"' in screen.get(DIVERT).content.decode()
