"""A directory read into the database: whole records, nothing twice, nothing changed by reading again."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from offramp.actions import directory as deed
from offramp.actions.directory import OtherAgencies, Taken
from offramp.formats.hsds import directory
from offramp.records import places
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity, CapacitySaid
from offramp.records.ledger import Entry
from offramp.records.service import Outlet, Service, ServiceNeed, Site, SourceRecord
from offramp.rules.candidates import Ask
from offramp.rules.visibility import Viewer
from tests.formats.big_directory import write_tables
from tests.formats.directories import folder

AT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
TABLES = {
    "organizations": "id,name,description\n1,Harbor,Helps\n",
    "services": "id,organization_id,name,description,status\n1,1,Harbor Detox,Medical detox,active\n2,1,Old,Shelter,inactive\n",
    "locations": "id,organization_id,name,latitude,longitude\n7,1,House,40.1,-75.2\n",
    "service_at_location": "id,service_id,location_id\n5,1,7\n6,2,7\n",
    "phones": "id,service_id,number\n1,1,555-0100 000\n",
    "units": "id,name\n1,Bed\n",
    "service_capacity": "id,service_id,unit_id,available,maximum,updated\n1,1,1,2,10,2026-11-24T21:00:00Z\n",
}


def take_in(path: Path, at=AT, **more) -> Taken:
    with directory(path, **({"zone": "America/New_York"} | more)) as found:
        return deed.take_in(viewer=Viewer.job("import_directory", at=at), at=at, directory=found)


def everything() -> dict[str, list]:
    """All of the directory in the database, row by row, without the numbers rows happen to have."""
    content = {}
    for model in (Agency, Site, Service, Outlet, ServiceNeed, Capacity, CapacitySaid, SourceRecord):
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not field.is_relation and field.name != "id"
        ]
        content[model.__name__] = sorted(map(repr, model.objects.values_list(*names)))
    return content


@pytest.fixture
def county(tmp_path):
    return lambda **files: folder(tmp_path / "county", **(TABLES | files))


@pytest.mark.django_db
def test_a_directory_is_taken_in_whole_and_found(county):
    taken = take_in(county())

    assert taken.added == {
        "organization": 1,
        "service": 2,
        "location": 1,
        "service_at_location": 2,
        "phone": 1,
        "unit": 1,
        "service_capacity": 1,
    }
    assert taken.changed == taken.unchanged == {}
    (match,) = places.find(Ask(needs=("withdrawal_management",), at=AT, near=(40.1, -75.21))).room_now
    assert match.candidate.name == "Harbor Detox"
    assert "2 beds, said 1 h ago by the directory" in map(str, match.reasons)
    entry = Entry.objects.get()
    assert (entry.deed, entry.details) == (
        "import_directory",
        {"added_organization": 1, "added_location": 1, "added_service": 2, "rejected": 0},
    )


@pytest.mark.django_db
def test_reading_it_again_changes_nothing(county):
    first = take_in(county())
    before = everything()

    again = take_in(county(), at=AT + timedelta(hours=1))

    assert everything() == before
    assert again.added == again.changed == {}
    assert again.unchanged == first.added


@pytest.mark.django_db
def test_one_changed_record_is_the_only_one_written(county):
    take_in(county())
    agency, kept = Agency.objects.get(), Service.objects.get(name="Old")

    again = take_in(county(services=TABLES["services"].replace("Harbor Detox", "Harbor Withdrawal Care")))

    assert again.changed == {"service": 1, "service_at_location": 1, "phone": 1, "service_capacity": 1}
    assert again.unchanged == {
        "organization": 1,
        "location": 1,
        "unit": 1,
        "service": 1,
        "service_at_location": 1,
    }
    assert (
        Service.objects.get(key=Service.objects.get(name="Harbor Withdrawal Care").key).outlets.count() == 1
    )
    assert (Agency.objects.get().pk, Service.objects.get(name="Old").pk) == (agency.pk, kept.pk)


@pytest.mark.django_db
def test_what_people_added_here_is_left_alone(county):
    take_in(county())
    Service.objects.filter(name="Harbor Detox").update(
        alert_blocks=True, minutes_to_come=20, asked=9, taken=8
    )

    take_in(county(services=TABLES["services"].replace("Medical detox", "Medical detox day and night")))

    service = Service.objects.get(name="Harbor Detox")
    assert (service.alert_blocks, service.minutes_to_come, service.asked, service.taken) == (True, 20, 9, 8)
    assert service.description == "Medical detox day and night"


@pytest.mark.django_db
def test_a_service_not_offered_is_kept_and_found_nowhere(county):
    take_in(county())

    assert Service.objects.get(name="Old").status == "inactive"
    assert not ServiceNeed.objects.filter(service__name="Old").exists()


@pytest.mark.django_db
def test_what_is_no_longer_listed_is_said_and_left_as_it_is(county):
    take_in(county())

    again = take_in(
        county(services="id,organization_id,name,description,status\n1,1,Harbor Detox,Medical detox,active\n")
    )

    assert again.missing == {"service": 1}
    assert Service.objects.standing().count() == 2


@pytest.mark.django_db
def test_a_door_that_moved_is_closed_where_it_was_and_never_deleted(county):
    take_in(county())
    before = Outlet.objects.get(service__name="Harbor Detox")

    take_in(
        county(
            locations=TABLES["locations"] + "8,1,New House,40.2,-75.3\n",
            service_at_location="id,service_id,location_id\n5,1,8\n",
        )
    )

    now = Outlet.objects.standing().get(service__name="Harbor Detox")
    assert (now.lat, Outlet.objects.get(pk=before.pk).closed_at) == (40.2, AT)
    (match,) = places.find(Ask(needs=("withdrawal_management",), at=AT, near=(40.1, -75.21))).room_now
    assert match.candidate.outlet == str(now.key)

    take_in(county(), at=AT + timedelta(days=1))
    assert Outlet.objects.standing().get(service__name="Harbor Detox").pk == before.pk  # and back again


@pytest.mark.django_db
def test_an_older_count_of_the_directory_never_overwrites_the_desks(county):
    take_in(county())
    service = Service.objects.get(name="Harbor Detox")
    Capacity.objects.update(open_places=0, said_at=AT, said_by="the desk")

    take_in(county(service_capacity=TABLES["service_capacity"].replace(",2,10,", ",5,10,")))

    assert Capacity.objects.get(service=service).said_by == "the desk"


@pytest.mark.django_db
def test_a_count_from_the_future_is_not_taken(county):
    taken = take_in(county(service_capacity=TABLES["service_capacity"].replace("2026-11-24", "2027-11-24")))

    assert not Capacity.objects.exists()
    assert "service_capacity" not in taken.added
    assert [(one.file, one.row) for one in taken.report.rejected] == [("service_capacity.csv", 2)]
    assert "in the future" in str(taken.report.rejected[0].reason)


@pytest.mark.django_db
def test_another_directory_under_the_same_name_is_refused_before_anything_is_written(tmp_path):
    agencies = lambda *names: "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names))  # noqa: E731
    take_in(
        folder(tmp_path / "a" / "export", organizations=agencies("Harbor", "Northside", "Elm House")),
        source="export",
    )
    before = everything()

    with pytest.raises(
        OtherAgencies, match="Under the name “export” number 0 is Harbor, and here it is Library"
    ):
        take_in(
            folder(tmp_path / "b" / "export", organizations=agencies("Library", "Museum", "Pool")),
            source="export",
        )

    assert everything() == before


@pytest.mark.django_db
def test_more_than_one_batch_and_few_queries_a_record(tmp_path, django_assert_max_num_queries):
    path = write_tables(tmp_path / "big", 450)

    with django_assert_max_num_queries(150):
        taken = take_in(path)

    assert taken.added["service"] == Service.objects.count() == Outlet.objects.count() == 450


@pytest.mark.django_db
def test_a_batch_that_fails_leaves_the_earlier_ones_whole(county, monkeypatch):
    def fail(*_):
        raise ConnectionError("the lights went out")

    monkeypatch.setattr(
        deed.rows, "keep", lambda records, *rest: fail() if records and records[0].kind == "service" else None
    )
    with pytest.raises(ConnectionError):
        take_in(county())

    assert (
        Agency.objects.count(),
        Service.objects.count(),
        Outlet.objects.count(),
        ServiceNeed.objects.count(),
    ) == (1, 0, 0, 0)


KILLED = """
import django; django.setup()
from pathlib import Path
from tests.actions.test_directory import take_in
take_in(Path({path!r}))
"""


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_and_started_again_it_ends_with_the_same_database(tmp_path):
    path = write_tables(tmp_path / "big", 1_200)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "OFFRAMP_KILLED_IN": str(connection.settings_dict["NAME"]),
    }
    seen = set()
    for _ in range(2):
        child = subprocess.Popen(
            [sys.executable, "-c", _in_this_database(KILLED.format(path=str(path)))], env=environment
        )
        before = Service.objects.count()
        until = time.monotonic() + 60
        while child.poll() is None and Service.objects.count() < before + 200 and time.monotonic() < until:
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.add(Service.objects.count())
        assert (
            Service.objects.count()
            == Outlet.objects.count()
            == SourceRecord.objects.filter(kind="service").count()
        )

    take_in(path)
    converged = everything()
    call_command("flush", verbosity=0, interactive=False)
    take_in(path)

    assert any(0 < n < 1_200 for n in seen), seen
    assert everything() == converged


def _in_this_database(code: str) -> str:
    """The test's own database, in another process."""
    return (
        "import os\nfrom tests import settings\nsettings.DATABASES['default']['NAME'] = os.environ['OFFRAMP_KILLED_IN']\n"
        + code
    )
