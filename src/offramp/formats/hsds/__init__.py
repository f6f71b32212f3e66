"""Directories in the shape of the Human Services Data Specification, and its ancestors, read in.

A directory comes as HSDS 3 JSON (whole objects, pages of a list, a folder of files), HSDS 3 tables, HSDS 1 and 2
tables, or Ohana's; other tables come by a map. All become the same staged rows (staging.py), links between
them are followed (links.py), and whole records come out one by one (assemble.py), so that a directory of any size
needs little memory. Source of the object names: the HSDS 3.0 and 3.1 schemas of Open Referral (CC BY-SA).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from offramp.formats.hsds.assemble import Assembly
from offramp.formats.hsds.links import follow
from offramp.formats.hsds.mapped import read_mapped
from offramp.formats.hsds.maps import BadMap, Map
from offramp.formats.hsds.reading import read_parcel
from offramp.formats.hsds.records import Record
from offramp.formats.hsds.staging import Report, staging
from offramp.formats.parcel import BadParcel, opened
from offramp.rules.message import say

__all__ = ["BadMap", "BadParcel", "Directory", "Map", "Report", "directory"]


@dataclass(frozen=True)
class Directory:
    """A directory that has been read: its source, the report so far, and its whole records, one by one."""

    source: str
    report: Report
    _assembly: Assembly

    def records(self) -> Iterator[Record]:
        """Every whole record, agencies first. The report is complete when they have all come out."""
        return self._assembly.records()


@contextmanager
def directory(
    path: Path,
    *,
    by: Map | None = None,
    source: str = "",
    zone: str = "UTC",
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Directory]:
    """Read a file, folder or zip. Raises `BadParcel` or `BadMap` when there is nothing to read at all."""
    report = Report()
    with opened(path) as parcel, staging() as laid:
        if by is None:
            read_parcel(parcel, laid, report, tell)
        else:
            read_mapped(parcel, by, laid, report)
        if not report.read and not report.rejected:
            raise BadParcel(say("There is nothing to read in {path}: no JSON and no tables.", path=str(path)))
        if not report.read:
            raise BadParcel(report.rejected[0].reason)
        tell("Following the links between rows …")
        laid.settle()
        follow(laid, report)
        named = source or (by.source if by else "") or parcel.called
        yield Directory(
            named, report, Assembly(laid, report, source=named, zone=(by.zone if by else "") or zone)
        )
