"""Every address has a gate, or a reason why it has none."""

import pytest
from django.urls import URLPattern, get_resolver

from offramp.pages.gate import mark_of

# Views that others wrote and that carry no mark of ours, by the module they live in, each with the reason it may be so.
OTHERS = {
    "allauth.": "signing in itself: open to all or closed by its own checks, and it draws no person's record",
}


def views(resolver=None, prefix: str = ""):
    """Every address and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from views(entry, address)


def home(view) -> str:
    return getattr(view, "view_class", view).__module__


def test_every_address_has_a_gate_or_a_reason():
    bare = [address for address, view in views() if mark_of(view) is None and not home(view).startswith(tuple(OTHERS))]

    assert bare == []


def test_a_gate_without_a_duty_says_why():
    marks = {address: mark_of(view) for address, view in views() if mark_of(view) is not None}

    assert [address for address, mark in marks.items() if not mark.duties and len(mark.reason) < 15] == []


@pytest.mark.parametrize("module", OTHERS)
def test_no_reason_outlives_its_views(module):
    assert any(home(view).startswith(module) for _, view in views())


def test_no_two_of_our_views_share_an_address():
    addresses = [address for address, view in views() if not home(view).startswith(tuple(OTHERS))]

    assert sorted(addresses) == sorted(set(addresses))
