"""The next place for somebody: what fits and has room now, and whom to call first, less those asked already."""

from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from offramp.pages.components.values import Place
from offramp.pages.components.words import shown
from offramp.pages.officer.doors import place
from offramp.records.places import find
from offramp.records.referral import Referral
from offramp.records.service import Service
from offramp.rules import likelihood
from offramp.rules.candidates import Ask
from offramp.rules.distance import Point
from offramp.rules.matching import Match, Places
from offramp.rules.visibility import Viewer
from offramp.rules.way_there import modes_for
from offramp.rules.words import Mode

ADULT = 18
SHOWN = 5


class NextPlace(forms.Form):
    """Which place is asked, and whether they said yes to being named there. Room now and call first are one choice."""

    outlet = forms.ChoiceField(
        label=_("Which place?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a place to ask.")}
    )
    names = forms.ChoiceField(
        label=_("Did they say yes to giving their name there?"),
        choices=[("yes", _("Yes")), ("no", _("No: ask without a name"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask them first, or ask without a name.")},
    )

    def __init__(self, data=None, *, candidates: "Candidates"):
        super().__init__(data)
        self.matches = {match.candidate.outlet: match for match in candidates.every}
        self.fields["outlet"].choices = [(key, _card(match, candidates)) for key, match in self.matches.items()]

    @property
    def outlet_key(self) -> UUID:
        return UUID(self.cleaned_data["outlet"])

    @property
    def mode(self) -> Mode:
        return mode_for(self.matches[self.cleaned_data["outlet"]])


@dataclass(frozen=True)
class Candidates:
    """Places not asked yet, best first. `ready`: the one to try next, with room now, after the place that could not."""

    room_now: tuple[Match, ...]
    call_first: tuple[Match, ...]
    ready: Match | None
    at: object

    @property
    def every(self) -> tuple[Match, ...]:
        return (*self.room_now, *self.call_first)


def candidates_for(viewer: Viewer, referrals: list[Referral], near: Point | None) -> Candidates:
    """Room now and call first, without the places that were asked before or that are our own. `referrals`: the newest first."""
    asked = {str(row.service.key) for row in referrals} | _our_own(viewer)
    last = referrals[0] if referrals else None
    found = find(
        Ask(
            needs=tuple(last.needs) if last else (),
            at=viewer.at,
            near=near,
            language=last.language if last else "en",
            age_from=ADULT,
            limit=SHOWN + len(asked),
        )
    )
    room_now = _new(found.room_now, asked)
    return Candidates(room_now, _new(found.call_first, asked), _ready(found, last, asked, room_now), viewer.at)


def _our_own(viewer: Viewer) -> set[str]:
    """Our own teams: whoever is with somebody already is not asked for them."""
    return {str(key) for key in Service.objects.filter(agency_id=viewer.agency_id).values_list("key", flat=True)}


def _new(matches: tuple[Match, ...], asked: set[str]) -> tuple[Match, ...]:
    return tuple(match for match in matches if match.candidate.key not in asked)[:SHOWN]


def _ready(found: Places, last: Referral | None, asked: set[str], room_now: tuple[Match, ...]) -> Match | None:
    """The next in the order after the one that could not; else the best with room that was not asked yet."""
    following = found.after(str(last.service.key)) if last else None
    while following is not None and following.candidate.key in asked:
        following = found.after(following.candidate.key)
    return following if following in room_now else (room_now[0] if room_now else None)


def mode_for(match: Match) -> Mode:
    """How they usually get there: a team comes, or they go with their navigator."""
    candidate = match.candidate
    ways = modes_for(candidate.how_in, sends_a_ride=candidate.brings_people == "yes")
    usual = [way for way in ways if way is not Mode.POLICE_TRANSPORT]
    return usual[0] if usual else ways[0]


def _card(match: Match, candidates: Candidates) -> Place:
    """A place as a card, with how often it said yes of late: that is for those who ask places, and for nobody else."""
    card = place(match, at=candidates.at, room=match in candidates.room_now)
    said_yes = shown(likelihood.in_words(match.candidate.asked, match.candidate.taken))
    return replace(card, about=[*card.about, said_yes])
