"""Make the demo city of Rivermouth where there is none, and serve it."""

import time
from contextlib import suppress

from offramp.cli.answer import Stop, say
from offramp.cli.place import alone, migrate, open_place
from offramp.cli.serve import free, start


def add(parser) -> None:
    parser.add_argument("--port", type=int, help="the port (default: PORT, else 8000)")
    parser.add_argument("--fresh", action="store_true", help="make the city anew; what was entered in it is gone")


def run(args) -> int:
    open_place()
    from django.conf import settings

    port = args.port or settings.PORT
    with alone("demo", wait=False):
        free("localhost", port)
        ready(fresh=args.fresh)
        welcome(port)
        start(port=port)
    return 0


def ready(*, fresh: bool = False) -> None:
    """The city is here, and it is tonight in it. Refuses where real people might be."""
    from django.utils import timezone

    from offramp.records import house

    _refuse_a_real_place()
    place = house.here()
    if place and (fresh or place.seed is None):  # without a seed: a stage without a city
        say("Taking the old city down …")
        _empty()
        place = None
    if place:
        from offramp.demo import again

        again.go_on(at=timezone.now(), say=_tell)
        return
    from offramp.demo import city

    began = time.monotonic()
    say("Making the city of Rivermouth, about a minute. Everybody in it is made up …")
    city.make(at=timezone.now(), encounters=city.ENCOUNTERS, say=_tell)
    say(f"Made in {time.monotonic() - began:.0f} seconds.")


def _refuse_a_real_place() -> None:
    from offramp.records import house
    from offramp.records.staff import User

    place = house.here()
    if (place and not place.demo) or (place is None and User.objects.exists()):
        raise Stop("This database is not a demo, so nothing was touched. Choose another place: OFFRAMP_HOME=./demo")


def _empty() -> None:
    """An empty database, with its tables. Only ever called on a demo."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    if not settings.EMBEDDED:
        call_command("flush", interactive=False, verbosity=0)
        return
    file = settings.DATABASES["default"]["NAME"]
    connections.close_all()
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).unlink()
    migrate()


def _tell(words: str) -> None:
    say(f"  {words}")


def welcome(port: int) -> None:
    """Where it is, and how to be each of the cast."""
    from offramp.records.staff import User

    here = f"http://localhost:{port}"
    say(f"\nRivermouth is ready. Everybody in it is made up.\n\n  Choose who to be:  {here}/demo/\n")
    for user in User.objects.exclude(persona="").order_by("pk"):
        says = user.persona_says[:1].lower() + user.persona_says[1:]
        say(f"  {here}/demo/as/{user.persona}/".ljust(len(here) + 22), f"{user.name}: {says}")
    say()
