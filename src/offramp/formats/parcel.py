"""What somebody hands us to read: one file, a folder, or a zip. Opened carefully, never unpacked to disk.

A zip from outside may be a trap: names that climb out of the folder, links, a few kilobytes that swell to a
hundred gigabytes. Each is refused with a sentence before a byte of it is read.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from offramp.rules.message import Message, say

MOST_FILES = 2_000
MOST_BYTES = 4 * 1024**3
SWELL = 200  # times its size: text packs ten to thirty times
# What reading a damaged member raises, half way.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)
FREE_SWELL = 16 * 1024**2  # a small file may pack as well as it likes
GENERIC = {
    "csv",
    "data",
    "export",
    "exports",
    "source",
    "files",
    "hsds",
    "directory",
    "examples",
    "json",
    "download",
    "tables",
    "dump",
}


class BadParcel(ValueError):
    """It can not be opened, or must not be. Carries the sentence."""

    def __init__(self, message: Message):
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Entry:
    """One file inside. `open` gives its bytes; it may be called more than once."""

    name: str
    size: int
    _where: Path | zipfile.ZipFile

    def open(self) -> IO[bytes]:
        """Its bytes, from the beginning."""
        if isinstance(self._where, Path):
            return self._where.open("rb")
        return self._where.open(self.name)

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return PurePosixPath(self.name).stem

    @property
    def ending(self) -> str:
        """The file's ending, small: "csv"."""
        return PurePosixPath(self.name).suffix.lower().lstrip(".")


@dataclass(frozen=True)
class Parcel:
    """The files handed over. `called` names the source: the same folder and its zip are the same source."""

    called: str
    entries: tuple[Entry, ...]

    def ending_in(self, *endings: str) -> list[Entry]:
        """The files with these endings, by name."""
        return [entry for entry in self.entries if entry.ending in endings]


@contextmanager
def opened(path: Path) -> Iterator[Parcel]:
    """Open a file, a folder or a zip. Raises `BadParcel`."""
    if not path.exists():
        raise BadParcel(say("There is no file or folder {path}.", path=str(path)))
    if path.is_dir():
        yield Parcel(source_name(path), tuple(_in_folder(path)))
    elif path.suffix.lower() == ".zip" or _is_zip(path):
        with _zip(path) as archive:
            yield Parcel(source_name(path.with_suffix("")), tuple(_in_zip(archive)))
    else:
        yield Parcel(source_name(path.with_suffix("")), (Entry(path.name, path.stat().st_size, path),))


def source_name(path: Path) -> str:
    """A name for where this comes from: the folder's, with its parent's where the folder's own says nothing."""
    full = path.absolute()
    words = [full.name]
    for parent in full.parents:
        says_nothing = words[0].lower() in GENERIC or words[0].replace(".", "").isdigit()
        if not says_nothing or not parent.name:
            break
        words.insert(0, parent.name)
    return "/".join(words)[-120:]


def _in_folder(folder: Path) -> Iterator[Entry]:
    """Files at the top; when there is none to read, those of the one folder that holds some."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()]
    if not any(path.suffix.lower() in {".csv", ".json", ".jsonl", ".tsv"} for path in files):
        below = [path for path in sorted(folder.iterdir()) if path.is_dir() and any(path.glob("*.csv"))]
        if len(below) > 1:
            names = ", ".join(path.name for path in below)
            raise BadParcel(say("Several folders hold tables: {names}. Name one of them.", names=names))
        files = [
            path
            for one in below
            for path in sorted(one.iterdir())
            if path.is_file() and not path.is_symlink()
        ]
    if len(files) > MOST_FILES:
        raise BadParcel(say("The folder holds more than {most} files.", most=MOST_FILES))
    for path in files:
        yield Entry(path.relative_to(folder).as_posix(), path.stat().st_size, path)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise BadParcel(say("{name} is not a zip file we can open.", name=path.name)) from error


def _in_zip(archive: zipfile.ZipFile) -> Iterator[Entry]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES:
        raise BadParcel(say("The zip holds more than {most} files.", most=MOST_FILES))
    total = 0
    for info in infos:
        total += info.file_size
        if why := _trap(info, total):
            raise BadParcel(say("We do not open this zip: {why}", why=why))
        hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(info.filename).parts)
        if not hidden:
            yield Entry(info.filename, info.file_size, archive)


def _trap(info: zipfile.ZipInfo, total: int) -> Message | None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        return say("{name} would land outside its folder.", name=info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        return say("{name} is a link.", name=info.filename)
    if info.flag_bits & 1:
        return say("{name} is encrypted. Unpack it first.", name=info.filename)
    swells = info.file_size > FREE_SWELL and info.file_size > SWELL * max(info.compress_size, 1)
    if swells or total > MOST_BYTES:
        return say(
            "{name} swells to {size} bytes.", name=info.filename, size=info.file_size if swells else total
        )
    return None
