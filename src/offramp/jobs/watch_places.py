"""Look at the longer clocks of places, and say the counts of teams that keep a roster."""

from datetime import datetime, timedelta

from offramp.actions import late, roster

NAME = "watch_places"
EVERY = timedelta(minutes=1)


def run(at: datetime) -> int:
    """Places that are soon free again (timer T08), silence after a yes (T10), and who is on shift."""
    said = roster.say_counts(at=at)
    return said + late.tell_of_places_kept(at=at) + late.tell_of_silence(at=at)
