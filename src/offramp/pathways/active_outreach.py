"""First responders seek people out, with someone who has been there.

A team of an officer with a clinician or a peer goes where people are, from a list with a lawful basis for
every line. Offer only: no charge, ever. Whoever asked to be left alone is left alone.
"""

from offramp.rules.bank import AGREES, CONTACT_BASIS, DO_NOT_CONTACT, UNDER_18, UNSAFE_TO_VISIT
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Is, IsNot, OneOf
from offramp.rules.message import say
from offramp.rules.pathway import Leverage, Needs, Pathway, Start
from offramp.rules.words import Role

PATHWAY = Pathway(
    key="active_outreach",
    name=say("Active Outreach"),
    about=say("A team goes out to people who may want help, and offers it."),
    serves=say("People who use alcohol or drugs, people in crisis, people with no place to stay"),
    starts_with=(Start.OUTREACH_TEAM, Start.OFFICER, Start.MEDIC),
    criteria=(
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
            because="We may lawfully seek them out",
            but="There is no lawful basis: a treatment record is none unless they agreed in writing",
            unclear="How do we know of them?",
            source="42 CFR Part 2",
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
            UNSAFE_TO_VISIT,
            name="safe_to_visit",
            because="The visit is safe for the team",
            but="The visit is not safe now: a supervisor decides how to go",
            unclear="Is the visit safe for the team?",
            source="COSSUP-AO",
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
    fixed=("lawful_basis", "may_be_contacted", "adult", "agrees"),
    leverage=Leverage.NONE,
    anonymous=True,
    declining=say("Nothing follows from saying no. Leave naloxone and a number if they want them."),
    script="active_outreach",
    clocks=(
        Clock("T05", after=say("the first try")),
        Clock("T02", after=say("the person says yes")),
        Clock("T07", after=say("a place is asked")),
        Clock("T08", after=say("a place is kept")),
        Clock("T10", after=say("the handoff is accepted")),
        Clock("T11", after=say("they were met")),
        Clock("T31", after=say("no place was found")),
    ),
    measures=("M03", "M12", "M13", "M14", "M16", "M17", "M26", "M36"),
    endings=(
        "engaged",
        "accepted_harm_reduction_only",
        "declined",
        "unable_to_locate",
        "do_not_contact",
        "transferred",
        "deceased",
    ),
    needs=Needs(
        must_have=(
            say("A team: an officer with a clinician or a peer"),
            say("A lawful basis for every list"),
            say("Rules for safe visits"),
            say("Naloxone and supplies to give"),
        ),
        helps=(say("Release times from the jail"), say("Services that come to where people stay")),
        policies=(say("Who may be on a list, and why"), say("Do not contact means do not contact")),
        cost=say("Medium: one or two people and a vehicle"),
    ),
    aliases=("ao",),
    source="SEED, COSSUP-AO",
)
