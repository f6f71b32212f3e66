"""`offramp questions` and `offramp assess`: the contract's shapes, no Django, one sentence for bad input."""

import json
import subprocess
import sys

import pytest

from offramp import pathways
from offramp.cli import main

YES = {
    "charge": "yes",
    "offence_code": "petty_theft",
    "weapon": "no",
    "someone_hurt": "no",
    "risk_band": "low",
    "age": 34,
    "identity_known": True,
    "agrees": "yes",
}


@pytest.fixture
def offramp(capsys, tmp_path):
    """Run a command; facts are written to a file for it. Gives the code, what it printed, what it said."""

    def run(*words, facts=None):
        if facts is not None:
            file = tmp_path / "facts.json"
            file.write_bytes(facts if isinstance(facts, bytes) else json.dumps(facts).encode())
            words = (*words, "--facts", str(file))
        code = main(list(words))
        printed, said = capsys.readouterr()
        return code, printed, said

    return run


# -- Questions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", list(pathways.ALL))
def test_the_questions_of_a_pathway(offramp, key):
    code, printed, _ = offramp("questions", key, "--json")

    questions = json.loads(printed)
    assert code == 0
    assert len({question["fact"] for question in questions}) == len(questions)
    for question in questions:
        assert {"fact", "words", "type", "choices"} <= set(question)


def test_a_pack_asks_more(offramp):
    facts = {}
    for pack in ((), ("--pack", "seattle_lead")):
        _, printed, _ = offramp("questions", "officer_intervention", *pack, "--json")
        facts[pack] = {question["fact"] for question in json.loads(printed)}

    assert facts[("--pack", "seattle_lead")] - facts[()] == {
        "drug_amount",
        "amount_how",
        "sale_intent",
        "minor_involved",
        "promoting_sex_work",
        "priors",
    }


def test_the_questions_for_reading(offramp):
    _, printed, _ = offramp("questions", "self_referral")

    assert "Do they, or their family, ask for help?  [yes / no]" in printed


# -- Assess ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "answer", "needs", "asks"),
    [
        (YES, "yes", None, []),
        (YES | {"offence_code": "120"}, "no", None, []),
        (YES | {"risk_band": "unknown"}, "unknown", "supervisor", []),
        (
            {"charge": "yes", "age": 34},
            "unknown",
            None,
            ["offence_code", "weapon", "someone_hurt", "risk_band", "identity_known", "agrees"],
        ),
    ],
)
def test_yes_no_and_unknown_with_reasons(offramp, facts, answer, needs, asks):
    code, printed, _ = offramp("assess", "officer_intervention", "--json", facts=facts)

    verdict = json.loads(printed)
    assert code == 0
    assert set(verdict) >= {"pathway", "version", "pack", "answer", "needs", "findings", "asks"}
    assert (verdict["pathway"], verdict["pack"]) == ("officer_intervention", None)
    assert (verdict["answer"], verdict["needs"]) == (answer, needs)
    assert [question["fact"] for question in verdict["asks"]] == asks
    for finding in verdict["findings"]:
        assert set(finding) >= {"criterion", "answer", "reason", "source", "overridden_by"}
        assert finding["answer"] in ("yes", "no", "unknown")
        assert 0 < len(finding["reason"]) <= 120


def test_a_pack_by_name_and_by_file_say_the_same(offramp, tmp_path):
    from offramp.rules import packs

    copy = tmp_path / "tucson.toml"
    copy.write_text((packs._folder() / "tucson.toml").read_text("utf-8"), "utf-8")

    by_name = json.loads(
        offramp("assess", "officer_intervention", "--pack", "tucson", "--json", facts=YES)[1]
    )
    by_file = json.loads(
        offramp("assess", "officer_intervention", "--pack", str(copy), "--json", facts=YES)[1]
    )

    assert by_name == by_file
    assert by_name["pack"] == "tucson"
    assert by_name["pack_version"]


def test_a_supervisor_sets_one_aside(offramp):
    _, printed, _ = offramp(
        "assess",
        "officer_intervention",
        "--override",
        "no_weapon=supervisor",
        "--json",
        facts=YES | {"weapon": "yes"},
    )

    verdict = json.loads(printed)
    assert verdict["answer"] == "yes"
    assert {finding["overridden_by"] for finding in verdict["findings"]} == {None, "supervisor"}


def test_what_comes_first_stands_first(offramp):
    _, printed, _ = offramp("assess", "officer_prevention", facts={"needs_medic": "yes"})

    assert printed.startswith("! Medic first")


def test_the_verdict_for_reading(offramp):
    _, printed, _ = offramp("assess", "officer_intervention", facts=YES | {"weapon": "yes", "agrees": None})

    assert "Officer Intervention: not known yet: a supervisor decides" in printed
    assert "✗ A weapon is involved: a supervisor decides" in printed
    assert "Still to ask:\n  agrees" in printed


def test_a_look_back_counts_from_the_day_that_was_given(offramp):
    facts = YES | {
        "priors": [{"type": "violent_arrest", "on": "2026-01-01"}],
        "substance": "none",
        "supervision": "none",
    }
    answers = {}
    for day in ("2026-06-01", "2027-06-01"):
        words = ("assess", "officer_intervention", "--pack", "tucson", "--at", day, "--json")
        answers[day] = json.loads(offramp(*words, facts=facts | {"offence_code": "35A"})[1])["answer"]

    assert answers == {"2026-06-01": "no", "2027-06-01": "yes"}


# -- Bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "facts", "says"),
    [
        (("assess", "moonwalk"), {}, "no pathway called “moonwalk”"),
        (("assess", "officer_intervention"), {"zodiac": "leo"}, "no fact called “zodiac”"),
        (("assess", "officer_intervention"), {"wepon": "no"}, "Did you mean “weapon”?"),
        (("assess", "officer_intervention"), {"weapon": "maybe"}, "yes/no question"),
        (("assess", "officer_intervention"), b"", "not JSON"),
        (("assess", "officer_intervention"), b"{", "not JSON"),
        (("assess", "officer_intervention"), b"[1, 2]", "one JSON object"),
        (("assess", "officer_intervention"), b'"yes"', "one JSON object"),
        (("assess", "officer_intervention"), b'{"age": NaN}', "a number from 0 up"),
        (("assess", "officer_intervention"), b'{"age": 1e999}', "a number from 0 up"),
        (("assess", "officer_intervention"), b'{"age": 1' + b"0" * 5000 + b"}", "a number"),
        (("assess", "officer_intervention"), b'{"age": 1, "age": 2}', "given twice"),
        (("assess", "officer_intervention"), b"[" * 200_000, "nested too deeply"),
        (("assess", "officer_intervention"), b"\xff\xfe{}", "not UTF-8"),
        (("assess", "officer_intervention"), b" " * 1_000_001, "too large"),
        (("assess", "officer_intervention", "--pack", "moon"), {}, "no pack called “moon”"),
        (("assess", "self_referral", "--pack", "steer"), {}, "says nothing about Self-Referral"),
        (("assess", "officer_intervention", "--override", "no_weapon"), {}, "CRITERION=ROLE"),
        (
            ("assess", "officer_intervention", "--override", "moon=supervisor"),
            {},
            "no criterion called “moon”",
        ),
        (("assess", "officer_intervention", "--override", "agrees=supervisor"), {}, "Nobody may set aside"),
    ],
)
def test_bad_input_ends_in_one_clear_sentence(offramp, words, facts, says):
    code, printed, said = offramp(*words, "--json", facts=facts)

    assert (code, printed) == (1, "")
    assert says in said
    assert said.count("\n") == 1


def test_a_file_that_is_not_there(offramp):
    code, printed, said = offramp("assess", "officer_intervention", "--facts", "/nowhere/facts.json")

    assert (code, printed) == (1, "")
    assert "/nowhere/facts.json" in said


def test_wrong_usage_leaves_with_2():
    with pytest.raises(SystemExit) as left:
        main(["assess", "officer_intervention"])

    assert left.value.code == 2


def test_a_byte_order_mark_does_no_harm(offramp):
    assert offramp("assess", "officer_intervention", "--json", facts=b"\xef\xbb\xbf{}")[0] == 0


# -- Alone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["questions", "officer_intervention"], ["assess", "officer_intervention", "--facts", "-"]]
)
def test_no_django_and_no_database(words):
    script = f"import sys; from offramp.cli import main; code = main({words!r} + ['--json']); assert 'django' not in sys.modules; sys.exit(code)"

    done = subprocess.run(
        [sys.executable, "-c", script], input="{}", capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    json.loads(done.stdout)
