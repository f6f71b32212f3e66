"""One sheet: everything the officer's form says, and what follows from it. Pages draw it; deeds decide."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from offramp.actions import verdict as verdicts
from offramp.actions.encounter import Asked, Meeting, Seen
from offramp.formats.licence import Scanned
from offramp.pages.officer.choice import Choose
from offramp.pages.officer.questions import StillAsked
from offramp.pages.officer.tell import Tell, Unsafe
from offramp.pages.officer.who import AsSeen, Who
from offramp.records import places
from offramp.records.agency import Agency
from offramp.rules import safety, tiles
from offramp.rules.answers import Answer
from offramp.rules.bank import BANK, DANGER_NOW, NEEDS_MEDIC, SUICIDE_CUE, UNDER_18
from offramp.rules.candidates import Ask
from offramp.rules.cell import middle
from offramp.rules.eligibility import Verdict
from offramp.rules.facts import Facts
from offramp.rules.matching import Places
from offramp.rules.pathway import Pathway
from offramp.rules.questions import Asked as How
from offramp.rules.questions import Question, Type
from offramp.rules.reading import read_facts
from offramp.rules.visibility import Viewer

ADULT = 18
FIRST = (NEEDS_MEDIC, SUICIDE_CUE, DANGER_NOW, UNDER_18)
PREFILLED = {"what", "incident", "race", "seen_sex", "age"}
NOTHING = Places()


@dataclass
class Sheet:
    """The form as it was sent, whole. Every answer is read again each time: the page is never believed."""

    viewer: Viewer
    at: datetime
    agency: Agency
    data: QueryDict
    scanned: Scanned | None = None
    forged: bool = False  # it came with a key that is none; it has a new one now

    @classmethod
    def sent(cls, request: HttpRequest, data: QueryDict | None = None) -> "Sheet":
        """What this request sends. A scan is read at once into the fields it fills, and goes no further."""
        sheet = cls(request.viewer, request.at, request.membership.agency, data if data is not None else request.POST)
        if "key" in sheet.tell.errors:
            sheet = replace(sheet.changed(key=str(uuid.uuid4())), forged=True)
        if sheet.who.scanned is None:
            return sheet
        return replace(sheet.changed(**sheet.who.read_from_scan()), scanned=sheet.who.scanned)

    @classmethod
    def empty(cls, request: HttpRequest, **also: str) -> "Sheet":
        """A new sheet, with its own key. A link from dispatch may bring codes and an incident number, and nothing about a person."""
        data = QueryDict(mutable=True)
        for name in PREFILLED & set(request.GET):
            data.setlist(name, request.GET.getlist(name))
        for name, value in {"key": str(uuid.uuid4()), "opened": request.at.isoformat(), **also}.items():
            data[name] = value
        return cls.sent(request, data)

    def changed(self, **values: str) -> "Sheet":
        """The same sheet with some of it written anew."""
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        return Sheet(self.viewer, self.at, self.agency, data, self.scanned, self.forged)

    # -- Its parts --------------------------------------------------------------------------------------------------

    @cached_property
    def today(self):
        return verdicts.day_of(self.agency, self.at)

    @cached_property
    def pack(self):
        return verdicts.pack_of(self.agency)

    @cached_property
    def tell(self) -> Tell:
        return _cleaned(Tell(self.data, at=self.at, state=self.pack.state_code if self.pack else ""))

    @cached_property
    def who(self) -> Who:
        return _cleaned(Who(self.data, on=self.today))

    @cached_property
    def seen(self) -> AsSeen:
        return _cleaned(AsSeen(self.data))

    @cached_property
    def unsafe(self) -> Unsafe:
        return _cleaned(Unsafe(self.data, questions=self.ticks))

    @cached_property
    def asked(self) -> StillAsked:
        return _cleaned(StillAsked(self.data, questions=self.questions, on=self.today))

    @cached_property
    def choose(self) -> Choose:
        return _cleaned(Choose(self.data))

    @property
    def forms(self):
        return (self.tell, self.who, self.seen, self.asked, self.choose)

    @property
    def is_valid(self) -> bool:
        """Whether every part makes sense."""
        return not any(form.errors for form in self.forms)

    # -- What may be asked ------------------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[Pathway]:
        return verdicts.ways(self.agency, charge=self.tell.is_charged)

    @cached_property
    def ticks(self) -> tuple[Question, ...]:
        """The boxes of "Anything unsafe?": what always comes first, then what these pathways ask."""
        return tuple(dict.fromkeys([*FIRST, *self._asked(How.TICK)]))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions with chips that these pathways may ask; the charge itself is tapped above."""
        screen = [one for one in self._asked(How.SCREEN) if one.fact != "charge" and one.type is not Type.CODE]
        spoken = [one for one in self._asked(How.SCRIPT) if one.fact != "agrees"]
        return tuple(dict.fromkeys([*screen, *spoken]))

    def _asked(self, how: How) -> list[Question]:
        return [one for way in self.ways for one in way.questions(self.pack) if one.asked is how]

    # -- What follows -----------------------------------------------------------------------------------------------

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
        if self.tell.is_charged is None or not self.for_adults:
            return {}
        each = {way.key: self.meeting(way.key) for way in self.ways}
        return {key: verdicts.assess(viewer=self.viewer, at=self.at, meeting=one) for key, one in each.items()}

    @cached_property
    def way(self) -> Pathway | None:
        """The pathway this goes by: the one the officer picked, or the one that can best be offered."""
        if not self.verdicts:
            return None
        picked = self.choose.cleaned_data.get("way")
        return next((way for way in self.ways if way.key == picked), min(self.ways, key=lambda way: _rank(self.verdicts[way.key])))

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
        agency = (self.agency.lat, self.agency.lon) if self.agency.lat is not None and self.agency.lon is not None else None
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


def _cleaned(form):
    form.is_valid()
    return form


def _names(way: Pathway | None, pack) -> set[str]:
    return {criterion.name for criterion in way.criteria_under(pack)} if way else set()


def _rank(verdict: Verdict) -> tuple[int, ...]:
    order = (Answer.YES, Answer.UNKNOWN, Answer.NO)
    return (not verdict.offerable, order.index(verdict.answer), verdict.needs is not None, len(verdict.asks))
