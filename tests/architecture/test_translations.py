"""Everything people read is there in Spanish, with the same named places, tags and breaks as in English."""

import re

import pytest
from babel.messages.pofile import read_po

from offramp.cli import makemessages

CATALOGUE = makemessages.CATALOGUES / "es" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"(?<!\{)\{\w+\}(?!\})|\{\{|\}\}|%\(\w+\)[sd]|<[^>]+>")


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
