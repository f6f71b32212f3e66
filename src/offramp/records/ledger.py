"""The ledger: who did what and who looked at what. Codes and keys only; it names no person in need.

An entry is written in the deed's own transaction, unsealed, so that no deed waits for another. A sealer then links
the committed entries into a chain, in the order in which it finds them: each seal is an HMAC over the entry and
the seal before it, under a key that is not in the database. An entry that was changed, taken out, or put in
between breaks the chain where it happened. Entries and seals are only ever added; the database refuses the rest.
"""

import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from offramp.records.keys import HOUSE
from offramp.records.stored_key import stored
from offramp.rules.words import Side

FIRST = bytes(32)
# An id drawn by a transaction that commits late shows up behind the newest; the sealer looks back this far each time.
LOOK_BACK = 20_000
_CODE = re.compile(r"[a-z0-9_.:/+-]{0,80}")


class NotACode(ValueError):
    """Something in an entry reads like words. Words about people do not belong into the ledger."""


class OnlyAdded(TypeError):
    """An entry is never changed and never taken out."""


class AddOnly(models.QuerySet):
    def update(self, **values):
        raise OnlyAdded("the ledger is only added to")

    def delete(self):
        raise OnlyAdded("the ledger is only added to")


class Entry(models.Model):
    """One deed or one look. Plain numbers and keys instead of foreign keys: it outlives what it speaks of."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=60)
    deed = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    side = models.CharField(max_length=8)
    outcome = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    objects = AddOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "at"], name="ledger_about"),
            models.Index(fields=["user_id", "at"], name="ledger_of_a_user"),
            models.Index(fields=["at"], name="ledger_by_time"),
        ]


class Seal(models.Model):
    """The place of one entry in the chain."""

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    mac = models.BinaryField()

    objects = AddOnly.as_manager()


class Sealer(models.Model):
    """One row that sealers take turns at. It says how far the chain goes."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    newest = models.BigIntegerField(default=0)  # the largest entry id sealed so far

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_sealer")]


# -- Writing --------------------------------------------------------------------------------------------------------


def write(
    viewer,
    *,
    deed: str,
    at: datetime,
    about: UUID | None = None,
    side: Side | str = "",
    outcome: str = "done",
    details: dict[str, Any] | None = None,
) -> Entry:
    """One entry, in the transaction of the deed it tells of. `details` takes codes, numbers and keys only."""
    coded = {name: _coded(value) for name, value in (details or {}).items()}
    return Entry.objects.create(
        at=_hundredths(at),
        user_id=viewer.user_id,
        agency_id=viewer.agency_id,
        role=viewer.role.value if viewer.role else "",
        purpose=viewer.purpose[:60],
        deed=deed,
        about=about,
        side=str(side),
        outcome=outcome,
        details=coded,
    )


def looked(
    viewer, *, at: datetime, what: str, about: UUID | None = None, side: Side | str = "", count: int = 1
) -> Entry:
    """Somebody opened a person's page, a list of people, or searched. A look is an entry like a deed."""
    return write(
        viewer, deed=f"look.{what}", at=at, about=about, side=side, outcome="seen", details={"count": count}
    )


def _hundredths(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 10_000 * 10_000)


def _coded(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_coded(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
    text = str(value)
    if not _CODE.fullmatch(text):
        raise NotACode("the ledger takes codes, numbers and keys; this reads like words")
    return text


# -- Sealing --------------------------------------------------------------------------------------------------------


def seal_pending(limit: int = 5_000, *, look_back: int = LOOK_BACK) -> int:
    """Link committed entries that have no seal yet. Says how many; called again until it says none."""
    key = stored("ledger", HOUSE)
    with transaction.atomic():
        Sealer.objects.get_or_create(pk=1)
        turn = Sealer.objects.select_for_update().get(pk=1)  # on SQLite the transaction itself is the turn
        before = bytes(Seal.objects.get(pk=turn.seq).mac) if turn.seq else FIRST
        entries = list(_unsealed().filter(id__gt=turn.newest - look_back).order_by("id")[:limit])
        seals = []
        for seq, entry in enumerate(entries, start=turn.seq + 1):
            before = mac_of(key, before, seq, entry)
            seals.append(Seal(seq=seq, entry_id=entry.pk, mac=before))
        Seal.objects.bulk_create(seals, batch_size=1_000)
        if entries:
            newest = max(turn.newest, entries[-1].pk)
            Sealer.objects.filter(pk=1).update(seq=turn.seq + len(entries), newest=newest)
    return len(entries)


def _unsealed():
    return Entry.objects.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk"))))


def mac_of(key: bytes, before: bytes, seq: int, entry: Entry) -> bytes:
    """The seal of an entry at its place: an HMAC-SHA-256 over the seal before it and everything it says."""
    said = [
        seq, entry.pk, f"{entry.at:%Y-%m-%dT%H:%M:%S.%f}", entry.user_id, entry.agency_id, entry.role, entry.purpose,
        entry.deed, str(entry.about) if entry.about else None, entry.side, entry.outcome, entry.details,
    ]  # fmt: skip
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(key, before + text.encode(), "sha256")


# -- Verifying ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chain:
    """What the chain says when it is walked again."""

    sealed: int
    unsealed: int  # the tail: entries the sealer has not come to yet
    broken: tuple[str, ...]  # each break in a sentence, the first ones
    head: str  # "seq:mac", to be written down elsewhere: with it a later verify notices a cut-off end

    @property
    def sound(self) -> bool:
        return not self.broken


def verify(*, head: str = "", most: int = 20) -> Chain:
    """Walk the chain from its first seal. `head` is one that was written down before; it must still be in it."""
    key, before, seq, broken = stored("ledger", HOUSE), FIRST, 0, []
    expected_seq, _, expected_mac = head.partition(":")
    for seal, entry in _walk():
        seq += 1
        if seal.seq != seq:
            broken.append(f"Seals {seq} to {seal.seq - 1} are missing.")
            seq = seal.seq
        if entry is None:
            broken.append(f"Entry {seal.entry_id} was taken out (seal {seal.seq}).")
        elif mac_of(key, before, seq, entry) != bytes(seal.mac):
            broken.append(
                f"Entry {entry.pk} does not fit its seal {seal.seq}: it, or the one before, was changed."
            )
        before = bytes(seal.mac)
        if expected_seq == str(seq) and expected_mac != before.hex():
            broken.append(f"Seal {seq} is not the one that was written down.")
    turn = Sealer.objects.filter(pk=1).first()
    if max(turn.seq if turn else 0, int(expected_seq or 0)) > seq:
        broken.append(f"The chain ends at {seq}; it went further before.")
    return Chain(seq, _unsealed().count(), tuple(broken[:most]), f"{seq}:{before.hex()}")


def _walk(size: int = 2_000) -> Iterator[tuple[Seal, Entry | None]]:
    after = 0
    while seals := list(Seal.objects.filter(seq__gt=after).order_by("seq")[:size]):
        entries = Entry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            yield seal, entries.get(seal.entry_id)
        after = seals[-1].seq
