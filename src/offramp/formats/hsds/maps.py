"""A map: which column of somebody's table is which field of ours. TOML, small enough to write by hand.

zone = "America/Chicago"          # where no address says a state
encoding = "latin-1"              # when the sniff is wrong
header = true

[columns]                         # our field = their column, or several, joined
agency = "name1"
name = ["name1", "name2"]
street = "street1"

[fixed]                           # the same in every row
needs = "substance_use"

[values.status]                   # their value = ours
"Yes" = "active"

[files."services.csv".columns]    # a folder of several tables: a section for each
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from offramp.rules.message import Message, say

# Our fields, and where each goes. The left names are what one writes in a map.
FIELDS: dict[str, tuple[str, str]] = {
    "agency": ("organization", "name"), "organization": ("organization", "name"), "agency_id": ("organization", "id"),
    "organization_id": ("organization", "id"), "agency_description": ("organization", "description"),
    "agency_website": ("organization", "website"), "agency_email": ("organization", "email"), "agency_phone": ("organization", "phone"),
    "agency_address": ("organization", "address_1"),
    "id": ("service", "id"), "service_id": ("service", "id"), "name": ("service", "name"), "service": ("service", "name"),
    "description": ("service", "description"), "status": ("service", "status"), "needs": ("service", "needs"),
    "keywords": ("service", "keywords"), "languages": ("service", "languages"), "eligibility": ("service", "eligibility"),
    "how_to_apply": ("service", "application_process"), "fees": ("service", "fees"), "wait_time": ("service", "wait_time"),
    "alert": ("service", "alert"), "website": ("service", "website"), "email": ("service", "email"), "hours": ("service", "hours"),
    "min_age": ("service", "min_age"), "max_age": ("service", "max_age"), "required_documents": ("service", "required_documents"),
    "payers": ("service", "accepted_payments"), "phone": ("service", "phone"),
    "location_id": ("location", "id"), "site_id": ("location", "id"), "location": ("location", "name"), "site": ("location", "name"),
    "street": ("location", "address_1"), "address": ("location", "address_1"), "street_2": ("location", "address_2"),
    "city": ("location", "city"), "state": ("location", "state_province"), "zip": ("location", "postal_code"),
    "postal_code": ("location", "postal_code"), "country": ("location", "country"), "latitude": ("location", "latitude"),
    "longitude": ("location", "longitude"), "lat": ("location", "latitude"), "lon": ("location", "longitude"),
    "coordinates": ("location", "coordinates"), "location_phone": ("location", "phone"), "location_hours": ("location", "hours"),
    "transportation": ("location", "transportation"),
    "open_places": ("service_capacity", "available"), "places": ("service_capacity", "maximum"), "places_said_at": ("service_capacity", "updated"),
}  # fmt: skip
# The same fields as others call them; HSDS's own "table.column" does too.
ALSO = {
    "organization_name": "agency", "agency_name": "agency", "provider": "agency", "service_name": "name", "location_name": "location",
    "site_name": "location", "need": "needs", "url": "website", "phone_number": "phone", "telephone": "phone", "address_1": "street",
    "street_1": "street", "street_address": "street", "address_2": "street_2", "state_province": "state", "zip_code": "zip", "zipcode": "zip",
    "lng": "longitude", "long": "longitude", "minimum_age": "min_age", "maximum_age": "max_age", "application_process": "how_to_apply",
    "organization_description": "agency_description", "available": "open_places", "maximum": "places", "updated": "places_said_at",
}  # fmt: skip
_TABLES = {"address": "location", "capacity": "service_capacity"}
# Cells that say they say nothing.
BLANK = ("NA", "N/A", "NULL", "null", "None", "-")
_JOIN = {"phone": "; ", "name": " - ", "address_1": ", "}
_KEYS = {"zone", "encoding", "header", "columns", "fixed", "values", "blank", "name", "source", "files"}


class BadMap(ValueError):
    """A map that can not be followed. Carries the sentence."""

    def __init__(self, text: str, **params: object):
        self.message: Message = say(text, **params)
        super().__init__(str(self.message))


@dataclass(frozen=True)
class Map:
    """A map, read and checked. Columns and fixed values by (table, cell)."""

    columns: Mapping[tuple[str, str], tuple[str, ...]]
    fixed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    blank: tuple[str, ...] = BLANK
    zone: str = ""
    encoding: str = ""
    header: bool = True
    source: str = ""
    files: Mapping[str, "Map"] = field(default_factory=dict)

    def for_file(self, name: str) -> "Map | None":
        """The map of this file of a folder; the one map where there are no sections."""
        return self.files.get(name) if self.files else self

    def row(self, cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """One row of theirs as ours: {table: {cell: value}}, what is blank left out."""
        out: dict[str, dict[str, str]] = {}
        for (table, cell), value in self.fixed.items():
            out.setdefault(table, {})[cell] = value
        for (table, cell), names in self.columns.items():
            parts = [cells[name] for name in names if cells.get(name) and cells[name] not in self.blank]
            said = _JOIN.get(cell, " ").join(dict.fromkeys(parts))
            said = self.values.get((table, cell), {}).get(said, said)
            if said:
                out.setdefault(table, {})[cell] = said
        return out


def read_map(text: str) -> Map:
    """A map from its TOML. Raises `BadMap`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMap("The map is not TOML: {why}.", why=str(error)) from error
    return _map(data)


def _map(data: Mapping[str, Any]) -> Map:
    unknown = sorted(data.keys() - _KEYS)
    if unknown:
        raise BadMap(
            "The map has a part “{part}”, which we do not know. Parts: {known}.",
            part=unknown[0],
            known=", ".join(sorted(_KEYS)),
        )
    files = {name: _map({**_top(data), **section}) for name, section in data.get("files", {}).items()}
    columns = {_field(name): _names(said) for name, said in data.get("columns", {}).items()}
    if not columns and not files:
        raise BadMap("The map has no [columns]: it must say which column is which.")
    return Map(
        columns=columns,
        fixed={
            _field(name): ",".join(said) if isinstance(said, list) else str(said)
            for name, said in data.get("fixed", {}).items()
        },
        values={
            _field(name): {str(a): str(b) for a, b in said.items()}
            for name, said in data.get("values", {}).items()
        },
        blank=tuple(data.get("blank", BLANK)),
        zone=str(data.get("zone", "")),
        encoding=str(data.get("encoding", "")),
        header=bool(data.get("header", True)),
        source=str(data.get("source", data.get("name", ""))),
        files=files,
    )


def _top(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("zone", "encoding", "header", "blank") if name in data}


def _names(said: Any) -> tuple[str, ...]:
    """The columns of one field; a number counts columns of a table without header."""
    several = said if isinstance(said, list) else [said]
    return tuple(f"column {one}" if isinstance(one, int) else str(one) for one in several)


def _field(name: str) -> tuple[str, str]:
    plain = name.strip().lower()
    if known := FIELDS.get(ALSO.get(plain, plain)):
        return known
    table, _, column = plain.partition(".")
    dotted = (_TABLES.get(table, table), _hsds(column))
    if dotted in FIELDS.values():
        return dotted
    if table == "phone" and column == "number":
        return "service", "phone"
    close = get_close_matches(plain, [*FIELDS, *ALSO], n=3) or sorted(FIELDS)
    raise BadMap(
        "The map speaks of “{name}”, which is no field of ours. Did you mean: {close}?",
        name=name,
        close=", ".join(close),
    )


def _hsds(column: str) -> str:
    """A column of HSDS under the one name that is used here."""
    field = FIELDS.get(ALSO.get(column, column))
    return (
        column
        if column in {"id", "name", "description", "phone", "website", "email", "hours"} or field is None
        else field[1]
    )
