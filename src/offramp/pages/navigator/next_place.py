"""The next place for somebody: what fits and has room now, and whom to call first, less those asked already."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from offramp.pages.components.values import Label
from offramp.pages.components.words import shown
from offramp.pages.navigator.record import Record
from offramp.records.places import find
from offramp.rules.candidates import Ask
from offramp.rules.matching import Match
from offramp.rules.plain_words import MODES
from offramp.rules.visibility import Viewer
from offramp.rules.way_there import modes_for
from offramp.rules.words import Mode

ADULT = 18
SHOWN = 5


class NextPlace(forms.Form):
    """Which place is asked, how they get there, and whether they said yes to being named there."""

    outlet = forms.ChoiceField(label=_("Which place?"), widget=forms.RadioSelect)
    names = forms.ChoiceField(
        label=_("Did they say yes to giving their name there?"),
        choices=[("yes", _("Yes")), ("no", _("No: ask without a name"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, matches: list[Match]):
        super().__init__(data)
        self.matches = {match.candidate.outlet: match for match in matches}
        self.fields["outlet"].choices = [(key, _label(match)) for key, match in self.matches.items()]

    @property
    def mode(self) -> Mode:
        """How they usually get there: a team comes, or they go with their navigator."""
        candidate = self.matches[self.cleaned_data["outlet"]].candidate
        ways = modes_for(candidate.how_in, sends_a_ride=candidate.brings_people == "yes")
        usual = [way for way in ways if way is not Mode.POLICE_TRANSPORT]
        return usual[0] if usual else ways[0]

    @property
    def outlet_key(self) -> UUID:
        return UUID(self.cleaned_data["outlet"])


def places_for(viewer: Viewer, record: Record, near: tuple[float, float] | None) -> tuple[list[Match], list[Match]]:
    """Room now and call first, best first, without the places that were asked before or that are our own."""
    asked = {str(row.service.key) for row in record.referrals}
    last = record.referrals[0] if record.referrals else None
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
    return [_new(found.room_now, asked), _new(found.call_first, asked)]


def _new(matches, asked: set[str]) -> list[Match]:
    return [match for match in matches if match.candidate.key not in asked][:SHOWN]


def _label(match: Match) -> Label:
    candidate = match.candidate
    ways = modes_for(candidate.how_in, sends_a_ride=candidate.brings_people == "yes")
    way = shown(MODES[ways[0]]) if ways else ""
    reasons = [shown(reason) for reason in match.reasons[:3]]
    phone = list(candidate.phones[:1])
    return Label(candidate.name, " · ".join([*reasons, way, *phone]))
