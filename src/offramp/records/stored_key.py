"""Random keys that live in the database, wrapped: one to search each side by, one to seal the ledger with.

They are drawn once and kept when the root is rotated (only the wrapping changes), because what was made with
them (search tokens, the chain) can not be made again.
"""

import secrets

from django.db import IntegrityError, models, transaction

from offramp.records.keys import SIZE, ring


class StoredKey(models.Model):
    """One wrapped key, by what it is for."""

    name = models.CharField(max_length=20, unique=True)
    master = models.CharField(max_length=8)
    wrapped = models.BinaryField()


def stored(name: str, master: str) -> bytes:
    """The key of this name, drawn the first time it is asked for. Not cached: a rolled-back draw must not live on."""
    row = next(iter(StoredKey.objects.filter(name=name)), None) or _draw(name, master)
    return ring().unwrap(row.master, row.wrapped, name.encode())


def _draw(name: str, master: str) -> StoredKey:
    wrapped = ring().wrap(master, secrets.token_bytes(SIZE), name.encode())
    try:
        with transaction.atomic():
            return StoredKey.objects.create(name=name, master=master, wrapped=wrapped)
    except IntegrityError:  # another process drew it first
        return StoredKey.objects.get(name=name)
