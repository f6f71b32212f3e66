"""Sign in as one of the cast, with no password: so it must be certain that this is a demo, and that it is here.

Three things must hold, or there is no such page: the database says it is a demo; the connection comes from this very
machine; and no header says that somebody else's request was passed on to us.
"""

from functools import wraps
from ipaddress import ip_address

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from offramp.actions import sign_in
from offramp.pages.account import drafts
from offramp.pages.account.adapter import come_in
from offramp.pages.gate import open_to_all
from offramp.records import house
from offramp.records.staff import Membership, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = {"localhost", "127.0.0.1", "[::1]"}
PASSED_ON = ("HTTP_FORWARDED", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_ORIGINAL", "HTTP_VIA", "HTTP_X_CLIENT_IP",
             "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_CF_", "HTTP_FASTLY_", "HTTP_X_AZURE_")  # fmt: skip
NO_PASSWORD = "Made-up people on a database marked as a demo, from this machine only; anywhere else there is no such page."


def in_a_demo_here(view):
    """404 unless this is a demo, and the request comes from this machine by no detour."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not (_from_here(request) and house.is_demo()):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def _from_here(request: HttpRequest) -> bool:
    if any(name.startswith(PASSED_ON) for name in request.META):
        return False
    # Another site's name that was made to point at this machine is not this machine.
    if request.get_host().rpartition(":")[0] not in HERE and request.get_host() not in HERE:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


@open_to_all(reason=NO_PASSWORD)
@in_a_demo_here
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody in the play, with a sentence each."""
    jobs = (
        Membership.objects.current()
        .exclude(user__persona="")
        .select_related("user", "agency")
        .order_by("user_id", "pk")
    )
    rows = {}
    for job in jobs:
        rows.setdefault(job.user_id, {"user": job.user, "jobs": []})["jobs"].append(job)
    return render(request, "demo_as/cast.html", {"rows": rows.values(), "next": request.GET.get("next", "")})


@open_to_all(reason=NO_PASSWORD)
@in_a_demo_here
def become(request: HttpRequest, persona: str) -> HttpResponse:
    """Be this one from now on."""
    user = User.objects.filter(persona=persona, is_active=True).exclude(persona="").first()
    if user is None or not sign_in.may_come_in(user=user, at=timezone.now()):
        raise Http404
    if request.user.is_authenticated and request.user != user:
        logout(request)
    login(request, user, backend=BACKEND)
    come_in(request, user, second_step=True, how="demo")
    wanted = request.POST.get("next") or request.GET.get("next") or "/today/"
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = "/today/"
    return redirect(drafts.where_to(request) or wanted)
