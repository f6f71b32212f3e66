"""The text for the police report, from codes alone, to be copied with one tap."""

from django.utils import timezone

from offramp.formats.narrative import Minute, report_text
from offramp.records.encounter import Encounter
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason

OFFERED = {
    EncounterEnding.HANDED_OFF,
    EncounterEnding.DECLINED,
    EncounterEnding.DEFERRED,
    EncounterEnding.UNDONE,
}


def report(kept: Encounter) -> str:
    """What happened, as a paragraph and a line of codes."""
    ending = EncounterEnding.UNDONE if kept.undone_at else EncounterEnding(kept.ending)
    permission = kept.permissions.order_by("-pk").first()
    return report_text(
        Minute(
            at=timezone.localtime(kept.at),
            ending=ending,
            pathway=kept.pathway if ending in OFFERED else "",
            mode=Mode(kept.mode) if kept.mode else None,
            reason=NotDivertedReason(kept.reason) if kept.reason in set(NotDivertedReason) else None,
            language=kept.language,
            interpreted=bool(permission and permission.interpreter),
        )
    )
