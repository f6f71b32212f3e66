"""What happens once when the records are opened: the wire is watched, and migrated ledgers are held."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class Records(AppConfig):
    name = "offramp.records"

    def ready(self) -> None:
        from offramp.records import wire

        wire.lay()
        post_migrate.connect(_hold, sender=self, dispatch_uid="offramp.append_only")


def _hold(using: str, **kwargs) -> None:
    """Migrations are written by Django; the triggers beside them are ours, so they are set whenever it migrates."""
    from offramp.records import append_only

    append_only.hold(using, acts=getattr(settings, "LEDGER_REFUSES", ("update", "delete")))
