"""Links between files: rows that only the care side reads, with their history. Nothing is merged or destroyed.

Two kinds. A care file remembers from which police file and encounter it was copied, by keys that open nothing.
And two care files that turn out to be one person are linked, and can be unlinked again: each keeps its own key,
its own sight and its own rows, so that a wrong link is undone by ending it.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records.door import Protected, whole_table
from offramp.records.person import PersonFile
from offramp.rules.refusal import Refused
from offramp.rules.words import Kind, Side


class Why(StrEnum):
    """What a link says."""

    HANDED_OVER = "handed_over"
    SAME_PERSON = "same_person"


class NotLinked(Refused):
    """These two files are not linked, or can not be."""


class FileLink(Protected):
    """From a care file to another file, by its key. It leads there by no join."""

    kind, side, about = Kind.LINK, Side.CARE, "file"
    fixed = frozenset({"other_side", "other_key", "encounter_key", "why"})

    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="links")
    other_side = models.CharField(max_length=8)
    other_key = models.UUIDField()
    encounter_key = models.UUIDField(null=True)
    why = models.CharField(max_length=12, choices=[(why.value, why.value) for why in Why])
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(Protected.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["file", "other_key"],
                condition=Q(ended_at=None, why=Why.SAME_PERSON.value),
                name="two_files_are_linked_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")),
                name="a_link_ends_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(fields=["other_key"], name="links_to_a_file"),
            models.Index(fields=["encounter_key"], name="links_of_an_encounter"),
        ]


def remember_origin(
    errand, *, file: PersonFile, police_key: UUID, encounter_key: UUID, at: datetime, by: int | None
) -> FileLink:
    """The care file was copied from this police file at this encounter. Written once, by the handoff."""
    return FileLink.objects.seen_by(errand).create(
        file=file,
        other_side=Side.POLICE.value,
        other_key=police_key,
        encounter_key=encounter_key,
        why=Why.HANDED_OVER.value,
        made_at=at,
        made_by_id=by,
    )


def join(viewer, *, one: PersonFile, other: PersonFile, at: datetime) -> None:
    """These two care files are one person, says this viewer, who sees both. Said twice, it is said once."""
    if one.pk == other.pk or {one.side, other.side} != {Side.CARE.value}:
        raise NotLinked("Only two care files can be linked.")
    for here, there in ((one, other), (other, one)):
        rows = FileLink.objects.seen_by(viewer)
        if not rows.filter(file=here, other_key=there.key, why=Why.SAME_PERSON.value, ended_at=None).exists():
            rows.create(
                file=here,
                other_side=there.side,
                other_key=there.key,
                why=Why.SAME_PERSON.value,
                made_at=at,
                made_by_id=viewer.user_id,
            )


def part(viewer, *, one: PersonFile, other: PersonFile, at: datetime) -> None:
    """They are two people after all. The rows stay, with the day they ended."""
    pairs = Q(file=one, other_key=other.key) | Q(file=other, other_key=one.key)
    live = FileLink.objects.seen_by(viewer).filter(pairs, why=Why.SAME_PERSON.value, ended_at=None)
    if not live.update(ended_at=at, ended_by_id=viewer.user_id):
        raise NotLinked("These two files are not linked.")


def same_person(viewer, *, file: PersonFile) -> list[PersonFile]:
    """The files linked to this one now, as far as this viewer sees them."""
    live = FileLink.objects.seen_by(viewer).filter(file=file, why=Why.SAME_PERSON.value, ended_at=None)
    keys = list(live.values_list("other_key", flat=True))
    return list(PersonFile.objects.seen_by(viewer).filter(key__in=keys).order_by("pk"))


def origin(viewer, *, file: PersonFile | int) -> FileLink | None:
    """Where this care file was copied from, if it was."""
    rows = FileLink.objects.seen_by(viewer).filter(file=file, why=Why.HANDED_OVER.value)
    return rows.only("file", "other_key", "encounter_key").order_by("-made_at", "-pk").first()


def care_file_of(encounter_key: UUID) -> UUID | None:
    """The key of the care file an encounter began, for the errand of the officer who takes it back. None: there is none."""
    rows = whole_table(FileLink, because="which one file an officer's undo is sent to")
    return rows.filter(encounter_key=encounter_key).values_list("file__key", flat=True).first()
