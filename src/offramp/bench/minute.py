"""The officer's minute, over and over: tell, a look with every tap, ask, hand off. Every page and fragment is timed."""

import random
from collections import defaultdict
from collections.abc import Iterator

from offramp.bench.form import filled, offered
from offramp.bench.names import People
from offramp.bench.table import KB, Row, measured, timed
from offramp.bench.town.directory import cities
from offramp.bench.visit import Answer, Visit
from offramp.rules.cell import LETTERS, LONG

DIVERT, LOOK, ASK = "/officer/divert/", "/officer/divert/look/", "/officer/divert/ask/"
LOOK_BUDGET, DEED_BUDGET, LOOK_WEIGHT = 30, 40, 4
TILES = ["substance_use", "mental_health", "no_place_to_stay", "sex_work", "asks_for_help", "overdose"]
CHARGED = {"charge": "shoplifting", "risk_band": "low", "residence": "county"}

Times = dict[str, list[Answer]]


def measure(visit: Visit, *, n: int, warm: int = 20) -> list[Row]:
    """So many minutes, each with another person, in another city, every second one with a charge.

    Other people in every run: whoever was handed off by an earlier one would have been diverted before.
    """
    seen: Times = defaultdict(list)
    luck, people = random.Random("minutes"), People(random.SystemRandom().getrandbits(32))
    for turn in range(warm + n):
        if turn == warm:
            seen.clear()
        _minute(visit, _taps(turn, luck, people), seen)
    return list(_rows(seen))


def _minute(visit: Visit, taps: dict, seen: Times) -> None:
    page = _kept(seen, "tell", visit.get(DIVERT).must_be(200))
    sheet = filled(page.text, "sheet") | {"what": taps["what"], "cell": taps["cell"]}
    for some in ({"charge": taps["charge"]}, taps):
        sheet |= some
        part = _kept(seen, "look", visit.htmx(LOOK, sheet).must_be(200))
    places = offered(part.text, "outlet")
    asked = _kept(seen, "ask", visit.post(ASK, sheet | ({"outlet": places[0]} if places else {})).must_be(200))
    answer = filled(asked.text, "sheet") | {"said": "yes"}
    if places:
        answer.setdefault("outlet", places[:1])
    _kept(seen, "deed", visit.post(DIVERT, answer).must_be(201))


def _kept(seen: Times, what: str, answer: Answer) -> Answer:
    seen[what].append(answer)
    return answer


def _taps(turn: int, luck: random.Random, people: People) -> dict:
    """What is tapped and typed: tiles, a charge or none, who, where."""
    who, (lat, lon, wide) = people.one(), luck.choice(cities())
    named = {"first": who.first, "last": who.last, "year": str(who.birth.year)}
    told = {"what": luck.sample(TILES[:5], 2), "cell": cell(luck.gauss(lat, wide / 2), luck.gauss(lon, wide / 2))}
    return told | named | (CHARGED if turn % 2 else {"charge": "no"})


def _rows(seen: Times) -> Iterator[Row]:
    yield timed("verdict and places (POST look)", seen["look"], budget=LOOK_BUDGET)
    yield timed("hand off (POST divert)", seen["deed"], budget=DEED_BUDGET)
    yield timed("officer's first page (GET divert)", seen["tell"])
    yield timed("officer's second page (POST ask)", seen["ask"])
    weights = [answer.wire / 1000 for answer in seen["look"]]
    yield measured("verdict and places, over the wire", weights, unit=KB, budget=LOOK_WEIGHT)


def cell(lat: float, lon: float) -> str:
    """The coarse cell of a point (a geohash of five letters)."""
    spans, turn, letters = {True: [-180.0, 180.0], False: [-90.0, 90.0]}, True, ""
    for _ in range(LONG):
        number = 0
        for _bit in range(5):
            half, value = sum(spans[turn]) / 2, lon if turn else lat
            number = 2 * number + (value >= half)
            spans[turn][0 if value >= half else 1] = half
            turn = not turn
        letters += LETTERS[number]
    return letters
