"""Deeds in the order of their time: whatever is to happen later waits its turn, and what would be after `until` never comes."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import Any


class Clockwork:
    """A queue of deeds by time. A deed is called with the time and what was left for it."""

    def __init__(self, until: datetime):
        self.until = until
        self._deeds: list[tuple[datetime, int, Callable[..., Any], tuple]] = []
        self._turn = count()

    def at(self, when: datetime, deed: Callable[..., Any], *left: Any) -> None:
        """Do this then, with what is left for it."""
        if when <= self.until:
            heapq.heappush(self._deeds, (when, next(self._turn), deed, left))

    def run(self) -> Iterator[datetime]:
        """Do everything, one after the other; each time is handed out once its deed is done."""
        while self._deeds:
            when, _, deed, left = heapq.heappop(self._deeds)
            deed(when, *left)
            yield when
