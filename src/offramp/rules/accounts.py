"""How an account is kept: tries, locks, clocks, and who needs what before the first page.

Source: CJIS Security Policy AC-2, AC-7, AC-8, AC-11, IA-2 and IA-5 (timers T20, T21 and T22 of the field's
register). An agency may be stricter, never looser; the numbers here already are the stricter ones.
"""

from datetime import datetime, timedelta

from offramp.rules.words import Role

TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
IDLE = timedelta(minutes=15)
SIGN_IN_AGAIN = timedelta(hours=12)
UNUSED = timedelta(days=90)
PASSWORD_AT_LEAST = 12
DRAFT_KEPT_FOR = timedelta(days=7)  # what was typed when a screen locked

# They see no person and run nothing: numbers and courses alone. Everyone else signs in with a second step.
ONE_STEP_IS_ENOUGH = frozenset({Role.COMMUNITY, Role.TRAINER})

# CJIS PS: whoever handles police data had their background check, and its date is on file.
NEEDS_CLEARANCE = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.RECORDS})


def needs_second_step(role: Role | None) -> bool:
    """Whether this role signs in with a passkey or a code as well as a password."""
    return role not in ONE_STEP_IS_ENOUGH


def needs_clearance(role: Role | None) -> bool:
    """Whether this role may work only once the background check is on file."""
    return role in NEEDS_CLEARANCE


def left_alone(*, last_touch: datetime, at: datetime) -> bool:
    """Nobody touched the screen for a quarter of an hour: it locks (AC-11, T20)."""
    return at - last_touch >= IDLE


def sign_in_is_old(*, signed_in: datetime, at: datetime) -> bool:
    """After twelve hours everyone says again who they are (IA-5, T20)."""
    return at - signed_in >= SIGN_IN_AGAIN


def unused(*, last_used: datetime, at: datetime) -> bool:
    """An account nobody used for ninety days is asleep until an administrator wakes it (AC-2, T22)."""
    return at - last_used >= UNUSED
