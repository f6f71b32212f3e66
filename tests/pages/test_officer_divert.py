"""The officer's minute: what is asked, what is answered, and how it ends."""

import pytest

from offramp.records import person
from offramp.records.encounter import Permission, Verdict
from offramp.rules import pathway as shapes
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import (
    ASK,
    DIVERT,
    LICENCE,
    LOOK,
    READ,
    charged,
    fragment,
    hidden,
    said,
    text,
    told,
)

pytestmark = pytest.mark.django_db


# -- The first page -------------------------------------------------------------------------------------------------


def test_the_first_page_asks_everything_once(officer):
    page = text(officer.get(DIVERT))

    for words in (
        "What's going on?",
        "Overdose",
        "Would you arrest or cite?",
        "Shoplifting",
        "Who?",
        "As you see them",
        "Anything unsafe?",
    ):
        assert words in page
    assert "Read the offer" not in page and "Room now" not in page


def test_only_those_who_divert_come_in(cast, client):
    from tests.signing_in import sign_in

    assert client.get(DIVERT).status_code == 302
    for who in ("dana", "chen", "gray", "ellis"):
        assert sign_in(client, cast.people[who]).get(DIVERT).status_code == 404


def test_a_link_from_dispatch_brings_codes_and_a_number_and_no_person(officer):
    page = officer.get(
        DIVERT,
        {"what": "overdose", "incident": "26-11904", "age": "35_44", "first": "Samuel", "phone": "555-0101"},
    )

    body = page.content.decode()
    assert "26-11904" in body and 'value="overdose" id="id_what_0" checked' in body
    assert 'value="35_44" selected' in body
    assert 'value="Samuel"' not in body and 'value="555-0101"' not in body


# -- The verdict, with every tap ------------------------------------------------------------------------------------


def test_no_charge_can_be_offered_with_every_reason_in_words(officer, at):
    answer = text(fragment(officer, told(at)))

    assert "Can be offered Officer Prevention" in answer
    for reason in (
        "No charge is being made",
        "You see a need for help",
        "Nobody is about to get hurt",
        "They are 18 or older",
    ):
        assert f"Met: {reason}" in answer
    assert "Read the offer to them" in answer


def test_the_sources_and_the_version_stand_behind_why_these_rules(officer, at):
    answer = text(fragment(officer, charged(at)))

    assert "Why these rules · Officer Intervention" in answer and "rivermouth 3-" in answer
    assert "Rivermouth General Order 41-3 (made up)" in answer


def test_only_questions_that_still_matter_are_asked(officer, at):
    answer = text(fragment(officer, charged(at, risk_band="", residence="")))

    assert "2 things still to ask" in answer
    assert "What does your risk tool say?" in answer and "Where do they live?" in answer
    assert "Were they selling?" not in answer and "How much is it?" not in answer


def test_a_drug_charge_asks_what_its_rules_ask(officer, at):
    answer = text(fragment(officer, charged(at, charge="drug_possession")))

    assert "Were they selling?" in answer and "How much is it?" in answer


def test_a_question_keeps_its_place_when_it_is_answered(officer, at):
    body = fragment(officer, charged(at)).content.decode()

    assert 'name="risk_band" value="low" id="id_risk_band_0" checked' in body


def test_a_box_left_empty_is_a_no_only_if_it_was_shown(officer, at):
    unseen = text(fragment(officer, told(at, read="needs_medic under_18")))

    assert "Not known: Could someone get hurt right now?" in unseen
    assert "Can be offered" not in unseen


def test_the_boxes_follow_the_charge(officer, at):
    assert "Weapon" in text(fragment(officer, charged(at)))
    assert "Victim wants arrest" in text(fragment(officer, told(at)))


def test_a_no_shows_all_reasons_and_no_place(officer, at):
    answer = text(fragment(officer, charged(at, charge="", statute="120")))

    assert "Cannot be offered here" in answer and "Not met: The offence is violent" in answer
    assert "Room now" not in answer and "Save: not diverted" in answer


def test_without_an_answer_about_the_charge_there_is_no_verdict(officer, at):
    answer = text(fragment(officer, told(at, charge="")))

    assert "Tap what is going on" in answer and "Can be offered" not in answer


def test_a_refresh_is_light(officer, at):
    import gzip

    for sheet in (told(at), charged(at, risk_band="", residence="")):
        assert len(gzip.compress(fragment(officer, sheet).content)) <= 4096


# -- Places ---------------------------------------------------------------------------------------------------------


def test_room_now_and_call_first_are_never_mixed(officer, at):
    answer = text(fragment(officer, told(at)))
    room, _, call = answer.partition("Call first")

    assert "Harbor Stabilization 2 chairs" in room and "said 25 min ago" in room and "mi" in room
    assert "Mercy Crisis Center" not in room and "Mercy Crisis Center" in call and "555-0160" in call
    assert "room not known" in call


def test_the_best_place_is_chosen_already_and_a_hand_picked_one_stays(officer, at, cast, harbor):
    first = fragment(officer, told(at))
    assert hidden(first)["suggested"] == [harbor]

    detox = str(cast.places["northside"].outlet.key)
    again = fragment(officer, told(at, suggested=harbor, outlet=detox)).content.decode()
    assert f'value="{detox}" id="now_outlet_' in again
    assert again.split(f'value="{detox}"')[1].split(">")[0].endswith("checked ")


# -- As you see them ------------------------------------------------------------------------------------------------


def test_what_an_officer_sees_changes_neither_verdict_nor_places(officer, at):
    plain = text(fragment(officer, charged(at)))

    assert text(fragment(officer, charged(at, race="black", seen_sex="female", age="18_24"))) == plain


def test_what_an_officer_sees_is_no_fact(monkeypatch, officer, at):
    asked = []
    real = shapes.Pathway.assess
    monkeypatch.setattr(
        shapes.Pathway,
        "assess",
        lambda self, facts, *a, **k: asked.append(dict(facts)) or real(self, facts, *a, **k),
    )

    fragment(officer, charged(at, race="black", seen_sex="female", age="18_24"))

    assert asked and not any("black" in facts.values() or "18_24" in facts.values() for facts in asked)


def test_what_an_officer_sees_is_kept_as_codes(officer, at, harbor, kept):
    officer.post(DIVERT, said(told(at, race="native", age="65_over"), outlet=harbor))

    one = kept()[0]
    assert (one.seen_race, one.seen_sex, one.seen_age) == ("native", "not_recorded", "65_over")


# -- A scan ---------------------------------------------------------------------------------------------------------


def test_a_scan_fills_the_form_and_goes_no_further(officer, at):
    answer = fragment(officer, charged(at, first="", last="", year="", scan=LICENCE))

    body = answer.content.decode()
    assert 'value="Samuel"' in body and 'value="Rivers"' in body and 'value="1990"' in body
    assert 'value="male" selected' in body and 'value="35_44" selected' in body
    assert "RIVERSS101" not in body and "Read from the scan" in text(answer)
    assert "Met: You know who they are" in text(answer)


def test_a_scan_that_is_none_says_so_and_loses_nothing(officer, at):
    page = officer.post(ASK, charged(at, scan="hello", first="Robin"))

    assert page.status_code == 400
    assert "not the barcode text" in text(page) and 'value="Robin"' in page.content.decode()


# -- What comes first -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", [{"what": ["overdose"]}, {"unsafe": ["needs_medic"]}])
def test_medical_comes_first_in_one_line(officer, at, about):
    answer = text(fragment(officer, told(at, **about)))

    assert answer.startswith("Medic first")
    assert "Medics take over: save" in answer


def test_a_sign_of_suicide_comes_before_the_offer(officer, at):
    assert "988" in text(fragment(officer, told(at, unsafe=["suicide_cue"]))).partition("Can be offered")[0]


def test_medics_take_over_is_kept(officer, at, kept):
    page = officer.post(DIVERT, told(at, what=["overdose"], end="medical_first"))

    assert page.status_code == 201 and "Medic first" in text(page)
    assert kept()[0].ending == "medical_first"


# -- Under 18 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", [{"unsafe": ["under_18"]}, {"year": "2015"}])
def test_under_18_leaves_the_adult_screen(officer, at, about):
    answer = text(fragment(officer, told(at, **about)))

    assert "Under 18: the adult pathways do not apply" in answer and "555-0118" in answer
    assert "Room now" not in answer and "Can be offered" not in answer and "Save without a name" in answer


def test_under_18_is_kept_without_a_name_even_if_one_was_typed(officer, at, kept):
    page = officer.post(DIVERT, told(at, first="Ash", last="Young", year="2015", end="youth"))

    assert page.status_code == 201 and "555-0118" in text(page)
    one = kept()[0]
    assert one.ending == "youth" and not person.identity_of(one.file)


def test_under_18_is_never_handed_over_by_the_adult_screen(officer, at, harbor, kept):
    page = officer.post(DIVERT, said(told(at, unsafe=["under_18"]), outlet=harbor))

    assert "Under 18: the adult pathways do not apply" in text(page)
    assert kept() == []


# -- Needs a supervisor ---------------------------------------------------------------------------------------------


def test_unknown_risk_needs_a_supervisor_and_is_no_no(officer, at, kept):
    sheet = charged(at, risk_band="unknown")
    answer = text(fragment(officer, sheet))
    assert "Needs a supervisor" in answer and "Cannot be offered" not in answer and "Set aside" not in answer

    page = officer.post(DIVERT, sheet | {"end": "needs_supervisor"})

    assert page.status_code == 201 and "555-0122" in text(page)
    assert kept()[0].ending == "needs_supervisor"


def test_a_supervisor_sets_a_rule_aside_on_the_same_screen(sergeant, cast, at, harbor):
    sheet = charged(at, unsafe=["weapon"])
    assert "Set aside" in text(fragment(sergeant, sheet))

    lifted = text(fragment(sergeant, sheet | {"lift": ["no_weapon"]}))
    assert "Can be offered" in lifted and "Set aside by a supervisor: A weapon is involved" in lifted
    page = sergeant.post(DIVERT, said(sheet | {"lift": ["no_weapon"]}, outlet=harbor))

    assert page.status_code == 201
    verdict = Verdict.objects.seen_by(cast.viewer("diaz", at=at)).get()
    assert {"criterion": "no_weapon", "answer": "no", "overridden_by": "supervisor"} in verdict.findings


def test_an_officer_sets_nothing_aside(officer, at, harbor, kept):
    page = officer.post(DIVERT, said(charged(at, unsafe=["weapon"], lift=["no_weapon"]), outlet=harbor))

    assert page.status_code == 403
    assert kept() == []


# -- Reading aloud, and the handoff ---------------------------------------------------------------------------------


def test_the_second_page_reads_this_pathways_script_in_both_languages(officer, at):
    page = text(officer.post(ASK, told(at)))

    assert (
        "You are not under arrest, and I am not writing you a ticket." in page
        and "Usted no está bajo arresto" in page
    )
    assert "sample wording" in page and "Hand off to Harbor Stabilization" in page
    assert "Today I could charge you" in text(officer.post(ASK, charged(at)))


def test_the_second_page_carries_everything_and_no_scan(officer, at):
    page = officer.post(
        ASK, charged(at, first="", last="", year="", scan=LICENCE, race="white", where="2nd and Mill")
    )

    carried = hidden(page)
    assert (
        carried["first"] == ["Samuel"]
        and carried["seen_sex"] == ["male"]
        and carried["where"] == ["2nd and Mill"]
    )
    assert carried["read"] == [READ] and "scan" not in carried and "RIVERSS101" not in page.content.decode()


def test_back_brings_the_first_page_with_everything_on_it(officer, at):
    page = officer.post(ASK, charged(at, where="2nd and Mill", back="1"))

    body = page.content.decode()
    assert 'value="Samuel"' in body and "2nd and Mill" in body and "What's going on?" in text(page)


def test_handed_off_says_who_when_and_what_to_say(officer, at, harbor):
    page = officer.post(DIVERT, said(told(at), outlet=harbor))

    words = text(page)
    assert page.status_code == 201
    for part in (
        "Harbor Stabilization expects you",
        "about 20 min",
        "knows you are coming",
        "Undo",
        "Print a card",
        "They are there",
    ):
        assert part in words
    assert "NO_CHARGE / HANDED_OFF / POLICE_TRANSPORT" in words


def test_a_peer_comes_to_the_scene(officer, at, cast):
    peers = str(cast.places["peers"].outlet.key)

    page = officer.post(DIVERT, said(told(at), outlet=peers, mode="worker_comes"))

    words = text(page)
    assert "Peer team is called, and comes to you" in words and "They do not work for the police" in words
    assert "Where to" not in words and "They are there" not in words


def test_without_a_way_to_get_there_the_usual_one_is_taken(officer, at, cast, kept):
    officer.post(DIVERT, said(told(at), outlet=str(cast.places["peers"].outlet.key), mode=""))

    assert kept()[0].mode == "worker_comes"


def test_a_charge_waits(officer, at, harbor):
    page = officer.post(DIVERT, said(charged(at), outlet=harbor))

    assert page.status_code == 201 and "The charge is reported to the prosecutor and waits." in text(page)


def test_read_in_spanish_is_kept_as_spanish(officer, at, harbor, cast):
    page = officer.post(DIVERT, said(told(at), outlet=harbor, read_in="es"))

    asked = Permission.objects.seen_by(cast.viewer("alvarez", at=at)).get()
    assert asked.language == "es" and asked.answer == "yes"
    assert "tienen lugar para usted" in text(page)


def test_another_language_needs_an_interpreters_number(officer, at, harbor, cast, kept):
    alone = officer.post(DIVERT, said(told(at), outlet=harbor, read_in="other", heard_in="vi"))
    assert alone.status_code == 400 and "Get an interpreter" in text(alone) and kept() == []

    together = officer.post(
        DIVERT, said(told(at), outlet=harbor, read_in="other", heard_in="vi", interpreter="7741")
    )
    assert together.status_code == 201 and "through an interpreter" in text(together)
    assert Permission.objects.seen_by(cast.viewer("alvarez", at=at)).get().interpreter == "7741"


def test_what_only_the_person_can_say_is_asked_beside_their_answer(officer, at, harbor, cast, monkeypatch):
    from dataclasses import replace

    from offramp import pathways
    from offramp.rules.bank import ADMITS
    from offramp.rules.criteria import Is

    real = pathways.get("officer_intervention")
    owns_up = Is(ADMITS, name="admits", because="They say they did it", but="They do not say so")
    monkeypatch.setitem(pathways.ALL, real.key, replace(real, criteria=(*real.criteria, owns_up)))

    asked = officer.post(ASK, charged(at))
    assert "Do they say they did it?" in text(asked) and "Today I could charge you" in text(asked)
    assert officer.post(DIVERT, said(charged(at), outlet=harbor)).status_code == 409
    assert officer.post(DIVERT, said(charged(at), outlet=harbor, admits="yes")).status_code == 201


# -- Other endings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "ending", "words"),
    [("no", "declined", "That is fine."), ("not_today", "deferred", "another day")],
)
def test_no_and_not_today_are_two_things_and_both_are_fine(officer, at, harbor, kept, answer, ending, words):
    page = officer.post(DIVERT, said(told(at), answer, outlet=harbor))

    assert page.status_code == 201 and words in text(page)
    assert kept()[0].ending == ending


def test_not_diverting_takes_one_tap_even_before_the_charge_is_known(officer, at, kept):
    page = officer.post(DIVERT, told(at, charge="", not_diverted="person_left"))

    assert page.status_code == 201 and "They left" in text(page)
    one = kept()[0]
    assert (one.ending, one.reason, one.pathway) == ("not_diverted", "person_left", "")


def test_an_officer_who_arrests_although_it_could_be_offered_says_why(officer, at, kept):
    officer.post(DIVERT, charged(at, not_diverted="officer_decided"))

    one = kept()[0]
    assert (
        one.reason == "officer_decided" and one.verdicts.get().answer == "unknown"
    )  # all but the person's own word


# -- A sixth pathway ------------------------------------------------------------------------------------------------


def test_a_sixth_pathway_is_offered_beside_the_fifth(officer, at, cast, monkeypatch):
    from dataclasses import replace

    from offramp import pathways
    from offramp.records.agency import Agency
    from offramp.rules.message import say

    sixth = replace(pathways.get("officer_prevention"), key="harm_visit", name=say("Harm Visit"), aliases=())
    monkeypatch.setitem(pathways.ALL, "harm_visit", sixth)
    Agency.objects.filter(pk=cast.agencies["police"].pk).update(pathways=[])

    answer = text(fragment(officer, told(at)))
    assert "Officer Prevention" in answer and "Harm Visit" in answer
    assert "Why these rules · Harm Visit" in text(fragment(officer, told(at, way="harm_visit")))


def test_a_pack_that_asks_for_a_record_is_answered_with_chips(officer, at, monkeypatch):
    from dataclasses import replace
    from datetime import date

    from offramp.actions import verdict
    from offramp.rules import packs
    from offramp.rules.pack import PackState

    real = replace(
        packs.get("pinellas_apad"),
        state=PackState.ACTIVE,
        effective_from=date(2020, 1, 1),
        effective_until=None,
    )
    monkeypatch.setattr(verdict, "pack_of", lambda agency: real)

    asked = text(fragment(officer, charged(at)))
    assert asked.count("What does their record show?") == 1 and "Months ago" in asked
    clear = text(fragment(officer, charged(at, priors="clear")))
    assert "What does their record show?" in clear and clear.count("Not met:") == asked.count("Not met:")
    felony = {"priors": "something", "priors_felony_conviction": "on", "priors_felony_conviction_months": "3"}
    assert text(fragment(officer, charged(at, **felony))).count("Not met:") > clear.count("Not met:")
    assert "Write a number of months." in text(
        fragment(officer, charged(at, priors_felony_conviction_months="soon"))
    )


# -- Queries --------------------------------------------------------------------------------------------------------


def test_a_refresh_asks_the_database_little(officer, at, django_assert_max_num_queries):
    officer.get(DIVERT)

    with django_assert_max_num_queries(22):
        officer.post(LOOK, charged(at), headers={"HX-Request": "true"})
