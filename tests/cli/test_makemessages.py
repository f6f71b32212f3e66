"""Texts are collected for translation, and a translation once made is kept."""

from babel.messages.pofile import read_po

from offramp.cli import makemessages


def test_a_translation_is_kept_when_texts_come_and_go(tmp_path):
    file = tmp_path / "es" / "django.po"
    makemessages.bring_up_to_date(file, "es", [("a.html", "Hand off", None), ("a.html", "Not today", None)])
    file.write_text(file.read_text().replace('msgid "Hand off"\nmsgstr ""', 'msgid "Hand off"\nmsgstr "Entregar"'))

    waiting, known = makemessages.bring_up_to_date(file, "es", [("b.html", "Hand off", None), ("b.html", "Met", None)])

    with open(file, "rb") as lines:
        catalogue = read_po(lines)
    assert catalogue.get("Hand off").string == "Entregar"
    assert catalogue.get("Not today") is None
    assert (waiting, known) == (1, 2)


def test_texts_of_rules_are_found_without_a_mark():
    found = {text for where, text, _ in makemessages.in_messages() if where.startswith("rules/")}

    assert "Your role does not include this. Ask your supervisor if it should." in found
    assert not any(text.startswith("Which kinds") for text in found if isinstance(text, str)), "no docstrings"


def test_texts_of_templates_are_found():
    assert {where for where, _, _ in makemessages.in_templates()}
