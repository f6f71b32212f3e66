"""An officer at the screen, for the tests of the officer's room: forms as a browser sends them."""

import re
import uuid
from datetime import datetime
from html import unescape
from typing import Any

from django.test import Client

DIVERT, LOOK, ASK = "/officer/divert/", "/officer/divert/look/", "/officer/divert/ask/"
READ = "needs_medic suicide_cue danger_now under_18 felony_in_progress victim_wants_arrest weapon someone_hurt dui domestic"

# A licence as a scanner types it. Nobody real.
LICENCE = "@\nANSI 636045090002DL00410278ZW03190008DLDAQRIVERSS101\nDCSRIVERS\nDACSAMUEL\nDADNONE\nDBB04021990\nDBC1\nDCGUSA\n"


def told(at: datetime, **changed: Any) -> dict[str, Any]:
    """A sheet with no charge, as the first page sends it."""
    sheet = {
        "key": str(uuid.uuid4()),
        "opened": at.isoformat(),
        "what": ["substance_use"],
        "charge": "no",
        "read": READ,
    }
    return sheet | changed


def charged(at: datetime, **changed: Any) -> dict[str, Any]:
    """A sheet with a charge that can wait, and a licence's name."""
    about = {"charge": "shoplifting", "first": "Samuel", "last": "Rivers", "year": "1990"}
    return told(at, **about | {"risk_band": "low", "residence": "county"} | changed)


def said(sheet: dict[str, Any], answer: str = "yes", **changed: Any) -> dict[str, Any]:
    """The same sheet as the second page sends it, with the words read for the very place that is chosen."""
    sent = sheet | {"said": answer, "read_in": "en", "mode": "police_transport"} | changed
    return {"read_for": sent.get("outlet", "")} | sent


def text(response) -> str:
    """What a page says, without its tags."""
    bare = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def hidden(response) -> dict[str, list[str]]:
    """The hidden fields of a page."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", response.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    return found


def fragment(client: Client, sheet: dict[str, Any]):
    """The answer half, as htmx asks for it."""
    return client.post(
        LOOK, sheet, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/officer/divert/"}
    )
