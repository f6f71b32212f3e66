"""Files, folders and zips from outside: opened carefully, traps refused before a byte is read."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from offramp.formats.parcel import BadParcel, opened, source_name


def names(path) -> list[str]:
    with opened(path) as parcel:
        return [entry.name for entry in parcel.entries]


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_a_folder_and_its_zip_are_the_same_source(tmp_path):
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "services.csv").write_text("id\n1\n")
    archive = make_zip(
        tmp_path / "county.zip",
        {"services.csv": b"id\n1\n", "__MACOSX/._services.csv": b"x", ".hidden": b"x"},
    )

    for path in (folder, archive):
        with opened(path) as parcel:
            assert parcel.called == "county"
            assert [entry.name for entry in parcel.entries] == ["services.csv"]
            assert parcel.entries[0].open().read() == b"id\n1\n"


def test_a_zip_without_its_ending_is_known_by_its_first_bytes(tmp_path):
    assert names(make_zip(tmp_path / "download", {"services.csv": b"id\n"})) == ["services.csv"]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/passwd", "a/../../b.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_a_name_that_climbs_out_is_refused(tmp_path, name):
    with pytest.raises(BadParcel, match="would land outside its folder"):
        names(make_zip(tmp_path / "trap.zip", {name: b"x"}))


def test_a_zip_that_swells_is_refused(tmp_path):
    with pytest.raises(BadParcel, match=r"bomb\.csv swells to"):
        names(make_zip(tmp_path / "bomb.zip", {"bomb.csv": b"0" * (64 * 1024**2)}))


def test_a_link_in_a_zip_is_refused(tmp_path):
    info = zipfile.ZipInfo("services.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as out:
        out.writestr(info, "/etc/passwd")

    with pytest.raises(BadParcel, match=r"services\.csv is a link"):
        names(tmp_path / "link.zip")


def test_a_broken_zip_and_nothing_at_all_are_one_sentence(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")

    with pytest.raises(BadParcel, match=r"broken\.zip is not a zip file we can open"):
        names(tmp_path / "broken.zip")
    with pytest.raises(BadParcel, match="There is no file or folder"):
        names(tmp_path / "nowhere")


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    (tmp_path / "services.csv").write_text("id\n")
    os.symlink("/etc/passwd", tmp_path / "organizations.csv")

    assert names(tmp_path) == ["services.csv"]


def test_tables_one_folder_down_are_found_when_it_is_the_only_one(tmp_path):
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "services.csv").write_text("id\n")
    assert names(tmp_path) == ["csv/services.csv"]

    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "services.csv").write_text("id\n")
    with pytest.raises(BadParcel, match="Several folders hold tables: csv, more"):
        names(tmp_path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/data/county-211", "county-211"),
        ("/data/county-211/csv", "county-211/csv"),
        ("/srv/hsds-spec/3.0/examples", "hsds-spec/3.0/examples"),
        ("/csv", "csv"),
    ],
)
def test_a_folder_whose_name_says_nothing_brings_its_parents(path, name):
    assert source_name(Path(path)) == name
