"""A person as the officer saw them: coded, in one row of chips, and *not recorded* is always an answer.

These codes are for asking afterwards whether help was offered fairly. They are never a fact of eligibility,
never a reason for or against a place, and never stand for what the person says of themselves.
"""

from offramp.rules.message import Message, say

NOT_RECORDED = "not_recorded"

RACE: dict[str, Message] = {
    "white": say("White"),
    "black": say("Black"),
    "hispanic": say("Hispanic"),
    "asian": say("Asian"),
    "native": say("Native"),
    "pacific": say("Pacific"),
    "other": say("Other"),
}

SEX: dict[str, Message] = {"female": say("Female"), "male": say("Male"), "x": say("Other")}

AGE: dict[str, Message] = {
    "18_24": say("18–24"),
    "25_34": say("25–34"),
    "35_44": say("35–44"),
    "45_54": say("45–54"),
    "55_64": say("55–64"),
    "65_over": say("65 +"),
}


def age_band(age: int) -> str:
    """The band of an adult's age; a younger person has none here."""
    bands = ((24, "18_24"), (34, "25_34"), (44, "35_44"), (54, "45_54"), (64, "55_64"))
    if age < 18:
        return NOT_RECORDED
    return next((band for last, band in bands if age <= last), "65_over")
