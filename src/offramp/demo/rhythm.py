"""When meetings happen: the hours of a day, the days of a week, the months of a year, and a program that grows.

Every pathway has a rhythm of its own: patrol meets people at night, a person walks into the station by day, and
an outreach team works the mornings. One hot fortnight has a bad batch in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

YEAR = 365
PATROL = (10, 9, 7, 4, 3, 2, 2, 3, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 12)
DAYTIME = (2, 1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 10, 11, 11, 10, 8, 7, 6, 5, 4, 3, 2)
ROUNDS = (0, 0, 0, 0, 0, 0, 1, 6, 10, 12, 11, 8, 4, 6, 8, 7, 4, 2, 1, 0, 0, 0, 0, 0)
VISITS = (0, 0, 0, 0, 0, 0, 0, 0, 3, 8, 10, 10, 7, 9, 11, 11, 10, 8, 6, 4, 2, 0, 0, 0)

ALIKE = (1.0,) * 7
WEEKEND = (0.9, 0.85, 0.9, 1.0, 1.25, 1.3, 1.0)  # Monday first
WEEKDAYS = (1.1, 1.2, 1.15, 1.2, 1.0, 0.5, 0.4)
# January first: shelters are short in winter, streets are full in summer.
SEASON = (1.05, 1.0, 0.95, 0.92, 0.98, 1.05, 1.12, 1.1, 1.0, 0.95, 0.95, 1.05)


@dataclass(frozen=True)
class Rhythm:
    """Weights by hour and weekday; `grows` is how much busier the end of the year is than its beginning; `bad` marks a bad batch."""

    hours: tuple[int, ...]
    days: tuple[float, ...] = ALIKE
    grows: float = 1.0
    bad: bool = False

    def weight(self, day: date, ago: int, hour: int) -> float:
        """How likely this hour of that day is, against the others."""
        grown = self.grows + (1 - self.grows) * ago / YEAR
        batch = 2.6 if self.bad and 64 <= ago <= 76 else 1.0
        return self.hours[hour] * self.days[day.weekday()] * SEASON[day.month - 1] * grown * batch


RHYTHMS = {
    "officer_prevention": Rhythm(PATROL, WEEKEND, grows=1.7),
    "officer_intervention": Rhythm(PATROL, WEEKEND, grows=1.5),
    "naloxone_plus": Rhythm(VISITS, WEEKDAYS, grows=1.2, bad=True),
    "self_referral": Rhythm(DAYTIME, WEEKDAYS, grows=1.9),
    "active_outreach": Rhythm(ROUNDS, WEEKDAYS, grows=1.3),
}


def moments(rng: Random, n: int, rhythm: Rhythm, *, until: datetime, days: int, zone: str) -> list[datetime]:
    """So many moments of the days that end at `until`, in this rhythm, in no order."""
    where = ZoneInfo(zone)
    last = until.astimezone(where).date()
    cells = [(ago, hour) for ago in range(days, -1, -1) for hour in range(24)]
    weights = list(accumulate(rhythm.weight(last - timedelta(days=ago), ago, hour) for ago, hour in cells))
    drawn = [
        datetime.combine(last - timedelta(days=ago), time(hour, rng.randrange(60), rng.randrange(60)), where)
        for ago, hour in rng.choices(cells, cum_weights=weights, k=n)
    ]
    return [one if one < until else one - timedelta(days=1) for one in (at.astimezone(until.tzinfo) for at in drawn)]
