"""Who is this, what may they do, and on whose behalf do they look.

Every view carries one of three marks, and a test walks the addresses for a view with none:

- `@page(Duty.DIVERT)`: signed in, at work in a role that has this duty. `request.viewer` says who looks.
- `@signed_in(reason="...")`: somebody's own account; no duty needed, and no person's record is drawn.
- `@open_to_all(reason="...")`: anybody, and the reason why.

A view that would tell a stranger that something exists answers 404, not 403: `@page(Duty.X)` does so for
whoever lacks the duty, unless `says_no=True`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from offramp.pages.account import standing
from offramp.records.staff import Membership
from offramp.rules.duties import Duty, may, require
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Mark:
    """What a view says about who may open it. `reason` is for a view that asks for no duty."""

    duties: frozenset[Duty] = frozenset()
    signed_in: bool = True
    reason: str = ""
    restores: bool = False
    says_no: bool = False


def page(*duties: Duty, says_no: bool = False, restores: bool = False) -> Callable[[View], View]:
    """Mark a view for those who have one of these duties in the role they are using now.

    `restores`: after the screen had locked, the view puts what was typed back into its form by itself
    (`drafts.typed(request)`). Other pages are helped by a page of their own that offers to send it.
    """

    def gate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return standing.ask_to_sign_in(request)
            if missing := standing.what_is_missing(request):
                return redirect(missing)
            _check(request.viewer, duties, says_no)
            return view(request, *args, **kwargs)

        return _marked(inner, Mark(duties=frozenset(duties), restores=restores, says_no=says_no))

    if not duties:
        raise TypeError("@page needs a duty; @signed_in(reason=...) asks for none")
    return gate


def _check(viewer: Viewer, duties: tuple[Duty, ...], says_no: bool) -> None:
    if any(may(viewer.role, duty) for duty in duties):
        return
    if says_no:
        require(viewer, duties[0])
    raise Http404


def signed_in(*, reason: str, before_second_step: bool = False) -> Callable[[View], View]:
    """Mark a view for anybody with an account. `before_second_step`: also while they still have to set one up."""

    def gate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return standing.ask_to_sign_in(request)
            if not before_second_step and (missing := standing.what_is_missing(request)):
                return redirect(missing)
            return view(request, *args, **kwargs)

        return _marked(inner, Mark(reason=reason))

    return gate


def open_to_all(*, reason: str) -> Callable[[View], View]:
    """Mark a view for anybody, with the reason why."""

    def gate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return view(request, *args, **kwargs)

        return login_not_required(_marked(inner, Mark(signed_in=False, reason=reason)))

    return gate


def _marked(view: View, mark: Mark) -> View:
    view.gate = mark  # type: ignore[attr-defined]
    return view


def mark_of(view: View) -> Mark | None:
    """What this view says about itself, or None when it says nothing."""
    return getattr(view, "gate", None)


# -- Who looks ------------------------------------------------------------------------------------------------------


def viewer_for(membership: Membership | None, *, at: datetime, purpose: str) -> Viewer:
    """Who looks, from the membership in use. Without one: nobody, who may see and do nothing."""
    if membership is None:
        return Viewer(user_id=None, agency_id=None, role=None, purpose=purpose, at=at)
    holders = {holder_of("agency", membership.agency_id), holder_of("user", membership.user_id)}
    if membership.team_id is not None:
        holders.add(holder_of("team", membership.team_id))
    return Viewer(
        user_id=membership.user_id,
        agency_id=membership.agency_id,
        role=Role(membership.role),
        purpose=purpose,
        at=at,
        holders=frozenset(holders),
    )
