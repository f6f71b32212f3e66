"""A made-up directory of any size, as HSDS 3 tables or as one JSON page: for measuring, and for killing half way."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

KINDS = (
    "Substance use counseling",
    "Emergency shelter",
    "Food pantry",
    "Mental health clinic",
    "Legal aid",
    "Peer support",
)
COLUMNS = {
    "organizations": ("id", "name", "description", "website"),
    "locations": ("id", "location_type", "organization_id", "name", "latitude", "longitude"),
    "addresses": (
        "id",
        "location_id",
        "address_1",
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ),
    "services": (
        "id",
        "organization_id",
        "name",
        "description",
        "status",
        "application_process",
        "fees_description",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "phones": ("id", "service_id", "number", "type"),
    "schedules": ("id", "service_id", "freq", "byday", "opens_at", "closes_at"),
}


def rows(services: int, seed: int = 1) -> Iterator[tuple[str, tuple]]:
    """(table, row), agencies before what they hold."""
    luck = random.Random(seed)
    for n in range(services):
        org, place = n // 5, n // 2
        if n % 5 == 0:
            yield "organizations", (org, f"Agency {org}", "Helps people. " * 20, "https://example.org")
        if n % 2 == 0:
            lat, lon = 40 + luck.uniform(-2, 2), -76 + luck.uniform(-2, 2)
            yield "locations", (place, "physical", org, f"Site {place}", round(lat, 5), round(lon, 5))
            yield (
                "addresses",
                (place, place, f"{place} Main Street", "Rivermouth", "PA", "19000", "US", "physical"),
            )
        kind = luck.choice(KINDS)
        yield (
            "services",
            (n, org, f"{kind} {n}", f"{kind} for whoever needs it. " * 15, "active", "Walk in.", "None"),
        )
        yield "service_at_location", (n, n, place)
        yield "phones", (n, n, f"555-01{n % 100:02}", "voice")
        yield "schedules", (2 * n, n, "WEEKLY", "MO,TU,WE,TH,FR", "09:00", "17:00")
        yield "schedules", (2 * n + 1, n, "WEEKLY", "SA", "10:00", "14:00")


def write_tables(folder: Path, services: int) -> Path:
    """One CSV file a table."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: (folder / f"{name}.csv").open("w", newline="") for name in COLUMNS}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for name, columns in COLUMNS.items():
        writers[name].writerow(columns)
    for name, row in rows(services):
        writers[name].writerow(row)
    for file in files.values():
        file.close()
    return folder


def write_json(file: Path, services: int) -> Path:
    """One page of whole services, each with its agency and its site inside."""
    held: dict[str, dict[int, dict]] = {name: {} for name in COLUMNS}
    with file.open("w") as out:
        out.write(f'{{"total_items": {services}, "contents": [')
        first = True
        for name, row in rows(services):
            item = dict(zip(COLUMNS[name], row, strict=True))
            held[name][row[0]] = item
            if name == "schedules" and row[0] % 2:
                service = held["services"].pop(item["service_id"])
                out.write(("" if first else ",\n") + json.dumps(_whole(service, held)))
                first = False
        out.write("]}")
    return file


def _whole(service: dict, held: dict) -> dict:
    n = service["id"]
    place = held["locations"][n // 2] | {"addresses": [held["addresses"][n // 2]]}
    return service | {
        "id": str(n),
        "organization": held["organizations"][n // 5],
        "service_at_locations": [{"id": f"at-{n}", "location": place}],
        "phones": [held["phones"].pop(n)],
        "schedules": [held["schedules"].pop(2 * n), held["schedules"].pop(2 * n + 1)],
    }
