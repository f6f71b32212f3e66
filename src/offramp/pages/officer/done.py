"""The handoff is made: who is coming, when, what to say, and everything that can still be done with it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from offramp.actions.divert import Diverted
from offramp.actions.undo import until
from offramp.pages.components.values import Clock
from offramp.pages.components.when import gap
from offramp.pages.officer import script
from offramp.pages.officer.drives import drive_of
from offramp.pages.officer.report import report
from offramp.pages.officer.sheet import Sheet
from offramp.rules.words import Mode

SAY = {Mode.WORKER_COMES: "say_worker_coming", Mode.THREE_WAY_CALL: "say_worker_coming"}


def handed_off(request: HttpRequest, sheet: Sheet, made: Diverted, *, outlet: str) -> HttpResponse:
    """The third page. A form that was sent before shows the same handoff, without the name it no longer knows."""
    kept, mode = made.encounter, Mode(made.encounter.mode)
    context = {
        "sheet": sheet,
        "kept": kept,
        "again": made.again,
        "title": _title(made, mode),
        "clock": _clock(kept.recorded_at, made.expected_at, at=request.at),
        "expected_at": made.expected_at,
        "say": _to_say(made, mode),
        "charge_waits": made.charge_waits,
        "until": until(kept),
        "can_undo": kept.undone_at is None and request.at <= until(kept),
        "drive": drive_of(request.viewer, kept) if mode is Mode.POLICE_TRANSPORT else None,
        "outlet": "" if made.again else outlet,
        "report": report(kept),
    }
    return render(request, "officer/handed_off.html", context, status=201)


def _title(made: Diverted, mode: Mode) -> str:
    if made.encounter.undone_at:
        return _("This handoff was undone")
    if made.again:
        return _("This was sent before, and it is done")
    if made.asked and mode not in (Mode.THREE_WAY_CALL, Mode.WORKER_COMES):
        return _("%(name)s is asked, and has to answer") % {"name": made.to_name}
    words = {
        Mode.WORKER_COMES: _("%(name)s is called, and comes to you"),
        Mode.POLICE_TRANSPORT: _("%(name)s expects you"),
        Mode.OWN_WAY: _("%(name)s expects them"),
        Mode.AMBULANCE: _("%(name)s expects them by ambulance"),
        Mode.THREE_WAY_CALL: _("Call %(name)s together"),
    }
    return words[mode] % {"name": made.to_name}


def _to_say(made: Diverted, mode: Mode):
    if made.again or made.encounter.undone_at or (made.asked and mode is not Mode.WORKER_COMES):
        return None  # nothing is promised in a place's name before it has answered
    return script.aside(SAY.get(mode, "say_place_expects"), made.encounter.language, who=made.to_name)


def _clock(began: datetime, due: datetime | None, *, at: datetime) -> Clock | None:
    """How much of the time has gone. It fills again when the page is read again."""
    if due is None:
        return None
    whole, gone = (due - began).total_seconds(), (at - began).total_seconds()
    share = 100 if whole <= 0 else max(2, min(100, round(100 * gone / whole)))
    return Clock(share, _("about %(gap)s") % {"gap": gap(due, at=began)}, due_at=due)
