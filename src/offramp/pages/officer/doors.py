"""The doors to choose from: room now and call first, never mixed, the best one chosen already so that choosing costs no tap."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offramp.pages.components.values import Place
from offramp.pages.components.words import shown
from offramp.pages.officer.sheet import Sheet
from offramp.records.service import Outlet
from offramp.rules.candidates import Candidate, HowIn
from offramp.rules.capacity import age_in_words
from offramp.rules.hours import in_words
from offramp.rules.matching import Match, Places
from offramp.rules.matching_words import places_in_words
from offramp.rules.needs import NEEDS, STRENGTH
from offramp.rules.way_there import modes_for
from offramp.rules.words import Mode

BEST, FARTHER = 3, 6


class Door(forms.Form):
    """One of these. Room now and call first are two lists of the same choice."""

    outlet = forms.ChoiceField(label=gettext_lazy("Where to"), widget=forms.RadioSelect, required=False)

    def __init__(self, matches: tuple[Match, ...], *, chosen: str, at: datetime, room: bool, name: str):
        super().__init__(auto_id=f"{name}_%s", initial={"outlet": chosen})
        self.fields["outlet"].choices = [
            (one.candidate.outlet, place(one, at=at, room=room)) for one in matches
        ]


@dataclass(frozen=True)
class Doors:
    """What stands under *room now* and *call first*, what is farther down, and which one is chosen."""

    chosen: Match | None
    suggested: str
    room_now: Door | None
    call_first: Door | None
    more: Door | None
    not_now: tuple[tuple[str, str], ...]

    @property
    def outlet(self) -> str:
        return self.chosen.candidate.outlet if self.chosen else ""

    @property
    def name(self) -> str:
        return self.chosen.candidate.name if self.chosen else ""

    @property
    def modes(self) -> tuple[Mode, ...]:
        return modes(self.chosen.candidate) if self.chosen else ()


def doors(sheet: Sheet) -> Doors:
    """The places of this sheet as they are drawn. What the officer picked stays picked while it is there."""
    found, picked = sheet.places, sheet.choose.picked
    every = [*found.room_now, *found.call_first]
    best = _best(found)
    chosen = next((one for one in every if one.candidate.outlet == picked), best)
    key, at = chosen.candidate.outlet if chosen else "", sheet.at
    rest = found.room_now[BEST:FARTHER] + found.call_first[BEST:FARTHER]

    def listed(matches: tuple[Match, ...], name: str, *, room: bool) -> Door | None:
        return Door(matches, chosen=key, at=at, room=room, name=name) if matches else None

    return Doors(
        chosen=chosen,
        suggested=best.candidate.outlet if best else "",
        room_now=listed(found.room_now[:BEST], "now", room=True),
        call_first=listed(found.call_first[:BEST], "call", room=False),
        more=listed(rest, "more", room=False),
        not_now=tuple((one.candidate.name, shown(one.reason)) for one in found.not_now[:BEST]),
    )


def _best(found: Places) -> Match | None:
    """Room now is chosen already; a place to call first is somebody's own choice."""
    return found.room_now[0] if found.room_now else None


def modes(candidate: Candidate) -> tuple[Mode, ...]:
    """How people get to this door, the usual way first."""
    return modes_for(candidate.how_in, sends_a_ride=candidate.brings_people == "yes")


def modes_at(outlet: Outlet) -> tuple[Mode, ...]:
    """The same for a door that was looked up by its key."""
    return modes_for(outlet.service.how_in, sends_a_ride=outlet.service.brings_people == "yes")


def place(match: Match, *, at: datetime, room: bool) -> Place:
    """A door as a card: how much room, how fresh, how far, why."""
    it, said = match.candidate, match.said
    age = shown(age_in_words(at - said.said_at)) if said else ""
    count = shown(places_in_words(said.left, said.unit)) if said else ""
    return Place(
        name=it.name,
        room=count if room else _("call first"),
        said=_("said %(age)s") % {"age": age}
        if room
        else (_("last count %(age)s") % {"age": age} if said else _("room not known")),
        freshness=match.freshness.value,
        about=_about(match, at),
        phone="" if room or not it.phones else it.phones[0],
        why=_answers(match),
    )


def _about(match: Match, at: datetime) -> list[str]:
    """How far, open until when, and whom it takes."""
    it, about = match.candidate, []
    if it.how_in is HowIn.WORKER_COMES:
        about.append(
            _("comes to you, about %(n)d min") % {"n": it.minutes_to_come}
            if it.minutes_to_come
            else _("comes to you")
        )
    elif it.miles is not None:
        about.append(_("%(miles).1f mi") % {"miles": it.miles})
    if it.how_in is not HowIn.WORKER_COMES:
        about.append(_lower(shown(in_words(match.opening, at=at, zone_name=it.hours.zone))))
    if it.how_in is HowIn.WALK_IN:
        about.append(_("walk-ins"))
    if it.id_needed == "no":
        about.append(_("no ID"))
    return about + [_lower(shown(one)) for one in match.cautions[:2]]


def _answers(match: Match) -> str:
    """Why this one: what it answers. A word found only in a description is said to be just that."""
    by_name = [one for one in match.candidate.matched if STRENGTH[one.by] >= 2]
    if not by_name:
        return shown(match.candidate.matched[0].reason) if match.candidate.matched else ""
    words = [shown(NEEDS[one.need].words) for one in by_name[:2]]
    return ", ".join([words[0], *map(_lower, words[1:])])


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
