"""A navigator writes down what is now known of somebody: a name spelt right, a new phone, where they stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.records import ledger, person
from offramp.records.identity import Identity
from offramp.records.person import PersonFile
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer
from offramp.rules.words import Side


def write_down(*, viewer: Viewer, at: datetime, file_key: UUID, identity: Identity) -> PersonFile:
    """Keep it. The agency that stays with the person writes; a place that was merely asked does not. Raises `NotFound`."""
    require(viewer, Duty.WORK_HANDOFFS)
    with transaction.atomic():
        file = PersonFile.objects.seen_by(viewer).filter(key=file_key, agency_id=viewer.agency_id).first()
        if file is None:
            raise NotFound
        person.change_identity(file, identity)
        ledger.write(viewer, deed="identity_written", at=at, about=file.key, side=Side.CARE)
        return file
