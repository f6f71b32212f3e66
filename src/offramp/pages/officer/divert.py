"""Diverting, in three page requests: tell, ask, done. Between them the verdict and the places are looked at again with every tap.

GET  /officer/divert/       what is going on, who, what can be offered, where there is room
POST /officer/divert/look/  the answer half again (htmx); with scripts off nobody asks for it
POST /officer/divert/ask/   the script, what they said, how they get there, and whatever is still open
POST /officer/divert/       the deed, and what to say and do next
"""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from offramp.actions import divert as deeds
from offramp.actions import encounter
from offramp.actions.encounter import FormUsedBefore, WrongTime
from offramp.pages.account import drafts
from offramp.pages.components.values import Reason
from offramp.pages.components.words import shown
from offramp.pages.gate import page
from offramp.pages.officer import ends, script
from offramp.pages.officer.bar import bar
from offramp.pages.officer.carried import carried
from offramp.pages.officer.choice import Answer
from offramp.pages.officer.done import handed_off
from offramp.pages.officer.doors import doors
from offramp.pages.officer.guidance import lines, youth
from offramp.pages.officer.panel import matters, panel
from offramp.pages.officer.sheet import Sheet
from offramp.rules.consent import Said
from offramp.rules.duties import Duty, NotTheirDuty
from offramp.rules.plain_words import NOT_DIVERTED
from offramp.rules.questions import Asked
from offramp.rules.refusal import BadInput, Refused
from offramp.rules.words import Mode


@page(Duty.DIVERT, restores=True)
def divert(request: HttpRequest) -> HttpResponse:
    """The first page; or, sent back, the deed."""
    if request.method == "POST":
        return _send(request, Sheet.sent(request))
    typed = drafts.typed(request)
    return page_one(request, Sheet.sent(request, typed) if typed else Sheet.empty(request))


@page(Duty.DIVERT)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What can be offered and where, for what is on the screen now."""
    sheet = Sheet.sent(request)
    boxes = request.POST.get("read", "").split() != sheet.unsafe.shown
    return render(request, "officer/_look.html", screen(sheet) | {"boxes": boxes})


@page(Duty.DIVERT, restores=True)
def ask(request: HttpRequest) -> HttpResponse:
    """The second page: what to read aloud, and everything that is still needed."""
    if request.method == "GET":
        typed = drafts.typed(request)
        return page_two(request, Sheet.sent(request, typed)) if typed else redirect("officer:divert")
    sheet = Sheet.sent(request)
    if sheet.forged or "back" in request.POST:
        return page_one(request, sheet, refused=NotOurs.about(sheet))
    return page_two(request, sheet)


class NotOurs(BadInput):
    """A form whose key is none of ours. What was typed is kept, under a new key."""

    @classmethod
    def about(cls, sheet: Sheet) -> "NotOurs | None":
        return (
            cls("This form had no number of its own. It has one now: look it over, and send it again.")
            if sheet.forged
            else None
        )


# -- The pages ------------------------------------------------------------------------------------------------------


def screen(sheet: Sheet) -> dict[str, Any]:
    """What the answer half of the first page is drawn from."""
    if not sheet.is_valid:
        return {"sheet": sheet, "bar": bar(sheet)}
    if not sheet.for_adults:
        return {"sheet": sheet, "youth": youth(sheet), "lines": lines(sheet)[:-1], "bar": bar(sheet)}
    judged, found = panel(sheet), doors(sheet)
    return {
        "sheet": sheet,
        "panel": judged,
        "doors": found,
        "lines": lines(sheet),
        "bar": bar(sheet, judged, found),
    }


def page_one(request: HttpRequest, sheet: Sheet, *, refused: Refused | None = None) -> HttpResponse:
    """Tell: everything the officer taps before the offer is read."""
    context = screen(sheet) | {
        "reasons": not_diverting(),
        "refused": shown(refused.message) if refused else "",
    }
    wrong = request.method == "POST" and not sheet.is_valid
    return render(
        request, "officer/divert.html", context, status=refused.status if refused else 400 if wrong else 200
    )


def page_two(
    request: HttpRequest, sheet: Sheet, *, answer: Answer | None = None, refused: Refused | None = None
) -> HttpResponse:
    """Ask: the script, what they said, how they get there; and what is still open, for who came here with scripts off."""
    if sheet.is_valid and sheet.for_adults and sheet.way is None:
        sheet.tell.add_error("charge", _("Say if you would arrest or cite."))
    if not sheet.is_valid:
        return page_one(request, sheet)
    context = screen(sheet) | {
        "refused": shown(refused.message) if refused else "",
        "reasons": not_diverting(),
    }
    if sheet.way is not None and context["panel"].answer in ("yes", "unknown"):
        found = context["doors"]
        context["answer"] = answer or answer_form(sheet, found.modes)
        context["spoken"] = [sheet.asked.row(one) for one in matters(sheet, Asked.SCRIPT)]
        context["script"] = script.script(sheet, sheet.way, who=found.name or _("someone who can help"))
    context["carried"] = carried(sheet, but=_visible(context))
    status = refused.status if refused else 400 if answer is not None else 200
    return render(request, "officer/ask.html", context, status=status)


def answer_form(sheet: Sheet, modes: tuple[Mode, ...], data=None) -> Answer:
    """The form of the second page for a door that is reached in these ways."""
    return Answer(data, modes=modes, language=sheet.who.spoken)


def not_diverting() -> list[Reason]:
    """The ways a meeting ends without an offer, one tap each."""
    return [Reason(code.value, shown(words)) for code, words in NOT_DIVERTED.items()]


def _visible(context: dict[str, Any]) -> set[str]:
    """Fields that page two draws itself, so they are not carried unseen."""
    judged = context.get("panel")
    if judged is None:
        return set()
    # Open questions stand in the panel, unless it is closed because nothing is open.
    rows = [row for reason in judged.asking for row in reason.asks] if judged.answer != "yes" else []
    rows += context.get("spoken", [])
    names = {one.html_name for row in rows for one in (row.chips, *row.typed)}
    return names | ({"lift"} if any(one.may_lift for one in judged.reasons) else set())


# -- The deed -------------------------------------------------------------------------------------------------------


def _send(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What the last button says: an ending, or a handoff."""
    if sheet.forged or not sheet.is_valid:
        return page_one(request, sheet, refused=NotOurs.about(sheet))
    try:
        ended = ends.end(request, sheet)
        return _done(request, ended) if ended is not None else _hand_off(request, sheet)
    except NotTheirDuty:
        raise
    except WrongTime as why:
        return page_one(request, sheet, refused=why)
    except FormUsedBefore as why:
        return page_two(request, sheet.changed(key=str(uuid.uuid4())), refused=why)
    except Refused as why:
        return page_two(request, sheet, answer=_answer_again(request, sheet), refused=why)


def _hand_off(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    # The places are looked for again only where the form names none of its own.
    outlet = request.POST.get("outlet") or doors(sheet).outlet
    modes = ends.modes_of(outlet) or doors(sheet).modes
    answer = answer_form(sheet, modes, request.POST)
    if sheet.way is None or not answer.is_valid():
        return page_two(request, sheet, answer=answer)
    asked = script.asked(sheet, sheet.way, answer)
    meeting = sheet.meeting(sheet.way.key, asked)
    if asked.answer != Said.YES.value:
        return _done(
            request, ends.said_no(request, sheet, meeting, later=asked.answer == Said.NOT_TODAY.value)
        )
    if not outlet:
        raise ends.NoDoor("Choose where to first: nothing has room just now. What you entered is kept.")
    mode = Mode(answer.cleaned_data["mode"] or modes[0]) if modes else Mode.OWN_WAY
    if outlet != request.POST.get("read_for") and encounter.of_form(request.viewer, meeting.key) is None:
        raise ReadAgain("You chose another place. Read it to them again: it says the new name now.")
    made = deeds.divert(
        viewer=request.viewer,
        at=request.at,
        meeting=meeting,
        handoff=deeds.Handoff(uuid.UUID(outlet), mode),
    )
    return _done(request, handed_off(request, sheet, made, outlet=outlet))


def _done(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The meeting is recorded: what a locked screen had kept of it is not given back for the next one."""
    drafts.sent(request)
    return answer


class ReadAgain(BadInput):
    """They said yes to somebody else: a yes is to the one who was named, and to nobody else."""


def _answer_again(request: HttpRequest, sheet: Sheet) -> Answer:
    """The second half for the doors there are now; they are asked again, if it is another door."""
    found = doors(sheet)
    modes = ends.modes_of(found.outlet) or found.modes
    answer = answer_form(sheet, modes, request.POST)
    return answer if request.POST.get("read_for") == found.outlet else answer.again(modes=modes)
