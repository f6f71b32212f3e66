"""A row that leads to a person is behind the door, whatever its table."""

import pytest
from django.apps import apps
from django.db import models

from offramp.records.door import Protected

# Tables that hold a path to a person and need no viewer, each with its reason.
NEEDS_NO_VIEWER: dict[str, str] = {}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("offramp.")]


def leads_to(model: type[models.Model]) -> set[type[models.Model]]:
    """The models that its foreign keys name."""
    return {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete and field.related_model}


def leads_to_a_person(model: type[models.Model], seen: frozenset = frozenset()) -> bool:
    if issubclass(model, Protected):
        return True
    return any(leads_to_a_person(other, seen | {model}) for other in leads_to(model) if other not in seen | {model})


def test_every_table_that_leads_to_a_person_is_protected():
    open_tables = {model.__name__ for model in ours() if leads_to_a_person(model) and not issubclass(model, Protected)}

    assert open_tables - set(NEEDS_NO_VIEWER) == set()
    assert set(NEEDS_NO_VIEWER) - open_tables == set(), "a permission nobody uses any more"


def test_no_protected_table_has_a_many_to_many():
    assert [model.__name__ for model in ours() if issubclass(model, Protected) and model._meta.many_to_many] == []


def test_no_model_has_an_order_of_its_own():
    assert [model.__name__ for model in ours() if model._meta.ordering] == []


def test_there_are_protected_tables_at_all():
    assert len([model for model in ours() if issubclass(model, Protected)]) >= 8


@pytest.mark.parametrize("app", ["admin"])
def test_there_is_no_admin_for_people(app):
    assert not apps.is_installed(f"django.contrib.{app}")
