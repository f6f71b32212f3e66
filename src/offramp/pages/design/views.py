"""The gallery, and four screens drawn with sample content. Only on a database marked as a demo."""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from offramp.pages.design import forms, sample
from offramp.pages.gate import open_to_all
from offramp.records import house

ANSWERED = {"what": ["substance"], "arrest": "yes", "offence": "23C", "place": "harbor"}


def in_a_demo(view):
    """Drawn on a demo database, and nowhere else: a real place shows no made-up people."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if not house.is_demo():
            raise Http404
        return render(request, *view(request))

    return open_to_all(reason="Sample content for those who build pages, on a demo database only.")(inner)


@in_a_demo
def gallery(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Every component once."""
    at = timezone.now()
    asks = forms.Divert(initial=ANSWERED)
    return "design/gallery.html", {
        "form": forms.Everything(initial={"needs": ["sobering"], "mode": "comes"}),
        "wrong": forms.Everything(
            {"wrong-pathway": "oi", "wrong-needs": "bed", "wrong-in_county": "yes"}, prefix="wrong"
        ),
        "panels": sample.panels(asks),
        "asks": asks,
        "clocks": sample.clocks(at),
        "reasons": sample.CAN_NOT,
        "tabs": sample.TABS,
        "pager": sample.PAGER,
        "numbers": sample.NUMBERS,
        "events": sample.events(at),
        "colours": COLOURS,
        "moments": [
            at - timedelta(minutes=40),
            at + timedelta(hours=2),
            at - timedelta(days=3),
            at - timedelta(days=80),
        ],
        "until": at + timedelta(minutes=5),
    }


@in_a_demo
def officer(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The officer's screen."""
    form = forms.Divert(initial=ANSWERED)
    return "design/officer.html", {
        "form": form,
        "call_first": forms.CallFirst(),
        "panel": sample.panel(form),
        "reasons": sample.NOT_DIVERTING,
    }


@in_a_demo
def script(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The offer, read aloud."""
    return "design/script.html", {"form": forms.Said(initial={"answer": "yes"})}


@in_a_demo
def handed_off(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Somebody is on the way."""
    return "design/handed_off.html", {
        "until": timezone.now() + timedelta(minutes=5),
        "called": timezone.now(),
    }


@in_a_demo
def provider(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """A provider's day."""
    at = timezone.now()
    return "design/provider.html", {
        "said": at - timedelta(minutes=25),
        "due": at - timedelta(minutes=4),
        "clock": sample.clocks(at)[1],
        "problem": sample.PROBLEM,
        "can_not": sample.CAN_NOT,
    }


@in_a_demo
def navigator(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """A navigator's day."""
    at = timezone.now()
    return "design/navigator.html", {
        "tabs": sample.TABS,
        "calls": sample.calls(at),
        "rows": sample.caseload(),
        "pager": sample.PAGER,
        "numbers": sample.NUMBERS,
        "events": sample.events(at),
    }


COLOURS = [
    "ink",
    "soft",
    "line",
    "edge",
    "paper",
    "card",
    "wash",
    "brand",
    "brand-strong",
    "on-brand",
    "tint",
    "good",
    "good-tint",
    "waiting",
    "waiting-tint",
    "now",
    "now-tint",
    "focus",
]
