"""There is a charge, and it waits while the person works a plan.

At the point of contact, with probable cause for a nonviolent offence, police start the engagement. A
citation is issued, or the charge is held, until the treatment or service plan is completed. When it is,
nothing is filed. When it is not, a prosecutor decides: nobody files by itself, and return to use alone
never changes anything.
"""

from offramp.rules.abeyance import Terms
from offramp.rules.bank import (
    AGREES,
    CHARGE,
    IDENTITY_KNOWN,
    OFFENCE_VIOLENT,
    RISK_BAND,
    SOMEONE_HURT,
    UNDER_18,
    WEAPON,
)
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Is, IsNot, OneOf
from offramp.rules.message import say
from offramp.rules.pathway import Leverage, Needs, Pathway, Start
from offramp.rules.words import Role

PATHWAY = Pathway(
    key="officer_intervention",
    name=say("Officer Intervention"),
    about=say(
        "There is a charge or citation. It waits while the person works a plan, and ends when the plan is done."
    ),
    serves=say("People facing a nonviolent charge, with a low to moderate risk of a new offence"),
    starts_with=(Start.OFFICER,),
    criteria=(
        Is(
            CHARGE,
            name="charge",
            because="There is cause for a charge or citation",
            but="There is no charge: see Officer Prevention",
            unclear="Would you arrest or cite?",
            source="SEED",
        ),
        IsNot(
            OFFENCE_VIOLENT,
            name="nonviolent",
            because="The offence is nonviolent",
            but="The offence is violent",
            unclear="Is the offence nonviolent?",
            source="SEED, NIBRS 2019.1",
        ),
        IsNot(
            WEAPON,
            name="no_weapon",
            because="No weapon is involved",
            but="A weapon is involved: a supervisor decides",
            unclear="Is a weapon involved?",
            source="SEED",
            override_by=Role.SUPERVISOR,
        ),
        IsNot(
            SOMEONE_HURT,
            name="nobody_hurt",
            because="Nobody was hurt",
            but="Somebody was hurt: a supervisor decides",
            unclear="Was someone hurt?",
            source="SEED",
            override_by=Role.SUPERVISOR,
        ),
        OneOf(
            RISK_BAND,
            ("low", "moderate"),
            name="risk_low_to_moderate",
            because="The risk of a new offence is low to moderate",
            but="The risk of a new offence is high: a supervisor decides",
            unclear="The risk of a new offence is not known",
            source="SEED, STEER-ORC",
            override_by=Role.SUPERVISOR,
            unknown_goes_to=Role.SUPERVISOR,
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
            IDENTITY_KNOWN,
            name="identity_known",
            because="You know who they are",
            but="You do not know who they are, so no charge can wait",
            unclear="Do you know who they are?",
            source="LEAD-SF-REF",
        ),
        Is(
            AGREES,
            name="agrees",
            because="They agree to it",
            but="They do not agree: the usual process follows, and they may ask again",
            unclear="Do they agree? Ask once the words are read",
            source="SEED",
        ),
    ),
    fixed=("charge", "adult", "identity_known", "agrees"),
    leverage=Leverage.CHARGE,
    anonymous=False,
    declining=say("The usual process follows. Saying no is recorded as “offer declined” and nothing more."),
    script="officer_intervention",
    clocks=(
        Clock("T01", after=say("the officer calls")),
        Clock("T02", after=say("the person says yes")),
        Clock("T12", after=say("the person says yes")),
        Clock("T13", after=say("the packet is sent")),
        Clock("T14", after=say("the charge is held")),
        Clock("T15", after=say("a citation is issued")),
        Clock("T16", after=say("the plan is signed")),
        Clock("T17", after=say("the last day to file")),
        Clock("T32", after=say("the last diversion")),
        Clock("T07", after=say("a place is asked")),
        Clock("T08", after=say("a place is kept")),
        Clock("T10", after=say("the handoff is accepted")),
        Clock("T11", after=say("they were met")),
        Clock("T31", after=say("no place was found")),
    ),
    measures=(
        "M01",
        "M02",
        "M03",
        "M05",
        "M06",
        "M07",
        "M08",
        "M14",
        "M17",
        "M28",
        "M29",
        "M30",
        "M31",
        "M32",
        "M43",
        "M50",
    ),
    endings=(
        "completed_no_charge",
        "completed_citation_voided",
        "extended",
        "withdrawn_by_person",
        "noncompletion_filed",
        "noncompletion_not_filed",
        "vetoed_by_prosecutor",
        "new_offence_review",
        "sol_expired",
        "deceased",
    ),
    needs=Needs(
        must_have=(
            say("The prosecutor's agreement"),
            say("A pack of local rules"),
            say("A case manager within 30 minutes"),
            say("A risk tool officers can use"),
            say("The defenders' view, heard"),
            say("An agreement on what data is shared"),
        ),
        helps=(say("A defender's clinic"), say("The court, for warrants")),
        policies=(
            say("How charges wait, and who decides"),
            say("What happens before the time to file runs out"),
            say("When the record is sealed"),
        ),
        cost=say("Highest: legal work and case management"),
    ),
    waits=Terms(),
    aliases=("oi",),
    source="SEED, LEAD-SF-REF, MARI-PROTO, APAD-NOTICE",
)
