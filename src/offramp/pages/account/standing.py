"""How a signed-in person stands with us: since when, in which job, and what is missing before they may work.

All of it lives in the session, which is kept on our side: nothing here can be sent in by a browser.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from offramp.records.staff import Membership, User
from offramp.rules import accounts
from offramp.rules.words import Role

SIGNED_IN_AT = "signed_in_at"
TOUCHED_AT = "touched_at"
MEMBERSHIP = "membership"
SECOND_STEP = "second_step"
AGAIN = "again"  # after a lock: whose screen it was, in which job, and why it locked

# A touch is noted at most twice a minute: the lock may come thirty seconds early, never late.
NOTED_EVERY = timedelta(seconds=30)


def begin(request: HttpRequest, user: User, *, at: datetime, second_step: bool) -> None:
    """Somebody has just signed in. Their job is chosen now when they have only one."""
    session = request.session
    again = session.pop(AGAIN, None) or {}
    session[SIGNED_IN_AT] = session[TOUCHED_AT] = at.timestamp()
    session[SECOND_STEP] = second_step
    session.pop(MEMBERSHIP, None)
    jobs = memberships(user)
    same = [job for job in jobs if again.get("user") == user.pk and job.pk == again.get("membership")]
    if same or len(jobs) == 1:
        use(request, (same or jobs)[0])


def memberships(user: User) -> list[Membership]:
    """What this person is, and where, today."""
    rows = Membership.objects.current().filter(user=user).select_related("agency", "team")
    return list(rows.order_by("agency__name", "role"))


def use(request: HttpRequest, membership: Membership) -> None:
    """Work in this job from now on. Only ever called with one of the person's own."""
    request.session[MEMBERSHIP] = membership.pk


def in_use(request: HttpRequest) -> Membership | None:
    """The job they are doing now. It is asked again at every request: a closed one ends at once."""
    pk = request.session.get(MEMBERSHIP)
    if pk is None or not request.user.is_authenticated:
        return None
    rows = Membership.objects.current().select_related("agency", "team")
    return rows.filter(pk=pk, user_id=request.user.pk).first()


def whose_screen(request: HttpRequest) -> User | None:
    """Whose screen it was before it locked; they are not signed in now."""
    again = request.session.get(AGAIN)
    return User.objects.filter(pk=again["user"], is_active=True).first() if again else None


def why_locked(request: HttpRequest, *, at: datetime) -> str:
    """ "idle", "hours" or "" when this session is still good. A session that can not say when it began is not."""
    signed_in, touched = _moment(request, SIGNED_IN_AT), _moment(request, TOUCHED_AT)
    if signed_in is None or touched is None or accounts.sign_in_is_old(signed_in=signed_in, at=at):
        return "hours"
    return "idle" if accounts.left_alone(last_touch=touched, at=at) else ""


def signed_in_within(request: HttpRequest, a_while: timedelta) -> bool:
    """Whether they showed who they are within the last while."""
    signed_in = _moment(request, SIGNED_IN_AT)
    return signed_in is not None and request.at - signed_in < a_while


def touch(request: HttpRequest, *, at: datetime) -> None:
    """A hand was at the screen."""
    touched = _moment(request, TOUCHED_AT)
    if touched is None or at - touched >= NOTED_EVERY:
        request.session[TOUCHED_AT] = at.timestamp()


def _moment(request: HttpRequest, key: str) -> datetime | None:
    stamp = request.session.get(key)
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) else None


# -- What is missing ------------------------------------------------------------------------------------------------


def what_is_missing(request: HttpRequest) -> str:
    """The address of the page that settles what is missing before this person may work; empty when nothing is."""
    membership = request.membership
    if membership is None:
        return reverse("account:role")
    role = Role(membership.role)
    if accounts.needs_second_step(role) and not request.session.get(SECOND_STEP):
        return reverse("account:second_step")
    if accounts.needs_clearance(role) and not request.user.cleared(request.at.date()):
        return reverse("account:not_cleared")
    return ""


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards. A fragment can not go anywhere, so htmx is told to take the page."""
    answer = redirect_to_login(page_of(request))
    if not request.htmx:
        return answer
    return HttpResponse(status=401, headers={"HX-Redirect": answer.url})


def page_of(request: HttpRequest) -> str:
    """The page somebody is on. A form or a fragment is sent *from* a page, which the browser names."""
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
