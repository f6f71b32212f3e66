"""Take in a directory somebody else keeps: whole records, batch by batch, so that reading it again changes nothing.

A record and all that belongs to it is one batch's transaction: it is whole or not there. A reading that was
interrupted is simply started again; what is there already is recognised by its digest. What a directory no longer
lists is counted and said, never closed: a partial file must not close a city.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import transaction

from offramp.actions import directory_rows as rows
from offramp.formats.hsds import Directory
from offramp.formats.hsds.records import AgencyIn, Record, ServiceIn, digest
from offramp.formats.hsds.staging import Report
from offramp.records import ledger
from offramp.records.agency import Agency
from offramp.records.capacity import write_count
from offramp.records.service import SourceRecord
from offramp.rules.capacity import CLOCK_SLACK
from offramp.rules.message import say
from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer

BATCH = 200
Tell = Callable[[str], None]


class OtherAgencies(Refused):
    """The same numbers already stand for other agencies: two directories would be mixed into one."""


@dataclass
class Taken:
    """What became of a directory, in counts by kind, and what was not taken."""

    source: str
    report: Report
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    missing: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The report as one document. A rejected entry with a column is one cell of a row that was taken."""
        rejected = [
            {"file": one.file, "row": one.row, "reason": str(one.reason)}
            | ({"column": one.column} if one.column else {})
            for one in self.report.rejected
        ]
        parts = {name: dict(getattr(self, name)) for name in ("added", "changed", "unchanged", "missing")}
        return {
            "source": self.source,
            "read": dict(self.report.read),
            **parts,
            "rejected": rejected,
            "files": self.report.files,
        }


def take_in(*, viewer: Viewer, at: datetime, directory: Directory, tell: Tell = lambda _: None) -> Taken:
    """Load every record that is new or changed. Raises `OtherAgencies` before anything is written."""
    taken, seen = Taken(directory.source, directory.report), Counter[str]()
    for batch in batches(directory.records()):
        take_batch(batch, taken=taken, at=at)
        seen[batch[0].kind] += len(batch)
        if batch[0].kind == "service" and seen["service"] % 2_000 < BATCH:
            tell(f"{seen['service']} services …")
    taken.missing = _missing(taken.source, seen)
    changes = {
        f"{name}_{kind}": n
        for name in ("added", "changed")
        for kind, n in getattr(taken, name).items()
        if kind in rows.KINDS
    }
    with transaction.atomic():
        ledger.write(
            viewer,
            deed="import_directory",
            at=at,
            details=changes | {"rejected": len(directory.report.rejected)},
        )
    return taken


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records of one kind, so many at a time, in their order."""
    for _, alike in groupby(records, key=lambda record: record.kind):
        batch: list[Record] = []
        for record in alike:
            batch.append(record)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


def take_batch(batch: list[Record], *, taken: Taken, at: datetime) -> None:
    """One batch, in one transaction."""
    kind = batch[0].kind
    with transaction.atomic():
        known = dict(
            SourceRecord.objects.filter(kind=kind, key__in=[one.key for one in batch]).values_list(
                "key", "digest"
            )
        )
        if isinstance(batch[0], AgencyIn):
            _refuse_a_mixture(batch, known, taken.source)
        digests = {one.key: digest(one) for one in batch}
        fresh = [one for one in batch if known.get(one.key) != digests[one.key]]
        rows.write(kind, fresh, taken.source, at)
        rows.keep(fresh, digests, taken.source)
    for one in batch:
        counts = Counter({kind: 1, **one.counts})
        if isinstance(one, ServiceIn):
            counts["service_capacity"] -= _counts_said(one, taken, at)
        where = (
            taken.added
            if one.key not in known
            else taken.unchanged
            if known[one.key] == digests[one.key]
            else taken.changed
        )
        where.update({name: n for name, n in counts.items() if n})


def _counts_said(service: ServiceIn, taken: Taken, at: datetime) -> int:
    """Write down what the directory says about room, as old as it is. Gives how many counts were not taken."""
    refused = 0
    for count in service.capacities:
        if count.said_at > at + CLOCK_SLACK:
            taken.report.reject(
                count.file,
                count.row,
                say("The count says it was made in the future, at {at}.", at=count.said_at.isoformat()),
            )
            refused += 1
            continue
        service_id = rows.service_id(service.key)
        told = {"open_places": count.open_places, "maximum": count.maximum, "said_at": count.said_at}
        with transaction.atomic():
            write_count(
                service_id=service_id, unit=count.unit, said_by="the directory", note=count.note, **told
            )
    return refused


def _refuse_a_mixture(batch: list[Record], known: dict, source: str) -> None:
    """Numbered ids say nothing across directories. If those we know now bear other names, this is another directory."""
    numbered = {
        one.key: one
        for one in batch
        if isinstance(one, AgencyIn) and one.key in known and str(one.key) != one.external_id
    }
    before = dict(Agency.objects.filter(key__in=numbered).values_list("key", "name"))
    other = [key for key, one in numbered.items() if key in before and before[key] != one.name]
    if len(other) >= 3 and len(other) * 2 > len(before):
        first = numbered[other[0]]
        raise OtherAgencies(
            "Under the name “{source}” number {id} is {before}, and here it is {now}: this looks like another directory. "
            "Give it a name of its own with --source.",
            source=source,
            id=first.external_id,
            before=before[other[0]],
            now=first.name,
        )


def _missing(source: str, seen: Counter[str]) -> dict[str, int]:
    """Records of this source that were not in it this time, by kind."""
    counts = {kind: SourceRecord.objects.filter(source=source, kind=kind).count() for kind in rows.KINDS}
    return {kind: n - seen[kind] for kind, n in counts.items() if n > seen[kind]}
