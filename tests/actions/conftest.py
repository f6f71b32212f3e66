from datetime import UTC, datetime

import pytest

from offramp.demo.cast import set_the_stage

NOW = datetime(2026, 11, 24, 22, 38, tzinfo=UTC)


@pytest.fixture
def at():
    return NOW


@pytest.fixture
def cast(db, at):
    return set_the_stage(at)
