"""The journey of a charge that waits. Only a prosecutor moves it to filed or not filed.

A hold is marked *at risk* for a reason somebody can act on; return to use is not among the reasons. Nothing
moves to *filed* by itself, and after the last day to file nothing moves there at all.
"""

from datetime import date
from enum import StrEnum

from offramp.rules.abeyance import may_be_filed
from offramp.rules.moves import Move, move, open_moves
from offramp.rules.moves import take as _take
from offramp.rules.refusal import Refused
from offramp.rules.words import ChargeHoldState, Role

# Short names, so that a move is one line.
S = ChargeHoldState
R = Role

POLICE = (R.OFFICER, R.SUPERVISOR, R.RECORDS)
CARES = (R.NAVIGATOR, R.PEER)
PROSECUTOR = (R.PROSECUTOR,)


class AtRiskReason(StrEnum):
    """Why a hold needs a look. Return to use, a positive test or an overdose are no reasons, and never will be."""

    NOT_REACHED = "not_reached"
    MISSED_INTAKE = "missed_intake"
    MISSED_MEETINGS = "missed_meetings"
    PLAN_STEPS_OVERDUE = "plan_steps_overdue"
    NEW_OFFENCE = "new_offence"
    ASKED_TO_STOP = "asked_to_stop"


ENDINGS: frozenset[S] = frozenset(
    {
        S.VETOED,
        S.DECLINED_OTHER,
        S.CLOSED_NOT_FILED,
        S.FILED,
        S.NOT_FILED,
        S.SOL_EXPIRED,
        S.WITHDRAWN,
        S.DECEASED,
    }
)
WAITING: frozenset[S] = frozenset(S) - ENDINGS

MOVES: tuple[Move[S], ...] = (
    move("send_packet", {S.REPORTED}, S.PACKET_SENT, POLICE),
    move("hold", {S.PACKET_SENT}, S.HELD, PROSECUTOR),
    move("veto", {S.PACKET_SENT}, S.VETOED, PROSECUTOR),
    move("decline_other", {S.PACKET_SENT}, S.DECLINED_OTHER, PROSECUTOR),
    move("await_intake", {S.HELD}, S.INTAKE_DUE, CARES),
    move("sign_plan", {S.HELD, S.INTAKE_DUE}, S.PLAN_ACTIVE, CARES),
    move("mark_at_risk", {S.INTAKE_DUE, S.PLAN_ACTIVE}, S.AT_RISK, CARES),
    move("review", {S.AT_RISK}, S.REVIEW, (*CARES, *PROSECUTOR)),
    move("back_on_plan", {S.AT_RISK, S.REVIEW, S.EXTENDED}, S.PLAN_ACTIVE, (*CARES, *PROSECUTOR)),
    move("not_completed", {S.REVIEW}, S.NONCOMPLETION, PROSECUTOR),
    move("extend", {S.NONCOMPLETION, S.REVIEW}, S.EXTENDED, PROSECUTOR),
    move("file", {S.NONCOMPLETION}, S.FILED, PROSECUTOR),
    move("do_not_file", {S.NONCOMPLETION}, S.NOT_FILED, PROSECUTOR),
    move("plan_done", {S.PLAN_ACTIVE}, S.COMPLETE_PENDING_PROSECUTOR, CARES),
    move("close", {S.COMPLETE_PENDING_PROSECUTOR}, S.CLOSED_NOT_FILED, PROSECUTOR),
    move("withdraw", WAITING, S.WITHDRAWN, (*POLICE, *PROSECUTOR)),
    move("time_ran_out", WAITING, S.SOL_EXPIRED, PROSECUTOR),
    move("died", WAITING, S.DECEASED, (*CARES, *PROSECUTOR)),
)


class TooLateToFile(Refused):
    """The state's time to file has run out."""


def steps_from(state: S, role: R | None = None) -> tuple[Move[S], ...]:
    """The moves open from here, for a page's buttons."""
    return open_moves(MOVES, state, role)


def take(state: S, name: str, role: R, *, sol_date: date | None = None, on: date | None = None) -> S:
    """The state this move leads to. Raises `NotOpen`, or `TooLateToFile` past the last day to file."""
    to = _take(MOVES, state, name, role)
    if to is S.FILED and on is not None and not may_be_filed(sol_date, on):
        raise TooLateToFile("The last day to file this charge has passed.")
    return to
