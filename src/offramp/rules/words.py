"""The vocabulary as enums. One word, one meaning, one place (see docs/glossary.md).

State codes are those of the field's own state machines, with `PLACE_HELD` for a held slot. There is
no stage called failed: every ending is a value, and from every stage there is a way back.
"""

from enum import StrEnum


class Side(StrEnum):
    """Who keeps a person file. A file belongs to one side and is never merged across sides."""

    POLICE = "police"
    CARE = "care"
    LEGAL = "legal"
    YOUTH = "youth"


class Kind(StrEnum):
    """A kind of fact. One model holds one kind; what a viewer may see is decided by kind and file."""

    IDENTITY = "identity"
    ENCOUNTER = "encounter"
    VERDICT = "verdict"
    TELLBACK = "tellback"
    TRANSPORT = "transport"
    PERMISSION = "permission"
    CHARGE = "charge"
    EPISODE = "episode"
    REFERRAL = "referral"
    ATTENDANCE = "attendance"
    CONTACT = "contact"
    LINK = "link"
    DISCLOSURE = "disclosure"


class Role(StrEnum):
    """What a member of staff is, in one agency. One human may hold several; one is in use at a time."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    RECORDS = "records"
    MEDIC = "medic"
    NAVIGATOR = "navigator"
    PEER = "peer"
    CLINICIAN = "clinician"
    PROVIDER = "provider"
    PROSECUTOR = "prosecutor"
    DEFENDER = "defender"
    PROBATION = "probation"
    JAIL = "jail"
    COURT = "court"
    MANAGER = "manager"
    COMMUNITY = "community"
    RESEARCHER = "researcher"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Ground(StrEnum):
    """Why somebody may see a file: the live reason behind a sight row."""

    OWN_AGENCY = "own_agency"
    HANDOFF = "handoff"
    ASSIGNMENT = "assignment"
    AGREEMENT = "agreement"
    CONSENT = "consent"
    TRANSPORT = "transport"


class Stage(StrEnum):
    """Where an episode stands: one run of one person through one pathway."""

    NEW = "new"
    CHECKING = "checking"
    OFFERED = "offered"
    INELIGIBLE = "ineligible"
    DECLINED = "declined"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    HANDOFF_PENDING = "handoff_pending"
    HANDED_OFF = "handed_off"
    ENGAGED = "engaged"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    CLOSED_DISENGAGED = "closed_disengaged"
    CLOSED_MOVED = "closed_moved"
    CLOSED_TRANSFERRED = "closed_transferred"
    CLOSED_INCARCERATED = "closed_incarcerated"
    CLOSED_DECEASED = "closed_deceased"
    CLOSED_ADMIN = "closed_admin"


class ReferralState(StrEnum):
    """Where an offer of a service to a person stands."""

    DRAFT = "draft"
    REQUESTED = "requested"
    INFO_NEEDED = "info_needed"
    ACCEPTED = "accepted"
    PLACE_HELD = "place_held"
    EN_ROUTE = "en_route"
    ARRIVED = "arrived"
    MET = "met"
    STARTED = "started"
    ENDED = "ended"
    REJECTED = "rejected"
    NO_SHOW = "no_show"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REJECTED_AT_DOOR = "rejected_at_door"


class ChargeHoldState(StrEnum):
    """The abeyance of one charge. Only a prosecutor moves it to FILED or NOT_FILED."""

    REPORTED = "reported"
    PACKET_SENT = "packet_sent"
    HELD = "held"
    VETOED = "vetoed"
    DECLINED_OTHER = "declined_other"
    INTAKE_DUE = "intake_due"
    PLAN_ACTIVE = "plan_active"
    AT_RISK = "at_risk"
    REVIEW = "review"
    EXTENDED = "extended"
    COMPLETE_PENDING_PROSECUTOR = "complete_pending_prosecutor"
    CLOSED_NOT_FILED = "closed_not_filed"
    NONCOMPLETION = "noncompletion"
    FILED = "filed"
    NOT_FILED = "not_filed"
    SOL_EXPIRED = "sol_expired"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"


class Told(StrEnum):
    """The one word an officer is told about their own handoff. Never care content."""

    MET = "met"
    ENGAGED = "engaged"
    MOVING_ON = "moving_on"
    NO_INFORMATION = "no_information"


class EncounterEnding(StrEnum):
    """How a meeting of a responder and a person ended, whether or not it led to diversion."""

    HANDED_OFF = "handed_off"
    DECLINED = "declined"
    DEFERRED = "deferred"
    NOT_DIVERTED = "not_diverted"
    MEDICAL_FIRST = "medical_first"
    YOUTH = "youth"
    NEEDS_SUPERVISOR = "needs_supervisor"
    UNDONE = "undone"


class Mode(StrEnum):
    """How the person gets from the officer to the one who helps."""

    WORKER_COMES = "worker_comes"
    POLICE_TRANSPORT = "police_transport"
    OWN_WAY = "own_way"
    AMBULANCE = "ambulance"
    THREE_WAY_CALL = "three_way_call"


class Freshness(StrEnum):
    """How old a place count is: green up to 4 h, amber up to 12 h (timer T09); older is never called room."""

    GREEN = "green"
    AMBER = "amber"
    OLD = "old"
    UNKNOWN = "unknown"


class NotDivertedReason(StrEnum):
    """Why a meeting did not become an offer: one tap, so that those left out are counted too."""

    NOT_ELIGIBLE = "not_eligible"
    NO_ROOM = "no_room"
    NOBODY_ANSWERED = "nobody_answered"
    VICTIM_OBJECTS = "victim_objects"
    NOT_SAFE = "not_safe"
    WARRANT = "warrant"
    CANNOT_CONSENT = "cannot_consent"
    NO_INTERPRETER = "no_interpreter"
    PERSON_LEFT = "person_left"
    HAS_HELP = "has_help"
    SUPERVISOR_DECIDED = "supervisor_decided"
    CALLED_AWAY = "called_away"
    OFFICER_DECIDED = "officer_decided"


class CannotTakeReason(StrEnum):
    """Why a service cannot take somebody: the service's own reasons first, then the person's."""

    FULL = "full"
    CLOSED = "closed"
    SHORT_STAFFED = "short_staffed"
    NEEDS_OTHER_CARE = "needs_other_care"
    NEEDS_MEDIC = "needs_medic"
    NOT_WHO_WE_SERVE = "not_who_we_serve"
    PAYER = "payer"
    LANGUAGE = "language"
    NOT_SAFE_HERE = "not_safe_here"
    PERSON_CHANGED_MIND = "person_changed_mind"
    PERSON_NOT_REACHED = "person_not_reached"
