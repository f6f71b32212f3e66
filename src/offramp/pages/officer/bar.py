"""The one thing to do next, as a verb under the thumb."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from offramp.pages.officer.doors import Doors
from offramp.pages.officer.panel import Panel
from offramp.pages.officer.sheet import Sheet
from offramp.rules.answers import Answer
from offramp.rules.words import EncounterEnding, NotDivertedReason


@dataclass(frozen=True)
class Bar:
    """The primary button. `to` is where it sends the form; `name` and `value` are what it says besides."""

    primary: str
    to: str
    name: str = ""
    value: str = ""
    words: str = ""


def bar(sheet: Sheet, panel: Panel | None = None, doors: Doors | None = None) -> Bar:
    """What to do next with this sheet."""
    ask, end = reverse("officer:ask"), reverse("officer:divert")
    if not sheet.is_valid:
        return Bar(_("Check"), ask)
    if not sheet.for_adults:
        return Bar(_("Save without a name"), end, "end", EncounterEnding.YOUTH.value, _("Under 18"))
    if panel is None:
        return Bar(_("Check"), ask, words=_("Say if you would arrest or cite, to see what can be offered."))
    if panel.answer == "supervisor":
        return Bar(
            _("Save: needs a supervisor"), end, "end", EncounterEnding.NEEDS_SUPERVISOR.value, panel.words
        )
    if sheet.verdict and sheet.verdict.answer is Answer.NO:
        return Bar(
            _("Save: not diverted"), end, "not_diverted", NotDivertedReason.NOT_ELIGIBLE.value, panel.words
        )
    if panel.answer == "unknown":
        return Bar(_("Go on"), ask, words=panel.words)
    words = f"{panel.words} · {doors.name}" if doors and doors.name else panel.words
    return Bar(_("Read the offer to them"), ask, words=words)
