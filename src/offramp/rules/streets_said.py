"""Streets as people write them: "12 N. Oak Ave., Apt 3", "oak st", "Calle Ocho 12" are house number and the street's own name."""

import re

from offramp.rules.dates_said import is_year, without
from offramp.rules.names import plain

_KINDS = frozenset(
    """street st avenue ave av road rd drive dr lane ln court ct boulevard blvd way place pl terrace ter circle cir circuit
    highway hwy parkway pkwy square sq trail trl route rte alley crescent close grove parade""".split()
)
_AHEAD = frozenset({"calle", "avenida"})  # Spanish says the kind first
_SIDES = frozenset("n s e w ne nw se sw north south east west".split())
_FLAT = re.compile(r"(?i)(?:\b(?:apt|apartment|unit|suite|ste|floor)\b|#)\.?\s*\w+")
_HOUSE = re.compile(r"\d+[a-z]?")

_KIND = "(?:" + "|".join(sorted(_KINDS)) + r")\b\.?"
_TYPED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<street>(?:calle|avenida)\s+[^\W\d]\w*)(?:\s+(?P<number>\d{1,6}))?",
        rf"(?<!\w)(?P<number>\d{{1,6}})\s+(?P<street>(?:(?!\d+\s)[\w.'’-]+\s+){{1,3}}?{_KIND})",
        rf"(?<!\w)(?P<number>)(?P<street>[\w'’-]+\s+{_KIND})",
    )
]
_PERHAPS = re.compile(r"(?<!\S)(?P<number>\d{1,6})\s+(?P<street>[^\W\d]\w*)")

Door = tuple[str, str]  # house number and street; either may be empty


def door(address: str) -> Door:
    """House number and street of an address, without kind, side, flat and town."""
    lines = [line.split() for part in _FLAT.sub(" ", address).split(",") if (line := plain(part))]
    words = next(
        (line for line in lines if len(line) > 1 and _HOUSE.fullmatch(line[0])), lines[0] if lines else []
    )
    number = words.pop(0) if len(words) > 1 and _HOUSE.fullmatch(words[0]) else ""
    ends = next((at for at, word in enumerate(words) if at and word in _KINDS), len(words))
    street = [word for word in words[:ends] if word not in _SIDES] or words[:ends]
    if len(street) > 1 and street[0] in _AHEAD:
        street = street[1:]
        number = number or (street.pop() if len(street) > 1 and street[-1].isdigit() else "")
    return number, "".join(street)


def take_street(text: str) -> tuple[str, tuple[Door, ...]]:
    """With its kind ("oak st") it is a street; after a number it may be one, and its word may still be a name."""
    text = _FLAT.sub(" ", text)
    for pattern in _TYPED:
        for seen in pattern.finditer(text):
            _, street = door(seen["street"])
            return without(text, seen), ((seen["number"] or "", street),)
    maybe = [seen for seen in _PERHAPS.finditer(text) if not is_year(seen["number"])]
    return text, tuple((seen["number"], plain(seen["street"])) for seen in maybe[:1])
