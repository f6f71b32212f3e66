"""A meeting that ends without a handoff: a reason in one tap, a no, not today, a medic, a young person, a supervisor's decision."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from offramp.actions import encounter
from offramp.actions.encounter import Meeting
from offramp.pages.components.words import shown
from offramp.pages.officer import script
from offramp.pages.officer.doors import modes_at
from offramp.pages.officer.report import report
from offramp.pages.officer.sheet import Sheet
from offramp.records.encounter import Encounter
from offramp.records.service import Outlet
from offramp.rules import plain_words
from offramp.rules.refusal import BadInput
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason

ELSEWHERE = {
    one.value: one
    for one in (EncounterEnding.MEDICAL_FIRST, EncounterEnding.YOUTH, EncounterEnding.NEEDS_SUPERVISOR)
}


class NoDoor(BadInput):
    """Somebody said yes, and no door was chosen."""


class NoSuchEnding(BadInput):
    """An ending that nobody can tap."""


def end(request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """End as the button says, if it says so. None: it is a handoff, or what they said."""
    reason, ending = request.POST.get("not_diverted"), request.POST.get("end")
    if reason:
        return _not_diverted(request, sheet, reason)
    if not ending:
        return None
    if ending not in ELSEWHERE:
        raise NoSuchEnding("This is not how a meeting ends here.")
    kept = encounter.not_for_this_screen(
        viewer=request.viewer, at=request.at, meeting=_as_told(sheet), ending=ELSEWHERE[ending]
    )
    return ended(request, sheet, kept)


def _not_diverted(request: HttpRequest, sheet: Sheet, code: str) -> HttpResponse:
    with suppress(ValueError):
        reason = NotDivertedReason(code)
        kept = encounter.not_diverting(
            viewer=request.viewer, at=request.at, meeting=_as_told(sheet), reason=reason
        )
        return ended(request, sheet, kept)
    raise NoSuchEnding("This is not one of the reasons.")


def said_no(request: HttpRequest, sheet: Sheet, meeting: Meeting, *, later: bool) -> HttpResponse:
    """They said no, or not today. Both are fine, and neither is held against anybody."""
    kept = encounter.said_no(viewer=request.viewer, at=request.at, meeting=meeting, later=later)
    return ended(request, sheet, kept, language=meeting.language)


def _as_told(sheet: Sheet) -> Meeting:
    return sheet.meeting(sheet.way.key if sheet.way else "")


def ended(request: HttpRequest, sheet: Sheet, kept: Encounter, *, language: str = "") -> HttpResponse:
    """What was kept, what to say or whom to call, and the text for the report."""
    ending = EncounterEnding(kept.ending)
    context = {
        "sheet": sheet,
        "kept": kept,
        "title": shown(plain_words.ENDINGS[ending]),
        "reason": shown(plain_words.NOT_DIVERTED[NotDivertedReason(kept.reason)])
        if kept.reason in set(NotDivertedReason)
        else "",
        "say": _to_say(ending, language, charged=bool(sheet.way and sheet.way.charges_allowed)),
        "calls": _to_call(sheet, ending),
        "then": shown(sheet.way.declining) if sheet.way and ending is EncounterEnding.DECLINED else "",
        "report": report(kept),
    }
    return render(request, "officer/ended.html", context, status=201)


def _to_say(ending: EncounterEnding, language: str, *, charged: bool):
    """What to say to somebody who does not want it now."""
    if ending is EncounterEnding.DEFERRED:
        return script.aside("say_not_today", language)
    if ending is EncounterEnding.DECLINED and not charged:
        return script.aside("say_no_is_fine", language)
    return None


def _to_call(sheet: Sheet, ending: EncounterEnding) -> tuple[str, str] | None:
    """Whom to call next: words and number."""
    policy = sheet.agency.policy
    if ending is EncounterEnding.YOUTH and policy.get("youth_on_call"):
        return _("Youth on-call"), policy["youth_on_call"]
    if ending is EncounterEnding.NEEDS_SUPERVISOR and policy.get("supervisor_on_call"):
        return _("Supervisor on call"), policy["supervisor_on_call"]
    return None


def modes_of(outlet: str) -> tuple[Mode, ...]:
    """How people get to this door; nothing for a door that is not in the directory."""
    with suppress(ValueError):
        doors = Outlet.objects.filter(key=UUID(outlet)) if outlet else Outlet.objects.none()
        ways = doors.select_related("service").only("service__how_in", "service__brings_people")
        return next((modes_at(door) for door in ways), ())
    return ()
