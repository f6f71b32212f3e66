"""The parts of an officer's sheet: its forms as they were sent, and what may be asked on it."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self

from django.http import HttpRequest, QueryDict

from offramp.actions import verdict as verdicts
from offramp.formats.licence import Scanned
from offramp.pages.officer.choice import Choose
from offramp.pages.officer.questions import StillAsked
from offramp.pages.officer.tell import Tell, Unsafe
from offramp.pages.officer.who import AsSeen, Who
from offramp.records.agency import Agency
from offramp.rules.bank import DANGER_NOW, NEEDS_MEDIC, SUICIDE_CUE, UNDER_18
from offramp.rules.pathway import Pathway
from offramp.rules.questions import Asked as How
from offramp.rules.questions import Question, Type
from offramp.rules.visibility import Viewer

FIRST = (NEEDS_MEDIC, SUICIDE_CUE, DANGER_NOW, UNDER_18)
PREFILLED = {"what", "incident", "race", "seen_sex", "age"}


@dataclass
class Parts:
    """The form as it was sent, whole. Every answer is read again each time: the page is never believed."""

    viewer: Viewer
    at: datetime
    agency: Agency
    data: QueryDict
    scanned: Scanned | None = None
    forged: bool = False  # it came with a key that is none; it has a new one now

    @classmethod
    def sent(cls, request: HttpRequest, data: QueryDict | None = None) -> Self:
        """What this request sends. A scan is read at once into the fields it fills, and goes no further."""
        sheet = cls(
            request.viewer, request.at, request.membership.agency, data if data is not None else request.POST
        )
        if "key" in sheet.tell.errors:
            sheet = replace(sheet.changed(key=str(uuid.uuid4())), forged=True)
        if sheet.who.scanned is None:
            return sheet
        return replace(sheet.changed(**sheet.who.read_from_scan()), scanned=sheet.who.scanned)

    @classmethod
    def empty(cls, request: HttpRequest, **also: str) -> Self:
        """A new sheet, with its own key. A link from dispatch may bring codes and an incident number, and nothing about a person."""
        data = QueryDict(mutable=True)
        for name in PREFILLED & set(request.GET):
            data.setlist(name, request.GET.getlist(name))
        for name, value in {"key": str(uuid.uuid4()), "opened": request.at.isoformat(), **also}.items():
            data[name] = value
        return cls.sent(request, data)

    def changed(self, **values: str) -> Self:
        """The same sheet with some of it written anew."""
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        return replace(self, data=data)

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
        screen = [
            one for one in self._asked(How.SCREEN) if one.fact != "charge" and one.type is not Type.CODE
        ]
        spoken = [one for one in self._asked(How.SCRIPT) if one.fact != "agrees"]
        return tuple(dict.fromkeys([*screen, *spoken]))

    def _asked(self, how: How) -> list[Question]:
        return [one for way in self.ways for one in way.questions(self.pack) if one.asked is how]


def _cleaned(form):
    form.is_valid()
    return form
