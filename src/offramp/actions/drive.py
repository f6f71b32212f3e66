"""The officer has brought somebody to the door they chose: two hours on, where that was is nobody's to see."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.actions import encounter
from offramp.records import ledger, sight
from offramp.records.encounter import Transport
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import Ground, Kind, Side


def dropped_off(*, viewer: Viewer, at: datetime, encounter_key: UUID) -> Transport:
    """They are there. Said twice, the first time counts. Raises `NotFound` once it can no longer be seen."""
    require(viewer, Duty.DIVERT)
    with transaction.atomic():
        kept = encounter.own(viewer, encounter_key)
        drive = Transport.objects.seen_by(viewer).filter(encounter=kept).first()
        if drive is None:
            raise NotFound
        if drive.dropped_off_at is None:
            drive.dropped_off_at = at
            drive.save(update_fields=["dropped_off_at"])
            holder = holder_of("user", viewer.user_id)
            sight.grant(kept.file, holder, {Kind.TRANSPORT}, Ground.TRANSPORT, until=drive.seen_until)
            ledger.write(viewer, deed="dropped_off", at=at, about=kept.key, side=Side.POLICE)
        return drive
