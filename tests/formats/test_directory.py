"""Directories in every shape, small and made up: what resolves is taken, what does not is listed with its reason."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from offramp.formats.hsds import BadParcel
from offramp.formats.hsds.records import digest
from offramp.rules.hours import Hours, State
from offramp.rules.needs import By
from tests.formats.directories import folder, read, zipped

ORGANIZATIONS = "id,name,description\n1,Harbor,Helps\n"
SERVICES = "id,organization_id,name,description,status\n1,1,Harbor Detox,Medical detox,active\n"


@pytest.fixture
def county(tmp_path):
    """Write tables into a folder and read it."""

    def make(**files):
        return read(folder(tmp_path / "county", **files))

    return make


# -- HSDS 3 tables --------------------------------------------------------------------------------------------------


def test_a_service_with_everything_that_belongs_to_it(county):
    found = county(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name,description,status,minimum_age,application_process,fees_description,alert\n"
        "1,1,Harbor Detox,Medical detox,active,18,Walk in,None,New entrance\n",
        locations="id,location_type,organization_id,name,latitude,longitude\n7,physical,1,Harbor House,40.1,-75.2\n",
        addresses="id,location_id,address_1,city,state_province,postal_code,country,address_type\n1,7,1 Elm St,Rivermouth,PA ,19000,US,physical\n",
        service_at_location="id,service_id,location_id\n5,1,7\n",
        phones="id,service_id,number,extension,type\n1,1,555-0100 000,12,voice\n2,1,555-0199 000,,fax\n",
        schedules='id,service_id,freq,byday,opens_at,closes_at\n1,1,WEEKLY,"MO,TU",09:00,17:00\n',
        languages="id,service_id,name,code\n1,1,Spanish,es\n",
    )

    (service,), (site,) = found.services, found.sites
    (outlet,) = service.outlets
    assert found.rejected == []
    assert (service.name, service.min_age, service.how_in, service.payers, service.languages) == (
        "Harbor Detox",
        18,
        "walk_in",
        ("free",),
        ("es",),
    )
    assert (outlet.site, outlet.lat, outlet.phones, outlet.languages) == (
        site.key,
        40.1,
        ("555-0100 000 x12",),
        ("es",),
    )
    assert (site.address, site.city, site.state, site.zone) == (
        "1 Elm St",
        "Rivermouth",
        "PA",
        "America/New_York",
    )
    assert Hours.from_json(outlet.hours).zone == "America/New_York"
    assert {one.need: (one.by, one.term) for one in service.matched}["withdrawal_management"] == (
        By.KEYWORD,
        "detox",
    )
    assert service.raw["phone"][1]["number"] == "555-0199 000"  # kept, though nobody can talk to it


def test_every_row_read_is_taken_or_listed(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES + "2,9,Gone,x,active\n",
        phones="id,service_id,number\n1,1,555-0100 000\n2,2,555-0100 000\n3,,\n",
    )

    whole_rows = [one for one in found.rejected if not one.column]
    assert sum(found.read.values()) == sum(found.taken.values()) + len(whole_rows)
    assert found.complaints() == [
        "services.csv 3: organization_id points to 9, which is not there.",
        "phones.csv 4: The phone has no number.",
        "phones.csv 3: service_id points to 2, which was not taken.",
    ]


def test_a_broken_link_costs_only_itself_where_the_row_stands_without_it(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        locations="id,location_type,organization_id,name\n7,physical,9,House\n",
        phones="id,service_id,location_id,number\n1,1,8,555-0100 000\n",
    )

    assert found.complaints() == [
        "locations.csv 2 organization_id: organization_id points to 9, which is not there.",
        "phones.csv 2 location_id: location_id points to 8, which is not there.",
    ]
    assert found.sites[0].agency is None
    assert found.services[0].outlets[0].phones == ("555-0100 000",)


def test_a_row_that_belongs_to_nothing_is_listed(county):
    found = county(organizations=ORGANIZATIONS, phones="id,number\n1,555-0100 000\n")

    assert found.complaints() == [
        "phones.csv 2: The row belongs to nothing: it names no location_id, service_id, organization_id, contact_id, service_at_location_id."
    ]


@pytest.mark.parametrize(
    ("capacity", "complaint"),
    [
        ("1,1,1,12,10,2026-11-24T10:00:00Z", "12 places can not be open where there are 10."),
        ("1,1,1,2,10,", "The count has no updated: nobody knows how many, or since when."),
        (
            "1,1,1,,10,2026-11-24T10:00:00Z",
            "The count has no available: nobody knows how many, or since when.",
        ),
        ("1,1,1,2,10,2026-11-24T10:00:00", "“2026-11-24T10:00:00” has no time zone."),
        ("1,1,1,some,10,2026-11-24T10:00:00Z", "“some” is no whole number."),
        ("1,1,1,-1,10,2026-11-24T10:00:00Z", "“-1” is no whole number."),
        ("1,9,1,2,10,2026-11-24T10:00:00Z", "service_id points to 9, which is not there."),
    ],
)
def test_a_count_that_makes_no_sense_is_not_taken(county, capacity, complaint):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        units="id,name\n1,Bed\n",
        service_capacity=f"id,service_id,unit_id,available,maximum,updated\n{capacity}\n",
    )

    assert found.complaints() == [f"service_capacity.csv 2: {complaint}"]
    assert found.services[0].capacities == ()


def test_a_count_is_taken_as_it_was_said_and_none_is_invented(county):
    counted = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        units="id,name\n1,Bed\n",
        service_capacity="id,service_id,unit_id,available,maximum,updated\n1,1,1,2,10,2026-11-24T10:00:00Z\n",
    )

    (count,) = counted.services[0].capacities
    assert (count.unit, count.open_places, count.maximum, count.said_at.isoformat()) == (
        "bed",
        2,
        10,
        "2026-11-24T10:00:00+00:00",
    )


def test_a_cell_that_can_not_be_read_costs_only_itself_and_is_kept(county):
    found = county(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name,status,minimum_age,assured_date\n1,1,Detox,maybe,adult,someday\n",
        locations="id,name,latitude,longitude\n1,House,100,-75\n",
    )

    assert found.complaints() == [
        "locations.csv 2 latitude: 100 does not lie on the globe.",
        "services.csv 2 assured_date: “someday” is no date.",
        "services.csv 2 min_age: “adult” is no whole number.",
        "services.csv 2 status: “maybe” is no status: the service is not offered until it says active.",
    ]
    assert (found.services[0].status, found.services[0].min_age, found.sites[0].lat) == (
        "inactive",
        None,
        None,
    )
    assert found.services[0].raw["unread_min_age"] == "adult"


def test_the_nearest_hours_and_phones_win(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES + "2,1,Other,x,active\n",
        locations="id,name\n7,House\n",
        service_at_location="id,service_id,location_id\n5,1,7\n6,2,7\n",
        schedules="id,service_id,location_id,service_at_location_id,byday,opens_at,closes_at\n1,,7,,MO,08:00,20:00\n2,1,,,MO,10:00,12:00\n3,,,5,MO,11:00,12:00\n",
        phones="id,location_id,organization_id,number\n1,7,,555-0107 000\n2,,1,555-0101 000\n",
    )

    opens = {service.name: service.outlets[0].hours["rules"][0]["opens"] for service in found.services}
    assert opens == {"Harbor Detox": 11 * 60, "Other": 8 * 60}
    assert {service.outlets[0].phones for service in found.services} == {("555-0107 000",)}


def test_a_service_without_a_place_has_one_outlet_and_the_agencys_phone(county):
    found = county(
        organizations=ORGANIZATIONS, services=SERVICES, phones="id,organization_id,number\n1,1,555-0101 000\n"
    )

    (outlet,) = found.services[0].outlets
    assert (outlet.site, outlet.lat, outlet.phones) == (None, None, ("555-0101 000",))


def test_a_service_twice_at_a_place_is_listed(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        locations="id,name\n7,House\n",
        service_at_location="id,service_id,location_id\n5,1,7\n6,1,7\n",
    )

    assert len(found.services[0].outlets) == 1
    assert found.complaints() == [
        "service_at_location.csv 3: The same service at the same location stands there already."
    ]


def test_an_agency_that_stands_there_twice_is_one(county):
    found = county(
        organizations="id,name\n1,Harbor\n2,HARBOR.\n3,Harbor\n",
        services="id,organization_id,name\n1,1,A\n2,2,B\n3,3,C\n",
        phones="id,organization_id,number\n1,1,555-0100 000\n2,2,(555) 0100-000\n3,3,555-0300 000\n",
    )

    assert [agency.external_id for agency in found.agencies] == ["1", "3"]
    assert len({service.agency for service in found.services}) == 2
    assert found.complaints() == [
        "organizations.csv 3: The same agency as in row 2 (name, address and phone); its services are kept under that one."
    ]


def test_taxonomy_terms_lead_to_needs(county):
    found = county(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name\n1,1,Program A\n",
        taxonomy_terms="id,code,name,taxonomy\n9,106-01-02,Detox,Open Eligibility\n",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,1,service,9\n",
    )

    assert {(one.need, one.by, one.term) for one in found.services[0].matched} >= {
        ("withdrawal_management", By.TERM, "Detox")
    }


# -- What older files say otherwise ---------------------------------------------------------------------------------


def test_hsds_1_with_weekdays_and_nameless_rows(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        regular_schedules="id,service_id,weekday,opens_at,closes_at\n,1,Sunday,,\n,1,Monday,9:00,17:00\n",
        phones="id,service_id,number\n,1,555-0100 000\n,1,555-0100 001\n",
        services_taxonomy="id,service_id,taxonomy_id\n1,1,9\n",
        taxonomy="id,name,parent_id,parent_name,vocabulary\n9,Peer Support,,,My terms\n",
        eligibility="id,service_id,eligibility\n1,1,Adults\n",
    )

    (service,) = found.services
    assert found.rejected == []
    assert len(service.outlets[0].phones) == 2
    assert len(service.outlets[0].hours["rules"]) == 2
    assert "peer_support" in {one.need for one in service.matched}
    assert service.eligibility == "Adults"


def test_ohana_hangs_services_on_locations(county):
    found = county(
        organizations=ORGANIZATIONS,
        locations='id,organization_id,name,latitude,longitude,languages,virtual\n7,1,House,40.1,-75.2,"Spanish, Tagalog",false\n',
        services='id,location_id,name,keywords,taxonomy_ids,status\n1,7,Program,"ALCOHOLISM SERVICES",106-01,active\n',
        taxonomy="taxonomy_id,name,parent_id,parent_name\n106-01,Addiction & Recovery,106,Health\n",
        addresses="id,location_id,address_1,city,state_province,postal_code,country\n1,7,1 Elm,Boston,MA,2134,US\n",
        mail_addresses="id,location_id,attention,address_1,city,state_province,postal_code,country\n1,7,Desk,PO Box 1,Boston,MA,2134,US\n",
        regular_schedules="id,location_id,weekday,opens_at,closes_at\n1,7,1,9am,5pm\n",
        holiday_schedules='id,location_id,start_date,end_date,closed\n1,7,"January 01, 0001","January 01, 0001",true\n',
    )

    (service,), (site,) = found.services, found.sites
    assert found.rejected == []
    assert service.agency == found.agencies[0].key
    assert (service.outlets[0].site, service.outlets[0].languages) == (site.key, ("es", "tl"))
    assert (site.address, site.postal_code) == ("1 Elm", "02134")
    assert service.outlets[0].hours["unusual"] == [
        {"first": "2000-01-01", "last": "2000-01-01", "yearly": True}
    ]
    assert {one.term for one in service.matched if one.need == "substance_use"} == {"Addiction & Recovery"}


# -- HSDS 3 JSON ----------------------------------------------------------------------------------------------------

WHOLE = {
    "id": "1",
    "name": "Harbor Detox",
    "status": "active",
    "organization": {"id": "1", "name": "Harbor", "description": "Helps"},
    "service_at_locations": [
        {
            "id": "5",
            "location": {"id": "7", "location_type": "physical", "latitude": 40.1, "longitude": -75.2},
        }
    ],
    "phones": [{"id": "1", "number": "555-0100 000", "languages": [{"id": "1", "code": "es"}]}],
    "capacities": [
        {
            "id": "1",
            "unit": {"id": "1", "name": "Bed"},
            "available": 2,
            "maximum": 10,
            "updated": "2026-11-24T10:00:00Z",
        }
    ],
    "attributes": [
        {
            "id": "1",
            "taxonomy_term": {
                "id": "9",
                "code": "106-01-02",
                "name": "Detox",
                "taxonomy_detail": {"id": "3", "name": "OE"},
            },
        }
    ],
    "schedules": [{"id": "1", "freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "18:00"}],
}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("service_full.json", WHOLE),
        ("services.json", [WHOLE]),
        ("service_list.json", {"total_items": 1, "page_number": 1, "contents": [WHOLE]}),
        (
            "organization_full.json",
            {
                "id": "1",
                "name": "Harbor",
                "description": "Helps",
                "services": [{k: v for k, v in WHOLE.items() if k != "organization"}],
            },
        ),
    ],
)
def test_whole_objects_lists_and_pages(tmp_path, name, document):
    (tmp_path / name).write_text(json.dumps(document))

    found = read(tmp_path / name, source="county")

    assert found.rejected == []
    assert found.read == {
        "organization": 1, "service": 1, "service_at_location": 1, "location": 1, "phone": 1, "language": 1, "service_capacity": 1, "unit": 1,
        "attribute": 1, "taxonomy_term": 1, "taxonomy": 1, "schedule": 1,
    }  # fmt: skip
    assert found.taken == found.read
    (service,) = found.services
    assert (service.outlets[0].lat, service.outlets[0].phones, service.capacities[0].open_places) == (
        40.1,
        ("555-0100 000",),
        2,
    )


def test_a_folder_of_files_is_one_directory(tmp_path):
    folder(
        tmp_path / "f",
        **{
            "service.json": json.dumps(WHOLE),
            "organization.json": json.dumps(WHOLE["organization"] | {"website": "https://harbor.example"}),
        },
    )

    found = read(tmp_path / "f")

    assert found.agencies[0].website == "https://harbor.example"
    assert found.read["organization"] == 1


def test_objects_that_contradict_each_other_are_told_once(tmp_path):
    other = json.dumps(
        [WHOLE | {"phones": []}, WHOLE | {"name": "Detox at Harbor"}, WHOLE | {"name": "Detox at Harbor"}]
    )
    folder(tmp_path / "f", **{"service.json": json.dumps(WHOLE), "services.json": other})

    assert read(tmp_path / "f").complaints() == [
        "services.json 2 name: The service 1 says otherwise in service.json; what was read first is kept."
    ]


def test_an_object_nobody_knows_is_listed(tmp_path):
    (tmp_path / "weather.json").write_text('[{"sun": 1}, 5]')

    assert read(tmp_path / "weather.json").complaints() == [
        "weather.json 1: We can not tell what kind of object this is.",
        "weather.json 2: We can not tell what kind of object this is.",
    ]


# -- The same again -------------------------------------------------------------------------------------------------


def test_a_zip_and_a_folder_give_the_same_records(tmp_path):
    tables = {
        "organizations": ORGANIZATIONS,
        "services": SERVICES,
        "phones": "id,service_id,number\n1,1,555-0100 000\n",
    }
    plain = folder(tmp_path / "county", **tables)

    (tmp_path / "z").mkdir()

    readings = [
        read(plain),
        read(zipped(tmp_path / "county.zip", plain)),
        read(zipped(tmp_path / "z" / "county.zip", plain, below="export/")),
    ]

    assert len({tuple(digest(one) for one in reading.records) for reading in readings}) == 1


def test_the_order_of_rows_changes_no_digest(tmp_path):
    one = read(
        folder(tmp_path / "a", organizations=ORGANIZATIONS + "2,Northside,x\n", services=SERVICES), source="s"
    )
    two = read(
        folder(
            tmp_path / "b",
            organizations="id,name,description\n2,Northside,x\n1,Harbor,Helps\n",
            services=SERVICES,
        ),
        source="s",
    )

    assert {digest(record) for record in one.records} == {digest(record) for record in two.records}


def test_numbers_are_of_their_source_and_uuids_of_the_world(tmp_path):
    uuid = "ac148810-d857-441c-9679-408f346de14b"
    tables = {"organizations": f"id,name\n1,Harbor\n{uuid},Northside\n"}

    one, two = read(folder(tmp_path / "one", **tables)), read(folder(tmp_path / "two", **tables))

    assert one.agencies[0].key != two.agencies[0].key
    assert one.agencies[1].key == two.agencies[1].key == UUID(uuid)


# -- Bad input ------------------------------------------------------------------------------------------------------


def test_a_missing_id_and_the_same_id_twice_are_listed(county):
    found = county(organizations="id,name\n,Nobody\n1,Harbor\n1,Other\n")

    assert found.complaints() == [
        "organizations.csv 2: The row has no id.",
        "organizations.csv 4: The id 1 stands in row 3 already.",
    ]


def test_a_table_without_its_main_column_and_a_table_nobody_knows(county):
    found = county(
        programs="id,name\n",
        organizations="id,title\n1,Harbor\n",
        locations="id\n1\n",
        weather="day,sun\n1,2\n",
        **{"README.txt": "Hello"},
    )

    assert found.complaints() == [
        "organizations.csv 1: organizations.csv has no column “name”.",
        "weather.csv 1: We do not know what table this is. A map can say.",
    ]


def test_one_bad_file_does_not_cost_the_rest(county):
    found = county(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        phones="id,number\n1,2,3\n4,5,6\n",
        locations=b"\0\1\2\3" * 500,
    )

    assert len(found.services) == 1
    assert [one.file for one in found.rejected] == ["locations.csv", "phones.csv"]


def test_a_damaged_zip_member_is_one_sentence(tmp_path):
    archive = zipped(
        tmp_path / "county.zip",
        folder(
            tmp_path / "f",
            organizations="id,name\n" + "".join(f"{n},Agency number {n * 7919}\n" for n in range(3000)),
        ),
    )
    content = bytearray(archive.read_bytes())
    content[2000:2100] = b"\xff" * 100
    archive.write_bytes(bytes(content))

    with pytest.raises(BadParcel, match=r"organizations\.csv is damaged: it can not be read to its end\."):
        read(archive)


def test_when_no_file_at_all_can_be_read_the_first_reason_is_the_answer(county):
    with pytest.raises(BadParcel, match="names 2 columns but its rows have 3"):
        county(organizations="id,name\n1,2,3\n4,5,6\n")


def test_nothing_to_read_is_refused(tmp_path):
    with pytest.raises(BadParcel, match="There is nothing to read in"):
        read(folder(tmp_path / "empty", **{"README.txt": "Hello"}))


def test_the_encoding_is_said(county):
    found = county(organizations="id,name\n1,Café\n".encode("latin-1"))

    assert found.agencies[0].name == "Café"
    assert found.files[0]["encoding"] == "iso-8859-1"


def test_hours_of_a_service_at_a_moment_of_its_place(county):
    found = county(
        organizations=ORGANIZATIONS, services=SERVICES, locations="id,name\n7,House\n", service_at_location="id,service_id,location_id\n5,1,7\n",
        addresses="id,location_id,address_1,city,state_province\n1,7,1 Elm,Oakland,California\n", schedules="id,service_id,byday,opens_at,closes_at\n1,1,MO,09:00,17:00\n",
    )  # fmt: skip

    hours = Hours.from_json(found.services[0].outlets[0].hours)
    assert (
        hours.open_at(datetime(2026, 11, 23, 18, tzinfo=UTC)).state is State.OPEN
    )  # ten in the morning there
    assert hours.open_at(datetime(2026, 11, 23, 16, tzinfo=UTC)).state is State.CLOSED
