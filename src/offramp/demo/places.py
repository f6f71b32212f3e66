"""The few places of the play where people can go, or from where somebody comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from offramp.records.agency import Agency, Team
from offramp.records.capacity import write_count
from offramp.records.places import Listing, index
from offramp.records.service import Outlet, Service, Site
from offramp.rules.hours import ROUND_THE_CLOCK, Hours, weekly
from offramp.rules.needs import By, Matched

EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"


@dataclass(frozen=True)
class Opened:
    """One place: the service, and the door it is at."""

    service: Service
    outlet: Outlet


# key, service, how people come in, needs, address, position, phone, count (number, unit, minutes ago) or None.
PLACES: tuple[dict[str, Any], ...] = (
    {
        "key": "harbor",
        "name": "Harbor Stabilization",
        "how_in": "walk_in",
        "needs": ("substance_use", "sobering", "mental_health_crisis", "withdrawal_management"),
        "address": "40 Harbor Street",
        "at": (46.99, -123.80),
        "phone": "555-0140",
        "count": (2, "chair", 25),
        "more": {"id_needed": "no", "languages": ["en", "es"]},
    },
    {
        "key": "peers",
        "agency": "navigators",
        "name": "Peer team",
        "how_in": "worker_comes",
        "needs": (
            "peer_support",
            "navigation",
            "substance_use",
            "mental_health",
            "shelter",
            "sex_work_support",
        ),
        "phone": "555-0130",
        "count": (1, "person", 40),
        "more": {"minutes_to_come": 20, "languages": ["en", "es"]},
    },
    {
        "key": "northside",
        "name": "Northside Detox",
        "how_in": "by_acceptance",
        "needs": ("withdrawal_management", "substance_use"),
        "address": "212 Northside Avenue",
        "at": (47.02, -123.85),
        "phone": "555-0150",
        "count": (1, "bed", 185),
    },
    {
        "key": "mercy",
        "name": "Mercy Crisis Center",
        "how_in": "walk_in",
        "needs": ("mental_health_crisis", "mental_health", "substance_use"),
        "address": "9 Mercy Way",
        "at": (46.95, -123.79),
        "phone": "555-0160",
        "hours": ("08:00", "23:00"),
    },
    {
        "key": "eastside",
        "name": "Eastside Shelter",
        "how_in": "by_acceptance",
        "needs": ("shelter", "food", "basic_needs", "housing"),
        "address": "77 East Mill Street",
        "at": (46.96, -123.76),
        "phone": "555-0170",
        "count": (4, "bed", 50),
    },
)


def open_places(agencies: dict[str, Agency], teams: dict[str, Team], at: datetime) -> dict[str, Opened]:
    """Open every place of the play, and say its count."""
    return {
        place["key"]: _open(place, agencies[place.get("agency", place["key"])], teams, at) for place in PLACES
    }


def find_places(agencies: dict[str, Agency]) -> dict[str, Opened]:
    """The places of the play, where they stand already."""
    found = {}
    for place in PLACES:
        agency = agencies[place.get("agency", place["key"])]
        outlet = Outlet.objects.select_related("service", "site").get(service__name=place["name"], service__agency=agency)
        found[place["key"]] = Opened(outlet.service, outlet)
    return found


def _open(place: dict[str, Any], agency: Agency, teams: dict[str, Team], at: datetime) -> Opened:
    lat, lon = place.get("at", (agency.lat, agency.lon))
    site = (
        Site.objects.create(agency=agency, address=place["address"], lat=lat, lon=lon)
        if "address" in place
        else None
    )
    service = Service.objects.create(
        agency=agency,
        team=teams.get(place["key"]),
        name=place["name"],
        how_in=place["how_in"],
        **place.get("more", {}),
    )
    opens = weekly(EVERY_DAY, *place["hours"]) if "hours" in place else ROUND_THE_CLOCK
    outlet = Outlet.objects.create(
        service=service,
        site=site,
        lat=lat,
        lon=lon,
        hours=Hours(rules=opens, zone=agency.zone).to_json(),
        phones=[place["phone"]],
        languages=place.get("more", {}).get("languages", []),
    )
    index([Listing(outlet, tuple(Matched(need, By.SAID, "said by the desk") for need in place["needs"]))])
    if "count" in place:
        number, unit, ago = place["count"]
        said_at = at - timedelta(minutes=ago)
        write_count(service_id=service.pk, unit=unit, open_places=number, said_at=said_at, said_by="the desk")
    return Opened(service, outlet)
