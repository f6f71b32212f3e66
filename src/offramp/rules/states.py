"""American states: which zone most of each keeps, and the two letters of a name written out."""

import tomllib
from functools import cache
from importlib.resources import files

NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO", "connecticut": "CT",
    "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD",
    "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
    "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX",
    "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip


def letters(said: str) -> str:
    """The two letters of a state; anything else as it is, trimmed."""
    plain = said.strip()
    return NAMES.get(plain.lower(), plain.upper() if len(plain) == 2 else plain)


@cache
def _zones() -> dict[str, str]:
    data = tomllib.loads((files("offramp") / "codes" / "zones.toml").read_text("utf-8"))
    return {state: zone for zone, states in data["zones"].items() for state in states}


def zone_of(state: str) -> str | None:
    """The time zone most of a state keeps, or None."""
    return _zones().get(letters(state))
