"""Open the directory of Rivermouth: agencies, sites, services, as rivermouth.toml has them."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from offramp.records.agency import Agency, AgencyKind
from offramp.records.places import Listing, index
from offramp.records.service import Outlet, Service, Site
from offramp.rules.hours import ROUND_THE_CLOCK, Hours, weekly
from offramp.rules.needs import By, Matched
from offramp.rules.opening import DAYS, Rule

SOURCE = "Rivermouth directory (made up)"
COLUMNS = {"langs": "languages", "pays": "payers", "about": "description", "moud": "moud", "sex": "sex", "for": "populations"}


@dataclass(frozen=True)
class Listed:
    """One service as the file lists it, opened."""

    service: Service
    outlet: Outlet
    said: dict[str, Any]


@cache
def written() -> list[dict[str, Any]]:
    """What the file says."""
    return tomllib.loads((files("offramp") / "demo" / "rivermouth.toml").read_text("utf-8"))["agency"]


def open_directory(agencies: dict[str, Agency], *, zone: str, near: tuple[float, float]) -> list[Listed]:
    """Open every agency and service of the file. `agencies` are those already there, by key; new ones are added to it."""
    listed = []
    for entry in written():
        agency = agencies.get(entry.get("key", "")) or _agency(entry, zone, near)
        if "key" in entry:
            agencies[entry["key"]] = agency
        for place in entry["site"]:
            site = _site(agency, place)
            listed += [_service(agency, site, said, near) for said in place["services"]]
    index([Listing(one.outlet, _matched(one.said)) for one in listed])
    return listed


def find_directory(agencies: dict[str, Agency]) -> list[Listed]:
    """The same services, where they stand already; agencies that take part are added to `agencies`."""
    for entry in written():
        if "key" in entry and entry["key"] not in agencies:
            agencies[entry["key"]] = Agency.objects.get(name=entry["name"])
    outlets = {(o.service.agency.name, o.service.name): o for o in Outlet.objects.select_related("service__agency", "site")}
    names = {entry.get("name") or agencies[entry["key"]].name: entry for entry in written()}
    wanted = [(name, said) for name, entry in names.items() for place in entry["site"] for said in place["services"]]
    found = [(outlets.get((name, said["name"])), said) for name, said in wanted]
    return [Listed(outlet.service, outlet, said) for outlet, said in found if outlet]


def _agency(entry: dict[str, Any], zone: str, near: tuple[float, float]) -> Agency:
    takes_part = "key" in entry
    return Agency.objects.create(
        name=entry["name"],
        kind=entry.get("kind", AgencyKind.COMMUNITY.value),
        zone=zone,
        lat=near[0],
        lon=near[1],
        email=f"{entry['key']}@rivermouth.example" if takes_part else "",
        source="" if takes_part else SOURCE,
    )


def _site(agency: Agency, place: dict[str, Any]) -> Site | None:
    if "address" not in place:
        return None
    lat, lon = place["at"]
    return Site.objects.create(agency=agency, address=place["address"], city="Rivermouth", lat=lat, lon=lon, zone=agency.zone)


def _service(agency: Agency, site: Site | None, said: dict[str, Any], near: tuple[float, float]) -> Listed:
    low, high = said.get("ages", (None, None))
    comes = said.get("how") == "worker_comes"
    service = Service.objects.create(
        agency=agency,
        name=said["name"],
        how_in=said.get("how", "unknown"),
        minutes_to_come=said.get("minutes"),
        min_age=low,
        max_age=high,
        id_needed=said.get("id", "unknown"),
        brings_people=said.get("ride", "unknown"),
        source=SOURCE,
        **{column: said[name] for name, column in COLUMNS.items() if name in said},
    )
    outlet = Outlet.objects.create(
        service=service,
        site=site,
        lat=site.lat if site else near[0] if comes else None,
        lon=site.lon if site else near[1] if comes else None,
        hours=Hours(rules=rules_of(said.get("hours", "")), zone=agency.zone).to_json(),
        phones=[said["phone"]] if "phone" in said else [],
        languages=said.get("langs", []),
    )
    return Listed(service, outlet, said)


def _matched(said: dict[str, Any]) -> tuple[Matched, ...]:
    return tuple(Matched(need, By.SAID, "said by the desk") for need in said["needs"])


# -- Hours ------------------------------------------------------------------------------------------------------------


def rules_of(text: str) -> tuple[Rule, ...]:
    """ "MO-FR 08:00-17:00, SA 09:00-12:00" as rules; nothing said is no rule."""
    if text == "24/7":
        return ROUND_THE_CLOCK
    return tuple(rule for days, opens, closes in _lines(text) for rule in weekly(",".join(days), opens, closes))


def is_open(text: str, at: datetime, zone: str) -> bool:
    """Whether somebody is there at this moment; quicker than the full table, because a year asks it often."""
    if text in ("", "24/7"):
        return text == "24/7"
    local = at.astimezone(ZoneInfo(zone))
    now, today, yesterday = f"{local:%H:%M}", DAYS[local.weekday()], DAYS[local.weekday() - 1]
    for days, opens, closes in _lines(text):
        past_midnight = closes <= opens
        if today in days and opens <= now and (past_midnight or now < closes):
            return True
        if past_midnight and yesterday in days and now < closes:
            return True
    return False


@cache
def _lines(text: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    lines, days = [], ()
    for part in filter(None, (part.strip() for part in text.split(","))):
        on, _, times = part.partition(" ")
        days = (*days, *_days(on))
        if times:
            opens, _, closes = times.partition("-")
            lines.append((days, opens, closes))
            days = ()
    return tuple(lines)


def _days(text: str) -> tuple[str, ...]:
    first, _, last = text.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
