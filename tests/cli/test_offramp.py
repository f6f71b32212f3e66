"""The `offramp` command: what it finds, how it leaves, what it prints where."""

import json
import os
import subprocess
import sys

import pytest

from offramp import cli
from offramp.cli.answer import Stop, answer
from offramp.rules.refusal import Refused

GREET = '''"""Say hello.

And more.
"""

def add(parser):
    parser.add_argument("name")

def run(args):
    print(args.name)
'''

PEOPLE = '''"""People."""

def add(parser): ...

def run(args):
    print("people")
    return 0
'''


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """A folder of commands of our own, as a package, in place of the product's."""
    folder = tmp_path / "planted"
    (folder / "import_").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "answer.py").write_text('"""Not a command."""')
    (folder / "greet.py").write_text(GREET)
    (folder / "broken.py").write_text('"""Break when loaded."""\n1 / 0\ndef add(parser): ...\ndef run(args): ...')
    (folder / "import_" / "__init__.py").write_text('"""Bring things in."""')
    (folder / "import_" / "people.py").write_text(PEOPLE)
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def add(commands, *words):
    import argparse

    parser = argparse.ArgumentParser()
    cli._add(parser, folder=commands, package="planted", words=list(words))
    return parser.parse_args(words)


def test_a_file_is_a_command_and_a_folder_is_a_group(commands):
    assert set(cli.commands(commands)) == {"greet", "broken", "import"}


def test_only_the_command_asked_for_is_loaded(commands, capsys):
    args = add(commands, "greet", "Sam")

    args.run(args)

    assert capsys.readouterr().out == "Sam\n"
    assert "planted.broken" not in sys.modules


def test_a_group_finds_its_command(commands, capsys):
    args = add(commands, "import", "people")

    assert args.run(args) == 0
    assert capsys.readouterr().out == "people\n"


def test_help_tells_the_purpose_of_each_without_loading_it(commands, capsys):
    with pytest.raises(SystemExit) as leaves:
        add(commands, "--help")

    assert leaves.value.code == 0
    assert "Break when loaded." in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["no-such-command"], ["--no-such-switch"]])
def test_wrong_usage_leaves_with_two(words, capsys):
    with pytest.raises(SystemExit) as leaves:
        cli.main(words)

    assert leaves.value.code == cli.WRONG_USAGE
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Stop("The file is empty."), "The file is empty."),
        (Refused("There is no pathway called {name}.", name="x"), "There is no pathway called x."),
        (FileNotFoundError(2, "No such file or directory", "facts.json"), "facts.json: No such file or directory."),
    ],
)
def test_a_refusal_is_one_sentence_on_stderr_and_leaves_with_one(error, sentence, monkeypatch, capsys):
    def refuse(args):
        raise error

    monkeypatch.setattr(cli, "_parser", lambda words: _Parser(refuse))

    assert cli.main(["x"]) == cli.REFUSED
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", sentence + "\n")


class _Parser:
    """A parser of one command."""

    def __init__(self, run):
        self.run = run

    def parse_args(self, words):
        return self


def test_a_defect_is_not_dressed_up_as_a_refusal(monkeypatch):
    monkeypatch.setattr(cli, "_parser", lambda words: _Parser(lambda args: 1 / 0))

    with pytest.raises(ZeroDivisionError):
        cli.main(["x"])


def test_json_is_one_document_and_nothing_else(capsys):
    answer({"name": "Peña"}, as_json=True, lines=["not this"])

    out = capsys.readouterr().out
    assert json.loads(out) == {"name": "Peña"}
    assert "Peña" in out


def test_the_command_starts_without_django():
    code = "import sys; from offramp.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nsys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def offramp(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "offramp", *words],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_first_command_makes_the_embedded_database(tmp_path):
    home = tmp_path / "new"

    done = offramp("migrate", OFFRAMP_HOME=str(home))

    assert (done.returncode, done.stdout) == (0, "")
    assert (home / "offramp.sqlite3").exists()
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "offramp.sqlite3").stat().st_mode & 0o077 == 0


def test_a_misspelt_setting_stops_with_a_sentence(tmp_path):
    done = offramp("migrate", OFFRAMP_HOME=str(tmp_path), DATABASE_URL="mysql://x/y")

    assert done.returncode == 1
    assert done.stderr == "DATABASE_URL must begin with postgres:// or sqlite:///.\n"


def test_a_database_that_is_not_there_stops_with_a_sentence(tmp_path):
    done = offramp("migrate", OFFRAMP_HOME=str(tmp_path), DATABASE_URL="postgres://nobody:x@127.0.0.1:1/none")

    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.count("\n") == 1
