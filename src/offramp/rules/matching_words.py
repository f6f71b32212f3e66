"""The reasons beside a place, as sentences: what it answers, room and who said so, how far, hours, whom it takes."""

from offramp.rules.candidates import ROOM, Ask, Candidate, HowIn, Said
from offramp.rules.capacity import age_in_words
from offramp.rules.hours import Opening, State, in_words
from offramp.rules.languages import name_of
from offramp.rules.message import Message, say
from offramp.rules.words import Freshness

UNITS = {
    "place": ("1 place", "{n} places"),
    "bed": ("1 bed", "{n} beds"),
    "chair": ("1 chair", "{n} chairs"),
    "appointment": ("1 appointment", "{n} appointments"),
    "person": ("1 person on shift", "{n} people on shift"),
}

# What is counted, with no number before it.
UNIT_NAMES = {
    "bed": say("Beds"),
    "chair": say("Chairs"),
    "appointment": say("Appointments"),
    "person": say("People on shift"),
}


def reasons_for(
    ask: Ask, it: Candidate, opening: Opening, said: Said | None, fresh: Freshness
) -> tuple[Message, ...]:
    """Why this place stands where it stands, the most telling first."""
    wanted = {need: place for place, need in enumerate(ask.needs)}
    needs = sorted((one for one in it.matched if one.need in wanted), key=lambda one: wanted[one.need])
    return (
        *(one.reason for one in needs[:2]),
        *_room(ask, said, fresh, it, opening),
        *_way_there(it),
        in_words(opening, at=ask.at, zone_name=it.hours.zone),
        *_whom_it_takes(ask, it),
        *_likelihood(it),
    )


def places_in_words(count: int, unit: str) -> Message:
    """ "1 bed", "2 chairs"; a unit of the directory's own is shown as it is."""
    one, many = UNITS.get(unit, ("1 {unit}", "{n} × {unit}"))
    return say(one if count == 1 else many, n=count, unit=unit)


def _room(
    ask: Ask, said: Said | None, fresh: Freshness, it: Candidate, opening: Opening
) -> tuple[Message, ...]:
    if said is None or fresh is Freshness.UNKNOWN:
        return (say("Room not known: call first"),)
    age, by = (
        age_in_words(ask.at - said.said_at),
        say("by {who}", who=said.said_by) if said.said_by else say("by the desk"),
    )
    if fresh not in ROOM:
        return (say("Last count {age}: too old to go by, call first", age=age),)
    told = say("{places}, said {age} {by}", places=places_in_words(said.left, said.unit), age=age, by=by)
    if opening.state is State.CLOSED and it.how_in is not HowIn.WORKER_COMES:
        return (told, say("Not open at this hour: call first"))
    return (told,)


def _way_there(it: Candidate) -> tuple[Message, ...]:
    if it.how_in is HowIn.WORKER_COMES:
        return (
            say("Can come, about {n} min", n=it.minutes_to_come)
            if it.minutes_to_come
            else say("Can come to you"),
        )
    if it.miles is None:
        return (say("Distance not known"),) if it.address else (say("By phone: no address on file"),)
    return (say("{miles} miles away", miles=f"{it.miles:.1f}"),)


def _whom_it_takes(ask: Ask, it: Candidate) -> tuple[Message, ...]:
    told = []
    if it.how_in is HowIn.WALK_IN:
        told.append(say("Takes walk-ins"))
    if ask.language and ask.language in it.languages:
        told.append(say("Speaks {language}", language=say(name_of(ask.language))))
    if ask.payer and ask.payer in it.payers:
        told.append(say("Takes {payer}", payer=ask.payer))
    if "free" in it.payers:
        told.append(say("Free of charge"))
    if it.id_needed == "no":
        told.append(say("No ID needed"))
    if it.brings_people == "yes":
        told.append(say("Can send a ride"))
    return tuple(told)


def _likelihood(it: Candidate) -> tuple[Message, ...]:
    return (
        (say("Said yes to {taken} of {asked} lately", taken=it.taken, asked=it.asked),)
        if it.asked >= 5
        else ()
    )


def cautions_for(ask: Ask, it: Candidate, opening: Opening) -> tuple[Message, ...]:
    """What to watch out for; nothing here excludes."""
    told = []
    if it.alert:
        told.append(say("Notice: {alert}", alert=it.alert))
    if opening.holiday:
        told.append(say("Public holiday: hours may differ"))
    if ask.language and ask.language != "en" and ask.language not in it.languages:
        text = "Does not list {language}" if it.languages else "Languages not known: ask for {language}"
        told.append(say(text, language=say(name_of(ask.language))))
    if ask.payer and ask.payer not in it.payers and "free" not in it.payers:
        told.append(
            say(
                "Does not list {payer}" if it.payers else "Payment not known: ask about {payer}",
                payer=ask.payer,
            )
        )
    if it.id_needed == "yes":
        told.append(say("Asks for ID"))
    if not it.phones:
        told.append(say("No phone on file"))
    return tuple(told)
