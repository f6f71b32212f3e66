"""Looking over a place: what is whole is said to be whole, and each thing that is not is found and named."""

import pytest
from django.db import IntegrityError, connection

from offramp.records import inspection, ledger, outbox
from offramp.records.door import whole_table
from offramp.records.encounter import Encounter, TellBack, Verdict
from offramp.records.episode import Episode
from offramp.records.outbox import Notice
from offramp.records.person import LABEL, PersonFile
from offramp.records.tokens import SearchToken
from offramp.rules.words import Side
from tests.records.stage import NOW

WHY = "the test breaks something on purpose"


@pytest.fixture
def place(sets):
    """The stage, and a notice."""
    outbox.put(side=Side.CARE, channel="email", template="t", to="x@harbor.example", params={}, at=NOW)
    return sets


def test_a_whole_place_is_sound(place):
    assert inspection.database(whole=True).faults == ()
    assert inspection.opening(whole=True).faults == ()
    assert inspection.opening().checked >= 4 + 4 + 1


def test_a_seal_of_the_ledger_is_never_taken_for_something_sealed(place):
    entry = ledger.write(place["ours", Side.POLICE].viewer, deed="d", at=NOW)
    ledger.Seal.objects.create(seq=1, entry_id=entry.pk, mac=b"\x02" + bytes(31))

    assert inspection.opening(whole=True).faults == ()


def test_a_blob_from_another_row_is_found(place):
    s, other = place["ours", Side.POLICE], place["theirs", Side.POLICE]
    rows = whole_table(Encounter, because=WHY)
    rows.filter(pk=s.rows["Encounter"].pk).update(sealed=rows.get(pk=other.rows["Encounter"].pk).sealed)

    assert inspection.opening(whole=True).faults == (f"Encounter {s.rows['Encounter'].pk} does not open.",)


def test_an_identity_from_another_file_is_found(place):
    ours, theirs = place["ours", Side.CARE].file, place["theirs", Side.CARE].file
    whole_table(PersonFile, because=WHY).filter(pk=ours.pk).update(sealed=theirs.sealed)

    assert f"PersonFile {ours.pk} does not open." in inspection.opening(whole=True).faults


def test_a_key_that_is_not_here_is_found(place):
    file = place["ours", Side.CARE].file
    whole_table(PersonFile, because=WHY).filter(pk=file.pk).update(
        data_key=b"\x01" + b"strange!" + file.data_key[9:]
    )

    assert any("wrapped by a care master that is not here" in fault for fault in inspection.opening().faults)


def test_a_file_that_is_not_found_by_what_it_says_is_found(place):
    file = place["ours", Side.CARE].file
    SearchToken.objects.filter(file_id=file.pk).delete()

    assert inspection.opening(whole=True).faults == (f"PersonFile {file.pk} is not found by what it says.",)


def test_a_notice_whose_key_was_changed_is_found(place):
    notice = Notice.objects.get()
    sealed = bytearray(notice.sealed)
    sealed[40] ^= 1
    Notice.objects.update(sealed=bytes(sealed))

    assert inspection.opening().faults == (f"The key of Notice {notice.pk} does not open.",)


def test_a_row_in_another_file_than_its_parent_is_found(place):
    ours, theirs = place["ours", Side.POLICE], place["theirs", Side.POLICE]
    word = ours.rows["TellBack"]
    whole_table(TellBack, because=WHY).filter(pk=word.pk).update(file_id=theirs.file.pk)

    assert inspection.database().faults == (f"TellBack {word.pk} and its encounter lie in two files.",)


def test_a_row_in_a_file_of_another_side_is_found(place):
    care, police = place["ours", Side.CARE], place["ours", Side.POLICE]
    episode = care.rows["Episode"]
    whole_table(Episode, because=WHY).filter(pk=episode.pk).update(file_id=police.file.pk)

    assert f"Episode {episode.pk} lies in a file of another side." in inspection.database().faults


@pytest.mark.django_db(transaction=True)
def test_a_row_that_points_nowhere_is_found_or_can_not_be():
    from tests.records import stage

    verdict = stage.build()["ours", Side.POLICE].rows["Verdict"]
    rows = whole_table(Verdict, because=WHY).filter(pk=verdict.pk)
    if connection.vendor != "sqlite":
        with pytest.raises(IntegrityError):
            rows.update(encounter_id=999_999)
        return
    with connection.constraint_checks_disabled():
        rows.update(encounter_id=999_999)
        assert any("points to a row" in fault for fault in inspection.database().faults)
        rows.update(encounter_id=verdict.encounter_id)


def test_a_sample_takes_one_in_so_many_and_the_newest(place, monkeypatch):
    monkeypatch.setattr(inspection, "SAMPLE", 1)
    newest = whole_table(PersonFile, because=WHY).order_by("-pk").first()
    whole_table(PersonFile, because=WHY).filter(pk=newest.pk).update(sealed=b"\x01broken")

    assert inspection.opening().faults == (f"PersonFile {newest.pk} does not open.",)


def test_every_label_is_the_one_that_deeds_seal_under():
    assert PersonFile.sealed_as == LABEL
