"""A million person files of the care side, loaded in bulk: one agency keeps them all, another sees one in a thousand.

Made-up people only, and only into a database that is marked as a demo or has no house yet. What is written is what
`person.open_file` would have written (tests/records/test_search_bench.py compares the two), in bulk.
"""

import os
import random
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context

from offramp.bench.bulk import Bulk, loading
from offramp.bench.names import People
from offramp.records import house, vault
from offramp.records.agency import Agency
from offramp.records.door import whole_table
from offramp.records.identity import Identity
from offramp.records.person import LABEL, LETTERS, OWN_WORK, PersonFile
from offramp.records.sight import Sight, bits
from offramp.records.stored_key import stored
from offramp.records.tokens import numbers, texts_of
from offramp.rules.visibility import holder_of
from offramp.rules.words import Ground, Side

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
BATCH = 5_000
ONE_IN = 1_000  # the small agency sees one file in so many
RESTRICTED_ONE_IN = 500
SEED = 1


class NotHere(Exception):
    """This database may hold real people."""


@dataclass(frozen=True)
class Town:
    """What was loaded: the agency that keeps all the files, and the one that sees a few."""

    people: int
    large: int
    small: int


def load(people: int, *, tell=print) -> Town:
    """Fill this database with so many people, or find it filled before."""
    if house.here() and not house.is_demo():
        raise NotHere("This database is not a demo. The bench makes its own.")
    large, _ = Agency.objects.get_or_create(name="Bench navigators")
    small, _ = Agency.objects.get_or_create(name="Bench village")
    town = Town(people, large.pk, small.pk)
    there = whole_table(PersonFile, because="how many the bench has loaded before").count()
    if there not in (0, people):
        raise NotHere(f"This database holds {there} files. The bench wants {people}, or an empty database.")
    if not there:
        with loading() as bulk:
            fill(bulk, town, tell)
    return town


def everybody(people: int) -> Iterator[tuple[int, Identity]]:
    """The same people in the same order, every time, with the id of their file."""
    source = People(SEED)
    return ((number, source.one()) for number in range(1, people + 1))


def sees_few(number: int) -> bool:
    """Whether the small agency sees this file."""
    return number % ONE_IN == 7


def is_restricted(number: int) -> bool:
    return number % RESTRICTED_ONE_IN == 3


# -- Their rows -----------------------------------------------------------------------------------------------------

FILE = "id key side agency_id code sealed data_key restricted opened_at"
SIGHT = "file_id holder kinds ground source until"
Rows = tuple[list[tuple], list[tuple], list[tuple[int, int]]]


def fill(bulk: Bulk, town: Town, tell) -> None:
    """Every file with its sight and its tokens. What costs time, sealing and hashing, is done by every processor there is."""
    key, done = stored(f"search_{Side.CARE}", Side.CARE.value), 0
    for files, sights, pairs in _by_all(everybody(town.people), town, key):
        bulk.add(PersonFile, FILE, files)
        bulk.add(Sight, SIGHT, sights)
        bulk.tokens(pairs)
        done += len(files)
        tell(f"{done:,} of {town.people:,} people")


def _by_all(people: Iterator[tuple[int, Identity]], town: Town, key: bytes) -> Iterator[Rows]:
    """Batch by batch in their order, a few ahead and no more, so that memory stays flat."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as workers:
        ahead: deque = deque()
        while batch := list(islice(people, BATCH)):
            ahead.append(workers.submit(rows_of, batch, town, key))
            if len(ahead) > 2 * (os.cpu_count() or 1):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def rows_of(people: Iterable[tuple[int, Identity]], town: Town, key: bytes) -> Rows:
    """Files, sights and tokens of these people: what `person.open_file` would have written."""
    files, sights, pairs = [], [], []
    for number, identity in people:
        files.append(_file(number, identity, town))
        sights += _sights(number, town)
        texts = texts_of(Side.CARE, town.large, identity)
        pairs += [(token, number) for token in set(numbers(key, texts))]
    return files, sights, pairs


def _file(number: int, identity: Identity, town: Town) -> tuple:
    key = uuid.UUID(int=random.Random(number).getrandbits(128), version=4)
    file = PersonFile(key=key, side=Side.CARE.value, data_key=vault.new_data_key(Side.CARE.value, key))
    file.sealed = vault.seal_for(file, LABEL, identity.to_json())
    return (
        number,
        key,
        Side.CARE.value,
        town.large,
        code_of(number),
        file.sealed,
        file.data_key,
        is_restricted(number),
        AT,
    )


def code_of(number: int) -> str:
    """A code of its own for each number."""
    drawn = ""
    for _ in range(6):
        number, at = divmod(number, len(LETTERS))
        drawn = LETTERS[at] + drawn
    return f"{drawn[:3]}-{drawn[3:]}"


def _sights(number: int, town: Town) -> list[tuple]:
    kinds = bits(OWN_WORK[Side.CARE])
    own = (number, holder_of("agency", town.large), kinds, Ground.OWN_AGENCY.value, 0, None)
    lent = (number, holder_of("agency", town.small), kinds, Ground.HANDOFF.value, 0, None)
    return [own, lent] if sees_few(number) else [own]
