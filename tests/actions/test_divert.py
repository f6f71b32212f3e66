"""Diverting: what one deed writes, what it refuses, and what it never tells."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from offramp.actions.capacity import NoRoom
from offramp.actions.divert import NotOffered, NoYes
from offramp.actions.encounter import (
    FormUsedBefore,
    WrongTime,
    not_diverting,
    not_for_this_screen,
    own,
    said_no,
)
from offramp.actions.referrals import PlaceGone
from offramp.demo.cast import SAM
from offramp.records import outbox, person
from offramp.records.charge_hold import ChargeHold
from offramp.records.encounter import Encounter, Permission, Transport, Verdict
from offramp.records.episode import Disclosure, Episode
from offramp.records.identity import Birth
from offramp.records.ledger import Entry
from offramp.records.outbox import Notice
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.rules.duties import NotTheirDuty
from offramp.rules.refusal import NotFound
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason, ReferralState, Stage
from tests.actions.minute import NO_CHARGE, PETIT_THEFT, YES, a_meeting, hand_over, with_a_charge


def nothing_is_written():
    return not Entry.objects.filter(deed__in=["diverted", "encounter_recorded"]).exists() and not Notice.objects.exists()


def test_a_handoff_writes_the_police_side_and_the_care_side(cast, at):
    done = hand_over(cast, at)

    officer, navigator = cast.viewer("alvarez", at=at), cast.viewer("brooks", at=at)
    assert Encounter.objects.seen_by(officer).get().ending == EncounterEnding.HANDED_OFF
    assert Verdict.objects.seen_by(officer).get().answer == "yes"
    assert Permission.objects.seen_by(officer).get().answer == "yes"
    episode = Episode.objects.seen_by(navigator).get()
    assert (episode.stage, episode.pathway) == (Stage.HANDOFF_PENDING, "officer_prevention")
    assert [step.stage for step in episode.steps.order_by("pk")] == ["checking", "offered", "accepted", "handoff_pending"]
    assert Referral.objects.seen_by(navigator).get().state == ReferralState.EN_ROUTE
    assert done.to_name == "Harbor Stabilization"


def test_the_care_file_holds_only_what_the_yes_covers(cast, at):
    hand_over(cast, at, meeting=a_meeting(at, asked=replace(YES, covers=("name", "language"))))

    file = PersonFile.objects.seen_by(cast.viewer("brooks", at=at)).get()
    known = person.identity_of(file)
    assert known.name == SAM.name
    assert not known.birth and not known.phones
    assert {d.to_agency.name for d in Disclosure.objects.seen_by(cast.viewer("brooks", at=at))} == {
        "Rivermouth Navigators",
        "Harbor Stabilization",
    }


def test_a_second_tap_does_not_divert_twice(cast, at):
    meeting = a_meeting(at)
    first = hand_over(cast, at, meeting=meeting)

    again = hand_over(cast, at + timedelta(seconds=1), meeting=meeting)

    assert again.encounter == first.encounter and again.again
    assert Encounter.objects.seen_by(cast.viewer("alvarez", at=at)).count() == 1


def test_another_officers_form_key_opens_nothing(cast, at):
    meeting = a_meeting(at)
    hand_over(cast, at, meeting=meeting)

    with pytest.raises(FormUsedBefore) as refused:
        hand_over(cast, at, who="casey", meeting=meeting)

    assert refused.value.status == 404
    assert Encounter.objects.seen_by(cast.viewer("casey", at=at)).count() == 0


def test_the_last_place_is_not_given_twice_and_nothing_is_half_written(cast, at):
    hand_over(cast, at)
    hand_over(cast, at)
    before = Entry.objects.count()

    with pytest.raises(NoRoom):
        hand_over(cast, at)

    assert Encounter.objects.seen_by(cast.viewer("alvarez", at=at)).count() == 2
    assert Entry.objects.count() == before


def test_without_a_yes_nobody_is_handed_over(cast, at):
    for answer in (None, replace(YES, answer="no"), replace(YES, answer="not_today")):
        with pytest.raises(NoYes):
            hand_over(cast, at, meeting=a_meeting(at, asked=answer))

    assert nothing_is_written()


def test_a_no_of_the_rules_writes_nothing_and_says_every_reason(cast, at):
    with pytest.raises(NotOffered) as refused:
        hand_over(cast, at, meeting=a_meeting(at, facts=NO_CHARGE | {"danger_now": "yes"}))

    assert any(str(f.reason).startswith("Someone could get hurt now") for f in refused.value.verdict.findings)
    assert nothing_is_written()


def test_unknown_risk_needs_a_supervisor_and_is_never_a_no(cast, at):
    facts = PETIT_THEFT | {"risk_band": "unknown"}

    with pytest.raises(NotOffered) as refused:
        hand_over(cast, at, meeting=with_a_charge(at, facts=facts))

    assert refused.value.verdict.answer == "unknown"
    assert refused.value.verdict.needs == "supervisor"


def test_robbery_is_violent_though_its_table_says_property(cast, at):
    with pytest.raises(NotOffered) as refused:
        hand_over(cast, at, meeting=with_a_charge(at, facts=PETIT_THEFT | {"offence_code": ["120"]}))

    assert refused.value.verdict.answer == "no"


def test_a_birth_date_outranks_a_box_left_unticked(cast, at):
    child = replace(SAM, birth=Birth(2012, 3, 1))

    with pytest.raises(NotOffered):
        hand_over(cast, at, meeting=a_meeting(at, identity=child))


def test_a_service_that_closed_meanwhile_is_refused(cast, at):
    service = cast.places["harbor"].service
    service.closed_at = at
    service.save()

    with pytest.raises(PlaceGone):
        hand_over(cast, at)

    assert nothing_is_written()


@pytest.mark.parametrize("off", [timedelta(minutes=6), -timedelta(days=31)])
def test_an_impossible_time_is_refused(cast, at, off):
    with pytest.raises(WrongTime):
        hand_over(cast, at, meeting=a_meeting(at, met_at=at + off))

    assert nothing_is_written()


def test_only_officers_divert(cast, at):
    with pytest.raises(NotTheirDuty):
        hand_over(cast, at, who="brooks")


def test_a_charge_waits_only_in_officer_intervention(cast, at):
    hand_over(cast, at)
    done = hand_over(cast, at, meeting=with_a_charge(at))

    officer = cast.viewer("alvarez", at=at)
    hold = ChargeHold.objects.seen_by(officer).get()
    assert done.charge_waits and hold.encounter == done.encounter
    assert (hold.offence, hold.state) == ("23C", "reported")
    assert hold.steps.count() == 1


def test_notices_name_nobody(cast, at):
    hand_over(cast, at, meeting=a_meeting(at, incident_number="26-1187", place="2nd and Mill"))

    letters = list(outbox.claim(at=at))
    assert {letter.to for letter in letters} == {"harbor@rivermouth.example", "navigators@rivermouth.example"}
    for letter in letters:
        said = str(letter.params) + letter.notice.template
        assert not any(word in said for word in ("Sam", "Rivers", "555-0101", "1990", "26-1187", "Mill"))


def test_a_meeting_that_does_not_divert_is_kept_with_its_reason(cast, at):
    officer = cast.viewer("alvarez", at=at)
    kept = not_diverting(viewer=officer, at=at, meeting=a_meeting(at, asked=None), reason=NotDivertedReason.NO_ROOM)

    assert (kept.ending, kept.reason) == ("not_diverted", "no_room")
    assert Episode.objects.seen_by(cast.viewer("brooks", at=at)).count() == 0


@pytest.mark.parametrize(("later", "ending"), [(False, "declined"), (True, "deferred")])
def test_no_and_not_today_are_two_things(cast, at, later, ending):
    officer = cast.viewer("alvarez", at=at)
    asked = replace(YES, answer="not_today" if later else "no")

    assert said_no(viewer=officer, at=at, meeting=a_meeting(at, asked=asked), later=later).ending == ending


def test_a_young_persons_name_is_not_kept(cast, at):
    officer = cast.viewer("alvarez", at=at)
    meeting = a_meeting(at, facts=NO_CHARGE | {"under_18": "yes"}, asked=None)

    kept = not_for_this_screen(viewer=officer, at=at, meeting=meeting, ending=EncounterEnding.YOUTH)

    assert not person.identity_of(kept.file)


def test_the_verdict_keeps_its_version_and_says_nothing_typed_in_the_clear(cast, at):
    hand_over(cast, at, meeting=with_a_charge(at))

    verdict = Verdict.objects.seen_by(cast.viewer("alvarez", at=at)).get()
    assert verdict.version and verdict.pack.startswith("rivermouth")
    assert "42" not in str(verdict.findings)


def test_an_outsider_sees_nothing_of_it(cast, at):
    done = hand_over(cast, at, mode=Mode.POLICE_TRANSPORT)

    casey = cast.viewer("casey", at=at)
    for model in (Encounter, Verdict, Permission, Transport, PersonFile, Referral, Episode, ChargeHold):
        assert model.objects.seen_by(casey).count() == 0
    with pytest.raises(NotFound):
        own(casey, done.encounter.key)


def test_a_made_up_door_is_not_found(cast, at):
    from offramp.actions.divert import Handoff, divert

    with pytest.raises(NotFound):
        divert(
            viewer=cast.viewer("alvarez", at=at),
            at=at,
            meeting=a_meeting(at),
            handoff=Handoff(uuid.uuid4(), Mode.OWN_WAY),
        )

    assert nothing_is_written()
