"""Make the demo city of Rivermouth where there is none, and serve it."""

from offramp.cli.answer import Stop, say
from offramp.cli.place import alone, open_place
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
        ready()
        welcome(port)
        start(port=port)
    return 0


def ready() -> None:
    """A demo is here. Refuses where real people might be."""
    from django.utils import timezone

    from offramp.demo import cast
    from offramp.records import house
    from offramp.records.staff import User

    place = house.here()
    if (place and not place.demo) or (place is None and User.objects.exists()):
        raise Stop("This database is not a demo, so nothing was touched. Choose another place: OFFRAMP_HOME=./demo")
    if place is None:
        say("Making the city of Rivermouth …")
        cast.set_the_stage(timezone.now())


def welcome(port: int) -> None:
    """Where it is, and how to be each of the cast."""
    from offramp.records.staff import User

    here = f"http://localhost:{port}"
    say(f"\nRivermouth is ready. Everybody in it is made up.\n\n  Choose who to be:  {here}/demo/\n")
    for user in User.objects.exclude(persona="").order_by("pk"):
        say(f"  {here}/demo/as/{user.persona}/".ljust(len(here) + 22), f"{user.name}. {user.persona_says}")
    say()
