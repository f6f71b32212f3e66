"""What had been typed when a screen locked: kept sealed for the one who typed it, given back, never sent by itself."""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse

from offramp.pages.account import standing
from offramp.records import vault
from offramp.records.staff import Draft, Membership, User
from offramp.rules.accounts import DRAFT_KEPT_FOR
from offramp.rules.visibility import sides_for
from offramp.rules.words import Role, Side

# The session's own mark that there is something to give back: no page asks the database for nothing.
KEPT = "drafts"

SEEN_FOR = timedelta(hours=12)  # once it was on the screen again, it is not brought back for ever
AT_MOST = 20
LARGEST = 500_000

# What a form carries besides what somebody typed.
NOT_TYPED = {"csrfmiddlewaretoken", "kept"}


def keep(request: HttpRequest, user: User | None) -> Draft | None:
    """Seal what this request sends, for this user. Nothing was done with it yet, and nothing will be until they say so."""
    typed = request.POST.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    if user is None or request.method != "POST" or not typed:
        return None
    return put(request, user, typed=typed, page=standing.page_of(request), send_to=request.path)


def put(request: HttpRequest, user: User, *, typed: QueryDict, page: str, send_to: str) -> Draft | None:
    """Keep these words as typed on `page`, to be sent to `send_to` when their owner says so."""
    text = typed.urlencode()
    if len(text) > LARGEST:
        return None
    key, membership = uuid.uuid4(), _membership(request)
    side = _side(membership)
    draft = Draft.objects.create(
        key=key,
        user=user,
        membership=membership,
        address=urlsplit(page).path[:300],
        send_to=send_to[:300],
        side=side,
        sealed=vault.seal_alone(side, _label(key), {"typed": text, "page": page}),
        kept_at=request.at,
    )
    _forget_old(user, request)
    return draft


def _membership(request: HttpRequest) -> Membership | None:
    again = request.session.get(standing.AGAIN) or {}
    pk = request.session.get(standing.MEMBERSHIP) or again.get("membership")
    return Membership.objects.filter(pk=pk).first() if pk else None


def _side(membership: Membership | None) -> Side:
    """Sealed with the key of the side it was typed on; what belongs to no side goes with the most guarded one."""
    sides = sides_for(Role(membership.role)) if membership else frozenset()
    return next(iter(sides), Side.CARE)


def _label(key: uuid.UUID) -> str:
    return f"draft:{key}"


def _forget_old(user: User, request: HttpRequest) -> None:
    mine = Draft.objects.filter(user=user)
    mine.filter(kept_at__lt=request.at - DRAFT_KEPT_FOR).delete()
    newest = mine.order_by("-kept_at", "-pk").values_list("pk", flat=True)[:AT_MOST]
    mine.exclude(pk__in=list(newest)).delete()


# -- Giving back ----------------------------------------------------------------------------------------------------


def waiting(request: HttpRequest) -> list[Draft]:
    """What this person typed in the job they are doing now, newest first."""
    if not request.user.is_authenticated or request.membership is None:
        return []
    rows = Draft.objects.filter(
        user=request.user, membership=request.membership, kept_at__gte=request.at - DRAFT_KEPT_FOR
    )
    rows = rows.filter(Q(given_back_at=None) | Q(given_back_at__gte=request.at - SEEN_FOR))
    return list(rows.order_by("-kept_at", "-pk"))


def opened(draft: Draft) -> QueryDict:
    """The words themselves."""
    return QueryDict(
        vault.open_alone(Side(draft.side), _label(draft.key), bytes(draft.sealed))["typed"], mutable=True
    )


def typed(request: HttpRequest) -> QueryDict | None:
    """What this person had typed on this very page before their screen locked, for the page's form to show again.

    A view says `Form(request.POST or typed(request) or None)` and carries `@page(..., restores=True)`.
    """
    if request.method != "GET" or not request.session.get(KEPT):
        return None
    request.kept = draft = next((draft for draft in waiting(request) if draft.address == request.path), None)
    if draft is None:
        return None
    Draft.objects.filter(pk=draft.pk, given_back_at=None).update(given_back_at=request.at)
    return opened(draft)


def where_to(request: HttpRequest) -> str:
    """Where somebody who has just signed in finds what they had typed; empty when nothing is waiting."""
    drafts = waiting(request)
    if not drafts:
        return ""
    request.session[KEPT] = True
    return page_for(drafts[0])


def page_for(draft: Draft) -> str:
    """The page it was typed on, when that puts it back by itself; else the page that offers to send it."""
    mark = _mark(draft.address)
    if mark is not None and mark.restores:
        return vault.open_alone(draft.side, _label(draft.key), draft.sealed)["page"]
    return reverse("account:kept", args=[draft.key])


def is_work(path: str) -> bool:
    """Work is kept; what somebody types on their own account's pages, such as a password, never is."""
    mark = _mark(path)
    return mark is not None and bool(mark.duties)


def _mark(path: str):
    try:
        return getattr(resolve(path).func, "gate", None)
    except Resolver404:
        return None


def sent(request: HttpRequest) -> None:
    """A view says so when it has done the deed and answers with a page of its own instead of leading on to another."""
    request.sent = True


def settle(request: HttpRequest, response: HttpResponse) -> None:
    """A form that was taken needs its draft no longer: the page answered a send with "go on", or the view says so."""
    taken = (
        response.status_code in (302, 303) or response.has_header("HX-Redirect") or hasattr(request, "sent")
    )
    if request.method == "POST" and taken and request.user.is_authenticated and request.session.get(KEPT):
        page, named = urlsplit(standing.page_of(request)).path, set(_keys(request.POST.getlist("kept")))
        for draft in Draft.objects.filter(user=request.user, membership=request.membership):
            if draft.key in named or _was_sent(draft, request, page):
                draft.delete()


def _was_sent(draft: Draft, request: HttpRequest, page: str) -> bool:
    """Whether this request sends what the draft holds; a button elsewhere on the same page does not.

    A form of several pages carries everything along, with its own key: sending the last page sends what was kept on the first.
    """
    if draft.address == page and draft.send_to == request.path:
        return True
    words = opened(draft)
    same_work = set(_keys(words.values())) & set(_keys(request.POST.values()))
    most_of_it = 2 * len(set(words) & set(request.POST)) >= len(set(words))
    return most_of_it and (bool(same_work) or (draft.address == page and draft.given_back_at is not None))


def _keys(said: Iterable[str]) -> list[uuid.UUID]:
    keys = []
    for text in said:
        with suppress(ValueError):
            keys.append(uuid.UUID(text))
    return keys


def forget(draft: Draft) -> None:
    """Its owner does not want it any more."""
    draft.delete()
