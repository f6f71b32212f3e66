"""Who is at work in the tests of pages."""

import pytest
from django.core.cache import cache

from offramp.records.agency import AgencyKind
from offramp.rules.words import Role
from tests.pages.accounts_stage import agency, worker


@pytest.fixture(autouse=True)
def _no_tries_left_over():
    cache.clear()


@pytest.fixture
def police(db):
    return agency("Rivermouth Police", AgencyKind.POLICE)


@pytest.fixture
def navigators(db):
    return agency("Rivermouth Navigators", AgencyKind.NAVIGATION)


@pytest.fixture
def alvarez(police):
    return worker("Officer Alvarez", police, Role.OFFICER)


@pytest.fixture
def brooks(navigators):
    return worker("Navigator Brooks", navigators, Role.NAVIGATOR)


@pytest.fixture
def admin(police):
    return worker("Admin Reyes", police, Role.ADMINISTRATOR)
