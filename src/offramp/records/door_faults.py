"""What keeps a protected model from being safe. Asked by Django's own checks, at every start and in every test."""

from django.db import models

from offramp.records.door import Protected
from offramp.records.door_rows import ProtectedQuerySet
from offramp.rules.words import Kind, Side


def faults(model) -> list[str]:
    """What keeps a protected model from being safe, each in a sentence."""
    meta, found = model._meta, []
    if not isinstance(getattr(model, "kind", None), Kind):
        found.append("says no kind of fact")
    if not isinstance(model.side, Side) and "side" not in {field.name for field in meta.concrete_fields}:
        found.append("says no side")
    if model.about and not isinstance(meta.get_field(model.about), models.ForeignKey):
        found.append(f"{model.about} is no foreign key to a person file")
    found += [
        f"its manager {manager.name} is no ProtectedQuerySet"
        for manager in (*meta.managers, meta.base_manager)
        if not isinstance(manager.get_queryset(), ProtectedQuerySet)
    ]
    found += [f"{field.name} is a many-to-many" for field in meta.local_many_to_many]
    found += [
        f"{field.name} gives an open table a way in: write related_name='+'"
        for field in meta.local_fields
        if field.remote_field
        and not issubclass(field.related_model, Protected)
        and not field.remote_field.hidden
    ]
    if "sealed" in {field.name for field in meta.local_fields} and not model.sealed_as:
        found.append("does not say what label its sealed column is under")
    if any(parent._meta.concrete_model is not model for parent in meta.parents):
        found.append("inherits another table")
    if {"save", "save_base", "delete"} & (set(vars(model)) - set(vars(Protected))):
        found.append("overrides save")
    return [f"{meta.label} {fault}." for fault in found]
