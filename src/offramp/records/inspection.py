"""Looking over a whole place: does the database hold together, does sight follow from the facts, does the vault open?

Nothing of what is opened is kept or shown: an inspection says how many, and names rows by table and number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod

from offramp.records import tokens, vault
from offramp.records.door import Protected, whole_table
from offramp.records.identity import Identity
from offramp.records.keys import KeyMissing, Tampered, ring
from offramp.records.person import PersonFile
from offramp.records.tokens import SearchToken

MOST = 50  # faults told one by one
SAMPLE = 1_000  # rows opened of each table, unless all are asked for
WHY = "looks over the place; shows nobody a row"


@dataclass(frozen=True)
class Part:
    """One part of an inspection: how much was looked at, and what is wrong, each in a sentence."""

    checked: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def _part(found: Iterator[tuple[int, str]]) -> Part:
    checked, faults = 0, []
    for count, fault in found:
        checked += count
        if fault:
            faults.append(fault)
    return Part(checked, tuple(faults[:MOST]))


def protected() -> list[type[Protected]]:
    return [model for model in apps.get_models() if issubclass(model, Protected)]


# -- The database ---------------------------------------------------------------------------------------------------


def database(*, whole: bool = False) -> Part:
    """The database's own constraints, and those that no database can keep: a row and its parents are of one file and side."""
    return _part(_database(whole))


def _database(whole: bool) -> Iterator[tuple[int, str]]:
    yield from ((1, fault) for fault in _own_checks(whole))
    for model in protected():
        rows = whole_table(model, because=WHY)
        if not model.about:
            continue
        yield rows.count(), ""
        for pk in rows.exclude(file__side=model.side).values_list("pk", flat=True)[:MOST]:
            yield 0, f"{model.__name__} {pk} lies in a file of another side."
        for parent in (field.name for field in model.parents()):
            apart = rows.filter(**{f"{parent}__isnull": False}).exclude(
                **{f"{parent}__file_id": F("file_id")}
            )
            for pk in apart.values_list("pk", flat=True)[:MOST]:
                yield 0, f"{model.__name__} {pk} and its {parent} lie in two files."


def _own_checks(whole: bool) -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check" if whole else "PRAGMA quick_check")
            yield from (f"SQLite says: {row[0]}." for row in cursor.fetchall() if row[0] != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            yield from (
                f"{table} {pk} points to a row of {to} that is not there."
                for table, pk, to, _ in cursor.fetchall()
            )
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
            yield from (
                f"The constraint {row[0]} was never checked against all rows." for row in cursor.fetchall()
            )


# -- The vault ------------------------------------------------------------------------------------------------------


def opening(*, whole: bool = False) -> Part:
    """Every key's master is here; what is sealed opens where it lies; and a file is found by what it says."""
    return _part(_opening(whole))


def _opening(whole: bool) -> Iterator[tuple[int, str]]:
    yield from _masters()
    for model in protected():
        if model.sealed_as:
            yield from ((1, fault) for fault in _opens(model, whole))
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            # By name: a seal of the ledger is bytes too, and one in 256 begins like something sealed.
            if field.name == "sealed" and not issubclass(model, Protected):
                yield from _alone(model, field.attname)


def _masters() -> Iterator[tuple[int, str]]:
    rows = whole_table(PersonFile, because=WHY).order_by("pk").values_list("pk", "side", "data_key")
    for pk, side, data_key in rows.iterator(chunk_size=10_000):
        missing = ring().name_of(bytes(data_key)) != side
        yield (
            1,
            f"The key of PersonFile {pk} is wrapped by a {side} master that is not here." if missing else "",
        )


def _opens(model, whole: bool) -> Iterator[str]:
    rows = (
        whole_table(model, because=WHY)
        .exclude(sealed=None)
        .select_related(*({"file"} if model.about else {"agency"}))
    )
    rows = rows.select_related("file", "encounter") if "{row.encounter" in model.sealed_as else rows
    newest = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    if not whole and newest > SAMPLE:  # one in so many, and the newest ones
        rows = rows.alias(part=Mod("pk", newest // SAMPLE + 1)).filter(part=newest % (newest // SAMPLE + 1))
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield _fault_of(model, row)


def _fault_of(model, row) -> str:
    file = row.file if model.about else row
    try:
        data = vault.open_for(file, model.sealed_as.format(row=row), row.sealed)
    except (KeyMissing, Tampered):
        return f"{model.__name__} {row.pk} does not open."
    if model is PersonFile:
        expected = set(
            tokens.keyed(file.side, tokens.texts_of(file.side, file.agency_id, Identity.from_json(data)))
        )
        if expected != set(SearchToken.objects.filter(file_id=file.pk).values_list("token", flat=True)):
            return f"PersonFile {row.pk} is not found by what it says."
    return ""


def _alone(model, column: str) -> Iterator[tuple[int, str]]:
    for pk, value in model._base_manager.order_by("pk").values_list("pk", column).iterator(chunk_size=500):
        try:
            yield int(vault.key_opens(bytes(value or b""))), ""
        except (KeyMissing, Tampered):
            yield 1, f"The key of {model.__name__} {pk} does not open."
