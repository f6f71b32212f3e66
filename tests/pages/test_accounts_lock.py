"""A screen nobody is at locks after a quarter of an hour, conceals everything, and loses no work."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from offramp.pages.account import standing
from offramp.records.ledger import Entry
from offramp.records.staff import Draft, Membership
from offramp.rules.words import Role
from tests.pages import notes_room
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.notes_room")]

HERE = {"HTTP_REFERER": "http://testserver/note/"}
LONG = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def _nothing_sent():
    notes_room.SENT.clear()


@pytest.fixture
def screen(client, brooks):
    """Brooks's screen, with a page open."""
    sign_in(client, brooks)
    assert client.get("/note/").status_code == 200
    return client


def leave_alone(client, minutes: float) -> None:
    session = client.session
    session[standing.TOUCHED_AT] -= minutes * 60
    session.save()


def sign_in_again(client, user, where: str = ""):
    """Past the password and the code, which other tests walk; then what the adapter does."""
    from django.contrib.auth import login
    from django.http import HttpResponse

    from offramp.pages.account import adapter, drafts

    request = client.get(f"/account/login/?next={where}").wsgi_request
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    adapter.come_in(request, user, second_step=True, how="test")
    answer = drafts.where_to(request)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return HttpResponse(answer or where).content.decode()


def test_a_page_is_open_for_fourteen_minutes_and_shut_after_fifteen(screen):
    leave_alone(screen, 14)
    assert screen.get("/note/").status_code == 200

    leave_alone(screen, 15)
    shut = screen.get("/note/")

    assert shut.url == "/account/login/?next=/note/"
    assert b"Secret" not in shut.content
    assert "_auth_user_id" not in screen.session
    assert Entry.objects.filter(deed="screen_locked").get().details["why"] == "idle"


def test_after_twelve_hours_everyone_signs_in_again_however_busy(screen):
    session = screen.session
    session[standing.SIGNED_IN_AT] -= 12 * 3600
    session.save()

    assert screen.get("/note/").url.startswith("/account/login/")


def test_a_session_that_cannot_say_when_it_began_is_over(client, brooks):
    client.force_login(brooks, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/note/").url.startswith("/account/login/")


def test_a_list_that_refreshes_itself_keeps_no_screen_awake(screen):
    for _ in range(4):
        leave_alone(screen, 4)
        last = screen.get("/poll/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/note/")

    assert last.status_code == 401
    assert last["HX-Trigger"] == "locked"
    assert last.content == b""


def test_a_hand_at_the_screen_keeps_it_awake(screen):
    for _ in range(4):
        leave_alone(screen, 10)
        assert screen.post("/account/here/").status_code == 204

    assert screen.get("/note/").status_code == 200


def test_what_was_typed_comes_back_after_signing_in_and_is_sent_once(screen, brooks):
    leave_alone(screen, 20)
    locked = screen.post("/note/", {"words": "Sam likes the river", "key": "k"}, **HERE)
    assert locked.url == "/account/login/?next=/note/"
    assert notes_room.SENT == []

    assert sign_in_again(screen, brooks, "/note/") == "/note/"
    page = screen.get("/note/").content.decode()
    assert "Sam likes the river" in page
    assert "Nothing was sent" in page
    assert notes_room.SENT == []

    screen.post("/note/", {"words": "Sam likes the river", "key": "k"}, **HERE)

    assert len(notes_room.SENT) == 1
    assert Draft.objects.count() == 0
    assert "Sam likes the river" not in screen.get("/note/").content.decode()


def test_a_page_that_puts_nothing_back_is_helped(screen, brooks):
    leave_alone(screen, 20)
    screen.post(
        "/plain/send/", {"words": "Sam likes the river"}, HTTP_REFERER="http://testserver/plain/?tab=2"
    )

    where = sign_in_again(screen, brooks, "/plain/")
    assert re.fullmatch(r"/account/kept/[0-9a-f-]+/", where)
    page = screen.get(where).content.decode()
    assert "Sam likes the river" in page
    assert 'action="/plain/send/"' in page

    key = where.split("/")[-2]
    screen.post("/plain/send/", {"words": "Sam likes the river", "kept": key}, HTTP_REFERER=where)

    assert len(notes_room.SENT) == 1
    assert Draft.objects.count() == 0


def test_a_kept_form_can_be_left(screen, brooks):
    leave_alone(screen, 20)
    screen.post("/plain/send/", {"words": "x"}, HTTP_REFERER="http://testserver/plain/")
    where = sign_in_again(screen, brooks)

    assert screen.post(where).url == "/plain/"
    assert (Draft.objects.count(), notes_room.SENT) == (0, [])


def test_a_second_tab_loses_nothing_though_the_first_has_locked(screen, brooks):
    leave_alone(screen, 20)
    screen.get("/note/")  # the first tab locks the session

    screen.post("/note/", {"words": "typed in the second tab", "key": "k"}, **HERE)

    sign_in_again(screen, brooks, "/note/")
    assert "typed in the second tab" in screen.get("/note/").content.decode()


def test_the_script_hands_in_what_was_typed_before_the_screen_goes_blank(screen, brooks):
    handed = {"typed": "words=half+a+sentence&key=k", "page": "/note/?a=1", "send_to": "/note/"}
    assert screen.post("/account/keep/", handed).status_code == 204
    gone = screen.get("/account/lock/?next=/note/")

    assert gone.url == "/account/login/?next=/note/"
    assert gone["Clear-Site-Data"] == '"cache"'
    assert sign_in_again(screen, brooks, "/note/") == "/note/?a=1"
    assert "half a sentence" in screen.get("/note/").content.decode()


def test_what_is_typed_on_account_pages_is_never_kept(screen):
    handed = {
        "typed": "old=secret&password=secret",
        "page": "/account/password/",
        "send_to": "/account/password/",
    }

    assert screen.post("/account/keep/", handed).status_code == 404
    assert Draft.objects.count() == 0


def test_a_stranger_hands_in_nothing(client):
    handed = {"typed": "words=x", "page": "/note/", "send_to": "/note/"}

    assert client.post("/account/keep/", handed).status_code == 404
    client.post("/note/", {"words": "x"}, **HERE)
    assert Draft.objects.count() == 0


def test_drafts_are_sealed_and_name_nobody_in_the_clear(screen):
    leave_alone(screen, 20)
    screen.post("/note/", {"words": "Sam Rivers"}, HTTP_REFERER="http://testserver/note/?q=Sam+Rivers")

    draft = Draft.objects.get()

    assert b"Rivers" not in bytes(draft.sealed)
    assert "Rivers" not in f"{draft.address}{draft.send_to}"


def test_another_person_at_the_same_screen_gets_nothing_of_it(screen, navigators):
    from tests.pages.accounts_stage import worker

    dana = worker("Peer Dana", navigators, Role.PEER)
    leave_alone(screen, 20)
    screen.post("/note/", {"words": "Sam likes the river"}, **HERE)

    assert sign_in_again(screen, dana, "/note/") == "/note/"

    assert "Sam likes the river" not in screen.get("/note/").content.decode()
    key = Draft.objects.get().key
    assert screen.get(f"/account/kept/{key}/").status_code == 404
    assert screen.post(f"/account/kept/{key}/").status_code == 404


def test_words_typed_in_one_job_do_not_show_in_another(screen, brooks, police):
    leave_alone(screen, 20)
    screen.post("/note/", {"words": "Sam likes the river"}, **HERE)
    badge = Membership.objects.create(user=brooks, agency=police, role=Role.OFFICER, opened_at=timezone.now())
    sign_in_again(screen, brooks, "/note/")

    screen.post("/account/role/", {"job": badge.pk})

    assert screen.get(f"/account/kept/{Draft.objects.get().key}/").status_code == 404


def test_after_a_lock_the_same_job_goes_on(screen, brooks, police):
    Membership.objects.create(user=brooks, agency=police, role=Role.OFFICER, opened_at=timezone.now())
    job = screen.session[standing.MEMBERSHIP]
    leave_alone(screen, 20)
    screen.get("/note/")

    sign_in_again(screen, brooks)

    assert screen.session[standing.MEMBERSHIP] == job


def test_an_old_form_without_its_token_is_not_kept(brooks):
    """Another site cannot put words into somebody's mouth: what it sends is refused before anything is kept."""
    client = sign_in(Client(enforce_csrf_checks=True), brooks)
    leave_alone(client, 20)

    assert (
        client.post("/note/", {"words": "planted"}, HTTP_ORIGIN="https://elsewhere.example").status_code
        == 403
    )
    assert Draft.objects.count() == 0


def test_personal_pages_leave_nothing_for_the_back_button(screen):
    for address in ("/note/", "/today/", "/account/", "/account/second-step/", "/account/login/"):
        assert "no-store" in screen.get(address)["Cache-Control"], address


def test_htmx_is_told_to_take_the_page_when_the_session_is_gone(client):
    answer = client.post(
        "/note/", {"words": "x"}, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/note/?tab=1"
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/account/login/?next=/note/%3Ftab%3D1")


def test_a_form_from_before_the_lock_is_kept_though_its_token_is_old(brooks):
    client = sign_in(Client(enforce_csrf_checks=True), brooks)
    old = re.search(r'csrfmiddlewaretoken" value="([^"]+)', client.get("/note/").content.decode())[1]
    client.cookies["csrftoken"] = "b" * 32  # signing in again changed it

    answer = client.post(
        "/note/",
        {"words": "from before", "csrfmiddlewaretoken": old},
        HTTP_ORIGIN="http://testserver",
        **HERE,
    )

    assert (answer.status_code, answer.url) == (302, "/note/")
    assert notes_room.SENT == []
    assert "from before" in client.get("/note/").content.decode()


def test_a_form_without_an_origin_or_from_elsewhere_is_refused(brooks):
    client = sign_in(Client(enforce_csrf_checks=True), brooks)

    for origin in ({}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "http://testserver.evil"}):
        assert client.post("/note/", {"words": "x"}, **origin).status_code == 403
    assert Draft.objects.count() == 0
