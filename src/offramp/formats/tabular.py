"""Tables as people export them: any common encoding and separator, ragged rows, stray byte order marks.

How a file was read is said aloud, so that somebody who knows better can correct it. Lengths are compared before
anything else: a header with one name too few shifts every cell of the table, and no later check would notice.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from offramp.formats.parcel import Entry
from offramp.rules.message import Message, say

SAMPLE_ROWS = 500
CHUNK = 1 << 20
csv.field_size_limit(16 * 1024**2)


class BadTable(ValueError):
    """A whole file that can not be read as a table. Carries the sentence."""

    def __init__(self, message: Message):
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Line:
    """One row. `number` is what a spreadsheet shows beside it: the header is row 1. A `problem` means: not to be read."""

    number: int
    cells: dict[str, str]
    problem: Message | None = None


@dataclass(frozen=True)
class Table:
    """A file known to be a table, and how it is read."""

    entry: Entry
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    header: bool = True

    def lines(self) -> Iterator[Line]:
        """Every row that holds anything, cells stripped; rows that do not fit their header come with the problem."""
        for number, cells in self._rows():
            yield self._line(number, cells)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        with self.entry.open() as file:
            rows = csv.reader(io.TextIOWrapper(file, self.encoding, newline=""), delimiter=self.delimiter)
            number = 0
            while True:
                number += 1
                try:
                    cells = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    text = "{file} breaks off at row {row}: {why}."
                    raise BadTable(say(text, file=self.entry.name, row=number, why=str(error))) from error
                except UnicodeError as error:
                    text = "{file} is not {encoding} all through."
                    raise BadTable(say(text, file=self.entry.name, encoding=self.encoding)) from error
                if (number > 1 or not self.header) and any(cell.strip() for cell in cells):
                    yield number, cells

    def _line(self, number: int, cells: list[str]) -> Line:
        extra = cells[len(self.columns) :]
        if any(cell.strip() for cell in extra):
            problem = say(
                "The row has {n} cells under {names} column names.", n=len(cells), names=len(self.columns)
            )
            return Line(number, {}, problem)
        return Line(number, {name: cell.strip() for name, cell in zip(self.columns, cells, strict=False)})


def table(entry: Entry, *, encoding: str = "", header: bool = True) -> Table:
    """Look at a file and say how to read it. Raises `BadTable`."""
    encoding = encoding or encoding_of(entry)
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise BadTable(say("We do not know the encoding {name}.", name=encoding)) from error
    with entry.open() as file:
        text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        first = text.readline(CHUNK)
    delimiter = _delimiter(first)
    sketch = Table(entry, encoding, delimiter, (), header=False)
    sample = [cells for _, cells in zip(range(SAMPLE_ROWS + 1), sketch._rows(), strict=False)]
    if not sample:
        raise BadTable(say("{file} is empty.", file=entry.name))
    names = (
        _names(entry, sample[0][1])
        if header
        else tuple(f"column {n}" for n in range(1, max(len(cells) for _, cells in sample) + 1))
    )
    if header:
        _compare_lengths(entry, len(names), [cells for _, cells in sample[1:]])
    return Table(entry, encoding, delimiter, names, header)


def encoding_of(entry: Entry) -> str:
    """What the bytes are: a byte order mark says so; else UTF-8 if all of it is; else the old Western ones."""
    with entry.open() as file:
        start = file.read(4096)
        for mark, name in (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if start.startswith(mark):
                return name
        if b"\0" in start:
            return _without_mark(entry, start)
        return _western(start, file)


def _without_mark(entry: Entry, start: bytes) -> str:
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 > even:
        return "utf-16-le"
    if even > len(start) // 4 > odd:
        return "utf-16-be"
    raise BadTable(say("{file} is not a text file.", file=entry.name))


def _western(start: bytes, file: IO[bytes]) -> str:
    utf8, plain, chunk = codecs.getincrementaldecoder("utf-8")(), True, start
    is_utf8 = True
    while chunk:
        if is_utf8:
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        plain = plain and not any(0x80 <= byte <= 0x9F for byte in chunk) if not chunk.isascii() else plain
        chunk = file.read(CHUNK)
    if is_utf8:
        return "utf-8"
    return "iso-8859-1" if plain else "cp1252"


def _delimiter(first: str) -> str:
    unquoted = "".join(first.split('"')[::2])
    counts = Counter({mark: unquoted.count(mark) for mark in ",;\t|"})
    mark, most = counts.most_common(1)[0]
    return mark if most else ","


def _names(entry: Entry, cells: list[str]) -> tuple[str, ...]:
    names = [cell.strip().lstrip("\ufeff") or f"column {n}" for n, cell in enumerate(cells, start=1)]
    while len(names) > 1 and names[-1] == f"column {len(names)}":
        names.pop()  # trailing separators of a spreadsheet
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise BadTable(say("{file} has two columns called {name}.", file=entry.name, name=twice[0]))
    return tuple(names)


def _compare_lengths(entry: Entry, names: int, rows: list[list[str]]) -> None:
    longer = [len(row) for row in rows if any(cell.strip() for cell in row[names:])]
    if longer and len(longer) * 2 > len(rows):
        usual = Counter(longer).most_common(1)[0][0]
        raise BadTable(
            say(
                "{file} names {names} columns but its rows have {cells}: every cell would land in the wrong column. "
                "Add the missing name to the first row.",
                file=entry.name,
                names=names,
                cells=usual,
            )
        )
