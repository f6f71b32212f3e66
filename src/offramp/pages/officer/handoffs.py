"""My handoffs: when, where, and one word. Nothing of care, and nothing to open that holds any."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from offramp.actions import drive
from offramp.actions import undo as deeds
from offramp.pages.components.values import Pager
from offramp.pages.components.words import shown
from offramp.pages.gate import page
from offramp.pages.officer.drives import Drive, drives_of
from offramp.records import vault
from offramp.records.encounter import Encounter, TellBack
from offramp.rules import plain_words
from offramp.rules.duties import Duty
from offramp.rules.refusal import BadInput
from offramp.rules.visibility import Viewer
from offramp.rules.words import EncounterEnding, Told

PAGE = 25
LOOK_BACK = timedelta(days=30)
OFFERED = (EncounterEnding.HANDED_OFF.value, EncounterEnding.DECLINED.value, EncounterEnding.DEFERRED.value)


@dataclass(frozen=True)
class Row:
    """One handoff as its officer sees it."""

    kept: Encounter
    where: str
    word: str
    told: str
    drive: Drive | None
    can_undo: bool
    until: datetime


@page(Duty.SEE_OWN_HANDOFFS)
def handoffs(request: HttpRequest) -> HttpResponse:
    """The list, newest first, and my last thirty days in one sentence."""
    kept, pager = _page(request)
    rows = _rows(request.viewer, kept, at=request.at)
    context = {
        "rows": rows,
        "pager": pager,
        "month": _month(request.viewer, at=request.at),
    }
    return render(request, "officer/handoffs.html", context)


@page(Duty.DIVERT)
@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a handoff back."""
    deeds.undo(viewer=request.viewer, at=request.at, encounter_key=key)
    return redirect("officer:handoffs")


@page(Duty.DIVERT)
@require_POST
def dropped_off(request: HttpRequest, key: UUID) -> HttpResponse:
    """They are at the door."""
    drive.dropped_off(viewer=request.viewer, at=request.at, encounter_key=key)
    return redirect("officer:handoffs")


# -- The list -------------------------------------------------------------------------------------------------------


def own(viewer: Viewer):
    """This officer's own handoffs. A colleague's are on the colleague's list, and nowhere else."""
    return Encounter.objects.seen_by(viewer).filter(
        officer_id=viewer.user_id, ending=EncounterEnding.HANDED_OFF.value
    )


def _page(request: HttpRequest) -> tuple[list[Encounter], Pager]:
    """One page by key: (when, id) of the last row of the page before."""
    said = TellBack.objects.seen_by(request.viewer).filter(encounter=OuterRef("pk")).order_by("-pk")
    rows = own(request.viewer).select_related("file").annotate(told=Subquery(said.values("word")[:1]))
    older, newer = request.GET.get("older"), request.GET.get("newer")
    if newer:
        rows = rows.filter(_beyond(newer, "gt")).order_by("at", "pk")
    else:
        rows = (rows.filter(_beyond(older, "lt")) if older else rows).order_by("-at", "-pk")
    found = list(rows[: PAGE + 1])
    more, kept = len(found) > PAGE, found[:PAGE]
    if newer:
        kept.reverse()
    return kept, _pager(kept, first=not (older or (newer and more)), last=not (more or newer))


def _beyond(mark: str, side: str) -> Q:
    moment, _sep, pk = mark.rpartition("~")
    try:
        at, last = datetime.fromisoformat(moment), int(pk)
        readable = at.tzinfo is not None and abs(last) < 2**63 and bool(at.astimezone(UTC))
    except (ValueError, OverflowError):
        raise BadInput("That page of the list is not there. Open the list again.") from None
    if not readable:
        raise BadInput("That page of the list is not there. Open the list again.")
    return Q(**{f"at__{side}": at}) | Q(at=at, **{f"pk__{side}": last})


def _pager(kept: list[Encounter], *, first: bool, last: bool) -> Pager:
    if not kept or (first and last):
        return Pager("")

    def url(side: str, one: Encounter) -> str:
        return f"{reverse('officer:handoffs')}?{side}={one.at.isoformat().replace('+', '%2B')}~{one.pk}"

    counted = ngettext("%(n)d handoff", "%(n)d handoffs", len(kept)) % {"n": len(kept)}
    return Pager(
        counted, newer="" if first else url("newer", kept[0]), older="" if last else url("older", kept[-1])
    )


def _rows(viewer: Viewer, kept: list[Encounter], *, at: datetime) -> list[Row]:
    drives = drives_of(viewer, kept)
    return [_row(one, drives.get(one.pk), at) for one in kept]


def _row(kept: Encounter, driven: Drive | None, at: datetime) -> Row:
    typed = vault.open_for(kept.file, f"encounter:{kept.key}", bytes(kept.sealed))
    told = Told(kept.told) if kept.told else Told.NO_INFORMATION
    until, undone = deeds.until(kept), kept.undone_at is not None
    return Row(
        kept=kept,
        where=typed.get("place", ""),
        word=shown(plain_words.ENDINGS[EncounterEnding.UNDONE] if undone else plain_words.TOLD[told]),
        told="undone" if undone else told.value,
        drive=None if undone else driven,
        can_undo=not undone and told is Told.NO_INFORMATION and at <= until,
        until=until,
    )


# -- My last thirty days ----------------------------------------------------------------------------------------------


def _month(viewer: Viewer, *, at: datetime) -> str:
    """ "Your last 30 days: 6 offered, 5 handed off, median 3 minutes." From one's own meetings alone."""
    mine = Encounter.objects.seen_by(viewer).filter(
        officer_id=viewer.user_id, at__gte=at - LOOK_BACK, ending__in=OFFERED
    )
    rows = list(mine.values_list("ending", "undone_at", "form_opened_at", "recorded_at"))
    if not rows:
        return ""
    made = [row for row in rows if row[0] == EncounterEnding.HANDED_OFF.value and row[1] is None]
    took = [(recorded - opened).total_seconds() / 60 for _ending, _undone, opened, recorded in made if opened]
    said: dict[str, Any] = {"offered": len(rows), "made": len(made)}
    if not took:
        return _("Your last 30 days: %(offered)d offered, %(made)d handed off.") % said
    said["minutes"] = max(1, round(median(took)))
    return (
        ngettext(
            "Your last 30 days: %(offered)d offered, %(made)d handed off, median %(minutes)d minute.",
            "Your last 30 days: %(offered)d offered, %(made)d handed off, median %(minutes)d minutes.",
            said["minutes"],
        )
        % said
    )
