"""The whole cast at every door: whoever lacks the duty finds no such page, and whoever is not signed in is asked to."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from offramp.pages.gate import mark_of
from offramp.records.staff import Membership, User
from offramp.rules.duties import CARDS, may
from offramp.rules.words import Role
from tests.pages.accounts_stage import MADE
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

DUMMIES = {
    "uuid": "00000000-0000-4000-8000-000000000001",
    "int": "999999",
    "slug": "x",
    "str": "x",
    "path": "x",
}


def doors(resolver=None, prefix: str = ""):
    """Every address, with something made up where a key would stand, and what its view says about itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (
                re.sub(r"<(?:(\w+):)?\w+>", lambda found: DUMMIES[found[1] or "str"], address),
                mark_of(entry.callback),
            )
        else:
            yield from doors(entry, address)


@pytest.fixture
def staff(police):
    """One of each role, all that is needed before work on file."""
    people = {}
    for role in Role:
        user = User.objects.create_user(
            f"{role}@example.org",
            name=role.value,
            made_at=MADE,
            cjis_cleared_on=date(2024, 1, 1),
            last_login=timezone.now(),
        )
        Membership.objects.create(user=user, agency=police, role=role, opened_at=MADE)
        people[role] = sign_in(Client(), user)
    return people


def test_whoever_lacks_the_duty_finds_no_such_page(staff):
    opened = []
    for address, mark in doors():
        for role, client in staff.items():
            if mark is None or not mark.duties or any(may(role, duty) for duty in mark.duties):
                continue
            for ask in (client.get, client.post):
                status = ask(f"/{address}").status_code
                if status != 404 and not (mark.says_no and status == 403):
                    opened.append((address, role.value, status))

    assert opened == []


def test_whoever_is_not_signed_in_is_asked_to_and_is_told_nothing(db):
    told = []
    for address, mark in doors():
        if mark is not None and mark.signed_in:
            for ask in (Client().get, Client().post):
                answer = ask(f"/{address}")
                if answer.status_code != 302 or not answer.url.startswith("/account/login/"):
                    told.append((address, answer.status_code))

    assert told == []


def test_roles_without_a_card_do_nothing_yet():
    """They are known by name; their duties come with the issues that build their rooms."""
    assert {role for role in Role if role not in CARDS} >= {Role.COMMUNITY, Role.RESEARCHER}
