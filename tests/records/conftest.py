"""The stage of the door's suite."""

import pytest

from tests.records import stage


@pytest.fixture
def sets(db):
    """Ours and theirs, on each side."""
    return stage.build()


@pytest.fixture
def scenes(sets):
    """Each protected model with a row of ours, a row of theirs, and who looks."""
    return [stage.scene(sets, model) for model in stage.protected_models()]
