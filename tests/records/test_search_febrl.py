"""How often somebody is found, and how often a hint is right, on the FEBRL sets: made-up Australians with the slips that clerks make.

The originals are the files; each duplicate, with its typos, swapped and missing fields, is who is looked for.
"""

import csv

import pytest

from offramp.records import person, search
from offramp.records.agency import Agency
from offramp.records.identity import Birth, Contact, Identity
from offramp.rules.words import Side
from tests.records.stage import NOW, viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.data("febrl")]


def people(path):
    """(who it really is, original or not, identity) of each row. The id is for the test alone."""
    with open(path, newline="") as lines:
        for row in csv.DictReader(lines, skipinitialspace=True):
            _, true, *which = row["rec_id"].strip().split("-")
            yield true, which == ["org"], identity(row)


def identity(row) -> Identity:
    born = row["date_of_birth"].strip()
    birth = (
        Birth(int(born[:4]), int(born[4:6]), int(born[6:])) if len(born) == 8 and born.isdigit() else Birth()
    )
    address = f"{row['street_number']} {row['address_1']}".strip()
    return Identity(
        row["given_name"].strip().title(),
        row["surname"].strip().title(),
        birth=birth,
        addresses=(Contact(f"{address}, {row['suburb']}"),) if address else (),
    )


def as_typed(who: Identity) -> str:
    """What a navigator would type: names and date of birth, as far as they are there."""
    birth = who.birth
    return (
        f"{who.first} {who.last} {birth.year}-{birth.month:02}-{birth.day:02}"
        if birth
        else f"{who.first} {who.last}"
    )


def measured(path, *, every: int = 1) -> dict[str, float]:
    viewer = viewer_of(Agency.objects.create(name="Rivermouth Navigators"), Side.CARE)
    rows = list(people(path))
    files = {}
    for true, original, who in rows:
        if original:
            files[true] = person.open_file(
                viewer, side=Side.CARE, agency_id=viewer.agency_id, identity=who, at=NOW
            ).pk
    asked = [(files[true], who) for true, original, who in rows if not original][::every]
    found = [
        [one.file.pk for one in search.find(viewer=viewer, text=as_typed(who), at=NOW)] for _, who in asked
    ]
    hints = [[one.file.pk for one in search.suggest(viewer=viewer, identity=who)] for _, who in asked]
    meant = [file for file, _ in asked]
    return {
        "found first": share(file in got[:1] for file, got in zip(meant, found, strict=True)),
        "found in ten": share(file in got for file, got in zip(meant, found, strict=True)),
        "hinted": share(file in got for file, got in zip(meant, hints, strict=True)),
        "hints that are right": share(
            one == file for file, got in zip(meant, hints, strict=True) for one in got
        ),
    }


def share(of) -> float:
    all_of = list(of)
    return sum(all_of) / len(all_of)


def test_on_the_small_set(shared_data, record_property):
    rates = measured(shared_data / "febrl" / "dataset1.csv", every=2)
    for name, rate in rates.items():
        record_property(name, rate)

    assert rates["found first"] >= 0.96
    assert rates["found in ten"] >= 0.97
    assert rates["hinted"] >= 0.93
    assert rates["hints that are right"] >= 0.99


@pytest.mark.slow
def test_on_the_large_set_with_up_to_five_duplicates_of_one_person(shared_data, record_property):
    rates = measured(shared_data / "febrl" / "dataset3.csv")
    for name, rate in rates.items():
        record_property(name, rate)

    assert rates["found in ten"] >= 0.95
    assert rates["hinted"] >= 0.92
    assert rates["hints that are right"] >= 0.98
