"""One sheet: everything the officer's form says, and what follows from it. Pages draw it; deeds decide."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from offramp.actions import verdict as verdicts
from offramp.actions.encounter import Asked, Meeting, Seen
from offramp.pages.officer.parts import Parts
from offramp.records import places
from offramp.rules import safety, tiles
from offramp.rules.answers import Answer
from offramp.rules.bank import BANK
from offramp.rules.candidates import Ask
from offramp.rules.cell import middle
from offramp.rules.eligibility import Verdict
from offramp.rules.facts import Facts
from offramp.rules.matching import Places
from offramp.rules.pathway import Pathway
from offramp.rules.questions import Asked as How
from offramp.rules.reading import read_facts

ADULT = 18
NOTHING = Places()


@dataclass
class Sheet(Parts):
    """The parts, read together."""

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What was told, as the rules read it. What follows from a tile outranks a chip left from before."""
        boxes = {one.fact for one in (*BANK.values(), *self.ticks) if one.asked is How.TICK}
        return self.asked.facts() | self.unsafe.facts(boxes) | self.who.facts() | self.tell.facts()

    def _facts_of(self, way: Pathway | None) -> dict[str, Any]:
        """Those this pathway may read: the shared bank's, and its own."""
        own = {question.fact for question in way.questions(self.pack)} if way else set()
        return {fact: value for fact, value in self.facts.items() if fact in BANK or fact in own}

    def meeting(self, pathway: str, asked: Asked | None = None) -> Meeting:
        """The meeting as this sheet tells it."""
        said, opened = self.tell.cleaned_data, self.tell.cleaned_data.get("opened")
        way = next((one for one in self.ways if one.key == pathway), None)
        return Meeting(
            key=said["key"],
            met_at=said.get("met_at") or opened or self.at,
            pathway=pathway,
            facts=self._facts_of(way),
            identity=self.who.identity,
            what=tuple(said.get("what", ())),
            needs=tiles.needs_of(said.get("what", ())),
            seen=Seen(**self.seen.codes()),
            form_opened_at=None if said.get("sheet") else opened,
            language=asked.language if asked else self.who.spoken,
            incident_number=said.get("incident", ""),
            place=said.get("where", ""),
            cell=said.get("cell", ""),
            overrides=self.choose.overrides(self.viewer.role, _names(way, self.pack)),
            asked=asked,
        )

    @cached_property
    def known(self) -> Facts:
        """Facts of the shared bank, with what follows from a birth date: for what comes first whatever the pathway."""
        told = verdicts.known(self.meeting(""), self.today)
        return read_facts(told, BANK.values(), at=self.today)

    @cached_property
    def first(self) -> tuple[safety.Guidance, ...]:
        return safety.first(self.known)

    @cached_property
    def for_adults(self) -> bool:
        return safety.is_for_adults(self.known)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """One for each pathway that may begin here; none before it is known whether there is a charge."""
        each = {way.key: self.meeting(way.key) for way in self.ways} if self._can_begin else {}
        return {
            key: verdicts.assess(viewer=self.viewer, at=self.at, meeting=one, agency=self.agency)
            for key, one in each.items()
        }

    @property
    def _can_begin(self) -> bool:
        return self.tell.is_charged is not None and self.for_adults

    @cached_property
    def way(self) -> Pathway | None:
        """The pathway this goes by: the one the officer picked, or the one that can best be offered."""
        if not self._can_begin or len(self.ways) < 2:  # where there is one, it goes by that, whatever the verdict
            return self.ways[0] if self._can_begin and self.ways else None
        picked = self.choose.cleaned_data.get("way")
        return next(
            (way for way in self.ways if way.key == picked),
            min(self.ways, key=lambda way: _rank(self.verdicts[way.key])),
        )

    @property
    def verdict(self) -> Verdict | None:
        return self.verdicts[self.way.key] if self.way else None

    @cached_property
    def places(self) -> Places:
        """Where there is room now, and whom to call first. None where nothing can be offered."""
        if self.verdict is None or self.verdict.answer is Answer.NO:
            return NOTHING
        return places.find(self.ask)

    @property
    def ask(self) -> Ask:
        """What is looked for. As the officer *sees* somebody is no part of it."""
        who, here = self.who.identity, self.tell.cleaned_data.get("cell")
        ages = who.birth.ages_on(self.today)
        agency = (
            (self.agency.lat, self.agency.lon)
            if self.agency.lat is not None and self.agency.lon is not None
            else None
        )
        return Ask(
            needs=tiles.needs_of(self.tell.cleaned_data.get("what", ())),
            at=self.at,
            near=middle(here) if here else agency,
            language=self.who.spoken,
            age_from=ages[0] if ages else ADULT,
            age_to=ages[1] if ages else None,
            sex=who.sex if who.sex in ("female", "male") else "",
            limit=6,
        )

    @property
    def met_at(self) -> datetime:
        """When they met, where the agency is."""
        said = self.tell.cleaned_data
        return timezone.localtime(said.get("met_at") or said.get("opened") or self.at)


def _names(way: Pathway | None, pack) -> set[str]:
    return {criterion.name for criterion in way.criteria_under(pack)} if way else set()


def _rank(verdict: Verdict) -> tuple[int, ...]:
    order = (Answer.YES, Answer.UNKNOWN, Answer.NO)
    return (not verdict.offerable, order.index(verdict.answer), verdict.needs is not None, len(verdict.asks))
