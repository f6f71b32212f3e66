"""On a demo, the desks nobody sits at say their counts again, so that there is room to be found at any hour."""

from datetime import datetime, timedelta

from offramp.actions import say_again

NAME = "say_room_again"
EVERY = timedelta(hours=1)


def run(at: datetime) -> int:
    """Says how many desks spoke. In a real place nobody speaks for anybody."""
    return say_again.say_room_again(at=at)
