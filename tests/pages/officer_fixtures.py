"""The cast at work, for the tests of the officer's room."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import set_the_stage
from tests.signing_in import sign_in


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)


@pytest.fixture
def officer(cast):
    return sign_in(Client(), cast.people["alvarez"])


@pytest.fixture
def sergeant(cast):
    return sign_in(Client(), cast.people["diaz"])


@pytest.fixture
def stranger(cast):
    return sign_in(Client(), cast.people["casey"])


@pytest.fixture
def harbor(cast):
    return str(cast.places["harbor"].outlet.key)


@pytest.fixture
def kept(cast, at):
    """The encounters of Officer Alvarez, newest first."""
    from offramp.records.encounter import Encounter

    viewer = cast.viewer("alvarez", at=at)
    return lambda: list(Encounter.objects.seen_by(viewer).order_by("-pk"))
