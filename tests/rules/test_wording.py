"""Signed-off wording: complete in both languages, easy to read, kind, and never shown unsigned in a real service."""

import re
from datetime import date

import pytest

from offramp import pathways
from offramp.rules import wording
from offramp.rules.refusal import NotFound
from offramp.rules.wording import Use
from tests.reading_ease import english_grade, spanish_ease

ALL = wording.shipped()
FIVE = ("self_referral", "active_outreach", "naloxone_plus", "officer_prevention", "officer_intervention")

PACKAGE = wording.SHIPPED.parent

SIGNED = """
[hello]
name = "Hello"
use = "permission"
version = "2"
source = "county counsel"
approved_by = "A. Reyes, county counsel"
approved_on = 2026-03-01
script = "officer_prevention"
pack = "rivermouth"
[hello.en]
text = "May I call {who}?"
"""


def library(text=SIGNED):
    return {each.id: each for each in wording.read_file(text, named="county.toml")}


def every_part(language):
    return [(w.id, part, words) for w in ALL.values() for part, words in w.texts[language].items()]


# -- Complete, readable, kind -----------------------------------------------------------------------------------------


def test_every_text_is_there_in_english_and_spanish():
    assert {w.id for w in ALL.values() if w.languages != {"en", "es"}} == set()


@pytest.mark.parametrize("id", sorted(ALL))
def test_a_sixth_grader_can_read_it(id):
    most = 7.0 if ALL[id].use is Use.LEGAL else 6.0
    english = ". ".join(ALL[id].texts["en"].values()).format_map(Anyone())
    spanish = ". ".join(ALL[id].texts["es"].values()).format_map(Anyone())

    assert english_grade(english) <= most, english
    assert spanish_ease(spanish) >= 70, spanish


class Anyone(dict):
    def __missing__(self, place):
        return "Dana"


def test_no_word_that_blames():
    blaming = re.compile(
        r"\b(offender|suspect|addict|abuser|junkie|fail\w*|non-?compliant|criminal|delincuente|adicto|sospechos[oa])\b",
        re.I,
    )

    assert [
        (id, part) for id, part, words in every_part("en") + every_part("es") if blaming.search(words)
    ] == []


def test_a_notice_tells_a_lost_phone_nothing():
    notices = [w for w in ALL.values() if w.use is Use.NOTICE]

    assert notices
    assert {w.id for w in notices if w.places} == set()


def test_the_card_tells_its_finder_nothing():
    telling = re.compile(
        r"police|officer|arrest|charge|overdose|drug|treat|detox|recover|clinic|court|policía|oficial|droga|sobredosis|tratamiento|clínica|fiscal",
        re.I,
    )

    assert [
        part
        for id, part, words in every_part("en") + every_part("es")
        if id == "card" and telling.search(words)
    ] == []


# -- The permission ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pathway", FIVE)
def test_each_pathway_has_a_script_of_its_own(pathway):
    script = ALL[wording.script_for(pathways.get(pathway).script)]

    assert script.script == pathway
    assert script.covers == ("name", "birth_date", "phone", "language", "location")
    assert "If you want, I will call Dana" in wording.get(script.id, "en", demo=True).filled(who="Dana").text
    assert len(script.texts["en"]["text"].split()) <= 150  # a minute aloud


@pytest.mark.parametrize("pathway", FIVE[:4])
def test_no_has_no_consequence_where_no_charge_waits(pathway):
    text = ALL[wording.script_for(pathway)].texts["en"]["text"]

    assert re.search("You can say no.*(nothing happens|Nothing bad will happen)", text, re.S)
    assert "charge waits" not in text


def test_the_intervention_script_says_rights_lawyer_and_who_decides():
    text = ALL["permission_officer_intervention"].texts["en"]["text"]

    for said in (
        "free to choose",
        "do not have to answer",
        "lawyer",
        "public defender",
        "the charge waits",
        "The prosecutor does",
    ):
        assert said in text


def test_a_sixth_pathway_gets_the_general_script():
    assert wording.script_for("school_deflection") == "permission_general"


def test_a_pack_may_bring_its_own_script():
    both = dict(ALL) | library()

    assert wording.script_for("officer_prevention", pack="rivermouth", library=both) == "hello"
    assert (
        wording.script_for("officer_prevention", pack="elsewhere", library=both)
        == "permission_officer_prevention"
    )


# -- Signed off, and in their language --------------------------------------------------------------------------------


def test_a_demo_shows_samples_and_says_so():
    assert wording.get("card", "en", demo=True).sample


@pytest.mark.parametrize("id", sorted(id for id, w in ALL.items() if w.use not in wording.NEVER_HELD_BACK))
def test_a_real_service_refuses_samples(id):
    with pytest.raises(wording.NotSignedOff, match="not approved for use here yet"):
        wording.get(id, "en", demo=False)


def test_a_safety_line_is_never_held_back():
    shown = wording.get("medical_first", "es", demo=False)

    assert shown.sample
    assert shown.text.startswith("Primero los paramédicos")


def test_an_invitation_needs_no_signature():
    shown = wording.get("notice_invitation", "en", demo=False).filled(
        link="https://offramp.example/account/invited/x/"
    )

    assert not shown.sample
    assert "notice_invitation" not in {each.id for each in wording.unapproved(ALL)}


def test_what_is_signed_is_shown_with_its_version():
    shown = wording.get("hello", "en-US", demo=False, library=library())

    assert (shown.id, shown.version, shown.language, shown.sample) == ("hello", "2", "en", False)
    assert library()["hello"].approved_on == date(2026, 3, 1)


def test_a_name_without_a_date_is_no_signature():
    assert not library(SIGNED.replace("approved_on = 2026-03-01", ""))["hello"].approved


def test_a_permission_not_in_their_language_needs_an_interpreter():
    with pytest.raises(wording.NeedsInterpreter, match="interpreter"):
        wording.get("hello", "vi", demo=True, interpreter="  ", library=library())

    shown = wording.get("hello", "vi", demo=True, interpreter="INT-204", library=library())

    assert (shown.language, shown.interpreter) == ("en", "INT-204")


def test_other_words_fall_back_to_english():
    assert wording.get("crisis_line", "vi", demo=True).language == "en"


def test_an_unknown_wording_is_not_found():
    with pytest.raises(NotFound, match="no wording called “nothing”"):
        wording.get("nothing", "en", demo=True)


def test_a_county_replaces_a_sample_with_its_own(tmp_path):
    (tmp_path / "own.toml").write_text(SIGNED.replace("[hello", "[card"), encoding="utf-8")

    own = wording.read(wording.SHIPPED, tmp_path)

    assert own["card"].approved
    assert len(wording.unapproved(own)) == len(wording.unapproved(ALL)) - 1


def test_its_folder_is_named_by_the_environment(tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text(SIGNED, encoding="utf-8")
    monkeypatch.setenv("OFFRAMP_WORDING", str(tmp_path))
    wording.in_force.cache_clear()

    assert wording.get("hello", "en", demo=False).text == "May I call {who}?"

    monkeypatch.setenv("OFFRAMP_WORDING", str(tmp_path / "nowhere"))
    wording.in_force.cache_clear()
    with pytest.raises(wording.BrokenWording, match="no folder of wording"):
        wording.get("hello", "en", demo=False)
    monkeypatch.undo()
    wording.in_force.cache_clear()


def test_every_wording_the_code_names_is_there():
    named = re.compile(r"\"((?:notice|permission|legal)_[a-z_0-9]+|medical_first|crisis_line|banner)\"")
    sources = [
        path.read_text("utf-8")
        for floor in ("actions", "notices", "pages", "jobs")
        for path in (PACKAGE / floor).rglob("*.py")
    ]
    used = {id for source in sources for id in named.findall(source)}

    assert {"notice_waiting", "banner"} <= used
    assert used - set(ALL) == set()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("[hello", "not readable"),
        (SIGNED.replace('name = "Hello"', ""), "name"),
        (SIGNED.replace('"permission"', '"poem"'), "poem"),
        (SIGNED.replace("[hello.en]", "[hello.es]"), "no English"),
        (SIGNED + '[hello.es]\ntext = "¿Puedo llamar?"', "other named places"),
        (SIGNED.replace("text =", "title ="), "no “text”"),
        ("hello = 3", "incomplete or wrong"),
    ],
)
def test_a_broken_file_says_where_and_what(broken, says):
    with pytest.raises(wording.BrokenWording, match=says) as refused:
        library(broken)

    assert "county.toml" in str(refused.value)
