"""Link new entries of the ledger into its chain."""

from datetime import datetime, timedelta

from offramp.records import ledger

NAME = "seal_ledger"
EVERY = timedelta(seconds=2)


def run(at: datetime) -> int:
    """Until every committed entry is sealed."""
    total = 0
    while sealed := ledger.seal_pending():
        total += sealed
    return total
