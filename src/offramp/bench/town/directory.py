"""A directory of a hundred thousand services in forty cities and the country between them. One in ten said lately how much room it has."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta

from offramp.bench.bulk import Bulk
from offramp.bench.town.plan import FIRST, Plan
from offramp.bench.town.staff import MIDDLE, ZONE
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity
from offramp.records.service import Outlet, Service, ServiceNeed, Site
from offramp.rules.hours import ROUND_THE_CLOCK, Hours, weekly
from offramp.rules.needs import NEEDS, By

CITIES = 40
SAID_ONE_IN = 10
BATCH = 5_000
HOURS = [
    {},
    Hours(rules=weekly("MO,TU,WE,TH,FR", "09:00", "17:00"), zone=ZONE).to_json(),
    Hours(rules=weekly("MO,TU,WE,TH,FR,SA,SU", "08:00", "20:00"), zone=ZONE).to_json(),
    Hours(rules=ROUND_THE_CLOCK, zone=ZONE).to_json(),
]
ABOUT = "Help for people who ask for it, and for those who are brought here by somebody who met them. " * 6

AGENCY = "id key name kind zone lat lon pathways policy phones website email source external_id closed_at"
SITE = "id key agency_id name address city state postal_code country lat lon zone virtual transportation source external_id closed_at"
SERVICE = (
    "id key agency_id team_id name description status how_in minutes_to_come min_age max_age sex languages payers populations moud"
    " brings_people id_needed eligibility how_to_apply fees wait_time alert alert_blocks url email assured_on asked taken source"
    " external_id closed_at"
)
OUTLET = "id key service_id site_id lat lon hours phones languages"
NEED = "need lat lon outlet_id service_id by term"
CAPACITY = "service_id unit open_places maximum said_at said_by said_by_user note turn"


def cities() -> list[tuple[float, float, float]]:
    """Where they are, and how wide: always the same."""
    luck = random.Random("cities")
    return [(MIDDLE[0] + luck.uniform(-3, 3), MIDDLE[1] + luck.uniform(-4, 4), luck.uniform(0.02, 0.2)) for _ in range(CITIES)]


def fill(bulk: Bulk, plan: Plan, tell) -> None:
    """Agencies, sites, services, doors, what they answer, and how much room they said."""
    luck, towns = random.Random("directory"), cities()
    bulk.add(Agency, AGENCY, (_agency(FIRST + n) for n in range(plan.agencies)))
    for start in range(0, plan.services, BATCH):
        some = range(start, min(start + BATCH, plan.services))
        at = {n: _near(towns, luck) for n in some}
        bulk.add(Site, SITE, (_site(n, *at[n]) for n in some))
        bulk.add(Service, SERVICE, (_service(n, luck) for n in some))
        bulk.add(Outlet, OUTLET, (_outlet(n, *at[n], luck) for n in some))
        bulk.add(ServiceNeed, NEED, (row for n in some for row in _needs(n, *at[n], luck)))
        bulk.add(Capacity, CAPACITY, (_count(n, plan, luck) for n in some if n % SAID_ONE_IN == 0))
        tell(f"{some.stop:,} of {plan.services:,} services")


def _near(towns, luck: random.Random) -> tuple[float, float]:
    lat, lon, wide = luck.choice(towns)
    return round(luck.gauss(lat, wide), 5), round(luck.gauss(lon, wide), 5)


def _agency(pk: int) -> tuple:
    return pk, uuid.uuid4(), f"Agency {pk}", "provider", ZONE, None, None, [], {}, ["555-0100"], "", "", "bench", str(pk), None


def _site(n: int, lat: float, lon: float) -> tuple:
    pk, agency = FIRST + n, FIRST + n // 5
    return (pk, uuid.uuid4(), agency, "", f"{n} Main Street", "Town", "PA", "17000", "US", lat, lon, ZONE, False, "", "bench", str(n), None)


def _service(n: int, luck: random.Random) -> tuple:
    pk, how_in = FIRST + n, luck.choice(["walk_in", "by_acceptance", "unknown", "worker_comes"])
    told = (pk, uuid.uuid4(), FIRST + n // 5, None, f"Service {n}", ABOUT, "active", how_in, 20 if how_in == "worker_comes" else None)
    whom = (None, None, "", ["en", "es"], ["medicaid"], [], "", "unknown", "unknown", ABOUT[:150], "", "", "", "", False, "", "", None)
    return (*told, *whom, luck.randrange(40), 0, "bench", str(n), None)


def _outlet(n: int, lat: float, lon: float, luck: random.Random) -> tuple:
    return FIRST + n, uuid.uuid4(), FIRST + n, FIRST + n, lat, lon, luck.choice(HOURS), ["555-0100"], ["en", "es"]


def _needs(n: int, lat: float, lon: float, luck: random.Random) -> Iterator[tuple]:
    for need in luck.sample(list(NEEDS), 3):
        yield need, lat, lon, FIRST + n, FIRST + n, luck.choice(list(By)).value, need


def _count(n: int, plan: Plan, luck: random.Random) -> tuple:
    """Said some time ago: two of three within twelve hours, as a desk that is asked for it does."""
    said = plan.at - timedelta(hours=luck.expovariate(1 / 10))
    return FIRST + n, luck.choice(["bed", "chair", "place"]), luck.randrange(12), None, said.replace(microsecond=0), "the desk", None, "", 0
