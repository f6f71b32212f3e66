"""The journey of an episode: one run of one person through one pathway.

Return to use is not failure. No stage means failed, an ending is a value, and from every stage that is not
an ending there is a way to *engaged* (a test proves it). Nobody who was declined, put off or found
ineligible is locked out: they can be offered again. A closed episode stays closed; the person begins a new
one, linked to it, as often as they come back.
"""

from offramp.rules.moves import Move, move, open_moves
from offramp.rules.moves import take as _take
from offramp.rules.words import Role, Stage

# Short names, so that a move is one line.
S = Stage
R = Role

MEETS = (R.OFFICER, R.SUPERVISOR, R.MEDIC, R.NAVIGATOR, R.PEER, R.CLINICIAN)
CARES = (R.NAVIGATOR, R.PEER, R.CLINICIAN)

MOVES: tuple[Move[S], ...] = (
    move("check", {S.NEW}, S.CHECKING, MEETS),
    move("find_ineligible", {S.CHECKING}, S.INELIGIBLE, MEETS),
    move("offer", {S.CHECKING}, S.OFFERED, MEETS),
    # Rules change, records turn up, supervisors decide: no door is closed for good.
    move("look_again", {S.INELIGIBLE}, S.CHECKING, MEETS),
    move("offer_again", {S.DECLINED, S.DEFERRED}, S.OFFERED, MEETS),
    move("decline", {S.OFFERED, S.ACCEPTED, S.HANDOFF_PENDING}, S.DECLINED, MEETS),
    move("defer", {S.OFFERED, S.ACCEPTED, S.HANDOFF_PENDING}, S.DEFERRED, MEETS),
    move("accept", {S.OFFERED}, S.ACCEPTED, MEETS),
    move("call", {S.ACCEPTED}, S.HANDOFF_PENDING, MEETS),
    # Somebody took it and could not come: the person waits again, they are not dropped.
    move("pass_on", {S.HANDOFF_PENDING}, S.HANDOFF_PENDING, CARES),
    move("meet", {S.ACCEPTED, S.HANDOFF_PENDING}, S.HANDED_OFF, CARES),
    move("engage", {S.HANDED_OFF}, S.ENGAGED, CARES),
    move("go_on", {S.ENGAGED}, S.ACTIVE, CARES),
    # Away for now: a return to use, a missed week, hospital, jail. Three doors lead back.
    move("pause", {S.HANDED_OFF, S.ENGAGED, S.ACTIVE}, S.PAUSED, CARES),
    move("come_back", {S.PAUSED}, S.ACTIVE, CARES),
    move("start_over", {S.PAUSED, S.ACTIVE}, S.ENGAGED, CARES),
    move("meet_again", {S.PAUSED}, S.HANDED_OFF, CARES),
    move("complete", {S.ACTIVE, S.ENGAGED}, S.COMPLETED, CARES),
    move("close_quietly", {S.HANDED_OFF, S.ENGAGED, S.ACTIVE, S.PAUSED}, S.CLOSED_DISENGAGED, CARES),
    move("close_moved", {S.HANDED_OFF, S.ENGAGED, S.ACTIVE, S.PAUSED}, S.CLOSED_MOVED, CARES),
    move("transfer", {S.HANDED_OFF, S.ENGAGED, S.ACTIVE, S.PAUSED}, S.CLOSED_TRANSFERRED, CARES),
    move("close_incarcerated", {S.HANDED_OFF, S.ENGAGED, S.ACTIVE, S.PAUSED}, S.CLOSED_INCARCERATED, CARES),
    move(
        "close_deceased",
        {one for one in S if not one.startswith("closed") and one is not S.COMPLETED},
        S.CLOSED_DECEASED,
        CARES,
    ),
    # Undo, a slip of the finger, an episode opened twice: nothing about the person is said by it.
    move(
        "close_for_the_record",
        {one for one in S if not one.startswith("closed") and one is not S.COMPLETED},
        S.CLOSED_ADMIN,
        MEETS,
    ),
)

ENDINGS: frozenset[S] = frozenset(
    {
        S.COMPLETED,
        S.CLOSED_DISENGAGED,
        S.CLOSED_MOVED,
        S.CLOSED_TRANSFERRED,
        S.CLOSED_INCARCERATED,
        S.CLOSED_DECEASED,
        S.CLOSED_ADMIN,
    }
)

# Coming back after an ending is a new episode that remembers this one. Only a death has no way back.
WELCOME_BACK: frozenset[S] = ENDINGS - {S.CLOSED_DECEASED}


def steps_from(stage: S, role: R | None = None) -> tuple[Move[S], ...]:
    """The moves open from here, for a page's buttons."""
    return open_moves(MOVES, stage, role)


def take(stage: S, name: str, role: R) -> S:
    """The stage this move leads to. Raises `NotOpen`."""
    return _take(MOVES, stage, name, role)
