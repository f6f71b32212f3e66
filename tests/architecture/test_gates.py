"""Every address has a gate, or a reason why it has none."""

import pytest
from django.urls import URLPattern, get_resolver
from django.views.decorators.http import require_POST

from offramp.pages.gate import mark_of, open_to_all, page, signed_in
from offramp.rules.duties import Duty

# Views that carry no mark of ours, by address, each with the reason it may be so. A stale line fails.
BARE: dict[str, str] = {}


def views(resolver=None, prefix: str = ""):
    """Every address and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from views(entry, address)


def test_every_address_has_a_gate_or_a_reason():
    bare = [address for address, view in views() if mark_of(view) is None and address not in BARE]

    assert bare == []


def test_no_reason_is_stale():
    bare = {address for address, view in views() if mark_of(view) is None}

    assert set(BARE) - bare == set()


def test_a_gate_without_a_duty_says_why():
    marks = {address: mark_of(view) for address, view in views() if mark_of(view) is not None}

    assert [address for address, mark in marks.items() if not mark.duties and len(mark.reason) < 15] == []


def test_only_what_is_open_to_all_skips_the_sign_in():
    marks = {address: (mark_of(view), view) for address, view in views() if mark_of(view) is not None}

    assert [
        address
        for address, (mark, view) in marks.items()
        if mark.signed_in != getattr(view, "login_required", True)
    ] == []


def test_no_two_of_our_views_share_an_address():
    addresses = [address for address, _ in views()]

    assert sorted(addresses) == sorted(set(addresses))


def test_a_gate_needs_a_duty():
    with pytest.raises(TypeError):
        page()


def test_the_mark_is_seen_through_other_decorators():
    view = page(Duty.DIVERT)(require_POST(lambda request: None))

    assert mark_of(view).duties == {Duty.DIVERT}
    assert mark_of(signed_in(reason="because it is their own")(view)).duties == frozenset()
    assert not mark_of(open_to_all(reason="because it is for everybody")(view)).signed_in
