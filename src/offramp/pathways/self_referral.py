"""A person asks for help, without fear of arrest.

Somebody walks in, calls, texts or stops an officer, or their family does, and asks for treatment. A first
name is enough. No charge field exists, no name is run for warrants, drugs may be handed in without a name.
"""

from offramp.rules.bank import AGREES, ASKS_FOR_HELP, UNDER_18
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Is, IsNot
from offramp.rules.message import say
from offramp.rules.pathway import Leverage, Needs, Pathway, Start
from offramp.rules.words import Role

PATHWAY = Pathway(
    key="self_referral",
    name=say("Self-Referral"),
    about=say("A person, or their family, asks for help. They will not be arrested for asking."),
    serves=say("People who use alcohol or drugs and ask for help"),
    starts_with=(Start.PERSON, Start.FAMILY, Start.OFFICER, Start.MEDIC),
    criteria=(
        Is(
            ASKS_FOR_HELP,
            name="asks_for_help",
            because="They, or their family, ask for help",
            but="Nobody has asked for help: another way in may fit better",
            unclear="Do they ask for help?",
            source="SEED",
        ),
        IsNot(
            UNDER_18,
            name="adult",
            because="They are 18 or older",
            but="Under 18: the youth team takes this, nobody is sent away",
            unclear="Are they 18 or older?",
            source="AZ-ANGEL2",
            unknown_goes_to=Role.SUPERVISOR,
        ),
        Is(
            AGREES,
            name="agrees",
            because="They agree to the handoff",
            but="They do not agree: nothing follows from that, and they may come back any time",
            unclear="Do they agree? Ask once the words are read",
            source="SEED",
        ),
    ),
    fixed=("adult", "agrees"),
    leverage=Leverage.NONE,
    anonymous=True,
    declining=say("Nothing follows from saying no. They may come back any time, as often as they like."),
    script="self_referral",
    clocks=(
        Clock("T01", after=say("the person is with us")),
        Clock("T02", after=say("the person says yes")),
        Clock("T07", after=say("a place is asked")),
        Clock("T08", after=say("a place is kept")),
        Clock("T10", after=say("the handoff is accepted")),
        Clock("T11", after=say("they were met")),
        Clock("T31", after=say("no place was found")),
    ),
    measures=("M03", "M14", "M15", "M16", "M17", "M21", "M22", "M26"),
    endings=(
        "engaged",
        "declined_after_offer",
        "left_before_offer",
        "medical_first",
        "no_capacity_bridged",
        "transferred_out_of_area",
        "unable_to_contact",
    ),
    needs=Needs(
        must_have=(
            say("A door that is open, with hours people know"),
            say("One provider with quick intake"),
            say("A ride"),
            say("Peers or volunteers on call"),
            say("An order that nobody is arrested for asking"),
        ),
        helps=(say("A desk open day and night"), say("Fire stations that take part")),
        policies=(say("No charge for drugs handed in"), say("When a medic comes first")),
        cost=say("Lowest: desk and volunteer time"),
    ),
    aliases=("sr",),
    source="SEED",
)
