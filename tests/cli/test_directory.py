"""`offramp import directory` and `offramp match`: the contract's shapes on real directories, one sentence for bad input."""

import json
import re

import pytest

from offramp.cli import main
from tests.formats.directories import folder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offramp(capsys, monkeypatch):
    """Run a command on the test's database. Gives the code, what it printed, what it said."""
    for module in ("offramp.cli.import_.directory", "offramp.cli.match"):
        monkeypatch.setattr(f"{module}.open_place", lambda: None)

    def run(*words):
        code = main([str(word) for word in words])
        printed, said = capsys.readouterr()
        return code, printed, said

    return run


@pytest.mark.data("ohana-san-mateo-sample")
def test_san_mateo_in_and_substance_use_out_under_call_first_with_the_keyword(offramp, shared_data):
    code, printed, said = offramp("import", "directory", shared_data / "ohana-san-mateo-sample", "--json")
    report = json.loads(printed)

    assert code == 0
    assert {"read", "added", "changed", "unchanged", "rejected"} <= report.keys()
    assert (report["added"]["organization"], report["added"]["service"]) == (8, 23)
    assert report["added"] == report["read"]
    assert report["rejected"] == []
    assert "services.csv: 23 rows, read as utf-8" in said

    code, printed, _ = offramp("match", "--need", "substance_use", "--near", "37.48,-122.23", "--json")
    found = json.loads(printed)
    assert (code, found["room_now"]) == (0, [])
    (place,) = found["call_first"]
    assert place["name"] == "Adult Rehabilitation Center"
    assert place["matched"] == [{"need": "substance_use", "by": "keyword", "term": "alcoholism"}]
    assert "Help with alcohol or drugs: keyword “alcoholism”" in place["reasons"]
    assert place["capacity"]["open_places"] is None
    assert (place["phones"], place["miles"]) == (["415 643-8000"], pytest.approx(21.3, abs=0.1))

    _, printed, _ = offramp("import", "directory", shared_data / "ohana-san-mateo-sample", "--json")
    again = json.loads(printed)
    assert again["added"] == again["changed"] == {}
    assert again["unchanged"] == report["added"]


@pytest.mark.data("hsds-spec")
def test_the_official_examples_are_taken_as_far_as_they_resolve(offramp, shared_data):
    code, printed, _ = offramp(
        "import", "directory", shared_data / "hsds-spec" / "3.1-dev" / "examples", "--json"
    )

    report = json.loads(printed)
    assert code == 0
    assert report["added"]["service"] == 1
    assert all({"file", "row", "reason"} <= one.keys() for one in report["rejected"])
    assert "12 places can not be open where there are 10." in {one["reason"] for one in report["rejected"]}


def test_words_for_people_go_to_the_screen(offramp, tmp_path):
    path = folder(
        tmp_path / "county",
        organizations="id,name\n1,Harbor\n",
        services="id,organization_id,name\n1,1,Detox\n2,9,Lost\n",
    )

    code, printed, _ = offramp("import", "directory", path)

    assert code == 0
    assert "added: 1 organization, 1 service" in printed
    assert "services.csv row 3: organization_id points to 9, which is not there." in printed


def test_room_a_directory_said_is_room_with_its_age(offramp, tmp_path):
    path = folder(
        tmp_path / "county",
        organizations="id,name\n1,Harbor\n",
        services="id,organization_id,name,eligibility_description\n1,1,Harbor Detox,Adults\n",
        service_capacity="id,service_id,available,updated\n1,1,2,2026-11-24T10:00:00Z\n",
    )
    offramp("import", "directory", path, "--json")

    _, printed, _ = offramp(
        "match", "--need", "withdrawal_management", "--at", "2026-11-24T10:25:00+00:00", "--json"
    )
    _, later, _ = offramp(
        "match", "--need", "withdrawal_management", "--at", "2026-11-24T23:00:00+00:00", "--json"
    )

    (room,), found = json.loads(printed)["room_now"], json.loads(later)
    assert (
        room["capacity"]["open_places"],
        room["capacity"]["age_minutes"],
        room["capacity"]["freshness"],
    ) == (2, 25, "green")
    assert found["room_now"] == []
    assert found["call_first"][0]["capacity"] == room["capacity"] | {
        "open_places": None,
        "age_minutes": 780,
        "freshness": "old",
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--need", "wishes"], "We do not know the need wishes. Known needs: substance_use"),
        (["--need", "food", "--near", "here"], "--near must read LAT,LON"),
        (["--need", "food", "--near", "91,0"], "does not lie on the globe"),
        (["--need", "food", "--at", "tonight"], "--at must be a date and time"),
        (["--need", "food", "--language", "klingon"], "We do not know the language klingon"),
        (["--need", "food", "--limit", "0"], "--limit must be 1 or more"),
    ],
)
def test_a_question_that_makes_no_sense_is_one_sentence(offramp, words, sentence):
    code, printed, said = offramp("match", *words, "--json")

    assert (code, printed) == (1, "")
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda where: where / "nowhere", "There is no file or folder"),
        (lambda where: folder(where / "empty"), "There is nothing to read in"),
        (
            lambda where: folder(where / "zip", **{"a.zip": b"PK\x03\x04"}) / "a.zip",
            "is not a zip file we can open",
        ),
    ],
)
def test_a_directory_that_is_none_is_one_sentence(offramp, tmp_path, make, sentence):
    code, printed, said = offramp("import", "directory", make(tmp_path), "--json")

    assert (code, printed) == (1, "")
    assert re.search(sentence, said)


def test_a_map_by_its_file_or_by_the_name_it_is_saved_under(offramp, tmp_path, settings):
    settings.OFFRAMP_HOME = tmp_path / "home"
    maps = folder(tmp_path / "home" / "maps", **{"county.toml": "[columns]\nagency = 'Who'\nname = 'What'\n"})
    path = folder(tmp_path / "list", list="Who,What\nHarbor,Detox\n") / "list.csv"

    for map in (maps / "county.toml", "county"):
        code, printed, _ = offramp("import", "directory", path, "--map", map, "--json")
        assert (code, json.loads(printed)["read"]["service"]) == (0, 1)
    code, _, said = offramp("import", "directory", path, "--map", "nobody's", "--json")
    assert (code, "There is no map nobody's" in said) == (1, True)
