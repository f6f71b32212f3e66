"""The minute as the tests tell it: a meeting with Sam, and the ways it may go."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from offramp.actions.divert import Diverted, Handoff, divert
from offramp.actions.encounter import Asked, Meeting
from offramp.demo.cast import SAM, Cast
from offramp.rules.words import Mode

NO_CHARGE: dict[str, Any] = {
    "charge": "no",
    "need_seen": "yes",
    "danger_now": "no",
    "felony_in_progress": "no",
    "victim_wants_arrest": "no",
    "under_18": "no",
}
PETIT_THEFT: dict[str, Any] = {
    "charge": "yes",
    "offence_code": ["23C"],
    "weapon": "no",
    "someone_hurt": "no",
    "under_18": "no",
    "risk_band": "low",
    "residence": "county",
    "loss_amount": 42,
    "victim": "agrees",
    "dui": "no",
    "domestic": "no",
}
YES = Asked(
    "yes", "permission_officer_prevention", "1", "en", ("name", "birth_date", "phone", "language", "location")
)


def a_meeting(at: datetime, **changed: Any) -> Meeting:
    """An officer has met Sam; no charge."""
    told = Meeting(
        key=uuid.uuid4(),
        met_at=at,
        pathway="officer_prevention",
        facts=NO_CHARGE,
        identity=SAM,
        what=("substance_use",),
        needs=("substance_use",),
        asked=YES,
    )
    return replace(told, **changed)


def with_a_charge(at: datetime, **changed: Any) -> Meeting:
    """The same, over $42 of petit theft."""
    return a_meeting(at, **{"pathway": "officer_intervention", "facts": PETIT_THEFT} | changed)


def hand_over(
    cast: Cast, at: datetime, *, who: str = "alvarez", place: str = "harbor", mode: Mode = Mode.OWN_WAY, meeting: Meeting | None = None
) -> Diverted:
    """An officer hands over whom they met."""
    return divert(
        viewer=cast.viewer(who, at=at),
        at=at,
        meeting=meeting or a_meeting(at),
        handoff=Handoff(cast.places[place].outlet.key, mode),
    )
