"""A pack: one jurisdiction's approved adjustment of the pathways, as data.

It narrows or sets criteria, terms and clocks; it never adds code. A pack has a citation, dates in force, an
approver, and a version; once active it cannot change: its seal is a hash of its content, and a file whose
content no longer fits its seal is refused. A change is a new version. What is fixed in a pathway (the
person's own will, the fence around minors) no pack can touch.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from offramp.rules.criteria import Criterion
from offramp.rules.message import Message, say
from offramp.rules.pathway import fingerprint
from offramp.rules.refusal import BadInput
from offramp.rules.spans import Span

if TYPE_CHECKING:
    from offramp.rules.pathway import Pathway


class PackState(StrEnum):
    """Where a pack stands. Immutable from ACTIVE on."""

    DRAFT = "draft"
    COUNSEL_REVIEW = "counsel_review"
    APPROVED = "approved"
    ACTIVE = "active"
    RETIRED = "retired"


class BadPack(BadInput):
    """A pack that does not read, or was changed after it became active."""


@dataclass(frozen=True)
class Adjustment:
    """What a pack does to one pathway."""

    off: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    terms: Mapping[str, Any] = field(default_factory=dict)
    clocks: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """A pack as read from its file."""

    name: str
    title: str
    place: str
    edition: int
    state: PackState
    citation: str
    effective_from: date
    effective_until: date | None
    approved_by: str
    approved_on: date | None
    review_after: date | None
    sample: bool
    state_code: str
    digest: str
    pathways: Mapping[str, Adjustment]

    @property
    def version(self) -> str:
        """Edition and fingerprint: two files with the same version say the same."""
        return f"{self.edition}-{self.digest[:8]}"

    def adjusted(self, pathway: "Pathway") -> tuple[Criterion, ...]:
        """The pathway's criteria as this pack sets them: some off, some replaced in place, new ones after."""
        own = self.pathways.get(pathway.key, Adjustment())
        named = {criterion.name: criterion for criterion in own.criteria}
        untouchable = sorted(set(pathway.fixed) & (set(own.off) | set(named)))
        if untouchable:
            raise BadPack(
                "“{name}” is fixed in {pathway}: no pack may change it.",
                name=untouchable[0],
                pathway=str(pathway.name),
            )
        base = {criterion.name for criterion in pathway.criteria}
        stray = sorted(set(own.off) - base)
        if stray:
            raise BadPack(
                "{pathway} has no criterion “{name}” to leave out.", name=stray[0], pathway=str(pathway.name)
            )
        kept = tuple(named.get(one.name, one) for one in pathway.criteria if one.name not in own.off)
        return kept + tuple(one for one in own.criteria if one.name not in base)

    def clocks_for(self, key: str) -> Mapping[str, Span]:
        """The lengths this pack sets for a pathway's timers, by timer id."""
        return self.pathways.get(key, Adjustment()).clocks

    def why_not_in_force(self, on: date) -> Message | None:
        """Why people cannot be diverted under it that day; None when they can."""
        if self.state is not PackState.ACTIVE:
            return say("The pack {name} is not active.", name=self.name)
        if on < self.effective_from:
            return say(
                "The pack {name} begins on {day}.", name=self.name, day=self.effective_from.isoformat()
            )
        if self.effective_until is not None and on > self.effective_until:
            return say(
                "The pack {name} ended on {day}.", name=self.name, day=self.effective_until.isoformat()
            )
        return None

    def review_is_due(self, on: date) -> bool:
        """Whether the day to look at it again has come."""
        return self.review_after is not None and on >= self.review_after


def read_pack(text: str, *, name: str) -> Pack:
    """The pack in a TOML text. Raises `BadPack` with one sentence that says what is wrong and where."""
    from offramp.rules.pack_text import parse

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadPack("The pack {name} is not TOML: {why}", name=name, why=str(wrong)) from wrong
    return parse(data, name)


def seal_of(data: Mapping[str, Any]) -> str:
    """The hash of a pack's content: all but the seal itself, and where it stands in its life."""
    return fingerprint({key: value for key, value in data.items() if key not in ("seal", "state")})
