"""Finding a person: over HTTP, in every way people get a name wrong; and how often whoever was meant is among the first ten."""

import random
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO

from offramp.bench.load_people import Town, is_restricted, sees_few
from offramp.bench.search_quality import Row as Hit
from offramp.bench.search_quality import report, sample
from offramp.bench.search_questions import REST, TARGET, Teller
from offramp.bench.table import Row, timed
from offramp.bench.visit import Visit

BUDGET, PATH, WARM = 30, "/people/", 20


def measure(visit_of: Callable[[str], Visit], people: int, *, n: int) -> Iterator[Row]:
    """One question after the other, of every kind in turn, by who sees all and by who sees one in a thousand."""
    for who, words, sees in (
        ("large", "", lambda number: not is_restricted(number)),
        ("small", ", 0.1 % of rows", lambda number: sees_few(number) and not is_restricted(number)),
    ):
        questions = list(_questions(people, sees, n + WARM))
        visit = visit_of(who)
        visit.get(PATH).must_be(200)
        answers = [visit.htmx(PATH, {"q": text}).must_be(200, 400) for text in questions]
        yield timed(f"find a person{words}", answers[WARM:], budget=BUDGET)


def _questions(people: int, sees: Callable[[int], bool], n: int) -> Iterator[str]:
    kinds = list((TARGET | REST).items())
    seen = list(sample(people, sees, n))
    for turn in range(n):
        (name, question), (number, identity) = kinds[turn % len(kinds)], seen[turn % len(seen)]
        yield question(Teller(identity, random.Random(f"{name} {number}"))) or identity.name


def hits(town: Town, *, ask: int) -> list[Hit]:
    """How often whoever was meant is found, by kind of question."""
    with redirect_stdout(StringIO()):
        return report(town, ask=ask)
