"""Look at the clocks and tell people. Whether something is late is computed when it is looked at, never swept."""

from datetime import datetime, timedelta

from offramp.actions.late import tell_of_late_answers

NAME = "watch_clocks"
EVERY = timedelta(seconds=30)


def run(at: datetime) -> int:
    """Late answers (timer T07)."""
    return tell_of_late_answers(at=at)
