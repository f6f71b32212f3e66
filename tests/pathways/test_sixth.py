"""A sixth file dropped in works: its own question is asked, its verdict given. The file is the guide's own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from offramp import pathways
from offramp.rules.pathway import Start
from offramp.rules.questions import Question

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "a-sixth-pathway.md"


@pytest.fixture
def folder(tmp_path):
    """A folder with the guide's pathway in it."""
    [code] = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "school_deflection.py").write_text(code, "utf-8")
    return tmp_path


@pytest.fixture
def sixth(folder, monkeypatch):
    """The pathways with the sixth among them, as the product finds them."""
    monkeypatch.setattr(pathways, "__path__", [*pathways.__path__, str(folder)])
    yield pathways.load()["school_deflection"]
    monkeypatch.undo()
    sys.modules.pop("offramp.pathways.school_deflection")
    pathways.load()


def test_it_stands_among_the_others(sixth):
    assert list(pathways.ALL)[-1] == "school_deflection"
    assert pathways.get("school_deflection") is sixth
    assert sixth in [one for one in pathways.ALL.values() if Start.OFFICER in one.starts_with]


def test_its_own_question_is_asked_and_answered(sixth):
    first = sixth.assess({"under_18": "no", "agrees": "yes"})

    assert [question.fact for question in first.asks] == ["at_school"]
    assert all(isinstance(question, Question) for question in sixth.questions())
    assert sixth.assess({"under_18": "no", "agrees": "yes", "at_school": "yes"}).answer == "yes"
    assert sixth.assess({"under_18": "no", "agrees": "yes", "at_school": "no"}).answer == "no"


def test_afterwards_there_are_five_again():
    assert len(pathways.ALL) == 5


def offramp(*words, folder, said=""):
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from offramp.cli import main; sys.exit(main())", *words],
        input=said,
        capture_output=True,
        text=True,
        env={**os.environ, "OFFRAMP_PATHWAYS": str(folder)},
        check=False,
    )
    return done.returncode, done.stdout


def test_a_place_drops_it_into_a_folder_of_its_own(folder):
    code, said = offramp("questions", "school_deflection", "--json", folder=folder)
    assert code == 0
    assert "at_school" in {question["fact"] for question in json.loads(said)}

    code, said = offramp(
        "assess",
        "school_deflection",
        "--facts",
        "-",
        "--json",
        folder=folder,
        said='{"at_school": "yes", "age": 19, "agrees": "yes"}',
    )
    assert code == 0
    assert json.loads(said)["answer"] == "yes"


def test_a_file_whose_name_and_key_disagree_is_told(folder, monkeypatch):
    (folder / "school_deflection.py").rename(folder / "another_name.py")
    monkeypatch.setattr(pathways, "__path__", [*pathways.__path__, str(folder)])

    with pytest.raises(
        pathways.BadPathwayFile, match="declares the pathway school_deflection"
    ):
        pathways.load()
    sys.modules.pop("offramp.pathways.another_name", None)


def test_a_file_that_declares_nothing_is_told(tmp_path):
    (tmp_path / "notes.py").write_text("x = 1\n")

    code, said = offramp("questions", "self_referral", folder=tmp_path)

    assert (code, said) == (1, "")
