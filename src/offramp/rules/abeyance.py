"""How long charges wait, and what lifts them.

Only Officer Intervention holds a charge or citation. It ends when the plan is done; nobody files by
itself: a prosecutor decides. Return to use alone never changes a hold. The last day to file (statute of
limitations, entered per charge) bounds everything: limits differ by state and class, so the day is a fact
somebody enters, never a guess of ours.
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from offramp.rules.clocks import timer
from offramp.rules.eligibility import MixedCharges
from offramp.rules.refusal import Refused
from offramp.rules.spans import Span

# A plan ends this long before the last day to file, so that a decision can still be made.
ROOM_TO_DECIDE = timedelta(days=30)


class Mechanic(StrEnum):
    """The two legal ways of waiting: a citation with a duty to report in, or a charge written and not filed."""

    CITE = "cite"
    HOLD = "hold"


class Decides(StrEnum):
    """Who ends the wait when the plan is done."""

    PROSECUTOR = "prosecutor"
    POLICE = "police"


class Discretion(StrEnum):
    """What an officer may do when the criteria are met. Under the last two, arresting anyway needs a reason."""

    SOLE = "sole"
    PRESUMPTIVE = "presumptive"
    MANDATORY = "mandatory"


_REPORT_IN = timer("T15").due
_INTAKE = timer("T14").due
_PLAN, _LONGEST_PLAN = (span for _, span in timer("T16").marks)
_APART = timer("T32").due


@dataclass(frozen=True)
class Terms:
    """The terms on which charges wait. A pack sets them; these are the defaults of the field's ranges."""

    mechanic: Mechanic = Mechanic.HOLD
    report_in: Span = _REPORT_IN
    intake: Span = _INTAKE
    plan: Span = _PLAN
    longest_plan: Span = _LONGEST_PLAN
    decides: Decides = Decides.PROSECUTOR
    discretion: Discretion = Discretion.SOLE
    mixed_charges: MixedCharges = MixedCharges.ALL_MUST_QUALIFY
    repeats_most: int | None = None  # None: no cap
    repeats_apart: Span = _APART
    service_hours: tuple[int, ...] = ()  # by first, second, third time
    cost_to_person: int = 0  # fees shut people out; zero unless a pack says otherwise
    admission: bool = False  # where on, kept by the legal side alone
    waits: str = "The charge or citation waits until the plan is done."
    ends: str = "When the plan is done nothing is filed, and the police record is sealed."

    def to_json(self) -> dict[str, object]:
        """The terms as plain data, lengths in words."""
        return {
            one.name: str(value)
            if isinstance(value, Span)
            else list(value)
            if isinstance(value, tuple)
            else value
            for one in fields(self)
            for value in (getattr(self, one.name),)
        }


class NoLastDay(Refused):
    """A held charge must carry its last day to file."""

    status = 400


class PlanTooLong(Refused):
    """The plan would run into the last days to file."""


def latest_plan_end(sol_date: date, *, tolled: bool = False) -> date:
    """The last day a plan may end. With a tolling agreement signed by counsel, the last day to file itself."""
    return sol_date if tolled else sol_date - ROOM_TO_DECIDE


def check_plan_end(*, plan_end: date, sol_date: date | None, tolled: bool = False) -> None:
    """Raises when a plan could outlast the state's time to file."""
    if sol_date is None:
        raise NoLastDay("Enter the last day to file this charge first.")
    latest = latest_plan_end(sol_date, tolled=tolled)
    if plan_end > latest:
        raise PlanTooLong(
            "The plan must end by {day}: the last day to file is {sol}.",
            day=latest.isoformat(),
            sol=sol_date.isoformat(),
        )


def file_by(sol_date: date, *, office_lead_days: int) -> date:
    """The day by which the prosecutor's office must begin, so that filing is still in time."""
    return sol_date - timedelta(days=office_lead_days)


def may_be_filed(sol_date: date | None, on: date) -> bool:
    """Whether the state's time to file still runs."""
    return sol_date is None or on <= sol_date


def alert_days(sol_date: date) -> tuple[date, ...]:
    """The days on which somebody is reminded that time to file runs out (T17)."""
    return tuple(sol_date - span.fixed for _, span in timer("T17").marks)
