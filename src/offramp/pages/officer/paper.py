"""The minute on paper: blank sheets with a code, filing one later, and the card in the person's hand."""

import uuid
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from offramp.actions import encounter
from offramp.actions import verdict as verdicts
from offramp.actions.referrals import expected
from offramp.formats.paper.blank_form import MOST, blank_forms, new_codes, read_code
from offramp.formats.paper.card import Card, card_for_person
from offramp.pages.gate import page
from offramp.pages.officer import divert
from offramp.pages.officer.sheet import Sheet
from offramp.records import house
from offramp.records.encounter import Encounter
from offramp.records.service import Outlet
from offramp.rules import wording
from offramp.rules.duties import Duty
from offramp.rules.refusal import NotFound
from offramp.rules.words import Mode

LANGUAGES = ("en", "es")


class Print(forms.Form):
    """How many blank sheets."""

    n = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST,
        initial=10,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )


class File(forms.Form):
    """The code of a sheet that was filled in."""

    code = forms.CharField(
        label=_("Code on the sheet"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )


@page(Duty.DIVERT)
def paper(request: HttpRequest) -> HttpResponse:
    """Print blank sheets, or file one."""
    form = File(request.POST or None)
    if form.is_valid():
        return redirect("officer:sheet", read_code(form.cleaned_data["code"]))
    return render(request, "officer/paper.html", {"print": Print(), "form": form})


@page(Duty.DIVERT)
def blank(request: HttpRequest) -> HttpResponse:
    """Blank sheets as a PDF, the scripts of the officer's pathways on the back."""
    form = Print(request.GET)
    if not form.is_valid():
        return render(request, "officer/paper.html", {"print": form, "form": File()}, status=400)
    address = request.build_absolute_uri(reverse("officer:paper"))
    pdf = blank_forms(new_codes(form.cleaned_data["n"]), address=address, scripts=_scripts(request))
    return _pdf(pdf, "sheets.pdf")


def _scripts(request: HttpRequest) -> list[wording.Shown]:
    agency = request.membership.agency
    pack = verdicts.pack_of(agency)
    ids = [
        wording.script_for(way.script, pack=pack.name if pack else "")
        for way in verdicts.ways(agency, charge=None)
    ]
    return [wording.get(id, language, demo=house.is_demo()) for id in ids for language in LANGUAGES]


@page(Duty.DIVERT)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """File a sheet: the same screen, with the time they met. Its code is the form's key, so it is filed once."""
    printed = read_code(code)
    key = uuid.uuid5(request.membership.agency.key, printed)
    if Encounter.objects.seen_by(request.viewer).filter(key=key).exists():
        return render(request, "officer/filed.html", {"code": printed})
    return divert.page_one(request, Sheet.empty(request, key=str(key), sheet=printed))


# -- The card -------------------------------------------------------------------------------------------------------


@page(Duty.DIVERT)
@require_POST
def card(request: HttpRequest, key: UUID) -> HttpResponse:
    """The card for the person, for an own handoff. The police side keeps no door, so the page that knows it says it."""
    kept = encounter.own(request.viewer, key)
    door = _door(request.POST.get("outlet", ""))
    words = [wording.get("card", language, demo=house.is_demo()) for language in _both(kept.language)]
    return _pdf(card_for_person(_card(kept, door), words), "card.pdf")


def _door(text: str) -> Outlet:
    try:
        found = Outlet.objects.filter(key=UUID(text)).select_related("service__agency", "site").first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("That place is not in the directory. Choose another.")
    return found


def _card(kept: Encounter, door: Outlet) -> Card:
    mode = Mode(kept.mode) if kept.mode else Mode.OWN_WAY
    due = expected(door, mode, kept.recorded_at)
    return Card(
        expecting=door.service.name,
        meets=mode is Mode.WORKER_COMES,
        place=door.service.agency.name,
        address=door.site.address if door.site else "",
        phone=door.phones[0] if door.phones else "",
        when=timezone.localtime(due) if due else None,
    )


def _both(language: str) -> list[str]:
    """English and Spanish, the person's own first."""
    return sorted(LANGUAGES, key=lambda one: one != language)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
