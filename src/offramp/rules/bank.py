"""The question bank: every fact the shipped pathways and packs ask about, in grade-six words.

The facts are those of the field's rule language (offence, amount, weapon, injury, victim, record,
supervision, warrant, earlier diversions, home, age, risk, willingness). What an officer *saw* of a
person's race, sex or age is never here: it is no eligibility fact.
"""

from offramp.rules.message import say
from offramp.rules.questions import Asked, Choice, Question, Type, choice, number, yes_no

# --- the offence -----------------------------------------------------------------------------------
CHARGE = yes_no("charge", "Would you arrest or cite?")
OFFENCE_CODE = Question(
    "offence_code",
    say("What is the charge?"),
    Type.CODE,
    hint=say(
        "A NIBRS code, a statute, or a name from the short list. Several may be given; the first is the lead charge."
    ),
)
OFFENCE_CLASS = choice(
    "offence_class",
    "How serious is the charge?",
    infraction="Infraction",
    misdemeanor="Misdemeanor",
    felony="Felony",
)
OFFENCE_VIOLENT = yes_no("offence_violent", "Did they use force on someone, or threaten to?")
LOSS_AMOUNT = number("loss_amount", "What is the loss or damage worth?", "dollars")
DUI = yes_no("dui", "Were they driving drunk or high?", asked=Asked.TICK, short="Driving impaired")
FELONY_IN_PROGRESS = yes_no(
    "felony_in_progress", "Is a felony going on right now?", asked=Asked.TICK, short="Felony going on"
)

# --- drugs -----------------------------------------------------------------------------------------
SUBSTANCE = choice(
    "substance",
    "Which drug is it?",
    none="No drug",
    heroin="Heroin",
    fentanyl="Fentanyl",
    pills="Pills",
    cocaine="Cocaine",
    meth="Meth",
    marijuana="Marijuana",
    other="Other",
)
DRUG_AMOUNT = number("drug_amount", "How much is it?", "grams")
AMOUNT_HOW = choice("amount_how", "Was it weighed?", measured="Weighed", estimated="A guess")
SALE_INTENT = choice(
    "sale_intent",
    "Were they selling?",
    none="No",
    subsistence="A little, to get by or to use",
    profit="For profit",
)

# --- harm ------------------------------------------------------------------------------------------
WEAPON = yes_no("weapon", "Is a weapon involved?", asked=Asked.TICK, short="Weapon")
INJURY = choice("injury", "Was anyone hurt?", none="No one", minor="A little", serious="Badly")
SOMEONE_HURT = yes_no("someone_hurt", "Was someone hurt?", asked=Asked.TICK, short="Someone hurt")
DOMESTIC = yes_no(
    "domestic", "Is it between family or partners?", asked=Asked.TICK, short="Family or partners"
)
MINOR_INVOLVED = yes_no(
    "minor_involved", "Was a child used or harmed?", asked=Asked.TICK, short="Child used or harmed"
)
PROMOTING_SEX_WORK = yes_no(
    "promoting_sex_work",
    "Were they profiting from others selling sex?",
    asked=Asked.TICK,
    short="Profits from sex work",
)
VICTIM = choice(
    "victim",
    "What does the victim say?",
    none="There is no victim",
    agrees="Fine with it",
    objects="Does not want it",
    not_asked="Not asked yet",
)
VICTIM_WANTS_ARREST = yes_no(
    "victim_wants_arrest",
    "Is a victim here who wants an arrest?",
    asked=Asked.TICK,
    short="Victim wants arrest",
)

# --- safety ----------------------------------------------------------------------------------------
NEEDS_MEDIC = yes_no("needs_medic", "Do they need a medic?", asked=Asked.TICK, short="Needs medic")
DANGER_NOW = yes_no(
    "danger_now", "Could someone get hurt right now?", asked=Asked.TICK, short="Danger right now"
)
SUICIDE_CUE = yes_no(
    "suicide_cue", "Any sign they may end their life?", asked=Asked.TICK, short="May end their life"
)
UNDER_18 = yes_no("under_18", "Are they under 18?", asked=Asked.TICK, short="Under 18")

# --- the record (coded by the agency's own check, never a criminal-history return) -----------------
PRIORS = Question(
    "priors",
    say("What does their record show?"),
    Type.LIST,
    tuple(
        Choice(code, say(words))
        for code, words in {
            "arrest": "Any arrest",
            "misdemeanor_conviction": "Misdemeanor conviction",
            "felony_conviction": "Felony conviction",
            "violent_arrest": "Arrest for violence",
            "violent_conviction": "Conviction for violence",
            "burglary_conviction": "Conviction for burglary",
            "robbery_conviction": "Conviction for robbery",
            "domestic_violence_conviction": "Conviction for domestic violence",
            "sex_conviction": "Conviction for a sex crime",
            "arson_conviction": "Conviction for arson",
            "distribution_conviction": "Conviction for selling drugs",
            "citation_diversion": "Earlier civil citation",
        }.items()
    ),
    hint=say("A list; empty when the record is clear. Each line has a type and how many months ago."),
)
SUPERVISION = choice(
    "supervision",
    "Are they on probation or parole?",
    none="No",
    probation="Probation",
    parole="Parole",
    violent="Yes, for violence",
)
WARRANT = choice(
    "warrant",
    "Is there a warrant?",
    none="No",
    own_nonviolent="Yes: ours, nonviolent",
    other="Yes: another county",
    violent="Yes: for violence",
)
RISK_BAND = choice("risk_band", "What does your risk tool say?", low="Low", moderate="Moderate", high="High")
PRIOR_DIVERSIONS = number(
    "prior_diversions", "How often did your agency divert them before?", "times", asked=Asked.RECORDS
)
LAST_DIVERSION = Question("last_diversion", say("When was the last time?"), Type.DATE, asked=Asked.RECORDS)

# --- the person ------------------------------------------------------------------------------------
AGE = Question("age", say("How old are they?"), Type.NUMBER, asked=Asked.WHO, unit="years")
IDENTITY_KNOWN = yes_no("identity_known", "Do you know who they are?", asked=Asked.WHO)
RESIDENCE = choice(
    "residence",
    "Where do they live?",
    city="In the city",
    county="In the county",
    no_fixed_place="No fixed place",
    elsewhere="Elsewhere",
)
AGREES = yes_no("agrees", "Do they agree?", asked=Asked.SCRIPT)
ADMITS = yes_no(
    "admits",
    "Do they say they did it?",
    asked=Asked.SCRIPT,
    hint="Asked only where the local rules need it. Kept by the legal side.",
)

# --- how the person came to us ---------------------------------------------------------------------
ASKS_FOR_HELP = yes_no("asks_for_help", "Do they, or their family, ask for help?")
NEED_SEEN = yes_no("need_seen", "Do you see a need: health, housing, crisis?")
OVERDOSE = yes_no("overdose", "Was there an overdose, or signs of one?")
OVERDOSE_AT = Question("overdose_on", say("Which day was the overdose?"), Type.DATE)
PERSON_DIED = yes_no("person_died", "Did the person die?")
CONTACT_BASIS = choice(
    "contact_basis",
    "How do we know of them?",
    self_request="They asked",
    consent="They agreed in writing",
    public_encounter="Met in public",
    own_agency_call="Our own 911 call",
    public_record="Court or jail public record",
    ems_agreement="EMS, under an agreement",
    treatment_record="A treatment record",
    other="Some other way",
)
DO_NOT_CONTACT = yes_no("do_not_contact", "Have they asked to be left alone?")
UNSAFE_TO_VISIT = yes_no(
    "unsafe_to_visit", "Is it unsafe to visit?", asked=Asked.TICK, short="Unsafe to visit"
)

BANK: dict[str, Question] = {
    question.fact: question for question in list(globals().values()) if isinstance(question, Question)
}

# Facts that follow from another when that one is known (facts.py), and the other.
FILLED_BY: dict[str, Question] = {OFFENCE_VIOLENT.fact: OFFENCE_CODE, UNDER_18.fact: AGE}

# Where the other is the better question: the charge, before whether it was violent.
ASK_FIRST: dict[str, Question] = {OFFENCE_VIOLENT.fact: OFFENCE_CODE}
