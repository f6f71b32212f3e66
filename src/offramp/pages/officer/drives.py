"""Where an officer is driving somebody who asked for it: seen by that officer, until two hours after drop-off (LE-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from offramp.records import vault
from offramp.records.encounter import Encounter, Transport
from offramp.rules.visibility import Viewer


@dataclass(frozen=True)
class Drive:
    """A drive that can be seen now: where to, and whether it is over."""

    name: str
    address: str
    dropped_off_at: datetime | None


def drives_of(viewer: Viewer, encounters: Iterable[Encounter]) -> dict[int, Drive]:
    """The drives among these encounters that the viewer may see, by encounter."""
    rows = (
        Transport.objects.seen_by(viewer)
        .filter(encounter__in=list(encounters))
        .select_related("file", "encounter")
    )
    return {row.encounter_id: _opened(row) for row in rows}


def drive_of(viewer: Viewer, encounter: Encounter) -> Drive | None:
    """The drive of one encounter, if there is one to be seen."""
    return drives_of(viewer, [encounter]).get(encounter.pk)


def _opened(row: Transport) -> Drive:
    door = vault.open_for(row.file, f"transport:{row.encounter.key}", bytes(row.sealed))
    return Drive(door["name"], door["address"], row.dropped_off_at)
