"""Errands: how a deed writes a fact on another side without anybody seeing across (docs/adr/0021).

A handoff copies a person into a care file; a navigator's *met* puts one word on a police file. The one who does the
deed sees nothing of the other side. The deed sends an errand instead: for named kinds of fact, in one named file (or
one that it opens), on a named ground, for as long as the block lasts, with an entry in the ledger.

    with across(viewer, side=Side.CARE, kinds={Kind.IDENTITY, Kind.EPISODE}, ground="handoff disclosure") as errand:
        care = person.open_file(errand, side=Side.CARE, agency_id=..., identity=permitted, at=at)
        Episode.objects.seen_by(errand).create(file=care, ...)

Only deeds (actions/) send errands; tests/architecture/test_door.py holds that.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from offramp.records import ledger
from offramp.records.door import NotTheirs, whole_table
from offramp.records.person import PersonFile
from offramp.records.rule import Errand, NoViewer, check_viewer
from offramp.rules.visibility import Viewer
from offramp.rules.words import Kind, Side


@contextmanager
def across(
    viewer: Viewer, *, side: Side, kinds: Iterable[Kind], ground: str, file_key: UUID | None = None
) -> Iterator[Errand]:
    """Go to another side for this deed alone. Without `file_key` it may open one file, and then keeps to that one."""
    check_viewer(viewer)
    if isinstance(viewer, Errand):
        raise NoViewer("an errand sends no errand")
    if not transaction.get_connection().in_atomic_block:
        raise NoViewer("an errand is part of a deed's transaction")
    errand = Errand(sender=viewer, side=side, kinds=kinds, ground=ground)
    if file_key is not None:
        errand.name(_named(file_key, side))
    try:
        yield errand
        coded = {"ground": ground.replace(" ", "_"), "kinds": sorted(kind.value for kind in errand.kinds)}
        ledger.write(viewer, deed="errand", at=viewer.at, about=errand.file_key, side=side, details=coded)
    finally:
        errand.over = True


def _named(key: UUID, side: Side) -> PersonFile:
    rows = whole_table(PersonFile, because="the one file that an errand is sent to, by its key")
    file = rows.filter(key=key, side=side.value).only("pk", "key").first()
    if file is None:
        raise NotTheirs
    return file
