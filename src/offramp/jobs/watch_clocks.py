"""Look at the short clocks and tell people. Whether something is late is computed when it is looked at, never swept."""

from datetime import datetime, timedelta

from offramp.actions import late, roster

NAME = "watch_clocks"
EVERY = timedelta(seconds=15)


def run(at: datetime) -> int:
    """Calls nobody has answered (timer T01), and late answers (T07)."""
    return roster.call_next(at=at) + late.tell_of_late_answers(at=at)
