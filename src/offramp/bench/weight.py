"""What the officer's screen weighs on the wire: the page with everything it needs, and the page again with all that kept."""

import re
from urllib.parse import urljoin

from offramp.bench.minute import DIVERT
from offramp.bench.table import KB, Row
from offramp.bench.visit import Visit

FIRST_BUDGET, LATER_BUDGET = 120, 15
_NEEDED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')
_INSIDE = re.compile(r'url\(["\']?([^"\')]+)["\']?\)')


def measure(visit: Visit) -> list[Row]:
    """Headers and all. Everything a stylesheet names is counted, though a browser fetches only what it draws."""
    page = visit.get(DIVERT).must_be(200)
    parts = {path: visit.get(path).must_be(200) for path in dict.fromkeys(_NEEDED.findall(page.text))}
    for path, part in list(parts.items()):
        if path.endswith(".css"):
            for name in _INSIDE.findall(part.text):
                if not name.startswith("data:"):
                    inner = urljoin(path, name)
                    parts.setdefault(inner, visit.get(inner).must_be(200))
    kept = {path: part for path, part in parts.items() if _stays(part.headers)}
    again = visit.get(DIVERT).must_be(200).wire + sum(part.wire for path, part in parts.items() if path not in kept)
    first = page.wire + sum(part.wire for part in parts.values())
    return [
        Row("officer's screen, first visit, over the wire", first / 1000, first / 1000, 1 + len(parts), KB, FIRST_BUDGET),
        Row("officer's screen, later visits, over the wire", again / 1000, again / 1000, 1, KB, LATER_BUDGET),
    ]


def _stays(headers: dict[str, str]) -> bool:
    """Whether a browser keeps this for good, and does not even ask again."""
    return "immutable" in headers.get("Cache-Control", "")
