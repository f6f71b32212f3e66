"""Find a person, and one person's page: who they are, whether we know them already, and their episodes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from offramp.actions import find, known, link
from offramp.pages.components.words import shown
from offramp.pages.gate import page
from offramp.pages.navigator.work import lines, name_of
from offramp.pages.people.forms import Known, Look
from offramp.records import ledger
from offramp.records import link as links
from offramp.records.episode import Episode
from offramp.records.person import PersonFile, identity_of
from offramp.rules.duties import Duty, may
from offramp.rules.refusal import NotFound
from offramp.rules.words import Side


@page(Duty.FIND_PEOPLE)
def look(request: HttpRequest) -> HttpResponse:
    """The box, and what it found. A search is a form that is sent: what was typed stands in no address and no log."""
    form = Look(request.POST or None)
    context = {"form": form, "at": request.viewer.at}
    if request.method == "POST" and form.is_valid():
        found = find.find(viewer=request.viewer, at=request.viewer.at, text=form.cleaned_data["q"])
        context |= {"found": [_drawn(one) for one in found], "looked": True}
    status = 400 if form.errors else 200
    return _plain(render(request, "people/_found.html" if request.htmx else "people/look.html", context, status=status))


@page(Duty.FIND_PEOPLE)
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person's page, and writing down what is now known."""
    viewer, file = request.viewer, _file(request, key)
    identity, on = identity_of(file), timezone.localdate(viewer.at)
    form = Known(request.POST, on=on) if request.method == "POST" else Known.of(identity, on=on)
    if request.method == "POST" and form.is_valid():
        known.write_down(viewer=viewer, at=viewer.at, file_key=key, identity=form.now_known(identity))
        return redirect("people:one", key=key)
    ledger.looked(viewer, at=viewer.at, what="person", about=file.key, side=Side.CARE)
    context = _context(request, file) | {"form": form}
    return _plain(render(request, "people/one.html", context, status=400 if form.errors else 200))


@page(Duty.FIND_PEOPLE)
@require_POST
def suggest(request: HttpRequest, key: UUID) -> HttpResponse:
    """While somebody types: may we know them already? Only a hint; nothing is kept."""
    file = _file(request, key)
    form = Known(request.POST, on=timezone.localdate(request.viewer.at))
    form.is_valid()
    typed = form.now_known(identity_of(file))
    return _plain(render(request, "people/_same.html", _same(request, file, typed)))


@page(Duty.LINK_FILES)
@require_POST
def join(request: HttpRequest, key: UUID, other: UUID) -> HttpResponse:
    """These two are one person."""
    link.join(viewer=request.viewer, at=request.viewer.at, one_key=key, other_key=other)
    return redirect("people:one", key=key)


@page(Duty.LINK_FILES)
@require_POST
def part(request: HttpRequest, key: UUID, other: UUID) -> HttpResponse:
    """They are two people after all."""
    link.part(viewer=request.viewer, at=request.viewer.at, one_key=key, other_key=other)
    return redirect("people:one", key=key)


def _file(request: HttpRequest, key: UUID) -> PersonFile:
    file = PersonFile.objects.seen_by(request.viewer).filter(key=key, side=Side.CARE.value).first()
    if file is None:
        raise NotFound
    return file


def _context(request: HttpRequest, file: PersonFile) -> dict:
    viewer = request.viewer
    linked = links.same_person(viewer, file=file)
    theirs = Episode.objects.seen_by(viewer).filter(file__in=[file.pk, *(other.pk for other in linked)])
    return {
        "file": file,
        "name": name_of(file),
        "linked": [(other, name_of(other)) for other in linked],
        "episodes": lines(viewer, theirs.order_by("-began_at")[:50]),
        "own": file.agency_id == viewer.agency_id,
        "at": viewer.at,
    } | _same(request, file, identity_of(file))


def _same(request: HttpRequest, file: PersonFile, identity) -> dict:
    known_already = {file.pk, *(other.pk for other in links.same_person(request.viewer, file=file))}
    found = find.may_be(viewer=request.viewer, at=request.viewer.at, identity=identity)
    suggested = [_drawn(one) for one in found if one.file.pk not in known_already]
    return {"file": file, "suggested": suggested, "may_link": may(request.viewer.role, Duty.LINK_FILES)}


def _drawn(found) -> dict:
    return {"file": found.file, "name": name_of(found.file), "reasons": [shown(reason) for reason in found.reasons]}


def _plain(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
