"""Who may open what: the job in use decides, it is asked at every request, and a stranger learns nothing."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from offramp.pages import gate
from offramp.pages.account import standing
from offramp.records.agency import Agency, Team
from offramp.records.staff import Membership, User
from offramp.rules.duties import Duty
from offramp.rules.words import Role
from tests.pages.accounts_stage import MADE, worker
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.notes_room")]


def test_the_viewer_is_the_job_in_use(brooks, navigators):
    team = Team.objects.create(agency=navigators, name="Nights")
    job = brooks.memberships.get()
    job.team = team

    viewer = gate.viewer_for(job, at=timezone.now(), purpose="work_handoffs")

    assert (viewer.user_id, viewer.agency_id, viewer.role) == (brooks.pk, navigators.pk, Role.NAVIGATOR)
    assert viewer.holders == {f"agency:{navigators.pk}", f"user:{brooks.pk}", f"team:{team.pk}"}


def test_nobody_in_particular_sees_and_does_nothing():
    viewer = gate.viewer_for(None, at=timezone.now(), purpose="visit")

    assert (viewer.kinds, viewer.sides, viewer.holders) == (frozenset(), frozenset(), frozenset())


def test_a_page_of_another_role_is_not_there(client, brooks):
    sign_in(client, brooks)

    assert client.get("/note/").status_code == 200
    assert client.get("/police-only/").status_code == 404

    def words(address: str) -> str:
        page = client.get(address).content.decode().replace(address, "")
        return re.sub(r'(X-CSRFToken": "|csrfmiddlewaretoken" value=")\w+', "", page)

    assert words("/police-only/") == words("/no-such-page/")


def test_a_page_that_hides_nothing_may_say_no(client, brooks):
    sign_in(client, brooks)

    answer = client.get("/says-no/")

    assert answer.status_code == 403
    assert "Your role does not include this" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in_whatever_the_page(client):
    for address in ("/note/", "/police-only/", "/today/", "/accounts/"):
        assert client.get(address).url.startswith("/account/login/")


def test_a_forged_job_in_the_session_is_no_job(client, brooks, alvarez):
    sign_in(client, brooks)
    session = client.session
    session[standing.MEMBERSHIP] = alvarez.memberships.get().pk
    session.save()

    assert client.get("/police-only/").url == "/account/role/"
    assert client.get("/note/").url == "/account/role/"


def test_nobody_switches_to_a_job_that_is_not_theirs(client, brooks, alvarez):
    sign_in(client, brooks)

    for job in (alvarez.memberships.get().pk, "", "x", "-1", "999999"):
        assert client.post("/account/role/", {"job": job}).status_code == 404
    assert client.get("/note/").status_code == 200


def test_a_job_ends_at_the_next_tap(client, brooks):
    sign_in(client, brooks)
    Membership.objects.filter(user=brooks).update(closed_at=timezone.now())

    assert client.get("/note/").url == "/account/role/"
    assert "no job here now" in client.get("/account/role/").content.decode()


def test_an_agency_that_closes_takes_its_jobs_along(client, brooks, navigators):
    sign_in(client, brooks)
    Agency.objects.filter(pk=navigators.pk).update(closed_at=timezone.now())

    assert client.get("/note/").url == "/account/role/"


def test_a_closed_account_is_out_at_once(client, brooks):
    sign_in(client, brooks)
    User.objects.filter(pk=brooks.pk).update(is_active=False, closed_at=timezone.now())

    assert client.get("/note/").url.startswith("/account/login/")


def test_two_jobs_are_two_viewers(client, brooks, police):
    badge = Membership.objects.create(user=brooks, agency=police, role=Role.OFFICER, opened_at=MADE)
    brooks.cjis_cleared_on = date(2024, 1, 1)
    brooks.save()
    sign_in(client, brooks, job=brooks.memberships.get(role=Role.NAVIGATOR))
    assert client.get("/police-only/").status_code == 404

    client.post("/account/role/", {"job": badge.pk})

    assert client.get("/police-only/").status_code == 200
    assert client.get("/note/").status_code == 404


def test_whoever_has_two_jobs_is_asked_which(client, brooks, police):
    Membership.objects.create(user=brooks, agency=police, role=Role.OFFICER, opened_at=MADE)
    sign_in(client, brooks)
    session = client.session
    del session[standing.MEMBERSHIP]
    session.save()

    assert client.get("/today/").url == "/account/role/"
    assert client.get("/account/role/").content.decode().count('name="job"') == 2


def test_police_work_waits_for_the_background_check(client, police):
    sign_in(client, worker("Officer New", police, Role.OFFICER, cleared=False))

    assert client.get("/police-only/").url == "/account/not-cleared/"
    assert client.get("/account/not-cleared/").status_code == 200


def test_a_background_check_of_tomorrow_is_none(client, alvarez):
    alvarez.cjis_cleared_on = timezone.now().date() + timedelta(days=2)
    alvarez.save()
    sign_in(client, alvarez)

    assert client.get("/police-only/").url == "/account/not-cleared/"


def test_no_page_opens_by_a_password_alone(client, brooks):
    sign_in(client, brooks, second_step=False)

    assert client.get("/note/").url == "/account/second-step/"
    assert client.get("/poll/").url == "/account/second-step/"


def test_a_refusal_is_a_page_with_one_sentence(client, brooks):
    sign_in(client, brooks)

    answer = client.get("/refuses/")

    assert answer.status_code == 409
    assert "There is no room left." in answer.content.decode()
    assert client.get("/hides/").status_code == 404


def test_a_refusal_in_a_fragment_says_where_it_goes(client, brooks):
    sign_in(client, brooks)

    answer = client.get("/refuses/", HTTP_HX_REQUEST="true")

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#refused")
    assert b"<html" not in answer.content


def test_a_gate_is_needed_for_nothing_to_open(rf):
    """A view called without the middleware, as a mistake would, opens nothing."""
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/x/")
    request.user, request.htmx = AnonymousUser(), None

    answer = gate.page(Duty.DIVERT)(lambda request: None)(request)

    assert answer.status_code == 302
