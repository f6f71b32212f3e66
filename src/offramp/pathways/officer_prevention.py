"""An officer sees a need and calls someone who can help. No charge.

On patrol or on a call an officer meets a person in need; there is no offence, or the officer chooses to
make none of it. Nothing is held and nothing follows from saying no.
"""

from offramp.rules.bank import (
    AGREES,
    CHARGE,
    DANGER_NOW,
    FELONY_IN_PROGRESS,
    NEED_SEEN,
    UNDER_18,
    VICTIM_WANTS_ARREST,
)
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Is, IsNot
from offramp.rules.message import say
from offramp.rules.pathway import Leverage, Needs, Pathway, Start
from offramp.rules.words import Role

PATHWAY = Pathway(
    key="officer_prevention",
    name=say("Officer Prevention"),
    about=say("An officer sees a need for help and calls somebody who can give it. No charge is made."),
    serves=say(
        "People in crisis, with mental illness, with no place to stay, in sex work, or using substances"
    ),
    starts_with=(Start.OFFICER, Start.MEDIC),
    criteria=(
        IsNot(
            CHARGE,
            name="no_charge",
            because="No charge is being made",
            but="A charge would be made: see Officer Intervention",
            unclear="Would you arrest or cite?",
            source="SEED",
        ),
        Is(
            NEED_SEEN,
            name="need_seen",
            because="You see a need for help",
            but="No need for help is seen",
            unclear="Do you see a need for help?",
            source="SEED",
        ),
        IsNot(
            DANGER_NOW,
            name="no_danger_now",
            because="Nobody is about to get hurt",
            but="Someone could get hurt now: emergency care comes first",
            unclear="Could someone get hurt right now?",
            source="SEED",
        ),
        IsNot(
            FELONY_IN_PROGRESS,
            name="no_felony_in_progress",
            because="No felony is going on",
            but="A felony is going on",
            unclear="Is a felony going on right now?",
            source="LEAD-ENROLL",
        ),
        IsNot(
            VICTIM_WANTS_ARREST,
            name="no_victim_wants_arrest",
            because="No victim here wants an arrest",
            but="A victim here wants an arrest: a supervisor decides",
            unclear="Is a victim here who wants an arrest?",
            source="FL-SB618",
            override_by=Role.SUPERVISOR,
        ),
        IsNot(
            UNDER_18,
            name="adult",
            because="They are 18 or older",
            but="Under 18: the youth team takes this",
            unclear="Are they 18 or older?",
            source="SEED",
            unknown_goes_to=Role.SUPERVISOR,
        ),
        Is(
            AGREES,
            name="agrees",
            because="They agree to the handoff",
            but="They do not agree: nothing follows from that",
            unclear="Do they agree? Ask once the words are read",
            source="SEED",
        ),
    ),
    fixed=("no_charge", "adult", "agrees"),
    leverage=Leverage.NONE,
    anonymous=True,
    declining=say("Nothing follows from saying no. Ask if someone may call tomorrow."),
    script="officer_prevention",
    clocks=(
        Clock("T01", after=say("the officer calls")),
        Clock("T02", after=say("the person says yes")),
        Clock("T03", after=say("arriving at a crisis centre")),
        Clock("T07", after=say("a place is asked")),
        Clock("T08", after=say("a place is kept")),
        Clock("T10", after=say("the handoff is accepted")),
        Clock("T11", after=say("they were met")),
        Clock("T31", after=say("no place was found")),
    ),
    measures=("M01", "M02", "M03", "M06", "M08", "M10", "M14", "M15", "M17", "M38"),
    endings=(
        "handed_off",
        "dropped_at_crisis_centre",
        "permission_to_contact",
        "declined",
        "emergency_hold",
        "emergency_department",
    ),
    needs=Needs(
        must_have=(
            say("A person who answers, day and night"),
            say("A place to bring someone, done in ten minutes"),
            say("Officers who know how it works"),
        ),
        helps=(say("A worker who rides along"), say("A line to 988")),
        policies=(say("Who drives, and when someone is held for their safety"),),
        cost=say("Medium, high where no crisis centre exists"),
    ),
    aliases=("first_responder_referral", "op"),
    source="SEED, LEAD-ENROLL, CRC-5MIN",
)
