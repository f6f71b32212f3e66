"""The journey of a referral: an offer of a service to a person, from asked to met and started.

Each side says its own steps: the sender asks and cancels, the receiver answers, goes, arrives. Navigators
and peers are services too, whose places are people on shift, so they use the same steps. *Met* is what the
one who came says, face to face; a walk-in place needs no acceptance. "No" never ends the search: the side
states keep their reason and the next place is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from offramp.rules.moves import Move, move, open_moves
from offramp.rules.moves import take as _take
from offramp.rules.words import ReferralState, Role

# Short names, so that a move is one line.
S = ReferralState
R = Role


class Source(StrEnum):
    """Which side said a step."""

    SENDER = "sender"
    RECEIVER = "receiver"


SENDERS = (R.OFFICER, R.SUPERVISOR, R.MEDIC, R.NAVIGATOR, R.PEER, R.CLINICIAN)
RECEIVERS = (R.PROVIDER, R.NAVIGATOR, R.PEER, R.CLINICIAN)
CARES = (R.NAVIGATOR, R.PEER, R.CLINICIAN)

WAITING = (S.REQUESTED, S.INFO_NEEDED)
COMING = (S.ACCEPTED, S.PLACE_HELD, S.EN_ROUTE)

MOVES: tuple[Move[S], ...] = (
    move("ask", {S.DRAFT}, S.REQUESTED, SENDERS),
    # A place that takes walk-ins is not asked: the person simply comes.
    move("walk_in", {S.DRAFT}, S.EN_ROUTE, SENDERS),
    move("ask_back", {S.REQUESTED}, S.INFO_NEEDED, RECEIVERS),
    move("answer_back", {S.INFO_NEEDED}, S.REQUESTED, SENDERS),
    move("accept", WAITING, S.ACCEPTED, RECEIVERS),
    move("keep_place", {S.REQUESTED, S.ACCEPTED}, S.PLACE_HELD, (*RECEIVERS, *SENDERS)),
    move("on_the_way", {S.ACCEPTED, S.PLACE_HELD}, S.EN_ROUTE, (*RECEIVERS, *SENDERS)),
    move("arrived", {S.REQUESTED, *COMING}, S.ARRIVED, RECEIVERS),
    move("met", {S.REQUESTED, *COMING, S.ARRIVED}, S.MET, CARES),
    move("start", {S.ARRIVED, S.MET}, S.STARTED, RECEIVERS),
    move("end", {S.ARRIVED, S.MET, S.STARTED}, S.ENDED, RECEIVERS),
    move("decline", (*WAITING, S.ACCEPTED, S.PLACE_HELD), S.REJECTED, RECEIVERS),
    move("turn_away", {S.EN_ROUTE, S.ARRIVED}, S.REJECTED_AT_DOOR, RECEIVERS),
    move("no_show", COMING, S.NO_SHOW, RECEIVERS),
    move("expire", (*WAITING, S.ACCEPTED, S.PLACE_HELD), S.EXPIRED, SENDERS),
    move("cancel", {S.DRAFT, *WAITING, *COMING, S.ARRIVED}, S.CANCELLED, SENDERS),
    # Somebody took it and could not come: the person waits again.
    move("pass_on", COMING, S.REQUESTED, CARES),
    # Came after all; or the search goes on with the next place, on the same referral's journey.
    move("came_late", {S.NO_SHOW, S.EXPIRED}, S.ARRIVED, RECEIVERS),
    move("try_next", {S.REJECTED, S.NO_SHOW, S.EXPIRED, S.REJECTED_AT_DOOR}, S.REQUESTED, SENDERS),
)

ENDINGS: frozenset[S] = frozenset({S.ENDED, S.CANCELLED})
# These stop the clock of the place that was asked; the person still waits, and somebody's screen says so.
UNANSWERED: frozenset[S] = frozenset({S.REJECTED, S.NO_SHOW, S.EXPIRED, S.REJECTED_AT_DOOR})
OPEN: frozenset[S] = frozenset(S) - ENDINGS - UNANSWERED


def steps_from(state: S, role: R | None = None) -> tuple[Move[S], ...]:
    """The moves open from here, for a page's buttons."""
    return open_moves(MOVES, state, role)


def take(state: S, name: str, role: R) -> S:
    """The state this move leads to. Raises `NotOpen`."""
    return _take(MOVES, state, name, role)


# -- A slip of the finger -------------------------------------------------------------------------------------------

TAKE_BACK_FOR = timedelta(minutes=5)
UNDONE = "undone"


@dataclass(frozen=True)
class Said:
    """One step as it was said: where it led, by which side, when, and why."""

    state: S
    source: Source
    at: datetime
    reason: str = ""


def before_the_slip(steps: Sequence[Said], *, at: datetime) -> S | None:
    """Where a referral stood before its receiver's last word, if that word can still be taken back; else None.

    Only the last word, within five minutes, and only the receiver's. *Met* stays: it has been told to others. What was
    taken back once is not taken back again, or two taps would say it anew.
    """
    if len(steps) < 2:
        return None
    last = steps[-1]
    late = not timedelta(0) <= at - last.at <= TAKE_BACK_FOR
    if late or last.source is not Source.RECEIVER or last.state is S.MET or last.reason == UNDONE:
        return None
    return steps[-2].state
