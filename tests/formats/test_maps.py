"""Any table by a map: small TOML, checked before a row is read, and one sentence for what it gets wrong."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from offramp.formats.hsds.maps import FIELDS, BadMap, read_map
from offramp.rules.needs import By
from tests.formats.directories import folder, read

TABLE = "Who,Program,Street,Town,ST,Zip,Lat,Lon,Tel,Open?\nHarbor,Detox,1 Elm,Boston,MA,2134,42.1,-71.2,617-555-0100,Yes\nHarbor,Detox,1 Elm,Boston,MA,2134,42.1,-71.2,617-555-0100,Yes\nHarbor,Shelter,1 Elm,Boston,MA,2134,42.1,-71.2,617-555-0100,No\nNorthside,NA,9 Oak,Boston,MA,2134,,,617-555-0900,Yes\n"
MAP = """
source = "state-list"
[columns]
agency = "Who"
name = ["Who", "Program"]
street = "Street"
city = "Town"
state = "ST"
zip = "Zip"
latitude = "Lat"
longitude = "Lon"
phone = "Tel"
status = "Open?"
[fixed]
needs = ["substance_use", "shelter"]
[values.status]
Yes = "active"
No = "inactive"
"""


@pytest.fixture
def listed(tmp_path):
    return lambda text=TABLE, map=MAP, **more: read(
        folder(tmp_path / "list", **({"list": text} | more)), map=map
    )


def test_rows_become_agencies_places_and_services(listed):
    found = listed()

    assert found.source == "state-list"
    assert [agency.name for agency in found.agencies] == ["Harbor", "Northside"]
    assert [(service.name, service.status) for service in found.services] == [
        ("Harbor - Detox", "active"),
        ("Harbor - Shelter", "inactive"),
        ("Northside", "active"),
    ]
    assert [(site.address, site.postal_code, site.lat) for site in found.sites] == [
        ("1 Elm", "02134", 42.1),
        ("9 Oak", "02134", None),
    ]
    assert found.services[0].outlets[0].phones == ("617-555-0100",)
    assert found.services[0].outlets[0].site == found.sites[0].key
    assert {(one.need, one.by, one.term) for one in found.services[2].matched} == {
        ("substance_use", By.SAID, "state-list"),
        ("shelter", By.SAID, "state-list"),
    }


def test_a_row_that_is_there_already_is_listed_and_every_row_is_counted(listed):
    found = listed()

    assert found.read["service"] == 4
    assert found.complaints() == [
        "list.csv 3: The same service of the same agency at the same place stands in row 2."
    ]


def test_the_same_table_gives_the_same_keys_again(listed):
    assert [one.key for one in listed().records] == [one.key for one in listed().records]


def test_a_table_without_header_and_in_another_encoding(listed):
    found = listed(
        "Café;1 Elm\n".encode("latin-1"),
        'header = false\nencoding = "latin-1"\n[columns]\nagency = 1\nstreet = 2\n',
    )

    assert (found.services[0].name, found.sites[0].address) == ("Café", "1 Elm")


def test_several_tables_point_to_each_other(tmp_path):
    tables = {
        "agencies": "No,Name\n1,Harbor\n",
        "places": "No,Agency,Name,Hours\n7,1,House,Mon-Fri 9am-5pm\n",
        "programs": "No,Agency,Place,Title,Where\n3,1,7,Detox,here: 42.1001 -71.2002\n4,9,7,Lost,\n",
    }
    map = """
    [files."agencies.csv".columns]
    agency_id = "No"
    agency = "Name"
    [files."places.csv".columns]
    location_id = "No"
    agency_id = "Agency"
    location = "Name"
    location_hours = "Hours"
    [files."programs.csv".columns]
    id = "No"
    agency_id = "Agency"
    location_id = "Place"
    name = "Title"
    coordinates = "Where"
    """

    found = read(folder(tmp_path / "three", **tables), map=map)

    (service,) = found.services
    assert (service.agency, service.outlets[0].site) == (found.agencies[0].key, found.sites[0].key)
    assert (found.sites[0].name, found.sites[0].lat, found.sites[0].lon) == ("House", 42.1001, -71.2002)
    assert len(service.outlets[0].hours["rules"][0]["days"]) == 5
    assert found.complaints() == ["programs.csv 3: organization_id points to 9, which is not there."]


def test_the_names_of_hsds_and_of_others_lead_to_the_same_fields(listed):
    by_dots = """
    [columns]
    "organization.name" = "Who"
    "service.name" = "Program"
    "address.address_1" = "Street"
    "address.city" = "Town"
    "address.state_province" = "ST"
    "address.postal_code" = "Zip"
    "location.latitude" = "Lat"
    "location.longitude" = "Lon"
    "phone.number" = "Tel"
    """
    by_others = """
    [columns]
    organization_name = "Who"
    service_name = "Program"
    street_address = "Street"
    city = "Town"
    state_province = "ST"
    zipcode = "Zip"
    lat = "Lat"
    lng = "Lon"
    telephone = "Tel"
    """

    assert [one.key for one in listed(map=by_dots).records] == [
        one.key for one in listed(map=by_others).records
    ]
    assert len(listed(map=by_dots).services) == 3


def test_a_list_that_names_no_agencies_is_a_list_of_agencies(listed):
    found = listed("Name,Town\nHarbor,Boston\n", "[columns]\nname = 'Name'\ncity = 'Town'\n")

    assert (found.agencies[0].name, found.services[0].name) == ("Harbor", "Harbor")


@pytest.mark.parametrize(
    ("map", "sentence"),
    [
        ("columns = ", "The map is not TOML"),
        ("zone = 'UTC'", r"The map has no \[columns\]"),
        ("[column]\nname = 'Who'", "The map has a part “column”, which we do not know"),
        (
            "[columns]\nnames = 'Who'",
            "The map speaks of “names”, which is no field of ours. Did you mean: name",
        ),
        ("[columns]\nname = 'Whom'", "list.csv has no column “Whom”. Its columns: Who, Program"),
        (
            '[files."other.csv".columns]\nname = "Who"',
            "The map speaks of the file other.csv, which is not there",
        ),
    ],
)
def test_a_map_that_can_not_be_followed_is_one_sentence(listed, map, sentence):
    with pytest.raises(BadMap, match=sentence):
        listed(map=map)


def test_one_map_for_a_folder_of_several_tables_is_refused(listed):
    with pytest.raises(BadMap, match=r"several tables \(list\.csv, more\.csv\)"):
        listed(more="a\n1\n")


def test_a_need_nobody_knows_and_a_row_without_a_name_are_listed(listed):
    found = listed(
        "Who,Need\nHarbor,wishes\n,food\n", "[columns]\nname = 'Who'\nagency = 'Who'\nneeds = 'Need'\n"
    )

    assert found.complaints() == [
        "list.csv 3: The row names neither a service nor an agency.",
        "list.csv 2 needs: We do not know the need wishes.",
    ]


def test_the_maps_that_come_with_the_product_can_be_followed():
    maps = [file for file in (files("offramp") / "codes" / "maps").iterdir() if file.name.endswith(".toml")]

    assert maps
    for file in maps:
        assert read_map(file.read_text("utf-8")).columns


def test_the_guide_tells_every_field_and_its_example_can_be_followed():
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "read-a-directory.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+)`", guide.split("\nFields: ")[1].split("\n\n")[0]))

    assert told <= FIELDS.keys()
    assert set(FIELDS.values()) == {FIELDS[name] for name in told}
    assert read_map(re.search(r"```toml\n(.*?)```", guide, re.DOTALL)[1]).source == "state-list"


def test_every_field_goes_somewhere():
    assert {table for table, _ in FIELDS.values()} == {
        "organization",
        "service",
        "location",
        "service_capacity",
    }
