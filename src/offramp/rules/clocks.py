"""What is due when: the timer register as data, and due times worked out from values.

Every number is a default that a pack may set. `basis` says whether a number is sourced from a program or
a rule, or is our own design. Holidays and the start come in as values; nothing here looks at a clock.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from offramp.rules.message import Message, say
from offramp.rules.refusal import BadInput
from offramp.rules.spans import Span, business_days, days, hours, minutes, months, seconds


class Basis(StrEnum):
    """Where a number comes from."""

    SOURCED = "sourced"
    DESIGN = "design"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Timer:
    """One line of the register. `marks` are named moments counted from the start: due, warn, breach…"""

    id: str
    says: Message
    marks: tuple[tuple[str, Span], ...]
    basis: Basis = Basis.DESIGN
    source: str = ""
    note: Message | None = None

    @property
    def due(self) -> Span:
        """The mark that counts: the one named *due*, or else the first."""
        return dict(self.marks).get("due", self.marks[0][1])


@dataclass(frozen=True)
class Clock:
    """A timer as one pathway uses it: which one, and what starts it."""

    timer: str
    after: Message


class NoSuchTimer(BadInput):
    """An id that is not in the register."""


def timer(id: str) -> Timer:
    """The timer of this id. Raises `NoSuchTimer`."""
    if id not in REGISTER:
        raise NoSuchTimer("There is no timer called {id}.", id=id)
    return REGISTER[id]


def due_times(
    id: str,
    start: datetime,
    *,
    holidays: AbstractSet[date] = frozenset(),
    set_to: Mapping[str, Span] | None = None,
) -> dict[str, datetime]:
    """When each mark of a timer falls. `set_to` is a pack's own length by timer id: it replaces the *due* mark."""
    found = timer(id)
    own = (set_to or {}).get(id)
    lengths = dict(found.marks)
    if own is not None:
        lengths["due" if "due" in lengths else found.marks[0][0]] = own
    return {name: span.after(start, holidays) for name, span in lengths.items()}


def _line(
    id: str, says: str, basis: Basis = Basis.DESIGN, source: str = "", note: str = "", **marks: Span
) -> Timer:
    return Timer(id, say(says), tuple(marks.items()), basis, source, say(note) if note else None)


_S, _U = Basis.SOURCED, Basis.UNVERIFIED

REGISTER: dict[str, Timer] = {
    line.id: line
    for line in (
        _line("T01", "A navigator answers the officer's call", due=minutes(5)),
        _line("T02", "A navigator is there in person", _S, "LEAD-ENROLL", due=minutes(30)),
        _line(
            "T03",
            "A drop-off at a crisis centre is done",
            _S,
            "CRC-5MIN",
            "Five to six minutes seen, with a margin.",
            due=minutes(10),
        ),
        _line(
            "T04",
            "First visit after an overdose",
            _S,
            "HUNT-APF, PCO-ABOUT",
            "Counted from the overdose, not from the report.",
            due=hours(24),
            warn=hours(48),
            breach=hours(72),
        ),
        _line(
            "T05",
            "Tries before “not reached”",
            note="Three visits at two times of day, and one call or text.",
            due=days(14),
        ),
        _line("T06", "Family visit after a death", _S, "PCO-COSSUP", opens=days(28), due=days(42)),
        _line(
            "T07",
            "A provider takes or passes on a person",
            note="Then the next place is tried.",
            due=minutes(30),
            night=minutes(60),
        ),
        _line(
            "T08",
            "A place is kept",
            note="Longer while a barrier is pending.",
            due=hours(2),
            extended=hours(6),
            barrier=hours(24),
        ),
        _line(
            "T09",
            "A count of places is fresh",
            _S,
            "BED-ASPE",
            "Older is never called room.",
            green=hours(4),
            amber=hours(12),
        ),
        _line("T10", "Accepted, and nothing heard since", nudge=hours(24), escalate=hours(72)),
        _line(
            "T11",
            "Follow-ups",
            _S,
            "IL-25 (30 days)",
            "",
            h24=hours(24),
            h72=hours(72),
            d7=days(7),
            d14=days(14),
            d30=days(30),
            d90=days(90),
            d180=days(180),
            d365=days(365),
        ),
        _line("T12", "Packet to the prosecutor", due=business_days(2)),
        _line("T13", "The prosecutor answers", due=business_days(5)),
        _line(
            "T14",
            "Intake is finished",
            _S,
            "LEAD-SF-REF, NH-SCRIBD",
            "Seven to thirty days seen.",
            due=days(30),
        ),
        _line(
            "T15", "Report in after a citation", _S, "APAD-NOTICE, LEON-NH", earliest=hours(48), due=hours(72)
        ),
        _line("T16", "The plan ends", _S, "MARI-PROTO, WA-13.40", due=months(6), longest=months(12)),
        _line(
            "T17",
            "Time left to file a charge",
            note="Counted back from the last day to file.",
            first=days(120),
            second=days(60),
            third=days(30),
            last=days(14),
        ),
        _line(
            "T18",
            "A consent is about to end",
            note="Counted back from its end.",
            first=days(30),
            last=days(7),
        ),
        _line("T19", "A consent taken back takes effect", due=seconds(60), notice=hours(24)),
        _line(
            "T20",
            "An idle screen locks",
            _S,
            "CJIS-YAML",
            idle=minutes(15),
            longest_idle=minutes(30),
            sign_in_again=hours(12),
        ),
        _line(
            "T21",
            "Wrong passwords lock an account",
            _S,
            "CJIS-YAML",
            "Five in this time; an administrator releases it.",
            window=minutes(15),
        ),
        _line("T22", "An unused account is closed", _S, "CJIS-YAML", due=days(90), closed=days(97)),
        _line(
            "T23",
            "The audit trail is looked at, and kept",
            _S,
            "CJIS-YAML",
            "Kept seven years here; a year is the least.",
            review=days(7),
            keep_least=months(12),
            keep=months(84),
        ),
        _line("T24", "Administrators hear that auditing stopped", _S, "CJIS-YAML", due=hours(1)),
        _line("T25", "People hear of a breach", _U, due=days(60)),
        _line("T26", "A warrant request is chased", due=days(1)),
        _line("T27", "Probation answers about travel", due=hours(24)),
        _line("T28", "Notice before a jail release", note="Counted back from the release.", due=hours(24)),
        _line("T29", "A quarter's report is locked", note="Counted from the quarter's end.", due=days(30)),
        _line("T30", "A training lapses", due=months(12), warn=months(11)),
        _line("T31", "An unmet need is looked at again", due=hours(12)),
        _line(
            "T32",
            "Days between two diversions",
            _S,
            "APAD-WFLA (90 days)",
            "Zero: no spacing unless a pack says so.",
            due=days(0),
        ),
        _line(
            "T33",
            "Somebody stays near after naloxone",
            _S,
            "COL-CIN",
            "Naloxone wears off in 30 to 90 minutes.",
            due=hours(2),
        ),
    )
}
