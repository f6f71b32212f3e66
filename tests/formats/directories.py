"""Small made-up directories for the tests: a folder written from short texts, and read to the end."""

import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from offramp.formats.hsds import directory
from offramp.formats.hsds.maps import read_map
from offramp.formats.hsds.records import AgencyIn, KeptIn, Record, ServiceIn, SiteIn
from offramp.formats.hsds.staging import Rejected


@dataclass(frozen=True)
class Read:
    """A directory read to the end."""

    source: str
    read: dict[str, int]
    records: list[Record]
    rejected: list[Rejected]
    files: list[dict]

    def of(self, kind):
        return [one for one in self.records if isinstance(one, kind)]

    @property
    def agencies(self) -> list[AgencyIn]:
        return self.of(AgencyIn)

    @property
    def sites(self) -> list[SiteIn]:
        return self.of(SiteIn)

    @property
    def services(self) -> list[ServiceIn]:
        return self.of(ServiceIn)

    @property
    def kept(self) -> list[KeptIn]:
        return self.of(KeptIn)

    @property
    def taken(self) -> Counter:
        """Rows taken, by table: each record and what it holds."""
        counts = Counter()
        for record in self.records:
            counts.update({record.kind: 1, **record.counts})
        return counts

    def complaints(self) -> list[str]:
        return [
            f"{one.file} {one.row}{' ' + one.column if one.column else ''}: {one.reason}"
            for one in self.rejected
        ]


def read(path: Path, *, map: str = "", **more) -> Read:
    with directory(path, by=read_map(map) if map else None, **({"zone": "America/New_York"} | more)) as found:
        records = list(found.records())
        return Read(found.source, dict(found.report.read), records, found.report.rejected, found.report.files)


def folder(where: Path, **files: str | bytes) -> Path:
    """`folder(tmp_path, services="id,name\\n1,A")` writes services.csv; a name with a dot is taken as it is."""
    where.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = where / (name if "." in name else f"{name}.csv")
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return where


def zipped(path: Path, folder: Path, *, below: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(folder.iterdir()):
            out.write(file, below + file.name)
    return path
