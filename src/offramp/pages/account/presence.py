"""Who is at the screen, request by request: the clock, the job in use, the viewer, and the lock that loses no work.

A locked session is a session that has ended. Before it ends, whatever had been typed is sealed away as a draft of
that person; after signing in again they are back on the page, with the draft in it and nothing sent twice.
"""

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from offramp.actions import sign_in
from offramp.pages import gate
from offramp.pages.account import drafts, standing
from offramp.rules import hours


class Presence:
    """Django middleware. It stands after sessions, CSRF and authentication, and before anything that asks who looks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        timezone.deactivate()
        request.membership = None
        request.viewer = gate.viewer_for(None, at=request.at, purpose="visit")
        response = self.get_response(request)
        drafts.settle(request, response)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        mark = gate.mark_of(view)
        if request.user.is_authenticated:
            return self._known(request, mark)
        if mark is None or mark.signed_in:
            if mark is not None and mark.duties:
                drafts.keep(request, standing.whose_screen(request))
            return standing.ask_to_sign_in(request)
        return None

    def _known(self, request: HttpRequest, mark: gate.Mark | None) -> HttpResponse | None:
        if why := standing.why_locked(request, at=request.at):
            return _locked(request, mark, why)
        if _a_hand_was_here(request):
            standing.touch(request, at=request.at)
        know(request, mark)
        return None


def know(request: HttpRequest, mark: gate.Mark | None) -> None:
    """Who looks, from the job in use."""
    request.membership = standing.in_use(request)
    purpose = "+".join(sorted(mark.duties)) if mark and mark.duties and request.membership else "account"
    request.viewer = gate.viewer_for(request.membership, at=request.at, purpose=purpose)
    if zone := request.user.zone or (request.membership and request.membership.agency.zone):
        timezone.activate(hours.zone(zone))  # clocks on a page are those of where its reader works


def know_where_nothing_is(request: HttpRequest) -> None:
    """For the page that says "no such page": a stranger to it, when this session is over."""
    if request.user.is_authenticated and not standing.why_locked(request, at=request.at):
        know(request, None)
    else:
        request.user = AnonymousUser()


def _a_hand_was_here(request: HttpRequest) -> bool:
    """A list that refreshes itself is no hand: what htmx only reads never keeps a screen awake."""
    return request.method == "POST" or not request.htmx


def _locked(request: HttpRequest, mark: gate.Mark | None, why: str) -> HttpResponse | None:
    if mark is not None and not mark.signed_in:
        lock(request, why=why)  # a public page goes on, for a stranger
        return None
    if request.method == "GET" and request.htmx:
        # The page around this fragment may hold typed words: its own script saves them before it goes.
        return HttpResponse(status=401, headers={"HX-Trigger": "locked", "HX-Reswap": "none"})
    if mark is not None and mark.duties:
        drafts.keep(request, request.user)
    answer = standing.ask_to_sign_in(request)
    lock(request, why=why)
    return answer


def lock(request: HttpRequest, *, why: str) -> None:
    """End this session and remember only whose screen it was, and in which job."""
    sign_in.screen_locked(user=request.user, at=request.at, why=why)
    again = {"user": request.user.pk, "membership": request.session.get(standing.MEMBERSHIP), "why": why}
    logout(request)
    request.user = AnonymousUser()
    request.session[standing.AGAIN] = again
