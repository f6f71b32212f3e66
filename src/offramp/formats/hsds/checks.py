"""What a row or a cell must be to be taken. A row that says nothing is not taken; a bad cell costs only itself."""

import re
from collections.abc import Callable, Mapping

from offramp.formats.hsds.cells import BadCell, coordinate, day_of, moment_of, phones, whole
from offramp.formats.hsds.schedules import rules_in, times
from offramp.rules.needs import NEEDS

Cells = Mapping[str, str]
STATUSES = {
    "active": "active",
    "inactive": "inactive",
    "defunct": "defunct",
    "temporarily closed": "temporarily_closed",
}
# A cell that could not be read is kept under this name, for the export.
UNREAD = "unread_"


def needs_list(said: str) -> list[str]:
    """Codes of needs in one cell."""
    return [code for code in re.split(r"[,;|\s]+", said) if code]


def status(said: str) -> str:
    """One of the four states of a service. Raises `BadCell`."""
    found = STATUSES.get(said.strip().lower().replace("_", " "))
    if found is None:
        raise BadCell("“{said}” is no status: the service is not offered until it says active.", said=said)
    return found


def capacity(cells: Cells) -> tuple[int, int | None]:
    """Open places and how many there are. Raises `BadCell`."""
    for column in ("available", "updated"):
        if not cells.get(column):
            raise BadCell("The count has no {name}: nobody knows how many, or since when.", name=column)
    moment_of(cells["updated"])
    available = whole(cells["available"])
    maximum = whole(cells["maximum"]) if cells.get("maximum") else None
    if maximum is not None and available > maximum:
        raise BadCell("{n} places can not be open where there are {most}.", n=available, most=maximum)
    return available, maximum


def _phone(cells: Cells) -> object:
    return phones(cells.get("number", ""))


def _needs(said: str) -> object:
    unknown = [code for code in needs_list(said) if code not in NEEDS]
    if unknown:
        raise BadCell("We do not know the need {unknown}.", unknown=", ".join(unknown))
    return said


ROWS: dict[str, Callable[[Cells], object]] = {
    "phone": _phone,
    "schedule": times,
    "service_capacity": capacity,
}

CELLS: dict[str, dict[str, Callable[[str], object]]] = {
    "location": {
        "latitude": lambda said: coordinate(said, most=90),
        "longitude": lambda said: coordinate(said, most=180),
        "hours": rules_in,
    },
    "service": {
        "min_age": whole,
        "max_age": whole,
        "assured_date": day_of,
        "status": status,
        "needs": _needs,
        "hours": rules_in,
    },
}
