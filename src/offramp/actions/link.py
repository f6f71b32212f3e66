"""Say that two care files are one person, and take it back. Linked, not merged: nothing is moved and nothing is lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.records import ledger, link
from offramp.records.person import PersonFile
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer
from offramp.rules.words import Side


def join(*, viewer: Viewer, at: datetime, one_key: UUID, other_key: UUID) -> None:
    """These two are one person. Raises `NotFound` unless both files are theirs to see."""
    require(viewer, Duty.LINK_FILES)
    with transaction.atomic():
        one, other = _both(viewer, one_key, other_key)
        link.join(viewer, one=one, other=other, at=at)
        _tell(viewer, at, "files_linked", one, other)


def part(*, viewer: Viewer, at: datetime, one_key: UUID, other_key: UUID) -> None:
    """They are two people after all. Raises `NotFound`, or `NotLinked` when they were not linked."""
    require(viewer, Duty.LINK_FILES)
    with transaction.atomic():
        one, other = _both(viewer, one_key, other_key)
        link.part(viewer, one=one, other=other, at=at)
        _tell(viewer, at, "files_unlinked", one, other)


def _both(viewer: Viewer, one_key: UUID, other_key: UUID) -> tuple[PersonFile, PersonFile]:
    files = PersonFile.objects.seen_by(viewer).filter(key__in={one_key, other_key}, side=Side.CARE.value)
    found = {file.key: file for file in files}
    if one_key not in found or other_key not in found:
        raise NotFound
    return found[one_key], found[other_key]


def _tell(viewer: Viewer, at: datetime, deed: str, one: PersonFile, other: PersonFile) -> None:
    """In the history of both files."""
    for here, there in ((one, other), (other, one)):
        ledger.write(
            viewer, deed=deed, at=at, about=here.key, side=Side.CARE, details={"other": str(there.key)}
        )
