"""Person files: one human, on one side. Who they are is sealed; what is in the clear is a code and a key.

A file belongs to police, care, legal or youth for good. A handoff copies what the person permits into a care
file; the two never merge. The public name of a file is its code ("3FQ-72K"), random and said aloud easily.
"""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from offramp.records import sight, tokens, vault
from offramp.records.agency import Agency
from offramp.records.door import NotTheirs, Protected, whole_table
from offramp.records.identity import Birth as Birth
from offramp.records.identity import Contact as Contact
from offramp.records.identity import Identity
from offramp.records.rule import Errand
from offramp.rules.visibility import CARE_WORK, POLICE_WORK, holder_of
from offramp.rules.words import Ground, Kind, Side

LABEL = "identity"
# Read aloud without mistakes: no vowels, so no words; nothing that looks like something else.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"

# What the agency that keeps a file sees in it. The visibility table narrows it further, role by role.
OWN_WORK: dict[Side, frozenset[Kind]] = {
    # The word back and the way there are the one officer's own, granted by the deed: never the whole department's.
    Side.POLICE: POLICE_WORK - {Kind.TELLBACK, Kind.TRANSPORT},
    Side.CARE: CARE_WORK,
    Side.LEGAL: frozenset({Kind.IDENTITY, Kind.CHARGE}),
    Side.YOUTH: frozenset({Kind.IDENTITY}),
}


class PersonFile(Protected):
    """One person as one side knows them. `sealed` holds the `Identity`, under the file's own data key."""

    kind, about = Kind.IDENTITY, ""
    sealed_as = LABEL
    fixed = frozenset({"key", "side", "agency", "agency_id"})

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    side = models.CharField(max_length=8)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    sealed = models.BinaryField()
    data_key = models.BinaryField()
    restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta(Protected.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=[side.value for side in Side]), name="a_file_is_of_one_side"
            ),
        ]
        # Small, so that a search can ask it for every candidate.
        indexes = [models.Index(fields=["id"], condition=Q(restricted=True), name="restricted_files")]

    @classmethod
    def admit(cls, viewer, rows) -> None:
        """A new file is kept by the viewer's own agency; an errand opens one, for whom it was sent."""
        if isinstance(viewer, Errand):
            if len(rows) != 1 or viewer.file_id is not None:
                raise NotTheirs
        elif any(row.agency_id != viewer.agency_id for row in rows):
            raise NotTheirs


def open_file(
    viewer, *, side: Side, agency_id: int, identity: Identity, at: datetime, restricted: bool = False
) -> PersonFile:
    """Begin a file. The agency that keeps it sees it from the first moment; nobody else does."""
    key = uuid.uuid4()
    file = PersonFile(key=key, side=side.value, data_key=vault.new_data_key(side.value, key))
    made = _begin(
        viewer,
        key=key,
        side=side.value,
        agency_id=agency_id,
        sealed=vault.seal_for(file, LABEL, identity.to_json()),
        data_key=file.data_key,
        restricted=restricted,
        opened_at=at,
    )
    if isinstance(viewer, Errand):
        viewer.name(made)
    sight.grant(made, holder_of("agency", agency_id), OWN_WORK[side], Ground.OWN_AGENCY, new=True)
    tokens.index(made, identity, new=True)
    return made


def _begin(viewer, *, tries: int = 3, **values) -> PersonFile:
    """The row, with a code nobody has. Half a billion codes: one in some hundreds of files draws twice, asking first costs each."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(6))
    try:
        with transaction.atomic():
            return PersonFile.objects.seen_by(viewer).create(code=f"{drawn[:3]}-{drawn[3:]}", **values)
    except IntegrityError:
        if not tries:
            raise
        return _begin(viewer, tries=tries - 1, **values)


def identity_of(file: PersonFile) -> Identity:
    """Who they are. The row itself came through the door."""
    return Identity.from_json(vault.open_for(file, LABEL, file.sealed))


def identities_of(files: Iterable[PersonFile]) -> list[Identity]:
    """Who each of them is, in the same order."""
    return [Identity.from_json(data) for data in vault.open_each(LABEL, [(file, file.sealed) for file in files])]


def change_identity(file: PersonFile, identity: Identity) -> None:
    """Write down what is now known. The viewer who sees the row must still see it."""
    file.sealed = vault.seal_for(file, LABEL, identity.to_json())
    file.save(update_fields=["sealed"])
    tokens.index(file, identity)


@sight.recounted("the agency that keeps a file")
def _own_agency(at: datetime):
    rows = whole_table(PersonFile, because="who keeps which file").order_by("pk")
    for pk, side, agency_id in rows.values_list("pk", "side", "agency_id").iterator():
        yield sight.Expected(pk, holder_of("agency", agency_id), OWN_WORK[Side(side)], Ground.OWN_AGENCY)
