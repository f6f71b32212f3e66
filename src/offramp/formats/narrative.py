"""One tap of text for the police report, so that nothing is typed twice.

Made from codes only: no argument can carry a name, a place, a service or a need, so the text cannot either.
Police reports are public records in most states; what a person needs and who helps them are not ours to
publish. Not even the pathway is named, because a name such as Naloxone Plus tells why. English, because reports are. A line of codes at the end lets a records system read it.
"""

from dataclasses import dataclass
from datetime import datetime

from offramp.pathways import get as pathway_of
from offramp.rules import plain_words
from offramp.rules.refusal import BadInput
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason

# Only languages we have words for are named; any other is "another language".
LANGUAGES = {"en": "English", "es": "Spanish"}

HOW = {
    Mode.WORKER_COMES: "A community worker was called to the person.",
    Mode.POLICE_TRANSPORT: "The officer offered the person a ride there.",
    Mode.OWN_WAY: "The person chose to go there without police.",
    Mode.AMBULANCE: "An ambulance was asked to bring the person there.",
    Mode.THREE_WAY_CALL: "The handoff was made by phone, with the person on the line.",
}


class NothingToReport(BadInput):
    """The codes given do not describe a meeting."""


@dataclass(frozen=True)
class Minute:
    """What happened, in codes. `at` is local time; `pathway` is the one offered, if one was."""

    at: datetime
    ending: EncounterEnding
    pathway: str = ""
    mode: Mode | None = None
    reason: NotDivertedReason | None = None
    language: str = ""
    interpreted: bool = False
    needs_medic: bool = False


def report_text(minute: Minute) -> str:
    """The paragraph for the report, and its line of codes. Raises `NothingToReport` or `NoSuchPathway`."""
    sentences = [_opening(minute), *_permission(minute), *_ending(minute), *_charge(minute)]
    if minute.needs_medic and minute.ending is not EncounterEnding.MEDICAL_FIRST:
        sentences.append("Medical help was called.")
    return " ".join(sentences) + "\n" + _codes(minute)


def _opening(minute: Minute) -> str:
    when = f"{minute.at:%B} {minute.at.day}, {minute.at.year}, at {minute.at:%H:%M}"
    if minute.pathway:
        return f"On {when}, the officer offered pre-arrest diversion."
    if minute.ending in (EncounterEnding.HANDED_OFF, EncounterEnding.DECLINED, EncounterEnding.DEFERRED):
        raise NothingToReport("An offer names its pathway.")
    return f"On {when}, the officer considered pre-arrest diversion."


def _permission(minute: Minute) -> list[str]:
    if minute.ending not in (EncounterEnding.HANDED_OFF, EncounterEnding.DECLINED, EncounterEnding.DEFERRED):
        return []
    language = LANGUAGES.get(minute.language, "another language") if minute.language else "English"
    through = " through an interpreter" if minute.interpreted else ""
    return [f"The officer read the script aloud in {language}{through}."]


def _ending(minute: Minute) -> list[str]:
    match minute.ending:
        case EncounterEnding.HANDED_OFF:
            return ["The person said yes and was handed off.", *([HOW[minute.mode]] if minute.mode else [])]
        case EncounterEnding.DECLINED:
            return ["The person said no."]
        case EncounterEnding.DEFERRED:
            return ["The person said not today."]
        case EncounterEnding.NOT_DIVERTED:
            if minute.reason is None:
                raise NothingToReport("Say why it was not an offer: one tap.")
            return [f"It was not used. Reason: {_lower(str(plain_words.NOT_DIVERTED[minute.reason]))}."]
        case EncounterEnding.MEDICAL_FIRST:
            return ["Medical help was called first."]
        case EncounterEnding.YOUTH:
            return ["The adult pathways did not apply. The youth procedure was followed."]
        case EncounterEnding.NEEDS_SUPERVISOR:
            return ["The decision was passed to a supervisor."]
        case EncounterEnding.UNDONE:
            return ["The handoff was taken back within five minutes. No handoff was made."]


def _charge(minute: Minute) -> list[str]:
    if not minute.pathway or minute.ending is EncounterEnding.UNDONE:
        return []
    if not pathway_of(minute.pathway).charges_allowed:
        return ["No charge or citation hangs on the person's answer."]
    if minute.ending is EncounterEnding.HANDED_OFF:
        return ["The charge is reported to the prosecutor and waits. The prosecutor decides."]
    return ["The charge was processed in the ordinary way."]


def _codes(minute: Minute) -> str:
    charge = ""
    if minute.pathway:
        charge = "charge" if pathway_of(minute.pathway).charges_allowed else "no_charge"
    codes = [charge, minute.ending, minute.mode or "", minute.reason or ""]
    return "Diversion code: " + " / ".join(str(code).upper() for code in codes if code)


def _lower(words: str) -> str:
    return "the officer's decision" if words == "I decided" else words[0].lower() + words[1:]
