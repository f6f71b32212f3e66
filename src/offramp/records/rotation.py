"""Rotating the keys: a new root, every wrapped key wrapped anew, and only then the old root put aside.

Data is not sealed again: only the small keys that open it change their wrapping. While it runs, both roots are in
the ring, so that pages go on; what is written meanwhile is wrapped by the new one. It can be killed at any moment
and run again: what is done is seen from each key's fingerprint. Backups from before still need the old root.

A root in a file is rotated by this alone. A root in the environment is not ours to change: its custodian sets
OFFRAMP_KEY_NEXT beside OFFRAMP_KEY, everywhere, before; and makes it OFFRAMP_KEY after.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models, transaction

from offramp.records import keys, vault
from offramp.records.door import Protected, whole_table
from offramp.records.person import PersonFile
from offramp.records.stored_key import StoredKey
from offramp.rules.refusal import Refused

BATCH = 500
# Rows of others that hold sealed text in JSON: the secret of a second step at sign-in.
SEALED_IN_JSON = {"mfa.Authenticator": "data"}


class NoNextKey(Refused):
    """The root is in the environment, and its successor is not."""


def rotate() -> Iterator[tuple[str, int]]:
    """Do it all. Yields what was wrapped anew and how many; when a whole walk finds nothing, old roots are put aside."""
    for setting in keys.settings_in_use():
        _prepare(setting)
    anew = 1
    while anew:
        anew = 0
        for what, count in _walk():
            anew += count
            yield what, count
    for setting in keys.settings_in_use():
        _put_aside(setting)


def by_hand() -> list[str]:
    """The settings whose new root a custodian has to put in the old one's place."""
    return [setting for setting in keys.settings_in_use() if keys.said(f"{setting}_NEXT")]


def _prepare(setting: str) -> None:
    """A new root beside the old one. One that is there already is a rotation that was cut short: it goes on."""
    if keys.said(f"{setting}_NEXT"):
        return
    file = keys.file_of(setting)
    if file is None:
        raise NoNextKey(
            "{setting} comes from the environment. Set {setting}_NEXT to a new key beside it, for every process,"
            " and run this again.",
            setting=setting,
        )
    keys.ring()  # makes the first root where there is none yet
    keys.keep(keys.next_to(file), keys.new_root())


def _put_aside(setting: str) -> None:
    """The new root takes the old one's place. At no moment is there none."""
    file = keys.file_of(setting)
    if file is None or keys.said(f"{setting}_NEXT"):
        return
    mark = keys.draw(keys.decode(file.read_text("ascii"), str(file)), keys.HOUSE).mark.hex()
    aside = Path(f"{file}.old-{mark}")
    if not aside.exists():
        os.link(file, aside)
    os.replace(keys.next_to(file), file)


# -- Wrapping anew --------------------------------------------------------------------------------------------------


def _walk() -> Iterator[tuple[str, int]]:
    yield from (("person files", count) for count in _person_files())
    yield "keys of the place", _stored_keys()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BinaryField) and field.name == "sealed":
                yield model._meta.verbose_name_plural, _alone(model, field.attname, vault.wrapped_anew)
    for label, column in SEALED_IN_JSON.items():
        yield "second steps", _alone(apps.get_model(label), column, _json_anew)


def _person_files() -> Iterator[int]:
    rows = whole_table(PersonFile, because="wraps each file's key under the new root")
    after = 0
    while batch := list(
        rows.filter(pk__gt=after).order_by("pk").only("pk", "key", "side", "data_key")[:BATCH]
    ):
        after = batch[-1].pk
        with transaction.atomic():
            old = [file for file in batch if not keys.ring().is_newest(file.data_key)]
            for file in old:
                key = keys.ring().unwrap(file.side, file.data_key, file.key.bytes)
                file.data_key = keys.ring().wrap(file.side, key, file.key.bytes)
            if old:
                rows.bulk_update(old, ["data_key"])
        yield len(old)


def _stored_keys() -> int:
    old = [row for row in StoredKey.objects.all() if not keys.ring().is_newest(row.wrapped)]
    for row in old:
        key = keys.ring().unwrap(row.master, row.wrapped, row.name.encode())
        StoredKey.objects.filter(pk=row.pk).update(
            wrapped=keys.ring().wrap(row.master, key, row.name.encode())
        )
    return len(old)


def _alone(model, column: str, anew) -> int:
    """What stands alone carries its own wrapped key: in every table of ours, whatever its name."""
    guarded = issubclass(model, Protected)
    rows = (
        whole_table(model, because="wraps keys under the new root") if guarded else model._base_manager.all()
    )
    changed = 0
    for pk, value in rows.order_by("pk").values_list("pk", column).iterator(chunk_size=BATCH):
        new = anew(value if not isinstance(value, memoryview) else bytes(value)) if value else None
        if new is not None:
            changed += rows.filter(pk=pk, **{column: value}).update(**{column: new})
    return changed


def _json_anew(value):
    """The same for sealed text inside JSON; None where nothing changes."""
    if isinstance(value, dict):
        new = {name: _json_anew(inner) for name, inner in value.items()}
        return (
            value | {name: inner for name, inner in new.items() if inner is not None}
            if any(new.values())
            else None
        )
    if not isinstance(value, str):
        return None
    try:
        blob = vault.wrapped_anew(b64decode(value, validate=True))
    except (Error, ValueError):
        return None
    return b64encode(blob).decode() if blob else None
