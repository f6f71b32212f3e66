"""Reading a directory in: a made-up one of a hundred thousand services, by the command itself, and what it takes of memory."""

import csv
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from offramp.bench.table import MB, Row
from offramp.bench.visit import Unexpected

BUDGET = 300
KINDS = ("Substance use counseling", "Emergency shelter", "Food pantry", "Mental health clinic", "Legal aid", "Peer support")
TABLES = {
    "organizations": "id name description website",
    "locations": "id location_type organization_id name latitude longitude",
    "addresses": "id location_id address_1 city state_province postal_code country address_type",
    "services": "id organization_id name description status application_process fees_description",
    "service_at_location": "id service_id location_id",
    "phones": "id service_id number type",
    "schedules": "id service_id freq byday opens_at closes_at",
}


def measure(home: Path, services: int) -> list[Row]:
    """Peak memory of the process, and services a second. It reads into a place of its own, which is gone afterwards."""
    folder, own = home / "directory", home / "import"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    try:
        write(folder, services)
        seconds, peak = _read(folder, own)
    finally:
        shutil.rmtree(own, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    note = f"{services:,} services in {seconds:.0f} s, {services / seconds:.0f} a second"
    return [Row("offramp import directory, peak memory", peak, peak, 1, MB, BUDGET, note)]


def _read(folder: Path, own: Path) -> tuple[float, float]:
    environ = os.environ | {"OFFRAMP_HOME": str(own), "DATABASE_URL": f"sqlite:///{own}/import.sqlite3"}
    begun = perf_counter()
    with open(own / "import.log", "w") as log:
        words = [sys.executable, "-m", "offramp", "import", "directory", str(folder)]
        process = subprocess.Popen(words, stdout=log, stderr=log, env=environ)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Unexpected(f"The import ended with {process.returncode}: {(own / 'import.log').read_text()[-400:]}")
    return perf_counter() - begun, used.ru_maxrss / 1024


def write(folder: Path, services: int) -> None:
    """HSDS 3 tables, one CSV file each."""
    folder.mkdir(exist_ok=True)
    files = {name: (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") for name in TABLES}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for name, columns in TABLES.items():
        writers[name].writerow(columns.split())
    for name, row in _rows(services):
        writers[name].writerow(row)
    for file in files.values():
        file.close()


def _rows(services: int) -> Iterator[tuple[str, tuple]]:
    luck = random.Random("import")
    for n in range(services):
        org, place = n // 5, n // 2
        if n % 5 == 0:
            yield "organizations", (org, f"Agency {org}", "Helps people. " * 20, "https://example.org")
        if n % 2 == 0:
            lat, lon = round(40 + luck.uniform(-2, 2), 5), round(-76 + luck.uniform(-2, 2), 5)
            yield "locations", (place, "physical", org, f"Site {place}", lat, lon)
            yield "addresses", (place, place, f"{place} Main Street", "Rivermouth", "PA", "19000", "US", "physical")
        kind = luck.choice(KINDS)
        yield "services", (n, org, f"{kind} {n}", f"{kind} for whoever needs it. " * 15, "active", "Walk in.", "None")
        yield "service_at_location", (n, n, place)
        yield "phones", (n, n, f"555-01{n % 100:02}", "voice")
        yield "schedules", (2 * n, n, "WEEKLY", "MO,TU,WE,TH,FR", "09:00", "17:00")
        yield "schedules", (2 * n + 1, n, "WEEKLY", "SA", "10:00", "14:00")
