"""After an overdose, a visit: naloxone, and somebody who can open a door today.

A team visits soon after an overdose that the person lived through. The clock runs from the overdose, not
from the report. No charge comes of the visit, and no card or text names the reason for it.
"""

from offramp.rules.bank import AGREES, CONTACT_BASIS, DO_NOT_CONTACT, OVERDOSE, PERSON_DIED, UNDER_18
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Is, IsNot, OneOf
from offramp.rules.message import say
from offramp.rules.pathway import Leverage, Needs, Pathway, Start
from offramp.rules.words import Role

PATHWAY = Pathway(
    key="naloxone_plus",
    name=say("Naloxone Plus"),
    about=say("Soon after an overdose a team visits, leaves naloxone, and offers help that starts today."),
    serves=say("People who lived through an overdose"),
    starts_with=(
        Start.OVERDOSE_REPORT,
        Start.OFFICER,
        Start.MEDIC,
        Start.OUTREACH_TEAM,
        Start.PERSON,
        Start.FAMILY,
    ),
    criteria=(
        Is(
            OVERDOSE,
            name="overdose",
            because="There was an overdose, or signs of one",
            but="There was no overdose: another way in may fit better",
            unclear="Was there an overdose?",
            source="SEED",
        ),
        IsNot(
            PERSON_DIED,
            name="survived",
            because="They lived",
            but="They died: the family is visited later, by the family team",
            unclear="Did they live?",
            source="PCO-COSSUP",
        ),
        OneOf(
            CONTACT_BASIS,
            (
                "self_request",
                "consent",
                "public_encounter",
                "own_agency_call",
                "public_record",
                "ems_agreement",
            ),
            name="lawful_basis",
            because="We may lawfully know who they are",
            but="There is no lawful basis to visit them by name",
            unclear="How do we know of them?",
            source="ODMAP-COSSUP, 42 CFR Part 2",
        ),
        IsNot(
            DO_NOT_CONTACT,
            name="may_be_contacted",
            because="They have not asked to be left alone",
            but="They asked to be left alone: do not contact",
            unclear="Have they asked to be left alone?",
            source="COSSUP-AO",
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
            but="They do not agree: leave naloxone, nothing follows from saying no",
            unclear="Do they agree? Ask once the words are read",
            source="SEED",
        ),
    ),
    fixed=("lawful_basis", "may_be_contacted", "adult", "agrees"),
    leverage=Leverage.NONE,
    anonymous=True,
    declining=say("Nothing follows from saying no. Naloxone stays with them either way."),
    script="naloxone_plus",
    clocks=(
        Clock("T04", after=say("the overdose")),
        Clock("T33", after=say("naloxone was given")),
        Clock("T05", after=say("the first try")),
        Clock("T06", after=say("a death")),
        Clock("T02", after=say("the person says yes")),
        Clock("T07", after=say("a place is asked")),
        Clock("T08", after=say("a place is kept")),
        Clock("T10", after=say("the handoff is accepted")),
        Clock("T11", after=say("they were met")),
        Clock("T31", after=say("no place was found")),
    ),
    measures=("M11", "M12", "M13", "M16", "M17", "M20", "M34", "M35", "M36"),
    endings=(
        "engaged",
        "accepted_harm_reduction_only",
        "declined",
        "unable_to_locate",
        "do_not_contact",
        "transferred",
        "repeat_overdose",
        "fatal_overdose",
        "deceased",
    ),
    needs=Needs(
        must_have=(
            say("Word of overdoses, with a lawful basis for names"),
            say("A team of three: police, medic, counsellor or peer"),
            say("Naloxone to leave behind"),
        ),
        helps=(say("Emergency rooms that take part"), say("Someone for families")),
        policies=(say("Warrants are not checked before a visit"), say("What the Good Samaritan law covers")),
        cost=say("Medium: a part-time team"),
    ),
    aliases=("n_plus",),
    source="SEED, COL-ORC, HUNT-APF, PCO-ABOUT",
)
