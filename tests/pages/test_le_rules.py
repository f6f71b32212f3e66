"""What a law-enforcement user may never see or do: rules LE-01 to LE-15 of the field's law pages, for what exists so far.

Each test lets care do its work first, then reads every page an officer can open and asks the tables as that officer.
"""

from datetime import timedelta

import pytest
from django.urls import get_resolver

from offramp.actions import claim, handoff
from offramp.pages.gate import mark_of
from offramp.records import person
from offramp.records.encounter import Encounter, TellBack, Transport
from offramp.records.episode import Disclosure, Episode
from offramp.records.identity import Contact, Identity
from offramp.records.link import FileLink
from offramp.records.person import PersonFile
from offramp.records.referral import Referral, Step
from offramp.rules.duties import Duty, may
from offramp.rules.visibility import POLICE_WORK
from offramp.rules.words import CannotTakeReason, Kind, Mode, Role, Side, Told
from tests.actions.minute import a_meeting, hand_over, with_a_charge
from tests.pages.officer_fixtures import *  # noqa: F403
from tests.pages.officer_stage import charged, fragment, text

pytestmark = pytest.mark.django_db

LIST = "/officer/handoffs/"
PAGES = (LIST, "/today/", "/officer/divert/", "/officer/paper/")
# What would tell that somebody is in care, or where.
TELLS = (
    "Harbor",
    "Northside",
    "Detox",
    "treatment",
    "arrived",
    "Arrived",
    "referral",
    "episode",
    "Samuel",
    "Rivers",
)


def care_goes_on(cast, at):
    """Harbor says they arrived; Brooks says they met."""
    desk, brooks = cast.viewer("chen", at=at), cast.viewer("brooks", at=at)
    referral = Referral.objects.seen_by(desk).order_by("-pk").first()
    handoff.arrived(viewer=desk, at=at, referral_key=referral.key)
    claim.met(viewer=brooks, at=at, episode_key=Episode.objects.seen_by(brooks).order_by("-pk").first().key)


def everything_read(officer) -> str:
    """Every page an officer can open without naming a record."""
    return " ".join(text(officer.get(page)) for page in PAGES)


def test_LE_01_never_that_a_named_person_is_in_treatment(officer, cast, at):
    hand_over(cast, at - timedelta(minutes=10), meeting=with_a_charge(at - timedelta(minutes=10)))
    care_goes_on(cast, at)

    read = everything_read(officer)
    asked_about = text(fragment(officer, charged(at)))

    assert [word for word in TELLS if word in read] == []
    assert "Met" in text(officer.get(LIST))
    # The same name at another meeting brings back nothing of it: only the silent count of the own agency's diversions.
    assert "before" not in asked_about.replace("They were not diverted many times before", "")


def test_LE_03_no_row_can_hold_a_diagnosis_a_medication_or_a_note(cast, at):
    officer = cast.viewer("alvarez", at=at)

    assert officer.kinds <= POLICE_WORK
    assert {Kind.EPISODE, Kind.REFERRAL, Kind.ATTENDANCE, Kind.CONTACT} & officer.kinds == set()


def test_LE_04_no_arrival_only_one_coded_word(officer, cast, at):
    hand_over(cast, at)
    care_goes_on(cast, at)

    assert [row.word for row in TellBack.objects.seen_by(cast.viewer("alvarez", at=at))] == [Told.MET]
    assert "Arrived" not in text(officer.get(LIST))


def test_LE_05_the_door_is_seen_only_for_a_drive_and_until_two_hours_after(officer, cast, at):
    began = at - timedelta(hours=3)
    kept = hand_over(cast, began, mode=Mode.POLICE_TRANSPORT).encounter
    assert "40 Harbor Street" in text(officer.get(LIST))

    from offramp.actions import drive

    drive.dropped_off(
        viewer=cast.viewer("alvarez", at=began), at=began + timedelta(minutes=15), encounter_key=kept.key
    )

    assert "Harbor" not in text(officer.get(LIST))  # two hours and three quarters ago
    still = cast.viewer("alvarez", at=began + timedelta(hours=2))
    assert Transport.objects.seen_by(still).exists()
    assert not Transport.objects.seen_by(cast.viewer("diaz", at=began)).exists()


@pytest.mark.parametrize("mode", [Mode.OWN_WAY, Mode.AMBULANCE])
def test_LE_05_no_door_without_a_drive(officer, cast, at, mode):
    hand_over(cast, at, mode=mode)

    assert "Harbor" not in text(officer.get(LIST))
    assert not Transport.objects.seen_by(cast.viewer("alvarez", at=at)).exists()


def test_LE_05_the_police_file_keeps_no_key_of_a_provider(cast, at):
    kept = hand_over(cast, at).encounter
    outlet, service = cast.places["harbor"].outlet, cast.places["harbor"].service

    told = " ".join(str(value) for value in vars(kept).values()) + str(person.identity_of(kept.file))
    for key in (outlet.key, service.key, service.agency.key):
        assert str(key) not in told


def test_LE_08_no_consent_a_no_and_a_change_of_mind_all_read_the_same(officer, cast, at):
    """None of what happens in care after the handoff changes the word, unless somebody attests that they met."""
    hand_over(cast, at - timedelta(minutes=9), place="harbor", mode=Mode.OWN_WAY)
    before = text(officer.get(LIST))
    desk = cast.viewer("chen", at=at)
    referral = Referral.objects.seen_by(desk).get()

    handoff.decline(
        viewer=desk, at=at, referral_key=referral.key, reason=CannotTakeReason.PERSON_CHANGED_MIND
    )

    assert text(officer.get(LIST)) == before and "No information" in before


def test_LE_08_the_words_an_officer_can_read_are_four(officer):
    assert {word.value for word in Told} == {"met", "engaged", "moving_on", "no_information"}


def test_LE_09_another_pathway_is_never_counted(officer, cast, at):
    for days in range(6):
        when = at - timedelta(days=days + 1)
        hand_over(cast, when, place="mercy", meeting=a_meeting(when))

    assert "Met: They were not diverted many times before" in text(fragment(officer, charged(at)))


def test_LE_10_no_search_no_list_and_no_export_of_people(officer):
    assert not any(may(role, Duty.FIND_PEOPLE) for role in (Role.OFFICER, Role.SUPERVISOR, Role.RECORDS))
    addresses = {"people/", "search/", "export/", *for_finding_people()}

    assert {officer.get(f"/{address}").status_code for address in addresses} == {404}


def for_finding_people() -> list[str]:
    """Addresses that only those who find people may open, without a key in them."""
    found = []
    for pattern in get_resolver().url_patterns:
        for entry in getattr(pattern, "url_patterns", [pattern]):
            mark = mark_of(entry.callback) if getattr(entry, "callback", None) else None
            if mark and Duty.FIND_PEOPLE in mark.duties and "<" not in str(entry.pattern):
                found.append(str(entry.pattern))
    return found


def test_LE_10_an_officer_gets_no_suggestions_while_typing(officer, cast, at):
    hand_over(cast, at - timedelta(days=2), place="mercy", meeting=with_a_charge(at - timedelta(days=2)))

    answer = fragment(officer, charged(at, first="Sam", last="River")).content.decode()

    assert "Samuel" not in answer and "Rivers" not in answer


def test_LE_11_no_free_text_from_a_partner(officer, cast, at):
    free = [
        field.name
        for field in TellBack._meta.concrete_fields
        if field.get_internal_type() in ("TextField", "BinaryField", "JSONField")
    ]
    coded = TellBack._meta.get_field("word")

    assert free == [] and {value for value, _ in coded.choices} == {word.value for word in Told}


def test_LE_12_no_contact_log_no_step_no_episode(officer, cast, at):
    hand_over(cast, at)
    care_goes_on(cast, at)
    police = [cast.viewer(who, at=at) for who in ("alvarez", "diaz")]

    for model in (Episode, Referral, Step, Disclosure, FileLink):
        assert [model.objects.seen_by(viewer).count() for viewer in police] == [0, 0]
    assert all(file.side == Side.POLICE for viewer in police for file in PersonFile.objects.seen_by(viewer))


def test_LE_13_a_young_person_leaves_no_name_and_no_episode(cast, at):
    from dataclasses import replace

    from offramp.actions.encounter import not_for_this_screen
    from offramp.records.identity import Birth
    from offramp.rules.words import EncounterEnding

    young = replace(a_meeting(at), identity=Identity("Ash", "Young", birth=Birth(at.year - 15)), asked=None)
    kept = not_for_this_screen(
        viewer=cast.viewer("alvarez", at=at), at=at, meeting=young, ending=EncounterEnding.YOUTH
    )

    assert not person.identity_of(kept.file)
    assert not Episode.objects.seen_by(cast.viewer("brooks", at=at)).exists()


def test_LE_15_a_phone_that_care_learned_stays_with_care(officer, cast, at):
    hand_over(cast, at)
    brooks = cast.viewer("brooks", at=at)
    file = PersonFile.objects.seen_by(brooks).get()
    learned = Identity(
        "Samuel",
        "Rivers",
        phones=(Contact("555-0177", "said to Brooks"),),
        addresses=(Contact("12 Quiet Lane"),),
    )

    person.change_identity(file, learned)

    police = cast.viewer("alvarez", at=at)
    held = [str(person.identity_of(one).to_json()) for one in PersonFile.objects.seen_by(police)]
    assert held and not any("555-0177" in one or "Quiet Lane" in one for one in held)
    assert "555-0177" not in everything_read(officer)


def test_the_stranger_of_the_next_county_sees_nothing_of_all_this(stranger, cast, at):
    hand_over(cast, at, mode=Mode.POLICE_TRANSPORT, meeting=a_meeting(at, place="2nd and Mill"))
    casey = cast.viewer("casey", at=at)

    assert not any(
        model.objects.seen_by(casey).exists() for model in (Encounter, PersonFile, TellBack, Transport)
    )
    assert "2nd and Mill" not in everything_read(stranger)
