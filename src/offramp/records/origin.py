"""Where a care file came from: the police encounter it was handed over at. Only the care side may read it.

The police file knows nothing of the care file; this row is the one thread between them, and it is held on
the care side. It carries keys, not foreign keys, so that sealing or expunging the police side leaves care whole.
"""

from uuid import UUID

from django.db import models

from offramp.records.door import Protected, whole_table
from offramp.records.person import PersonFile
from offramp.rules.words import Kind, Side


class Origin(Protected):
    """One handoff seen from care: which police file and encounter this care file began with."""

    kind, side, about = Kind.LINK, Side.CARE, "file"

    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="origins")
    police_file_key = models.UUIDField()
    encounter_key = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta(Protected.Meta):
        pass


def care_file_of(encounter_key: UUID) -> UUID | None:
    """The key of the care file an encounter began, for the errand of the officer who takes it back. None: there is none."""
    rows = whole_table(Origin, because="which one file an officer's undo is sent to").filter(encounter_key=encounter_key)
    return rows.values_list("file__key", flat=True).first()
