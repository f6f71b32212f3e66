"""Offence codes: names and groups as NIBRS has them, violent by its own column, statutes by the longest prefix."""

import csv

import pytest

from offramp.rules.answers import Answer
from offramp.rules.offences import common, find, nibrs
from tests.conftest import SHARED

TABLE = "nibrs-2019.1/code-tables/OffenseCode.csv"


@pytest.mark.data(TABLE)
def test_the_table_says_what_nibrs_says():
    with (SHARED / TABLE).open(encoding="utf-8", newline="") as file:
        theirs = {
            row["code"]: (
                row["description"],
                row["group"],
                row["crime_against"].lower(),
                row["ucr_summary_violent_index"] == "Y",
            )
            for row in csv.DictReader(file)
        }
    against = {"any": "personpropertyorsociety"}
    ours = {
        code: (str(o.name), o.group, against.get(o.against, o.against), o.index)
        for code, o in nibrs().items()
    }

    assert ours == theirs


def test_violent_is_never_worked_out_from_crime_against_person():
    robbery, simple_assault, fondling = nibrs()["120"], nibrs()["13B"], nibrs()["11D"]

    assert (robbery.against, robbery.violent) == ("property", Answer.YES)
    assert (simple_assault.against, simple_assault.violent) == ("person", Answer.UNKNOWN)
    assert fondling.violent is Answer.YES
    assert {o.violent for o in nibrs().values() if o.index} == {Answer.YES}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("23H", "23H"),
        ("23h", "23H"),
        (" 35a ", "35A"),
        ("petty_theft", "23H"),
        ("Petty theft", "23H"),
        ("FL 812.014", "23H"),
        ("fl 812.014(3)(a)", "23H"),
        ("FL § 812.014 (2)(c)", "23H"),
        ("FL s. 893.13", "35A"),
        ("FL 812.015", "23C"),
        ("IL 720 ILCS 5/12-3", "13B"),
        ("IL 720 ILCS 5/12-3.05", "13A"),
        ("WA 69.50.4013", "35A"),
        ("AZ 13-3415(A)", "35B"),
    ],
)
def test_an_offence_is_found_as_people_write_it(written, code):
    assert find(written).code == code


@pytest.mark.parametrize(
    "written", ["FL 812.0145", "FL 812.014.5", "FL 999.01", "TX 481.115", "58A", "812.014"]
)
def test_a_statute_no_table_knows_is_a_question_not_a_no(written):
    found = find(written)

    assert not found.known
    assert found.violent is Answer.UNKNOWN


def test_a_pack_says_whose_statutes_are_meant():
    assert find("812.014(3)", state="FL").code == "23H"
    assert find("69.50.4013", state="WA").code == "35A"


@pytest.mark.parametrize("written", ["", "gibberish", "murder most foul", "12", "2", "🙂", "35 A"])
def test_what_is_no_offence_is_none(written):
    assert find(written) is None


def test_the_short_list_is_short_and_known():
    assert 8 <= len(common()) <= 16
    assert all(charge.offence.known and len(str(charge.words)) <= 40 for charge in common())
    assert len({charge.key for charge in common()}) == len(common())
