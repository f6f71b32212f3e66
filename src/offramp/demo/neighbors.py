"""Who is met: people of Rivermouth who do not exist, each with a trouble or two. Some are met again and again."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from offramp.actions.encounter import Seen
from offramp.demo import names
from offramp.records.identity import Birth, Contact, Identity
from offramp.rules.as_seen import NOT_RECORDED, age_band

AGAIN = 0.34  # how often somebody is met who was met before
ELSEWHERE = 0.35  # and then at another corner
REST = timedelta(hours=14)

RACES = {"white": 58, "hispanic": 15, "black": 12, "native": 7, "asian": 5, "pacific": 1.5, "other": 1.5}
AGES = {(20, 24): 14, (25, 34): 30, (35, 44): 26, (45, 54): 16, (55, 64): 10, (65, 78): 3}
# Where people live, and whether the law's answers about them tend to be worse: it is the record that weighs, not the person.
HOMES = {"city": 44, "county": 16, "no_fixed_place": 34, "elsewhere": 6}
RECORD = {"white": 0.30, "hispanic": 0.33, "black": 0.43, "native": 0.42, "asian": 0.20, "pacific": 0.32, "other": 0.30}

TROUBLES = {
    "substance_use": 40,
    "mental_health": 22,
    "no_place_to_stay": 20,
    "sex_work": 6,
    "asks_for_help": 14,
}
# Streets and corners, the coarse cell each lies in, and how much happens there.
CORNERS: tuple[tuple[str, str, int], ...] = (
    ("Harbor Street at Third", "c0rgq", 10), ("outside the pharmacy on Depot Street", "c0rgm", 12), ("Market Square, by the fountain", "c0rgm", 9),
    ("Ferry Quay", "c0rgj", 7), ("Riverside Park, lower path", "c0rgm", 9), ("bus shelter, Depot Street", "c0rgm", 8),
    ("under the Bridge Street bridge", "c0rgq", 9), ("Saltworks Way, loading docks", "c0rgm", 5), ("Lantern Lane", "c0rgn", 5),
    ("East Mill Street at the tracks", "c0rgp", 5), ("Lighthouse Road turnout", "c0rfv", 2), ("Cedar Slough trailhead", "c0rfy", 3),
    ("Quarry Hill Road, lot 4", "c0rgq", 2), ("West Mill Street underpass", "c0rgj", 5), ("Courthouse Square", "c0rgm", 4),
    ("Alder Valley Highway, mile 3", "c2252", 2), ("Heron Avenue at the school", "c0rgm", 4), ("Shingle Street laundromat", "c0rgn", 4),
)  # fmt: skip
# Where a visit finds people who live somewhere.
HOUSES = (("Heron Avenue apartments", "c0rgm"), ("Shingle Street, rooms upstairs", "c0rgn"), ("Quarry Hill trailer park", "c0rgq"), ("motel on Alder Valley Highway", "c2252"))  # fmt: skip


@dataclass
class Neighbor:
    """One made-up person, as they are, not as any file has them."""

    identity: Identity
    race: str
    sex: str
    age: int
    language: str
    home: str
    record: bool
    troubles: tuple[str, ...]
    corner: tuple[str, str]
    last: datetime
    times: int = 1
    files: list[UUID] = field(default_factory=list)  # care's, as they were opened

    def seen(self, rng: Random) -> Seen:
        """As an officer saw them: usually right, sometimes not written down."""
        return Seen(
            race=NOT_RECORDED if rng.random() < 0.07 else self.race,
            sex=NOT_RECORDED if rng.random() < 0.02 else self.sex,
            age=NOT_RECORDED if rng.random() < 0.05 else age_band(max(18, self.age + rng.choice((-4, 0, 0, 0, 0, 3)))),
        )


class Neighborhood:
    """Everybody who was met so far; asks for the next one."""

    def __init__(self, rng: Random, today: date):
        self.rng, self.today = rng, today
        self.met: list[Neighbor] = []  # once for each meeting, so that whoever was met often is met again more likely

    def next(self, at: datetime) -> Neighbor:
        """Somebody for a meeting at this moment: known or new."""
        if self.met and self.rng.random() < AGAIN:
            one = self.rng.choice(self.met)
            if at - one.last > REST:
                if self.rng.random() < ELSEWHERE:
                    one.corner = self._corner()
                one.last, one.times = at, one.times + 1
                self.met.append(one)
                return one
        self.met.append(self.somebody(at))
        return self.met[-1]

    def somebody(self, at: datetime) -> Neighbor:
        """Somebody nobody met before."""
        rng = self.rng
        race, sex = pick(rng, RACES), pick(rng, {"male": 63, "female": 35, "x": 2})
        low, high = pick(rng, AGES)
        age, language = rng.randint(low, high), spoken(rng, race)
        home = pick(rng, HOMES)
        main = "no_place_to_stay" if home == "no_fixed_place" and rng.random() < 0.4 else pick(rng, TROUBLES)
        if main == "sex_work" and sex == "male" and rng.random() < 0.7:
            main = "substance_use"
        also = pick(rng, TROUBLES) if rng.random() < 0.3 else ""
        return Neighbor(
            identity=self._identity(age, sex, language, race),
            race=race,
            sex=sex,
            age=age,
            language=language,
            home=home,
            record=rng.random() < RECORD[race],
            troubles=tuple(dict.fromkeys(filter(None, (main, also if also != "sex_work" else "")))),
            corner=self._corner(),
            last=at,
        )

    def _corner(self) -> tuple[str, str]:
        place, cell, _ = self.rng.choices(CORNERS, [weight for *_, weight in CORNERS])[0]
        return place, cell

    def _identity(self, age: int, sex: str, language: str, race: str) -> Identity:
        rng = self.rng
        tongue = "es" if race == "hispanic" else language
        whole = rng.random() < 0.6
        birth = Birth(self.today.year - age, rng.randint(1, 12) if whole else None, rng.randint(1, 28) if whole else None)
        return Identity(
            first=names.given(rng, tongue, sex),
            last=names.family(rng, tongue),
            known_as=rng.choice(names.CALLED) if rng.random() < 0.18 else "",
            birth=birth,
            sex=sex if sex in ("male", "female") else "",
            phones=(Contact(names.phone(rng), "said", True),) if rng.random() < 0.55 else (),
            language=language,
        )


def spoken(rng: Random, race: str) -> str:
    """The language somebody would rather speak."""
    odds = {"hispanic": {"en": 55, "es": 45}, "asian": {"en": 70, "vi": 30}, "black": {"en": 95, "so": 5}, "white": {"en": 98, "ru": 2}}
    return pick(rng, odds.get(race, {"en": 1}))


def pick(rng: Random, odds: dict):
    """One of these, by their weights."""
    return rng.choices(list(odds), list(odds.values()))[0]
