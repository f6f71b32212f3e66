"""Everything people read is there in Spanish, with the same named places, tags and breaks as in English."""

import re

import pytest
from babel.messages.pofile import read_po

from offramp.cli import makemessages

CATALOGUE = makemessages.CATALOGUES / "es" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"(?<!\{)\{\w+\}(?!\})|\{\{|\}\}|%\(\w+\)[-+0-9.]*[a-z]|<[^>]+>")


@pytest.fixture(scope="module")
def spanish():
    with open(CATALOGUE, "rb") as lines:
        return read_po(lines, locale="es")


@pytest.fixture(scope="module")
def english():
    return {(text, context): where for where, text, context in makemessages.everything()}


def test_nothing_is_missing(spanish, english):
    missing = [
        f"{where}: {text}"
        for (text, context), where in english.items()
        if not translated(spanish.get(first(text), context))
    ]

    assert missing == [], "Write these in Spanish: offramp makemessages, then fill src/offramp/locale/es."


def translated(message):
    return bool(message and message.string and not message.fuzzy and all(message.string))


def first(text):
    return text if isinstance(text, str) else text[0]


def test_nothing_is_left_over(spanish, english):
    known = {(first(text), context) for text, context in english}

    assert [
        message.id for message in spanish if message.id and (first(message.id), message.context) not in known
    ] == []


def test_named_places_and_tags_are_the_same(spanish):
    differ = []
    for message in spanish:
        if not message.id:
            continue
        ids, strings = (
            (message.id, message.string)
            if isinstance(message.id, tuple)
            else ((message.id,), (message.string,))
        )
        wanted = [sorted(set(NAMED.findall(each))) for each in ids]
        given = [sorted(set(NAMED.findall(each))) for each in strings]
        if not all(each in wanted for each in given):
            differ.append(ids[0])

    assert differ == []


def test_a_question_stays_a_question(spanish):
    turned = [
        m.id
        for m in spanish
        if isinstance(m.id, str) and m.id and m.id.endswith("?") != str(m.string).endswith("?")
    ]

    assert turned == []


def test_no_one_is_called_tu(spanish):
    """The house says usted: these are people who have been called enough already."""
    familiar = re.compile(r"\b(tú|tu|tus|tienes|puedes|quieres|eres|contigo)\b", re.IGNORECASE)

    assert [
        m.id
        for m in spanish
        if m.string and familiar.search(" ".join(m.string if isinstance(m.string, tuple) else (m.string,)))
    ] == []


# -- No template speaks without a mark --------------------------------------------------------------------------------

# Names and codes that are the same in every language.
SAME_EVERYWHERE = {"Offramp", "EN", "ES", "EN, English", "ES, español"}
TEMPLATES = makemessages.PACKAGE / "pages" / "templates"
NOT_READ = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<script.*?</script>|<style.*?</style>"
    r"|{%\s*blocktrans.*?endblocktrans(?:late)?\s*%}|{%\s*block \w*(?:class|layout|theme)\w*\s*%}[^{]*(?={%)",
    re.DOTALL,
)
CODE = re.compile(r"{%.*?%}|{{.*?}}|&#?\w+;", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:alt|title|placeholder|aria-label)=["']([^"']*)["']""")


def unmarked(template: str) -> list[str]:
    """What a template says outside `{% translate %}` and `{% blocktranslate %}`."""
    read = CODE.sub("\n", NOT_READ.sub(" ", template))
    shown = re.sub(r"<[^>]*>", "\n", read)
    said = {each.strip(" ·:.,") for each in (*SPOKEN_ATTRIBUTE.findall(read), *shown.splitlines())}
    return sorted(each for each in said if re.search(r"[^\W\d_]{2}", each) and each not in SAME_EVERYWHERE)


def test_what_is_not_marked_is_found():
    assert unmarked('<p title="Not so">Hello {{ name }}</p><b>{% translate "Fine" %}</b> <i>988</i>') == [
        "Hello",
        "Not so",
    ]


def test_every_template_marks_what_it_says():
    """But for the gallery, whose samples are a made-up evening in English."""
    pages = [path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] != "design"]
    found = {
        str(path.relative_to(TEMPLATES)): said
        for path in pages
        if (said := unmarked(path.read_text("utf-8")))
    }

    assert found == {}
