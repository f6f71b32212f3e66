"""The navigator's room: nobody waits unseen, the first who taps has it, and what other agencies never see."""

import pytest
from django.test import Client
from django.utils import timezone

from offramp.records.encounter import TellBack
from offramp.records.episode import Episode
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.rules.words import CannotTakeReason, Mode, ReferralState
from tests.actions.minute import a_meeting, hand_over
from tests.cast import set_the_stage
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)


@pytest.fixture
def dana(cast):
    return sign_in(Client(), cast.people["dana"])


def the_episode(cast, at):
    return Episode.objects.seen_by(cast.viewer("brooks", at=at)).get()


def test_whoever_waits_stands_on_top_with_where_they_are(cast, at, dana):
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES, meeting=a_meeting(at, place="2nd and Mill"))

    page = dana.get("/today/").content.decode()

    assert "Samuel Rivers" in page and "2nd and Mill" in page
    assert "on my way" in page


def test_an_empty_day_teaches(dana):
    page = dana.get("/work/").content.decode()

    assert "Nobody waits for somebody to come" in page and "Nobody is with you yet" in page


def test_claimed_and_met_in_two_taps_tells_the_officer(cast, at, dana):
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    key = the_episode(cast, at).key

    dana.post(f"/work/{key}/claim/")
    answer = dana.post(f"/work/{key}/met/", follow=True)

    assert answer.status_code == 200
    assert [row.word for row in TellBack.objects.seen_by(cast.viewer("alvarez", at=timezone.now()))] == ["met"]


def test_the_second_who_taps_hears_so_in_words(cast, at, dana):
    hand_over(cast, at)
    key = the_episode(cast, at).key
    dana.post(f"/work/{key}/claim/")

    late = sign_in(Client(), cast.people["brooks"]).post(f"/work/{key}/claim/")

    assert late.status_code == 409
    assert "colleague has taken" in late.content.decode()


def test_the_record_tells_what_happened_and_is_a_look(cast, at, dana):
    from offramp.records.ledger import Entry

    hand_over(cast, at)
    key = the_episode(cast, at).key

    page = dana.get(f"/work/{key}/").content.decode()

    assert "seen by your team and, as far as they were asked, by Harbor Stabilization" in page
    assert "Harbor Stabilization: name, birth date, phone, language" in page
    assert Entry.objects.filter(deed="look.record", about=key).count() == 1


@pytest.mark.parametrize("who", ["alvarez", "chen", "ellis", "gray", "casey", "ito"])
def test_nobody_else_opens_it(cast, at, who):
    hand_over(cast, at)
    key = the_episode(cast, at).key
    other = sign_in(Client(), cast.people[who])

    assert other.get(f"/work/{key}/").status_code == 404
    assert other.post(f"/work/{key}/met/").status_code == 404


def test_the_next_place_is_asked_without_a_name_where_none_was_allowed(cast, at, dana):
    hand_over(cast, at, place="northside")
    key = the_episode(cast, at).key
    dana.post(f"/work/{key}/claim/")
    harbor = cast.places["harbor"]

    answer = dana.post(f"/work/{key}/next/", {"outlet": str(harbor.outlet.key), "names": "no"})

    assert answer.status_code == 302
    chen = cast.viewer("chen", at=timezone.now())
    assert Referral.objects.seen_by(chen).get().state == ReferralState.EN_ROUTE
    assert not PersonFile.objects.seen_by(chen).exists()
    desk = sign_in(Client(), cast.people["chen"]).get("/desk/").content.decode()
    assert "An adult" in desk and "Samuel" not in desk


def test_a_place_that_could_not_is_said_and_the_next_is_one_tap_away(cast, at, dana):
    from offramp.actions import handoff

    hand_over(cast, at)
    chen = cast.viewer("chen", at=at)
    referral = Referral.objects.seen_by(chen).get()
    handoff.decline(viewer=chen, at=at, referral_key=referral.key, reason=CannotTakeReason.FULL)

    dana.post(f"/work/{the_episode(cast, at).key}/claim/")
    page = dana.get(f"/work/?view=all&open={the_episode(cast, at).key}").content.decode()

    assert "Ask the next place: Harbor Stabilization could not" in page
    assert "No room" in page


def test_a_list_is_a_few_queries_however_many_rows(cast, at, dana, django_assert_max_num_queries):
    for place in ("harbor", "harbor", "northside", "peers"):
        hand_over(cast, at, place=place, mode=Mode.WORKER_COMES if place == "peers" else Mode.OWN_WAY)
    dana.get("/work/?view=all")

    with django_assert_max_num_queries(30):
        dana.get("/work/?view=all")


def test_garbage_in_an_address_is_not_found(dana):
    assert dana.get("/work/?open=nothing").status_code == 404
    assert dana.get("/work/?after=zzz&view=all").status_code == 200
