"""How much of everything, and in whose hands. All of it follows from the number of people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from offramp.bench.load_people import Town

YEARS = timedelta(days=3 * 365)
WORKERS = 200  # navigators of the large agency, each with some two thousand open at a million people
FEW_WORKERS = 3
OFFICERS = {"police": 100, "sheriff": 60, "marshal": 2}
FIRST = 1_000  # ids below are for the few rows that are made one by one
ONE_IN = 1_000  # what an agency holds that sees 0.1 % of rows


@dataclass(frozen=True)
class Plan:
    """The sizes, and the moment at which all of it is true."""

    town: Town
    at: datetime

    @property
    def people(self) -> int:
        return self.town.people

    @property
    def services(self) -> int:
        return max(500, self.people // 10)

    @property
    def agencies(self) -> int:
        """Those of the directory: five services each."""
        return self.services // 5

    @property
    def encounters(self) -> int:
        """Meetings that police remember, each with a police file of its own."""
        return self.people // 5

    def moment(self, number: int, among: int) -> datetime:
        """When the number-th of so many happened: the last of them a few minutes ago."""
        return (self.at - YEARS * (1 - number / among) - timedelta(minutes=3)).replace(microsecond=0)
