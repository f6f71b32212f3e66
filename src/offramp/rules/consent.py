"""What a permission covers. Here: the spoken yes to this handoff, and nothing more.

At the kerb a person may say yes to being handed over. That covers only what the police already hold and the
receiver needs: who they are, if they gave it, and that they are on the way. It covers nothing of care, goes
to nobody but the one receiver, and ends when they were met. Written consents have types of their own and
cannot be bundled; their elements come with 42 CFR Part 2 (2.31, 2.35).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offramp.rules.refusal import Refused
from offramp.rules.words import Kind, Side


class ConsentType(StrEnum):
    """The kinds of permission. Each is asked by itself."""

    SPOKEN_HANDOFF = "spoken_handoff"
    ORDINARY = "ordinary"  # written, for named kinds of fact, recipients and purpose
    TPO = "tpo"  # treatment, payment, operations: never reaches police or prosecutors
    COUNSELLING_NOTES = "counselling_notes"  # no such notes are stored here, so none is ever asked
    PROCEEDINGS = "proceedings"  # use against the person in court: shipped off
    CJ_MONITORING = "cj_monitoring"  # 2.35: Officer Intervention with a held charge only


SHIPPED_OFF = frozenset({ConsentType.COUNSELLING_NOTES, ConsentType.PROCEEDINGS})

# The police side's own facts that a spoken yes lets go to the one who is coming.
SPOKEN_COVERS = frozenset({Kind.IDENTITY})


class Said(StrEnum):
    """What the person said. "Not today" is not "no"."""

    YES = "yes"
    NOT_TODAY = "not_today"
    NO = "no"


@dataclass(frozen=True)
class Permission:
    """One permission, as a value: what it is, for which kinds of fact, to whom, until when."""

    type: ConsentType
    said: Said
    kinds: frozenset[Kind]
    recipients: frozenset[str]  # holders: "agency:12", "team:3"
    given_at: datetime
    ends_at: datetime | None = None
    revoked_at: datetime | None = None
    source_side: Side = Side.POLICE

    def is_live(self, at: datetime) -> bool:
        """Whether it holds at this moment."""
        begun = self.said is Said.YES and self.given_at <= at
        ended = self.ends_at is not None and self.ends_at <= at
        revoked = self.revoked_at is not None and self.revoked_at <= at
        return begun and not ended and not revoked

    def covers(self, kinds: Iterable[Kind], *, to: str, at: datetime) -> bool:
        """Whether it lets all of these kinds go to this holder now."""
        return self.is_live(at) and to in self.recipients and frozenset(kinds) <= self.kinds


class NotCovered(Refused):
    """No live permission covers this."""

    status = 403


class CannotBeAsked(Refused):
    """This kind of permission may not exist here."""

    status = 400


def spoken(*, said: Said, to: str, at: datetime) -> Permission:
    """The spoken permission for one handoff to one receiver."""
    return Permission(ConsentType.SPOKEN_HANDOFF, said, SPOKEN_COVERS, frozenset({to}), at)


def require(permission: Permission, kinds: Iterable[Kind], *, to: str, at: datetime) -> None:
    """Raises `NotCovered` unless it covers all of this."""
    if not permission.covers(kinds, to=to, at=at):
        raise NotCovered("They have not agreed to share this.")


def may_be_asked(type: ConsentType, *, holds_charge: bool, recipients_police_or_legal: bool) -> None:
    """Raises `CannotBeAsked` where a kind of permission may not exist."""
    if type in SHIPPED_OFF:
        raise CannotBeAsked("This permission is not in use here.")
    if type is ConsentType.TPO and recipients_police_or_legal:
        raise CannotBeAsked("Police and prosecutors are never reached through a treatment consent.")
    if type is ConsentType.CJ_MONITORING and not holds_charge:
        raise CannotBeAsked("This permission exists only while a charge waits.")
