"""An administrator's pages: the accounts of their agency. No content of anybody's work is drawn here."""

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from offramp.actions import accounts
from offramp.pages.account.forms import Clearance, NewAccount, NewJob
from offramp.pages.components.words import shown
from offramp.pages.gate import page
from offramp.records.staff import Membership, User
from offramp.rules.duties import Duty
from offramp.rules.plain_words import ROLES
from offramp.rules.words import Role

AT_MOST = 200


@page(Duty.MANAGE_ACCOUNTS)
def everyone(request: HttpRequest) -> HttpResponse:
    """Accounts of this agency: those who wait for the administrator first."""
    asked = request.GET.get("q", "").strip()[:80]
    people = accounts.people_of(request.viewer)
    if asked:
        people = people.filter(Q(name__icontains=asked) | Q(email__icontains=asked) | Q(badge__iexact=asked))
    jobs_here = Membership.objects.filter(closed_at=None, agency_id=request.viewer.agency_id).order_by("role")
    people = people.prefetch_related(Prefetch("memberships", jobs_here, to_attr="jobs_here"))
    rows = [_row(person, request) for person in people.order_by("name", "pk")[: AT_MOST + 1]]
    rows.sort(key=lambda row: not row["needs"])
    context = {
        "rows": rows[:AT_MOST],
        "more": len(rows) > AT_MOST,
        "asked": asked,
        "agency": request.membership.agency,
    }
    return render(request, "account/everyone.html", context)


def _row(person: User, request: HttpRequest) -> dict:
    return {
        "person": person,
        "roles": ", ".join(shown(ROLES[Role(job.role)]) for job in person.jobs_here),
        "state": _state(person, request),
        "needs": person.is_active and _waits(person, request),
    }


def _waits(person: User, request: HttpRequest) -> bool:
    return person.locked or person.asleep(request.at)


def _state(person: User, request: HttpRequest) -> str:
    if not person.is_active:
        return _("closed")
    if person.locked:
        return _("locked: five wrong tries")
    if person.asleep(request.at):
        return _("asleep: not used for 90 days")
    return _("invited") if not person.last_login and not person.has_usable_password() else _("open")


@page(Duty.MANAGE_ACCOUNTS)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new. Their invitation goes to their own address."""
    form = NewAccount(request.POST or None, agency=request.membership.agency)
    if form.is_valid():
        said = form.cleaned_data
        user = accounts.add(
            viewer=request.viewer,
            at=request.at,
            email=said["email"],
            name=said["name"],
            badge=said["badge"],
            cleared_on=said["cleared_on"],
            agency_id=request.viewer.agency_id,
            role=said["role"],
            team_id=said["team"].pk if said["team"] else None,
        )
        accounts.invite(viewer=request.viewer, at=request.at, user_id=user.pk, site=_site(request))
        return redirect("accounts:person", user.pk)
    return render(request, "account/add.html", {"form": form, "agency": request.membership.agency})


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@page(Duty.MANAGE_ACCOUNTS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what it may do, and what an administrator can do about it."""
    person = accounts.people_of(request.viewer).annotate(steps=Count("authenticator")).filter(pk=pk).first()
    if person is None:
        raise Http404
    agency = request.membership.agency
    job, clearance = NewJob(agency=agency), Clearance(initial={"on": person.cjis_cleared_on})
    if request.method == "POST":
        deed, form = _DEEDS.get(request.POST.get("deed", "")), None
        if deed is None:
            raise Http404
        form = deed(request, person)
        if form is None:
            return redirect("accounts:person", pk)
        job, clearance = (form, clearance) if isinstance(form, NewJob) else (job, form)
    context = {
        "person": person,
        "state": _state(person, request),
        "waits": _waits(person, request),
        "jobs": person.memberships.filter(closed_at=None, agency=agency).select_related("team"),
        "job": job,
        "clearance": clearance,
        "own": person.pk == request.user.pk,
    }
    return render(request, "account/person.html", context)


def _release(request, person):
    accounts.release(viewer=request.viewer, at=request.at, user_id=person.pk)


def _close(request, person):
    accounts.close(viewer=request.viewer, at=request.at, user_id=person.pk)


def _invite(request, person):
    accounts.invite(viewer=request.viewer, at=request.at, user_id=person.pk, site=_site(request))


def _forget_second_step(request, person):
    accounts.forget_second_step(viewer=request.viewer, at=request.at, user_id=person.pk)


def _take_job(request, person):
    job = person.memberships.filter(pk=_number(request.POST.get("job"))).first()
    if job is None:
        raise Http404
    accounts.take_job(viewer=request.viewer, at=request.at, membership_id=job.pk)


def _give_job(request, person):
    form = NewJob(request.POST, agency=request.membership.agency)
    if not form.is_valid():
        return form
    team = form.cleaned_data["team"]
    accounts.give_job(
        viewer=request.viewer,
        at=request.at,
        user_id=person.pk,
        agency_id=request.viewer.agency_id,
        role=form.cleaned_data["role"],
        team_id=team.pk if team else None,
    )
    return None


def _clear(request, person):
    form = Clearance(request.POST)
    if not form.is_valid():
        return form
    accounts.clear(viewer=request.viewer, at=request.at, user_id=person.pk, on=form.cleaned_data["on"])
    return None


def _number(said: str | None) -> int:
    return int(said) if (said or "").isdecimal() else 0


_DEEDS = {
    "release": _release,
    "close": _close,
    "invite": _invite,
    "forget_second_step": _forget_second_step,
    "take_job": _take_job,
    "give_job": _give_job,
    "clear": _clear,
}
