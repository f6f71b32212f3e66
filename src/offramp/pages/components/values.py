"""What the pieces on a screen are made of. Views build these; templates only lay them out.

Every `words` is a finished, translated sentence. Nothing here knows a record, a rule or the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Label:
    """The label of a choice, with a quieter line below it. Use it where a plain string would stand in `choices`."""

    words: Any
    hint: Any = ""

    def __str__(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Place:
    """A service as the label of a choice: how much room, how fresh that is, and why it fits.

    `freshness` is green, amber, old or unknown; the last two stand under *call first* and never count as room.
    `why` is what it answers, on a line of its own.
    """

    name: Any
    room: Any
    said: Any
    freshness: str = "unknown"
    about: Sequence[Any] = ()
    phone: str = ""
    why: Any = ""

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True)
class Row:
    """One criterion in a verdict. `answer` is yes, no or unknown; `field` asks it when it still matters."""

    answer: str
    words: Any
    source: Any = ""
    field: Any = None


@dataclass(frozen=True)
class Panel:
    """A verdict with its reasons. `answer` is yes, no, unknown, supervisor or medical."""

    answer: str
    words: Any
    pathway: Any = ""
    rows: Sequence[Row] = ()
    why: str = ""
    why_words: Any = ""


@dataclass(frozen=True)
class Clock:
    """A clock that matters. `level` is calm, waiting or now; `filled` is 0 to 100."""

    filled: int
    left: Any
    waits_for: Any = ""
    level: str = "calm"
    due_at: datetime | None = None


@dataclass(frozen=True)
class Tab:
    """One saved view of a list. `count` may be words: 1000+."""

    words: Any
    url: str
    count: Any = ""
    current: bool = False
    now: bool = False


@dataclass(frozen=True)
class Number:
    """One of the few numbers at the head of a record."""

    words: Any
    value: Any


@dataclass(frozen=True)
class Event:
    """Something that happened, for a timeline. `open` is for what is still expected."""

    what: Any
    at: datetime | None = None
    said: Any = ""
    open: bool = False


@dataclass(frozen=True)
class Reason:
    """A coded reason and what happens when it is chosen."""

    code: str
    words: Any
    then: Any = ""


@dataclass(frozen=True)
class Pager:
    """A page of a list by key. `counted` says how many, capped: "1000+ people"."""

    counted: Any
    newer: str = ""
    older: str = ""
