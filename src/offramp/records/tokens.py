"""Search tokens: keyed numbers by which a name is found without being stored.

A token is an HMAC of something normalised (a name with a birth year, say) under a random key of the file's side.
The same words give other numbers on another side, and on the police side in another agency. Tokens show which rows
are equal and how common each is; SECURITY.md says so. Which words a file is found by is said in rules/found_by.py,
how names are compared in rules/names.py.
"""

import hashlib
import hmac
from collections.abc import Iterable

from django.db import models

from offramp.records.identity import Identity
from offramp.records.stored_key import stored
from offramp.rules import names
from offramp.rules.words import Side


class SearchToken(models.Model):
    """This file answers to this token. `file_id` is a plain number: the table leads nowhere by a join."""

    pk = models.CompositePrimaryKey("token", "file_id")
    token = models.BigIntegerField()
    file_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="tokens_of_a_file")]


def keyed(side: str, words: Iterable[str]) -> list[int]:
    """Each of these texts as a number only the holder of this side's search key can make."""
    key = stored(f"search_{side}", str(side))
    return [_number(key, text) for text in words]


def _number(key: bytes, text: str) -> int:
    """64 bits, signed as databases want them: among a hundred million tokens two meet by chance once in a thousand places."""
    return int.from_bytes(hmac.digest(key, text.encode(), hashlib.sha256)[:8], "big", signed=True)


def index(file, identity: Identity) -> None:
    """The tokens of this file follow from who they are now. Called wherever an identity is written down."""
    now = set(keyed(file.side, words_of(file.side, file.agency_id, identity)))
    before = set(SearchToken.objects.filter(file_id=file.pk).values_list("token", flat=True))
    SearchToken.objects.filter(file_id=file.pk, token__in=before - now).delete()
    SearchToken.objects.bulk_create(
        [SearchToken(token=token, file_id=file.pk) for token in sorted(now - before)]
    )


def words_of(side: str, agency_id: int, identity: Identity) -> set[str]:
    """What a file of this side is found by."""
    return {same_words(agency_id, identity)} - {""} if side == Side.POLICE else set()


def same_words(agency_id: int, identity: Identity) -> str:
    """Exactly this person, in this agency's files; empty while a name or the year of birth is unknown."""
    first, last = names.given(identity.first), names.family(identity.last)
    year = identity.birth.year
    return f"same {agency_id} {first} {last} {year}" if first and last and year else ""
