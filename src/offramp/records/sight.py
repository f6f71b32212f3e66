"""Sight: who holds which file now, for which kinds of fact, on what ground, until when.

The visibility table says what a role may ever be shown; a sight row says it is true of *this* file for
*this* holder (an agency, a team, or one user: "agency:12"). Deeds write these rows and take them back in
the transaction that gives or ends the ground. `until` is compared when somebody looks, never swept.

One row holds a set of kinds, as bits (docs/adr/0006): a file has a row or two, not one for every kind.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod

from offramp.rules.words import Ground, Kind

# A bit, once given, is never given again: stored rows mean it for good.
BIT: dict[Kind, int] = {
    Kind.IDENTITY: 1 << 0,
    Kind.ENCOUNTER: 1 << 1,
    Kind.VERDICT: 1 << 2,
    Kind.TELLBACK: 1 << 3,
    Kind.TRANSPORT: 1 << 4,
    Kind.PERMISSION: 1 << 5,
    Kind.CHARGE: 1 << 6,
    Kind.EPISODE: 1 << 7,
    Kind.REFERRAL: 1 << 8,
    Kind.ATTENDANCE: 1 << 9,
    Kind.CONTACT: 1 << 10,
    Kind.LINK: 1 << 11,
    Kind.DISCLOSURE: 1 << 12,
}


def bits(kinds: Iterable[Kind]) -> int:
    """A set of kinds as one number."""
    return sum(BIT[kind] for kind in frozenset(kinds))


def kinds_in(number: int) -> frozenset[Kind]:
    """The set of kinds that a number stands for."""
    return frozenset(kind for kind, bit in BIT.items() if number & bit)


class Sight(models.Model):
    """One live ground on which a holder sees kinds of fact in one file.

    `file_id` and `source` are plain numbers: this table leads nowhere by a join. `source` is the row that
    gives the ground (a referral, a consent), so that ending one referral leaves another's sight alone.
    """

    file_id = models.BigIntegerField()
    holder = models.CharField(max_length=32)
    kinds = models.PositiveIntegerField()
    ground = models.CharField(max_length=12)
    source = models.BigIntegerField(default=0)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file_id", "holder", "ground", "source"], name="one_sight_for_one_ground"
            ),
            models.CheckConstraint(condition=Q(kinds__gt=0), name="a_sight_is_of_something"),
        ]
        indexes = [
            models.Index(fields=["file_id", "holder", "kinds", "until"], name="sight_of_a_file"),
            models.Index(fields=["holder", "file_id", "kinds", "until"], name="sight_of_a_holder"),
        ]


def grant(
    file,
    holder: str,
    kinds: Iterable[Kind],
    ground: Ground,
    *,
    until: datetime | None = None,
    source: int = 0,
    new: bool = False,
) -> None:
    """From now on this holder sees these kinds in this file. Granted again, it widens and takes the new `until`.

    `new`: the file, or the row that is the source, was made a moment ago, so there is nothing to widen.
    """
    number, pk = bits(kinds), _pk(file)
    row = {"file_id": pk, "holder": holder, "ground": ground.value, "source": source}
    if new or not Sight.objects.filter(**row).update(kinds=F("kinds").bitor(number), until=until):
        Sight.objects.create(**row, kinds=number, until=until)


def withdraw(
    file,
    *,
    holder: str | None = None,
    ground: Ground | None = None,
    source: int | None = None,
    kinds: Iterable[Kind] | None = None,
) -> int:
    """Take sight back: of everything named. `kinds` takes some and leaves the rest. Says how many rows changed."""
    named = {"holder": holder, "ground": ground and ground.value, "source": source}
    rows = Sight.objects.filter(
        file_id=_pk(file), **{name: value for name, value in named.items() if value is not None}
    )
    if kinds is None:
        return rows.delete()[0]
    number = bits(kinds)
    rows = rows.annotate(taken=F("kinds").bitand(number)).filter(taken__gt=0)
    gone = rows.filter(taken=F("kinds")).delete()[0]
    return gone + rows.update(kinds=F("kinds").bitand(~number))


def _pk(file) -> int:
    return file if isinstance(file, int) else file.pk


# -- Counted again --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """A sight row as the facts say it should be."""

    file_id: int
    holder: str
    kinds: frozenset[Kind]
    ground: Ground
    source: int = 0
    until: datetime | None = None


_rules: dict[str, Callable[[datetime], Iterator[Expected]]] = {}


def recounted(name: str):
    """Register how one family of sight rows follows from the facts. `offramp verify` counts them again.

    Every deed that grants has such a rule: a function of the time that yields each `Expected` row.
    """

    def keep(rule: Callable[[datetime], Iterator[Expected]]):
        if _rules.get(name, rule).__qualname__ != rule.__qualname__:
            raise ValueError(f"two rules are called {name}")
        _rules[name] = rule
        return rule

    return keep


def rules() -> dict[str, Callable[[datetime], Iterator[Expected]]]:
    """Each rule by its name."""
    return dict(_rules)


@dataclass(frozen=True)
class Difference:
    """What the facts give and no row says, and what a row says and no fact gives."""

    rows: int
    missing: tuple[Expected, ...]
    extra: tuple[Expected, ...]


PASS = 1_000_000  # rows counted at once: a state's table is walked in several passes, not held whole
Place = tuple[int, str, str, int]


def compare(*, at: datetime, most: int = 100) -> Difference:
    """Count every live sight row again from the facts. Rows past their `until` are no sight and are left out."""
    total = Sight.objects.count()
    passes = total // PASS + 1
    missing: list[Expected] = []
    extra: list[Expected] = []
    for turn in range(passes):
        there, given = _rows(at, passes, turn), _given(at, passes, turn)
        missing += [_as_expected(place, row) for place, row in given.items() if there.get(place) != row]
        extra += [_as_expected(place, row) for place, row in there.items() if given.get(place) != row]
    return Difference(total, tuple(missing[:most]), tuple(extra[:most]))


def _rows(at: datetime, passes: int, turn: int) -> dict[Place, tuple[int, datetime | None]]:
    live = Sight.objects.filter(Q(until=None) | Q(until__gt=at))
    if passes > 1:
        live = live.annotate(turn=Mod("file_id", passes)).filter(turn=turn)
    names = ("file_id", "holder", "ground", "source", "kinds", "until")
    return {tuple(row[:4]): (row[4], row[5]) for row in live.values_list(*names).iterator(chunk_size=10_000)}


def _given(at: datetime, passes: int, turn: int) -> dict[Place, tuple[int, datetime | None]]:
    found: dict[Place, tuple[int, datetime | None]] = {}
    for rule in _rules.values():
        for row in rule(at):
            if row.file_id % passes == turn and (row.until is None or row.until > at):
                place = (row.file_id, row.holder, row.ground.value, row.source)
                kinds, until = found.get(place, (0, row.until))
                longest = None if until is None or row.until is None else max(until, row.until)
                found[place] = (kinds | bits(row.kinds), longest)
    return found


def _as_expected(place: Place, row: tuple[int, datetime | None]) -> Expected:
    file_id, holder, ground, source = place
    return Expected(file_id, holder, kinds_in(row[0]), Ground(ground), source, row[1])
