"""Who works in the bench's town: a few agencies by name, and everybody who has an account there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from offramp.bench.town.plan import FEW_WORKERS, OFFICERS, WORKERS, Plan
from offramp.records import house
from offramp.records.agency import Agency, AgencyKind
from offramp.records.capacity import write_count
from offramp.records.places import Listing, index
from offramp.records.service import Outlet, Service, Site
from offramp.records.staff import Membership, User
from offramp.rules.hours import ROUND_THE_CLOCK, Hours
from offramp.rules.needs import By, Matched
from offramp.rules.words import Role

ZONE = "America/New_York"
MIDDLE = (40.0, -76.0)
KINDS = {"police": AgencyKind.POLICE, "sheriff": AgencyKind.SHERIFF, "marshal": AgencyKind.POLICE}
DESKS = {"harbor": 5, "cottage": 1}  # a desk that many people are sent to, and one that sees 0.1 % of referrals
PATHWAYS = ["officer_prevention", "officer_intervention"]


@dataclass(frozen=True)
class Staff:
    """Agencies by their short name, and user ids by the agency they work in; a desk's outlets by its name."""

    agencies: dict[str, int]
    people: dict[str, list[int]] = field(default_factory=dict)
    services: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # (service, outlet)


def hire(plan: Plan) -> Staff:
    """Name the place, open its agencies and accounts, and the two desks."""
    house.mark(name="Bench", zone=ZONE, demo=True, made_at=plan.at)
    large, small = plan.town.large, plan.town.small
    Agency.objects.filter(pk__in=[large, small]).update(kind=AgencyKind.NAVIGATION.value, lat=MIDDLE[0], lon=MIDDLE[1])
    made = {name: _agency(name, kind, plan.town.large) for name, kind in KINDS.items()}
    made |= {name: _agency(name, AgencyKind.PROVIDER, None) for name in DESKS}
    staff = Staff({"large": large, "small": small} | made)
    for name, number in {"large": WORKERS, "small": FEW_WORKERS}.items():
        staff.people[name] = _people(name, staff.agencies[name], Role.NAVIGATOR, number, plan.at)
    for name, number in OFFICERS.items():
        staff.people[name] = _people(name, staff.agencies[name], Role.OFFICER, number, plan.at)
    for name, number in DESKS.items():
        staff.people[name] = _people(name, staff.agencies[name], Role.PROVIDER, 2, plan.at)
        staff.services[name] = [_desk(name, staff.agencies[name], n, plan.at) for n in range(number)]
    return staff


def _agency(name: str, kind: AgencyKind, navigators: int | None) -> int:
    """A department works with the large navigators, under the demo city's pack."""
    more = {}
    if navigators:
        key = Agency.objects.values_list("key", flat=True).get(pk=navigators)
        more = {"pathways": PATHWAYS, "policy": {"pack": "rivermouth", "navigators": str(key)}}
    made = Agency.objects.create(name=f"Bench {name}", kind=kind.value, zone=ZONE, lat=MIDDLE[0], lon=MIDDLE[1], **more)
    return made.pk


def _people(where: str, agency_id: int, role: Role, number: int, at: datetime) -> list[int]:
    since = at - timedelta(days=900)
    rows = [
        User(email=f"{where}-{n}@bench.example", name=f"{role.value.title()} {where} {n}", made_at=since, woken_at=at,
             cjis_cleared_on=since.date(), password="!")
        for n in range(number)
    ]  # fmt: skip
    made = User.objects.bulk_create(rows)
    Membership.objects.bulk_create(
        Membership(user=user, agency_id=agency_id, role=role.value, opened_at=since) for user in made
    )
    return [user.pk for user in made]


def _desk(name: str, agency_id: int, n: int, at: datetime) -> tuple[int, int]:
    """One service of a desk, out of the way of the directory's cities, with room."""
    site = Site.objects.create(agency_id=agency_id, address=f"{n + 1} {name.title()} Street", city="Bench", lat=44.0, lon=-76.0)
    service = Service.objects.create(agency_id=agency_id, name=f"Bench {name} {n + 1}", how_in="by_acceptance")
    hours = Hours(rules=ROUND_THE_CLOCK, zone=ZONE).to_json()
    outlet = Outlet.objects.create(service=service, site=site, lat=site.lat, lon=site.lon, hours=hours, phones=["555-0140"])
    index([Listing(outlet, (Matched("substance_use", By.SAID, "said by the desk"),))])
    write_count(service_id=service.pk, unit="bed", open_places=3, said_at=at, said_by="the desk")
    return service.pk, outlet.pk
