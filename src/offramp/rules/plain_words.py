"""What each code is called on a screen, by who reads it. The same state is other words to other people.

Words only: whether somebody may see a state at all is decided in visibility.py and by their sight. No word
blames: there is no failure here, and everyone who is away may come back.
"""

from collections.abc import Mapping
from enum import StrEnum

from offramp.rules.message import Message, say
from offramp.rules.words import (
    CannotTakeReason,
    ChargeHoldState,
    EncounterEnding,
    Freshness,
    Kind,
    Mode,
    NotDivertedReason,
    ReferralState,
    Role,
    Side,
    Stage,
    Told,
)

Words = Mapping[StrEnum, Message]

# -- The officer: one word about their own handoff, nothing of care ---------------------------------------------------

TOLD: Words = {
    Told.MET: say("Met"),
    Told.ENGAGED: say("Engaged"),
    Told.MOVING_ON: say("Moving on"),
    Told.NO_INFORMATION: say("No information"),
}

ENDINGS: Words = {
    EncounterEnding.HANDED_OFF: say("Handed off"),
    EncounterEnding.DECLINED: say("Said no"),
    EncounterEnding.DEFERRED: say("Not today"),
    EncounterEnding.NOT_DIVERTED: say("Not diverted"),
    EncounterEnding.MEDICAL_FIRST: say("Medic first"),
    EncounterEnding.YOUTH: say("Under 18"),
    EncounterEnding.NEEDS_SUPERVISOR: say("Needs a supervisor"),
    EncounterEnding.UNDONE: say("Undone"),
}

NOT_DIVERTED: Words = {
    NotDivertedReason.NOT_ELIGIBLE: say("The rules do not allow it"),
    NotDivertedReason.NO_ROOM: say("Nowhere had room"),
    NotDivertedReason.NOBODY_ANSWERED: say("Nobody answered"),
    NotDivertedReason.VICTIM_OBJECTS: say("A victim did not want it"),
    NotDivertedReason.NOT_SAFE: say("It was not safe"),
    NotDivertedReason.WARRANT: say("A warrant had to be served"),
    NotDivertedReason.CANNOT_CONSENT: say("They could not say yes or no just then"),
    NotDivertedReason.NO_INTERPRETER: say("No interpreter"),
    NotDivertedReason.PERSON_LEFT: say("They left"),
    NotDivertedReason.HAS_HELP: say("They have help already"),
    NotDivertedReason.SUPERVISOR_DECIDED: say("A supervisor decided"),
    NotDivertedReason.CALLED_AWAY: say("Called away"),
    NotDivertedReason.OFFICER_DECIDED: say("I decided"),
}

MODES: Words = {
    Mode.WORKER_COMES: say("Someone comes here"),
    Mode.POLICE_TRANSPORT: say("I drive them"),
    Mode.OWN_WAY: say("They go on their own"),
    Mode.AMBULANCE: say("Ambulance"),
    Mode.THREE_WAY_CALL: say("Call with all three on the line"),
}

# -- The provider's intake desk ---------------------------------------------------------------------------------------

PROVIDER: Words = {
    ReferralState.DRAFT: say("Not sent yet"),
    ReferralState.REQUESTED: say("Waiting for your answer"),
    ReferralState.INFO_NEEDED: say("You asked something"),
    ReferralState.ACCEPTED: say("You said yes"),
    ReferralState.PLACE_HELD: say("You keep a place"),
    ReferralState.EN_ROUTE: say("On the way to you"),
    ReferralState.ARRIVED: say("Arrived"),
    ReferralState.MET: say("Met"),
    ReferralState.STARTED: say("Started"),
    ReferralState.ENDED: say("Ended"),
    ReferralState.REJECTED: say("You could not"),
    ReferralState.NO_SHOW: say("Did not come this time"),
    ReferralState.EXPIRED: say("Went to someone else: no answer in time"),
    ReferralState.CANCELLED: say("Cancelled"),
    ReferralState.REJECTED_AT_DOOR: say("Could not stay"),
}

CANNOT_TAKE: Words = {
    CannotTakeReason.FULL: say("No room"),
    CannotTakeReason.CLOSED: say("Closed now"),
    CannotTakeReason.SHORT_STAFFED: say("Too few staff now"),
    CannotTakeReason.NEEDS_OTHER_CARE: say("Needs help we do not give"),
    CannotTakeReason.NEEDS_MEDIC: say("Needs a medic first"),
    CannotTakeReason.NOT_WHO_WE_SERVE: say("Not who we serve"),
    CannotTakeReason.PAYER: say("We cannot take how they pay"),
    CannotTakeReason.LANGUAGE: say("Nobody speaks their language"),
    CannotTakeReason.NOT_SAFE_HERE: say("Not safe for them here"),
    CannotTakeReason.PERSON_CHANGED_MIND: say("They changed their mind"),
    CannotTakeReason.PERSON_NOT_REACHED: say("We did not reach them"),
}

FRESHNESS: Words = {
    Freshness.GREEN: say("Fresh"),
    Freshness.AMBER: say("A few hours old"),
    Freshness.OLD: say("Old: call first"),
    Freshness.UNKNOWN: say("Not known: call first"),
}

# -- The navigator, peer or clinician ---------------------------------------------------------------------------------

NAVIGATOR: Words = {
    ReferralState.DRAFT: say("Not sent yet"),
    ReferralState.REQUESTED: say("Waiting for their answer"),
    ReferralState.INFO_NEEDED: say("They asked something"),
    ReferralState.ACCEPTED: say("They said yes"),
    ReferralState.PLACE_HELD: say("A place is kept"),
    ReferralState.EN_ROUTE: say("On the way"),
    ReferralState.ARRIVED: say("Arrived"),
    ReferralState.MET: say("Met"),
    ReferralState.STARTED: say("Started"),
    ReferralState.ENDED: say("Ended"),
    ReferralState.REJECTED: say("They could not; try the next one"),
    ReferralState.NO_SHOW: say("Did not come this time; call them"),
    ReferralState.EXPIRED: say("No answer in time; try the next one"),
    ReferralState.CANCELLED: say("Cancelled"),
    ReferralState.REJECTED_AT_DOOR: say("Could not stay; try the next one"),
}

STAGES: Words = {
    Stage.NEW: say("New"),
    Stage.CHECKING: say("Being looked at"),
    Stage.OFFERED: say("Offered"),
    Stage.INELIGIBLE: say("Could not be offered"),
    Stage.DECLINED: say("Said no"),
    Stage.DEFERRED: say("Not today"),
    Stage.ACCEPTED: say("Said yes"),
    Stage.HANDOFF_PENDING: say("Waiting to be met"),
    Stage.HANDED_OFF: say("Met"),
    Stage.ENGAGED: say("Engaged"),
    Stage.ACTIVE: say("Taking part"),
    Stage.PAUSED: say("Away, welcome back"),
    Stage.COMPLETED: say("Done"),
    Stage.CLOSED_DISENGAGED: say("Away, welcome back"),
    Stage.CLOSED_MOVED: say("Moved"),
    Stage.CLOSED_TRANSFERRED: say("With another program"),
    Stage.CLOSED_INCARCERATED: say("In jail"),
    Stage.CLOSED_DECEASED: say("Died"),
    Stage.CLOSED_ADMIN: say("Closed by the office"),
}

# -- The participant --------------------------------------------------------------------------------------------------

PARTICIPANT: Words = {
    Stage.NEW: say("We just met"),
    Stage.CHECKING: say("We are looking at what can be offered"),
    Stage.OFFERED: say("You have an offer"),
    Stage.INELIGIBLE: say("We could not offer this one"),
    Stage.DECLINED: say("You said no, and that is fine"),
    Stage.DEFERRED: say("You said not today"),
    Stage.ACCEPTED: say("You said yes"),
    Stage.HANDOFF_PENDING: say("Someone is coming to meet you"),
    Stage.HANDED_OFF: say("You met someone"),
    Stage.ENGAGED: say("You have started"),
    Stage.ACTIVE: say("You are on your way"),
    Stage.PAUSED: say("You can come back any time"),
    Stage.COMPLETED: say("You did what you set out to do"),
    Stage.CLOSED_DISENGAGED: say("You can come back any time"),
    Stage.CLOSED_MOVED: say("You moved"),
    Stage.CLOSED_TRANSFERRED: say("Another program is with you now"),
    Stage.CLOSED_INCARCERATED: say("On pause until you are out"),
    Stage.CLOSED_DECEASED: say("Closed"),
    Stage.CLOSED_ADMIN: say("Closed by the office"),
}

# -- The prosecutor and the defender ----------------------------------------------------------------------------------

CHARGES: Words = {
    ChargeHoldState.REPORTED: say("Reported"),
    ChargeHoldState.PACKET_SENT: say("Waiting for a decision"),
    ChargeHoldState.HELD: say("Waiting"),
    ChargeHoldState.VETOED: say("Prosecutor said no"),
    ChargeHoldState.DECLINED_OTHER: say("Not pursued"),
    ChargeHoldState.INTAKE_DUE: say("First meeting due"),
    ChargeHoldState.PLAN_ACTIVE: say("Plan under way"),
    ChargeHoldState.AT_RISK: say("Plan needs a look"),
    ChargeHoldState.REVIEW: say("Being talked over"),
    ChargeHoldState.EXTENDED: say("More time given"),
    ChargeHoldState.COMPLETE_PENDING_PROSECUTOR: say("Plan done, prosecutor to confirm"),
    ChargeHoldState.CLOSED_NOT_FILED: say("Closed, not filed"),
    ChargeHoldState.NONCOMPLETION: say("Plan not finished, prosecutor to decide"),
    ChargeHoldState.FILED: say("Filed"),
    ChargeHoldState.NOT_FILED: say("Not filed"),
    ChargeHoldState.SOL_EXPIRED: say("Time to file has passed"),
    ChargeHoldState.WITHDRAWN: say("Withdrawn"),
    ChargeHoldState.DECEASED: say("Died"),
}

# In the middle of a sentence: "a supervisor has to decide".
DECIDERS: Words = {Role.SUPERVISOR: say("supervisor"), Role.PROSECUTOR: say("prosecutor")}

# -- Everyone ---------------------------------------------------------------------------------------------------------

KINDS: Words = {
    Kind.IDENTITY: say("Name and birth date"),
    Kind.ENCOUNTER: say("The meeting with police"),
    Kind.VERDICT: say("What could be offered, and why"),
    Kind.TELLBACK: say("Whether they were met"),
    Kind.TRANSPORT: say("Where police took them"),
    Kind.PERMISSION: say("What they said yes to"),
    Kind.CHARGE: say("Charges that wait"),
    Kind.EPISODE: say("How it is going"),
    Kind.REFERRAL: say("Services asked for"),
    Kind.ATTENDANCE: say("Whether they came"),
    Kind.CONTACT: say("Phone and address"),
    Kind.LINK: say("Which files belong together"),
    Kind.DISCLOSURE: say("What was shared with whom"),
}

SIDES: Words = {
    Side.POLICE: say("Police"),
    Side.CARE: say("Care"),
    Side.LEGAL: say("Courts and lawyers"),
    Side.YOUTH: say("Youth"),
}

ROLES: Words = {
    Role.OFFICER: say("Officer"),
    Role.SUPERVISOR: say("Police supervisor"),
    Role.RECORDS: say("Police records"),
    Role.MEDIC: say("Medic"),
    Role.NAVIGATOR: say("Navigator"),
    Role.PEER: say("Peer"),
    Role.CLINICIAN: say("Clinician"),
    Role.PROVIDER: say("Provider's intake desk"),
    Role.PROSECUTOR: say("Prosecutor"),
    Role.DEFENDER: say("Defender"),
    Role.PROBATION: say("Probation"),
    Role.JAIL: say("Jail"),
    Role.COURT: say("Court"),
    Role.MANAGER: say("Program manager"),
    Role.COMMUNITY: say("Community member"),
    Role.RESEARCHER: say("Researcher"),
    Role.TRAINER: say("Trainer"),
    Role.ADMINISTRATOR: say("Administrator"),
    Role.AUDITOR: say("Auditor"),
}
