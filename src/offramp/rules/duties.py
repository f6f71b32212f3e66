"""What each role may do. The deed enforces it; a page only hides the button.

May they *do* it is kept apart from may they *see* it (visibility.py). Roles follow the field's list of
roles; each is a class a manager can read.
"""

from enum import StrEnum

from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role


class Duty(StrEnum):
    """One thing somebody may do."""

    DIVERT = "divert"
    OVERRIDE_ELIGIBILITY = "override_eligibility"
    SEE_OWN_HANDOFFS = "see_own_handoffs"
    WORK_HANDOFFS = "work_handoffs"
    FIND_PEOPLE = "find_people"
    LINK_FILES = "link_files"
    ANSWER_REFERRALS = "answer_referrals"
    SAY_CAPACITY = "say_capacity"
    SEE_BOARD = "see_board"
    SEE_CHARGES = "see_charges"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_LEDGER = "read_ledger"


class RoleCard:
    """A role as a manager would read it: its name, one sentence, its duties."""

    role: Role
    name: str
    says: str
    duties: frozenset[Duty] = frozenset()


class Officer(RoleCard):
    role, name = Role.OFFICER, "Officer"
    says = "Meets a person in need, offers help, hands them over, and learns that they were met."
    duties = frozenset({Duty.DIVERT, Duty.SEE_OWN_HANDOFFS})


class Supervisor(RoleCard):
    role, name = Role.SUPERVISOR, "Police supervisor"
    says = "Decides where a rule asks for a supervisor, and sees that handoffs are answered."
    duties = frozenset({Duty.DIVERT, Duty.SEE_OWN_HANDOFFS, Duty.OVERRIDE_ELIGIBILITY})


class Navigator(RoleCard):
    role, name = Role.NAVIGATOR, "Navigator"
    says = "Meets people at the handoff and stays with them until they are in a service."
    duties = frozenset({Duty.WORK_HANDOFFS, Duty.FIND_PEOPLE, Duty.LINK_FILES, Duty.SAY_CAPACITY})


class Peer(RoleCard):
    role, name = Role.PEER, "Peer"
    says = "Someone who has been there: meets people at the handoff and walks with them."
    duties = frozenset({Duty.WORK_HANDOFFS, Duty.FIND_PEOPLE, Duty.SAY_CAPACITY})


class Clinician(RoleCard):
    role, name = Role.CLINICIAN, "Clinician"
    says = "Works on an outreach or navigation team and meets people there."
    duties = frozenset({Duty.WORK_HANDOFFS, Duty.FIND_PEOPLE})


class Provider(RoleCard):
    role, name = Role.PROVIDER, "Provider's intake desk"
    says = "Says how much room there is, takes or passes on a person, and says when they arrive."
    duties = frozenset({Duty.ANSWER_REFERRALS, Duty.SAY_CAPACITY})


class Prosecutor(RoleCard):
    role, name = Role.PROSECUTOR, "Prosecutor"
    says = "Decides about charges that wait. Sees nothing before a charge is held, and nothing of care."
    duties = frozenset({Duty.SEE_CHARGES})


class Manager(RoleCard):
    role, name = Role.MANAGER, "Program manager"
    says = "Sees whether it works, where it is stuck and whether it is fair, in numbers."
    duties = frozenset({Duty.SEE_BOARD})


class Administrator(RoleCard):
    role, name = Role.ADMINISTRATOR, "Administrator"
    says = "Makes and closes accounts and releases locked ones. Sees no content."
    duties = frozenset({Duty.MANAGE_ACCOUNTS})


class Auditor(RoleCard):
    role, name = Role.AUDITOR, "Auditor"
    says = "Reads who did and saw what, and changes nothing."
    duties = frozenset({Duty.READ_LEDGER})


CARDS: dict[Role, type[RoleCard]] = {
    card.role: card
    for card in (Officer, Supervisor, Navigator, Peer, Clinician, Provider, Prosecutor, Manager, Administrator, Auditor)
}


class NotTheirDuty(Refused):
    """They are known, but this is not theirs to do."""

    status = 403


def may(role: Role | None, duty: Duty) -> bool:
    """Whether this role has this duty; a role without a card has none."""
    card = CARDS.get(role) if role is not None else None
    return card is not None and duty in card.duties


def require(viewer: Viewer, duty: Duty) -> None:
    """The first line of every deed. Raises `NotTheirDuty`."""
    if not may(viewer.role, duty):
        raise NotTheirDuty("Your role does not include this. Ask your supervisor if it should.")
