"""Who may see which kind of fact. A pair that is not in the table is never.

This table is the first half of every answer; the second half is a live *sight* row for that very file
(records/sight.py). Both must say yes. Rules LE-01 to LE-15 and PT-01 of the field's law pages are tests
of these lines. An agency's privacy officer owns this file.
"""

from dataclasses import dataclass, field
from datetime import datetime

from offramp.rules.words import Kind, Role, Side

POLICE_WORK = frozenset({Kind.IDENTITY, Kind.ENCOUNTER, Kind.VERDICT, Kind.TELLBACK, Kind.TRANSPORT, Kind.PERMISSION, Kind.CHARGE})
CARE_WORK = frozenset({Kind.IDENTITY, Kind.EPISODE, Kind.REFERRAL, Kind.ATTENDANCE, Kind.CONTACT, Kind.LINK, Kind.DISCLOSURE})

TABLE: dict[Role, frozenset[Kind]] = {
    Role.OFFICER: POLICE_WORK,
    Role.SUPERVISOR: POLICE_WORK,
    Role.RECORDS: POLICE_WORK,
    Role.NAVIGATOR: CARE_WORK,
    Role.PEER: CARE_WORK,
    Role.CLINICIAN: CARE_WORK,
    # A provider's desk sees whom it is asked to take and what was disclosed to it: no links, no contacts, no charges.
    Role.PROVIDER: frozenset({Kind.IDENTITY, Kind.REFERRAL, Kind.ATTENDANCE}),
}

# A second fence: whatever a sight row says, a role never looks across into another side's files.
SIDES: dict[Role, frozenset[Side]] = {
    Role.OFFICER: frozenset({Side.POLICE}),
    Role.SUPERVISOR: frozenset({Side.POLICE}),
    Role.RECORDS: frozenset({Side.POLICE}),
    Role.NAVIGATOR: frozenset({Side.CARE}),
    Role.PEER: frozenset({Side.CARE}),
    Role.CLINICIAN: frozenset({Side.CARE}),
    Role.PROVIDER: frozenset({Side.CARE}),
    Role.PROSECUTOR: frozenset({Side.LEGAL}),
    Role.DEFENDER: frozenset({Side.LEGAL}),
}

NOTHING: frozenset[Kind] = frozenset()


def kinds_for(role: Role | None) -> frozenset[Kind]:
    """The kinds of fact this role may ever be shown, before any file is asked about."""
    return TABLE.get(role, NOTHING) if role is not None else NOTHING


def sides_for(role: Role | None) -> frozenset[Side]:
    """The sides whose files this role may ever be shown."""
    return SIDES.get(role, frozenset()) if role is not None else frozenset()


@dataclass(frozen=True)
class Viewer:
    """Who is looking, for which agency, in which role, for which purpose, and when.

    `holders` are the few names a sight row can be made out to that are this viewer today:
    "agency:12", "team:3", "user:45". `at` is when they look: a sight row past its `until` is no sight.
    """

    user_id: int | None
    agency_id: int | None
    role: Role | None
    purpose: str
    at: datetime
    holders: frozenset[str] = field(default=frozenset())

    @property
    def kinds(self) -> frozenset[Kind]:
        return kinds_for(self.role)

    @property
    def sides(self) -> frozenset[Side]:
        return sides_for(self.role)

    @classmethod
    def job(cls, name: str, *, at: datetime) -> "Viewer":
        """A job by the clock: it has no sight of its own."""
        return cls(user_id=None, agency_id=None, role=None, purpose=f"job:{name}", at=at)


def holder_of(what: str, key: int) -> str:
    """The name a sight row is made out to: `holder_of("agency", 12)` is "agency:12"."""
    return f"{what}:{key}"
