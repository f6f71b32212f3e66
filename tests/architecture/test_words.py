"""The words of docs/glossary.md: what it says not to say stands on no screen, in no translation and in no code of ours."""

import re
from enum import Enum
from importlib import import_module

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules, name, strings, tree

# Where texts that people read are written in Python.
SPEAKING = ("rules", "pathways", "actions", "notices", "pages", "demo")

# A single word in small letters is a key or a code, and codes have their own test.
READ_BY_PEOPLE = re.compile(r"\s|^[A-ZÁÉÍÓÚÑ]")

# A text that must say a banned word, as `file: text`, each with its reason.
MUST_SAY: dict[str, str] = {}


def banned() -> list[str]:
    _, _, table = (ROOT / "docs" / "glossary.md").read_text("utf-8").partition("## Never on a screen")
    firsts = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return [word for cell in firsts for word in re.findall(r"`([^`]+)`", cell)]


BANNED = re.compile(r"(?<![\w-])(" + "|".join(re.escape(word) for word in banned()) + r")(?![\w-])", re.IGNORECASE)


def found_in(text: str) -> list[str]:
    return [match.group(0).lower() for match in BANNED.finditer(text)]


def test_the_glossary_has_its_table():
    assert {"client", "offender", "failed", "adicto"} <= set(banned())


@pytest.mark.parametrize("planted", ["The client arrived", "He is an Offender.", "failed to load", "non-compliant"])
def test_a_planted_word_is_found(planted):
    assert found_in(planted)


def test_words_that_only_contain_one_are_left_alone():
    assert found_in("clientele, uncleaned, http-client-side, timeslots") == []


def shown(template: str) -> str:
    """What of a template people read: no tags, no template code, no attributes but the spoken ones."""
    text = re.sub(r"{#.*?#}|{% ?comment.*?endcomment ?%}", " ", template, flags=re.DOTALL)
    spoken = re.findall(r"""(?:alt|title|placeholder|aria-label)=["']([^"']*)["']""", text)
    quoted = re.findall(r"""{% ?(?:trans|translate|blocktrans)[^%]*?["']([^"']+)["']""", text)
    return " ".join([re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL), *spoken, *quoted])


def test_no_template_says_them():
    pages = sorted((PACKAGE / "pages" / "templates").rglob("*.*"))
    said = {path.name: words for path in pages if (words := found_in(shown(path.read_text("utf-8"))))}

    assert said == {}


def test_no_translation_says_them():
    said = {}
    for path in sorted((PACKAGE / "locale").rglob("*.po")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith(("msg", '"'))]
        if words := found_in("\n".join(lines)):
            said[path.parent.parent.name] = words

    assert said == {}


def test_no_text_in_the_code_says_them():
    said = {
        f"{name(path)}: {text[:80]}"
        for path in modules(*SPEAKING)
        for _, text in strings(tree(path))
        if READ_BY_PEOPLE.search(text) and found_in(text)
    }

    assert said - set(MUST_SAY) == set()
    assert set(MUST_SAY) - said == set(), "an exception nobody needs any more"


@pytest.mark.parametrize("folder", ["wording", "packs", "courses"])
def test_no_signed_off_wording_says_them(folder):
    said = {
        f"{path.name}:{number}": words
        for path in sorted((PACKAGE / folder).rglob("*.toml"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if not line.lstrip().startswith("#") and (words := found_in(line))
    }

    assert said == {}


def enums():
    """Every enum of ours."""
    for path in modules("rules", "pathways", "records", "actions"):
        module = import_module("offramp." + name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__ == module.__name__:
                yield thing


def test_no_code_of_ours_is_one_of_them():
    said = {
        f"{enum.__name__}.{member.name}"
        for enum in enums()
        for member in enum
        if found_in(f"{member.name} {member.value}".replace("_", " "))
    }

    assert said == set()
