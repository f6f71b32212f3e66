"""Sight rows: given, widened, ended, and counted again."""

from datetime import timedelta

import pytest

from offramp.records import sight
from offramp.records.sight import BIT, Sight, kinds_in
from offramp.rules.words import Ground, Kind
from tests.records.stage import NOW

pytestmark = pytest.mark.django_db
FILE, HOLDER = 7, "agency:1"


def rows():
    return {(row.holder, row.ground, row.source): kinds_in(row.kinds) for row in Sight.objects.all()}


def test_every_kind_has_a_bit_of_its_own():
    assert set(BIT) == set(Kind)
    assert len(set(BIT.values())) == len(Kind)
    assert all(bit.bit_count() == 1 for bit in BIT.values())


def test_granted_again_it_widens():
    sight.grant(FILE, HOLDER, {Kind.IDENTITY}, Ground.HANDOFF)
    sight.grant(FILE, HOLDER, {Kind.REFERRAL}, Ground.HANDOFF, until=NOW)

    assert rows() == {(HOLDER, "handoff", 0): {Kind.IDENTITY, Kind.REFERRAL}}
    assert Sight.objects.get().until == NOW


def test_each_source_is_a_ground_of_its_own():
    sight.grant(FILE, HOLDER, {Kind.REFERRAL}, Ground.HANDOFF, source=1)
    sight.grant(FILE, HOLDER, {Kind.REFERRAL}, Ground.HANDOFF, source=2)

    assert sight.withdraw(FILE, ground=Ground.HANDOFF, source=1) == 1
    assert rows() == {(HOLDER, "handoff", 2): {Kind.REFERRAL}}


def test_some_kinds_are_withdrawn_and_the_rest_stays():
    sight.grant(FILE, HOLDER, {Kind.IDENTITY, Kind.REFERRAL}, Ground.HANDOFF)
    sight.grant(FILE, "agency:2", {Kind.REFERRAL}, Ground.HANDOFF)
    sight.grant(8, HOLDER, {Kind.REFERRAL}, Ground.HANDOFF)

    assert sight.withdraw(FILE, kinds={Kind.REFERRAL, Kind.EPISODE}) == 2
    assert kinds_in(Sight.objects.get(file_id=FILE).kinds) == {Kind.IDENTITY}
    assert kinds_in(Sight.objects.get(file_id=8).kinds) == {Kind.REFERRAL}


def test_withdrawing_what_is_not_held_changes_nothing():
    sight.grant(FILE, HOLDER, {Kind.IDENTITY}, Ground.HANDOFF)

    assert sight.withdraw(FILE, kinds={Kind.CHARGE}) == 0
    assert sight.withdraw(FILE, holder="agency:9") == 0
    assert kinds_in(Sight.objects.get().kinds) == {Kind.IDENTITY}


def test_what_verify_would_find(sets):
    Sight.objects.all().delete()
    found = sight.compare(at=NOW)

    assert len(found.missing) >= 4
    assert found.extra == ()


def test_a_row_that_no_fact_gives_is_extra(sets):
    sight.grant(sets["ours", "police"].file, "agency:666", {Kind.IDENTITY}, Ground.AGREEMENT)

    extra = sight.compare(at=NOW).extra

    assert [row for row in extra if row.holder == "agency:666"]


def test_a_row_past_its_time_is_not_extra(sets):
    sight.grant(9_999, "agency:666", {Kind.IDENTITY}, Ground.AGREEMENT, until=NOW - timedelta(hours=1))

    assert not [row for row in sight.compare(at=NOW).extra if row.holder == "agency:666"]
