"""What happens once when the records are opened: the wire is watched."""

from django.apps import AppConfig


class Records(AppConfig):
    name = "offramp.records"

    def ready(self) -> None:
        from offramp.records import wire

        wire.lay()
