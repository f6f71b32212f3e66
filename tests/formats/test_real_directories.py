"""Real directories, held against counts made another way: rows by the csv module, links by plain sets."""

import csv
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from tests.formats.directories import Read, read

MAPS = Path(__file__).parent / "maps"


def rows(file: Path, encoding="utf-8-sig") -> list[dict]:
    with file.open(encoding=encoding, newline="") as text:
        return list(csv.DictReader(text))


def everything_is_accounted_for(found: Read) -> None:
    """Each row read was taken or is listed once as not taken; cells and links that were not taken name their column."""
    not_taken = [one for one in found.rejected if not one.column]
    assert sum(found.read.values()) == sum(found.taken.values()) + len(not_taken)
    assert all(str(one.reason).endswith(".") for one in found.rejected)


@pytest.mark.data("ohana-san-mateo-sample")
def test_san_mateo_is_taken_whole(shared_data):
    folder = shared_data / "ohana-san-mateo-sample"

    found = read(folder)

    assert found.rejected == []
    assert found.taken == found.read
    names = {"organization": "organizations", "location": "locations", "service": "services", "phone": "phones", "contact": "contacts",
             "program": "programs", "taxonomy_term": "taxonomy"}  # fmt: skip
    for table, name in names.items():
        assert found.read[table] == len(rows(folder / f"{name}.csv")), table
    assert found.read["address"] == len(rows(folder / "addresses.csv")) + len(
        rows(folder / "mail_addresses.csv")
    )
    assert found.read["schedule"] == len(rows(folder / "regular_schedules.csv")) + len(
        rows(folder / "holiday_schedules.csv")
    )
    (rehab,) = [service for service in found.services if service.name == "Adult Rehabilitation Center"]
    assert {one.need: one.term for one in rehab.matched}["substance_use"] == "alcoholism"
    assert {service.status for service in found.services} == {"active", "inactive", "defunct"}
    assert {site.zone for site in found.sites if site.state == "CA"} == {"America/Los_Angeles"}


@pytest.mark.data("hsds-ilao-illinois")
def test_illinois_1_1_breaks_its_own_keys_and_what_resolves_is_taken(shared_data):
    folder = shared_data / "hsds-ilao-illinois" / "hsds-1.1"
    agencies = {row["id"] for row in rows(folder / "organizations.csv")}
    services = [
        row for row in rows(folder / "services.csv") if row["id"] and row["organization_id"] in agencies
    ]
    held = {row["id"] for row in services}
    phones = [
        row for row in rows(folder / "phones.csv") if sum(letter.isdigit() for letter in row["number"]) >= 3
    ]

    found = read(folder, zone="America/Chicago")

    everything_is_accounted_for(found)
    assert len(found.services) == len(services) == 89
    assert len(found.sites) == len(rows(folder / "locations.csv")) == 520
    assert found.taken["phone"] == sum(not row["service_id"] or row["service_id"] in held for row in phones)
    assert found.taken["schedule"] == len(rows(folder / "regular_schedules.csv"))
    broken = Counter(one.file for one in found.rejected if one.column == "organization_id")
    assert broken["locations.csv"] == sum(
        row["organization_id"] not in agencies for row in rows(folder / "locations.csv")
    )


@pytest.mark.data("hsds-ilao-illinois")
def test_the_same_directory_from_its_publishers_own_tables_by_a_map(shared_data):
    source = shared_data / "hsds-ilao-illinois" / "source"

    mapped, tool = (
        read(source, map=(MAPS / "ilao.toml").read_text()),
        read(shared_data / "hsds-ilao-illinois" / "hsds-1.1"),
    )

    everything_is_accounted_for(mapped)
    assert {one.external_id for one in mapped.agencies} == {one.external_id for one in tool.agencies}
    assert {one.external_id for one in mapped.services} == {one.external_id for one in tool.services}
    assert {one.external_id for one in tool.sites} <= {one.external_id for one in mapped.sites}
    with_hours = [one for one in mapped.services if one.outlets[0].hours.get("rules")]
    with_point = [one for one in mapped.services if one.outlets[0].lat]
    assert len(with_hours) > 60
    assert len(with_point) > 80
    assert all(41 < one.outlets[0].lat < 43 or 36 < one.outlets[0].lat < 43 for one in with_point)


@pytest.mark.data("hsds-spec")
@pytest.mark.parametrize("version", ["3.0", "3.1-dev"])
@pytest.mark.parametrize("part", ["examples", "examples/csv"])
def test_the_official_examples(shared_data, version, part):
    found = read(shared_data / "hsds-spec" / version / part)

    everything_is_accounted_for(found)
    assert (len(found.agencies), len(found.sites), len(found.services)) == (1, 1, 1)
    listed = {(one.column, str(one.reason).split(" points")[0]) for one in found.rejected}
    assert {
        ("organization_id", "organization_id"),
        ("service_at_location_id", "service_at_location_id"),
        ("taxonomy_id", "taxonomy_id"),
    } <= listed
    assert "100 does not lie on the globe." in {str(one.reason) for one in found.rejected}
    if version == "3.1-dev":
        assert "12 places can not be open where there are 10." in {str(one.reason) for one in found.rejected}
        assert found.services[0].capacities == ()


@pytest.mark.data("hsds-spec")
def test_every_example_file_alone_is_read_or_refused_in_a_sentence(shared_data):
    for file in sorted((shared_data / "hsds-spec").glob("3.*/examples/*.json")):
        if file.stem == "base":
            continue
        found = read(file)
        everything_is_accounted_for(found)
        kind = json.loads(file.read_text())
        assert found.records or found.rejected, (file.name, list(kind))


@pytest.mark.data("oeps-treatment-facilities")
@pytest.mark.parametrize(
    ("name", "map", "encoding"),
    [
        ("SubstanceUseTreatment.csv", "", "utf-8-sig"),
        ("MentalHealthProviders.csv", "mental_health", "utf-8-sig"),
        ("OpioidTreatmentProgram.latin1.csv", "otp", "iso-8859-1"),
    ],
)
def test_treatment_facilities_by_a_map(shared_data, name, map, encoding):
    file = shared_data / "oeps-treatment-facilities" / name
    text = (
        (MAPS / f"{map}.toml").read_text()
        if map
        else (files("offramp") / "codes" / "maps" / "samhsa_locator.toml").read_text()
    )

    found = read(file, map=text)

    everything_is_accounted_for(found)
    theirs = rows(file, encoding)
    assert found.read["service"] == len(theirs)
    distinct = {
        tuple(
            value
            for key, value in row.items()
            if key not in {"Unnamed: 0", "zip4", "county", "zip", "POSTAL"}
        )
        for row in theirs
    }
    assert len(distinct) - 5 <= len(found.services) <= len(theirs)
    assert all(one.lat for one in found.sites)
    zips = {site.postal_code for site in found.sites if site.state == "MA"}
    assert zips
    assert all(code.startswith("0") for code in zips)
    assert found.files[0]["encoding"] in {"utf-8", "iso-8859-1", "cp1252"}
