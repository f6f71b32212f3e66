"""A small city, made once for the tests of this folder and taken down again."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from offramp.demo import city as making

NOW = datetime(2026, 11, 25, 6, 47, tzinfo=UTC)  # a quarter to eleven at night in Rivermouth
SMALL = 60


@pytest.fixture(scope="module")
def _there(django_db_setup, django_db_blocker):
    """The city, in a transaction of its own that no test commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield making.make(at=NOW, encounters=SMALL, say=lambda words: None)
        transaction.set_rollback(True)


@pytest.fixture
def city(_there, db):
    """The city as it was made; what a test changes in it is undone."""
    return _there


@pytest.fixture
def at():
    return NOW
