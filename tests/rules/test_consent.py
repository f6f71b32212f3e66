"""What a spoken yes covers, and which permissions may not exist."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import pytest

from offramp.rules.consent import CannotBeAsked, ConsentType, NotCovered, Said, may_be_asked, require, spoken
from offramp.rules.words import Kind

AT = datetime(2026, 3, 14, 22, 41, tzinfo=UTC)
YES = spoken(said=Said.YES, to="agency:7", at=AT)


def test_a_spoken_yes_covers_who_they_are_for_the_one_who_comes():
    assert YES.covers({Kind.IDENTITY}, to="agency:7", at=AT)
    assert not YES.covers({Kind.IDENTITY}, to="agency:8", at=AT)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.IDENTITY}))
def test_a_spoken_yes_covers_nothing_else(kind):
    assert not YES.covers({kind}, to="agency:7", at=AT)
    with pytest.raises(NotCovered):
        require(YES, {kind, Kind.IDENTITY}, to="agency:7", at=AT)


@pytest.mark.parametrize("said", [Said.NO, Said.NOT_TODAY])
def test_no_and_not_today_cover_nothing(said):
    assert not spoken(said=said, to="agency:7", at=AT).covers({Kind.IDENTITY}, to="agency:7", at=AT)


def test_it_holds_from_when_it_was_said_until_it_ends_or_is_taken_back():
    later = AT + timedelta(hours=1)
    revoked = replace(YES, revoked_at=later)
    ending = replace(YES, ends_at=later)

    for one in (revoked, ending):
        assert one.is_live(AT)
        assert not one.is_live(later)
    assert not YES.is_live(AT - timedelta(seconds=1))


def test_taking_back_never_shows_more():
    kinds = (Kind.IDENTITY, Kind.ATTENDANCE, Kind.CHARGE)
    revoked = replace(YES, revoked_at=AT)

    for some in chain.from_iterable(combinations(kinds, n) for n in range(1, 4)):
        assert not revoked.covers(some, to="agency:7", at=AT) or YES.covers(some, to="agency:7", at=AT)


@pytest.mark.parametrize(
    ("type", "holds_charge", "police_or_legal", "allowed"),
    [
        (ConsentType.SPOKEN_HANDOFF, False, False, True),
        (ConsentType.ORDINARY, False, True, True),
        (ConsentType.TPO, False, False, True),
        (ConsentType.TPO, False, True, False),
        (ConsentType.CJ_MONITORING, True, True, True),
        (ConsentType.CJ_MONITORING, False, True, False),
        (ConsentType.PROCEEDINGS, True, True, False),
        (ConsentType.COUNSELLING_NOTES, False, False, False),
    ],
)
def test_which_permissions_may_exist(type, holds_charge, police_or_legal, allowed):
    if allowed:
        may_be_asked(type, holds_charge=holds_charge, recipients_police_or_legal=police_or_legal)
    else:
        with pytest.raises(CannotBeAsked):
            may_be_asked(type, holds_charge=holds_charge, recipients_police_or_legal=police_or_legal)
