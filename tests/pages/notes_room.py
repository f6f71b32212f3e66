"""A room made up for tests: a page with a form that puts typed words back, and one that leaves that to the kept page."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_POST

from offramp.config.urls import handler404 as handler404
from offramp.config.urls import urlpatterns as real
from offramp.pages.account import drafts
from offramp.pages.gate import page
from offramp.rules.duties import Duty
from offramp.rules.refusal import NotFound, Refused

SENT: list[dict] = []  # what the deeds behind these pages have done

SHEET = """{% extends "base.html" %}{% block title %}Note{% endblock title %}{% block main %}
<h1>Secret of Sam</h1>{% include "account/_kept.html" %}
<form method="post" action="{{ send_to }}">{% csrf_token %}{{ form }}<button>Save</button></form>
<button hx-get="/refuses/" hx-target="this">Take the place</button>
{% endblock main %}"""


class Note(forms.Form):
    words = forms.CharField(widget=forms.Textarea)
    key = forms.CharField(widget=forms.HiddenInput, initial="5f0e2b0a-6a0e-4f0e-9d64-000000000001")


def _draw(request, form, send_to=""):
    sheet = engines["django"].from_string(SHEET)
    return HttpResponse(sheet.render({"form": form, "send_to": send_to}, request))


@page(Duty.WORK_HANDOFFS, restores=True)
def note(request):
    form = Note(request.POST or drafts.typed(request) or None)
    if request.method == "POST" and form.is_valid():
        SENT.append(form.cleaned_data)
        return redirect("/today/")
    return _draw(request, form)


@page(Duty.WORK_HANDOFFS)
def plain(request):
    return _draw(request, Note(), send_to="/plain/send/")


@page(Duty.WORK_HANDOFFS)
@require_POST
def plain_send(request):
    SENT.append(request.POST.dict())
    return redirect("/plain/")


@page(Duty.WORK_HANDOFFS)
def poll(request):
    return HttpResponse("<p>Secret of Sam</p>")


@page(Duty.WORK_HANDOFFS)
def refuses(request):
    raise Refused("There is no room left.")


@page(Duty.WORK_HANDOFFS)
def hides(request):
    raise NotFound


@page(Duty.DIVERT, says_no=True)
def says_no(request):
    return HttpResponse("yes")


@page(Duty.DIVERT)
def police_only(request):
    return HttpResponse("Secret of the police")


urlpatterns = [
    *real,
    path("note/", note),
    path("plain/", plain),
    path("plain/send/", plain_send),
    path("poll/", poll),
    path("refuses/", refuses),
    path("hides/", hides),
    path("says-no/", says_no),
    path("police-only/", police_only),
]
