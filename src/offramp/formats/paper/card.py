"""The card in the person's hand: who expects them, where, whom to call. Large type, two languages, no name.

Whoever finds the card must learn nothing about its owner. So it says neither police nor help of any kind,
and a service's name is left off when the name alone tells (a detox, a shelter, a court program); then the
street and the phone do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date, format_time

from offramp.formats.paper.press import breakable, fitting, set_page, shortened
from offramp.rules.message import say
from offramp.rules.wording import Shown

TELLING = re.compile(
    r"police|sheriff|officer|court|probation|parole|jail|prison|diversion|justice|legal|defender|prosecut|"
    r"detox|withdrawal|recover|rehab|treat|counsel|therap|medication|inpatient|outpatient|residential|moud\b|\baa\b|\bna\b|"
    r"addict|sober|methadone|suboxone|buprenorphine|opioid|overdose|naloxone|narcan|drug|substance|"
    r"alcohol|needle|syringe|harm reduction|crisis|stabili[sz]|mental|psych|behaviou?ral|suicid|clinic|hospital|hiv|"
    r"shelter|homeless|safe house|refuge|domestic|violence|sex work|"
    r"policía|oficial|tribunal|cárcel|recuperaci|tratamiento|adicci|droga|alcohol|sobredosis|clínica|albergue|refugio|violencia",
    re.IGNORECASE,
)

DAYS = {"en": ("en_US", "EEEE, MMMM d"), "es": ("es_US", "EEEE d 'de' MMMM")}

TOO_LONG = {
    "address": say("The address is too long to print: {most} letters at most."),
    "phone": say("The phone number is too long to print: {most} signs at most."),
}


@dataclass(frozen=True, repr=False)
class Card:
    """What goes on the card. `expecting` is a first name or a desk; `meets` means that they come to the person."""

    expecting: str = ""
    meets: bool = False
    place: str = ""
    address: str = ""
    phone: str = ""
    when: datetime | None = None  # local time

    def __repr__(self) -> str:
        return "Card(…)"  # where somebody is going: never printed into a log


def card_for_person(card: Card, words: Sequence[Shown]) -> bytes:
    """The card as a PDF: one half for each of `words` (wording "card"), the person's own language first.

    Raises `CannotPrint` with one sentence when something is too long or has letters that cannot be set.
    """
    facts = _facts(card)
    values = {
        "title": words[0].title,
        "halves": [_half(card, facts, each) for each in words[:2]],
        "sample": "Sample wording" if any(each.sample for each in words) else "",
    }
    return set_page("card.typ", values)


def neutral(name: str) -> str:
    """The name, or nothing when it tells what its owner's day is about."""
    return "" if TELLING.search(name) else name


def _facts(card: Card) -> dict[str, str]:
    """What is said the same in both languages."""
    # Names are judged whole, before they are cut: the telling word may stand at the end.
    who = shortened(neutral(card.expecting), 40)
    place = shortened(neutral(card.place), 60)
    address = fitting(card.address, 160, TOO_LONG["address"])
    where = (
        (place if who else "", address) if not card.meets else ()
    )  # they come: an office elsewhere would mislead
    return {
        "who": breakable(who or place),
        "where": breakable("\n".join(filter(None, where))),
        "phone": fitting(card.phone, 40, TOO_LONG["phone"]),
    }


def _half(card: Card, facts: dict[str, str], words: Shown) -> dict[str, object]:
    parts = words.parts
    coming, late = ("meeting_text", "meeting_late") if card.meets else ("text", "late")
    return facts | {
        "language": words.language,
        "title": parts["meeting"] if card.meets else parts["title"],
        "who-label": parts["who"] if card.meets else parts["ask"],
        "where-label": parts["where"],
        "call-label": parts["call"],
        "when-label": parts["when"],
        "when": _when(card.when, words.language),
        "says": [parts[part] for part in ((coming, late, "mind") if card.phone else (coming, "mind"))],
        "crisis": parts["crisis"],
    }


def _when(at: datetime | None, language: str) -> str:
    """A day and an hour as people say them: Tuesday, November 24, 10:40 PM."""
    if at is None:
        return ""
    locale, day = DAYS.get(language, (language, "EEEE d MMMM"))
    said = f"{format_date(at, day, locale=locale)}, {format_time(at, 'short', locale=locale)}"
    return said[0].upper() + said[1:]
