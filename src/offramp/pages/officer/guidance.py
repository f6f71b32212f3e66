"""What stands above everything else on the officer's screen: a medic, a crisis line, danger, a child."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offramp.pages.components.words import shown
from offramp.pages.officer.sheet import Sheet
from offramp.rules import wording
from offramp.rules.safety import First


@dataclass(frozen=True)
class Line:
    """One line that comes first, and the way to end here if that is how it ends."""

    first: str
    words: str
    ends: str = ""
    ends_words: str = ""


def lines(sheet: Sheet) -> list[Line]:
    """The lines of this sheet, the most urgent first."""
    found = []
    for one in sheet.first:
        medical = one.first is First.MEDICAL
        ends = ("medical_first", _("Medics take over: save")) if medical else ("", "")
        found.append(Line(one.first.value, shown(one.says), *ends))
    return found


@dataclass(frozen=True)
class Youth:
    """What to do for somebody under 18. No name is taken."""

    title: str
    parts: list[str]
    phone: str
    sample: bool


def youth(sheet: Sheet) -> Youth:
    """The guidance, with the number of whoever is on call for young people here."""
    phone = sheet.agency.policy.get("youth_on_call", "")
    told = wording.get("under_18", get_language() or "en", demo=True)  # safety wording is never held back
    told = told.filled(on_call=phone or _("ask your dispatcher for the number"))
    return Youth(told.title, told.text.split("\n\n"), phone, told.sample)
