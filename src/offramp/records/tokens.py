"""Search tokens: keyed numbers by which a person is found without a name being stored.

A token is an HMAC of a short text (rules/found_by.py: a name with a year of birth, say) under a random key of the file's
side, kept wrapped. The same text gives another number on another side, and on the police side in another agency. Tokens
show which rows are equal and how common each is; SECURITY.md says so.
"""

import hashlib
import hmac
from collections.abc import Iterable

from django.db import models

from offramp.records.identity import Identity
from offramp.records.stored_key import stored
from offramp.rules import names
from offramp.rules.found_by import Known, filed
from offramp.rules.sought import digits
from offramp.rules.streets_said import door
from offramp.rules.words import Side

# Sides whose staff find people by searching. Police do not, and nobody searches young people's files.
SEARCHED = frozenset({Side.CARE, Side.LEGAL})
BYTES = (
    6  # SQLite keeps such a number in six bytes; among thirty million tokens one in ten million meets another
)


class SearchToken(models.Model):
    """This file answers to this token. `file_id` is a plain number: the table leads nowhere by a join."""

    pk = models.CompositePrimaryKey("token", "file_id")
    token = models.BigIntegerField()
    file_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="tokens_of_a_file")]


def keyed(side: str, texts: Iterable[str]) -> list[int]:
    """Each of these texts as a number only the holder of this side's search key can make."""
    return numbers(stored(f"search_{side}", str(side)), texts)


def numbers(key: bytes, texts: Iterable[str]) -> list[int]:
    """The same, with the key at hand."""
    return [
        int.from_bytes(hmac.digest(key, text.encode(), hashlib.sha256)[:BYTES], "big", signed=True)
        for text in texts
    ]


def index(file, identity: Identity, *, new: bool = False) -> None:
    """The tokens of this file follow from who they are now. Called wherever an identity is written down. `new`: it has none yet."""
    texts = texts_of(file.side, file.agency_id, identity)
    now = set(keyed(file.side, texts)) if texts else set()
    before = set() if new else set(SearchToken.objects.filter(file_id=file.pk).values_list("token", flat=True))
    if before - now:
        SearchToken.objects.filter(file_id=file.pk, token__in=before - now).delete()
    SearchToken.objects.bulk_create(
        [SearchToken(token=token, file_id=file.pk) for token in sorted(now - before)]
    )


def forget(file_id: int) -> None:
    """This file is found by nothing any more. Part of expunging it."""
    SearchToken.objects.filter(file_id=file_id).delete()


def texts_of(side: str, agency_id: int, identity: Identity) -> list[str]:
    """What a file of this side is found by."""
    if side == Side.POLICE:
        same = same_text(agency_id, identity)
        return [same] if same else []
    return filed(known(identity)) if side in SEARCHED else []


def same_text(agency_id: int, identity: Identity) -> str:
    """Exactly this person, in this agency's files; empty while a name or the year of birth is unknown."""
    first, last = names.given(identity.first), names.family(identity.last)
    year = identity.birth.year
    return f"same {agency_id} {first} {last} {year}" if first and last and year else ""


def known(identity: Identity) -> Known:
    """An identity as it is compared: names in every shortened form, digits of phones, doors of addresses."""
    firsts, lasts = names.parts(identity.first), names.parts(identity.last)
    own = {*firsts, *lasts}
    firsts += names.parts(identity.known_as)
    for alias in identity.aliases:
        first, _, last = alias.strip().partition(" ")
        firsts += names.parts(first)
        lasts += names.parts(last)
    birth = identity.birth
    return Known(
        firsts=tuple(dict.fromkeys(firsts)),
        lasts=tuple(dict.fromkeys(lasts)),
        also=frozenset({*firsts, *lasts} - own),
        year=birth.year,
        month=birth.month,
        day=birth.day,
        phones=tuple(filter(None, (digits(phone.value) for phone in identity.phones))),
        doors=tuple(where for address in identity.addresses if (where := door(address.value))[1]),
    )
