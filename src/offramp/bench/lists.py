"""Everybody's own open list, each by somebody of a large agency and by somebody of one that sees 0.1 % of rows."""

from collections.abc import Callable, Iterator

from offramp.bench.table import Row, timed
from offramp.bench.visit import Answer, Visit

BUDGET, WARM = 30, 20
# what, address, and whose: the short name of a large agency and of a small one.
LISTS = (
    ("navigator's day, mine", "/work/?view=mine", ("large", "small")),
    ("navigator's day, everyone", "/work/?view=all", ("large", "small")),
    ("navigator's day, who waits", "/work/?view=waiting", ("large", "small")),
    ("provider's desk", "/desk/", ("harbor", "cottage")),
    ("officer's handoffs", "/officer/handoffs/", ("police", "marshal")),
)
REFRESHES = (
    ("navigator's list comes anew", "/work/waiting/", ("large", "small")),
    ("desk's lists come anew", "/desk/lists/", ("harbor", "cottage")),
)


def measure(visit_of: Callable[[str], Visit], *, n: int) -> Iterator[Row]:
    """Each list and each refresh, so many times."""
    for htmx, these in ((False, LISTS), (True, REFRESHES)):
        for what, path, (large, small) in these:
            for who, words in ((large, ""), (small, ", 0.1 % of rows")):
                yield timed(what + words, list(_times(visit_of(who), path, n, htmx)), budget=BUDGET)


def _times(visit: Visit, path: str, n: int, htmx: bool) -> Iterator[Answer]:
    for turn in range(WARM + n):
        answer = (visit.htmx(path) if htmx else visit.get(path)).must_be(200)
        if turn >= WARM:
            yield answer
