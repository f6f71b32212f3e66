"""What is read aloud: the words of this pathway and these local rules, in the languages they are written in."""

from dataclasses import dataclass

from offramp.actions.encounter import Asked
from offramp.pages.officer.choice import Answer
from offramp.pages.officer.sheet import Sheet
from offramp.records import house
from offramp.rules import wording
from offramp.rules.pathway import Pathway


@dataclass(frozen=True)
class Spoken:
    """The script in one language."""

    language: str
    title: str
    parts: list[str]


@dataclass(frozen=True)
class Script:
    """The script as it is shown: each language it is written in, and whether it is only a sample."""

    spoken: list[Spoken]
    sample: bool


def script(sheet: Sheet, way: Pathway, *, who: str) -> Script:
    """The script of a pathway, with the name of whom the officer will call."""
    told = _wording(sheet, way)
    languages = sorted(told.languages, key=lambda code: (code != sheet.who.spoken, code != wording.ENGLISH))
    each = [wording.get(told.id, language, demo=house.is_demo()) for language in languages]
    spoken = [Spoken(one.language, one.title, one.filled(who=who).text.split("\n\n")) for one in each]
    return Script(spoken, any(one.sample for one in each))


def asked(sheet: Sheet, way: Pathway, answer: Answer) -> Asked:
    """What was read and what they said. Raises `NeedsInterpreter`, `NotSignedOff`."""
    told = _wording(sheet, way)
    said = answer.cleaned_data
    read = wording.get(told.id, answer.language, demo=house.is_demo(), interpreter=said["interpreter"])
    return Asked(said["said"], read.id, read.version, answer.language, told.covers, read.interpreter)


def aside(id: str, language: str, **values: str) -> wording.Shown:
    """Something said aloud around the handoff, which asks for nothing."""
    told = wording.get(id, language, demo=house.is_demo())
    return told.filled(**values) if values else told


def _wording(sheet: Sheet, way: Pathway) -> wording.Wording:
    name = sheet.pack.name if sheet.pack else ""
    return wording.in_force()[wording.script_for(way.script, pack=name)]
