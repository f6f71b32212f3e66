"""Send what lies in the outbox."""

from datetime import datetime, timedelta

from offramp.notices.deliver import deliver

NAME = "deliver_notices"
EVERY = timedelta(seconds=5)


def run(at: datetime) -> int:
    """Until nothing is due."""
    total = 0
    while gone := deliver(at=at):
        total += gone
    return total
