"""The outbox: what is to be told, written in the deed's transaction and delivered later by a job.

A notice's address and words are sealed, under a key of its own, and wiped once it is sent. It carries keys, not
foreign keys: it leads to nobody. Templates use neutral words; what a notice may say is decided by the deed.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from offramp.records import vault
from offramp.records.keys import KeyMissing, Tampered
from offramp.rules.words import Side

TRIES = 8
_ONCE = UUID("4f1d7c3e-6a0b-4f0e-9d52-0c8d2f5a7b61")  # names what is told but once
WIPED = b""


class Notice(models.Model):
    """One message to one address."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    side = models.CharField(max_length=8)
    channel = models.CharField(max_length=16)
    template = models.CharField(max_length=60)
    about = models.UUIDField(null=True)  # key of the referral or encounter that caused it
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notices_to_send",
                condition=Q(sent_at=None, given_up_at=None, called_back_at=None),
            ),
            models.Index(fields=["about"], name="notices_about"),
        ]


@dataclass(frozen=True)
class Letter:
    """A notice opened for delivery."""

    notice: Notice
    to: str
    params: dict[str, Any]


def put(
    *,
    side: Side,
    channel: str,
    template: str,
    to: str,
    params: dict[str, Any],
    at: datetime,
    due_at: datetime | None = None,
    about: UUID | None = None,
    once: str = "",
) -> Notice | None:
    """Lay a notice down. It is sent if, and only if, the deed's transaction commits.

    `once` names what it is told for, so that two who tell the same at the same moment tell it once: None for the second.
    """
    key = _key_of(about, template, once) if once else uuid.uuid4()
    told = {
        "side": side.value,
        "channel": channel,
        "template": template,
        "about": about,
        "sealed": vault.seal_alone(side.value, _label(key), {"to": to, "params": params}),
        "made_at": at,
        "due_at": due_at or at,
    }
    if not once:
        return Notice.objects.create(key=key, **told)
    notice, made = Notice.objects.get_or_create(key=key, defaults=told)
    return notice if made else None


def told_once(once: str, template: str, about: Iterable[UUID]) -> set[UUID]:
    """Which of these have been told this already."""
    keys = {_key_of(one, template, once): one for one in about}
    found = Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {keys[key] for key in found}


def _key_of(about: UUID | None, template: str, once: str) -> UUID:
    return uuid.uuid5(_ONCE, f"{about}:{template}:{once}")


def call_back(*, about: UUID, at: datetime, template: str = "") -> int:
    """Take back what is not sent yet (all of it, or one kind), and wipe it. Says how many."""
    waiting = _waiting().filter(about=about)
    return (waiting.filter(template=template) if template else waiting).update(called_back_at=at, sealed=WIPED)


def claim(*, at: datetime, limit: int = 50, lease: timedelta = timedelta(minutes=2)) -> Iterator[Letter]:
    """Letters that are due, each claimed by one deliverer until the lease runs out; so no letter goes out twice at once."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    for notice in _waiting().filter(free, due_at__lte=at).order_by("due_at", "pk")[:limit]:
        if _waiting().filter(free, pk=notice.pk).update(claimed_until=at + lease, tries=F("tries") + 1):
            notice.tries += 1
            try:
                opened = vault.open_alone(notice.side, _label(notice.key), notice.sealed)
            except (KeyMissing, Tampered):
                # One that does not open stops no other; its key may be put back yet.
                not_sent(notice, at=at, trouble="does_not_open")
                continue
            yield Letter(notice, opened["to"], opened["params"])


def sent(notice: Notice, *, at: datetime) -> None:
    """It is on its way. Address and words are wiped."""
    Notice.objects.filter(pk=notice.pk).update(sent_at=at, sealed=WIPED, trouble="")


def all_sent(*, before: datetime) -> int:
    """What was laid down until then has gone out when it was made: a story of the past sends no letters tonight."""
    return _waiting().filter(made_at__lte=before).update(sent_at=F("made_at"), tries=1, sealed=WIPED)


def not_sent(notice: Notice, *, at: datetime, trouble: str) -> None:
    """It could not be sent. Tried again later and later, and given up after eight tries."""
    if notice.tries >= TRIES:
        Notice.objects.filter(pk=notice.pk).update(given_up_at=at, sealed=WIPED, trouble=trouble)
        return
    wait = timedelta(minutes=2**notice.tries)
    Notice.objects.filter(pk=notice.pk).update(due_at=at + wait, claimed_until=None, trouble=trouble)


def _waiting():
    return Notice.objects.filter(sent_at=None, given_up_at=None, called_back_at=None)


def _label(key: UUID) -> str:
    return f"notice:{key}"
