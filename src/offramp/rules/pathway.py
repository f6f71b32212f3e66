"""The shape of a pathway: one file declares it whole, everything else reads it.

The officer's form takes its questions from `criteria`, in this order, none twice; the navigator's due
list reads `clocks`; a charge can wait only where `leverage` says so. Adding a pathway is adding a file.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from offramp.rules.abeyance import Terms
from offramp.rules.bank import BANK
from offramp.rules.clocks import Clock
from offramp.rules.criteria import Criterion
from offramp.rules.eligibility import MixedCharges, Verdict, judge
from offramp.rules.facts import Facts
from offramp.rules.message import Message
from offramp.rules.questions import Question
from offramp.rules.reading import read_facts
from offramp.rules.words import Role

if TYPE_CHECKING:
    from offramp.rules.pack import Pack


class Start(StrEnum):
    """Who or what can begin a pathway."""

    PERSON = "person"
    FAMILY = "family"
    OFFICER = "officer"
    MEDIC = "medic"
    OUTREACH_TEAM = "outreach_team"
    OVERDOSE_REPORT = "overdose_report"
    COMMUNITY = "community"


class Leverage(StrEnum):
    """What hangs on the person's answer. In four of five pathways: nothing."""

    NONE = "none"
    CHARGE = "charge"


@dataclass(frozen=True)
class Needs:
    """What it takes to run a pathway: what must be there, what helps, what must be written down."""

    must_have: tuple[Message, ...]
    helps: tuple[Message, ...]
    policies: tuple[Message, ...]
    cost: Message


@dataclass(frozen=True)
class Pathway:
    """One of the ways in. Declared whole in `offramp/pathways/<key>.py` as `PATHWAY`."""

    key: str
    name: Message
    about: Message
    serves: Message
    starts_with: tuple[Start, ...]
    criteria: tuple[Criterion, ...]
    # Criteria that no pack may drop or replace: the person's own will, and the fence around minors.
    fixed: tuple[str, ...]
    leverage: Leverage
    anonymous: bool
    declining: Message
    script: str
    clocks: tuple[Clock, ...]
    measures: tuple[str, ...]
    endings: tuple[str, ...]
    needs: Needs
    waits: Terms | None = None
    warrant_check: bool = False
    aliases: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        names = [criterion.name for criterion in self.criteria]
        if len(set(names)) != len(names) or not all(names):
            raise ValueError(f"{self.key}: every criterion has a name of its own.")
        if not set(self.fixed) <= set(names):
            raise ValueError(f"{self.key}: a fixed criterion must be among its criteria.")
        if (self.leverage is Leverage.CHARGE) != (self.waits is not None):
            raise ValueError(f"{self.key}: charges wait exactly where a charge is the leverage.")

    @property
    def charges_allowed(self) -> bool:
        """Whether a charge may hang on this pathway; where not, no screen offers a charge field."""
        return self.leverage is Leverage.CHARGE

    @cached_property
    def version(self) -> str:
        """What was declared, as a short fingerprint: it changes with the rules, and with nothing else."""
        return fingerprint(self.to_json())[:12]

    def criteria_under(self, pack: "Pack | None" = None) -> tuple[Criterion, ...]:
        """The criteria in force: the pathway's own, as the pack sets them."""
        return pack.adjusted(self) if pack is not None else self.criteria

    def terms_under(self, pack: "Pack | None" = None) -> Terms | None:
        """The terms on which charges wait, as the pack sets them; None where nothing waits."""
        if self.waits is None or pack is None or self.key not in pack.pathways:
            return self.waits
        return replace(self.waits, **pack.pathways[self.key].terms)

    def questions(self, pack: "Pack | None" = None) -> tuple[Question, ...]:
        """Every question this pathway may ask, in order, none twice."""
        return tuple(dict.fromkeys(q for criterion in self.criteria_under(pack) for q in criterion.questions))

    def read(self, raw: Mapping[str, Any], pack: "Pack | None" = None, *, at: date | None = None) -> Facts:
        """Facts for this pathway from plain values. Facts of the shared bank that it does not use are let pass."""
        known = {**BANK, **{question.fact: question for question in self.questions(pack)}}
        return read_facts(raw, known.values(), at=at, state=pack.state_code if pack else "")

    def assess(
        self,
        facts: Mapping[str, Any] | Facts,
        pack: "Pack | None" = None,
        *,
        at: date | None = None,
        overrides: Mapping[str, Role] | None = None,
    ) -> Verdict:
        """May it be offered? `at` is the day it is asked, for look-backs; `overrides` is who lifted which criterion."""
        known = facts if isinstance(facts, Facts) else self.read(facts, pack, at=at)
        terms = self.terms_under(pack)
        mixed = terms.mixed_charges if terms else MixedCharges.ALL_MUST_QUALIFY
        verdict = judge(self.criteria_under(pack), known, mixed=mixed, overrides=overrides)
        if pack is None or self.key not in pack.pathways:
            return replace(verdict, pathway=self.key, version=self.version)
        return replace(
            verdict, pathway=self.key, version=self.version, pack=pack.name, pack_version=pack.version
        )

    def to_json(self, pack: "Pack | None" = None) -> dict[str, Any]:
        """Its rules as data: what a device needs to come to the same verdict."""
        from offramp.rules.notation import to_json

        return {
            "key": self.key,
            "leverage": self.leverage.value,
            "anonymous": self.anonymous,
            "fixed": list(self.fixed),
            "criteria": [to_json(criterion) for criterion in self.criteria_under(pack)],
            "questions": [question.to_json() for question in self.questions(pack)],
            "waits": terms.to_json() if (terms := self.terms_under(pack)) else None,
            "clocks": [clock.timer for clock in self.clocks],
        }


def fingerprint(data: Any) -> str:
    """The SHA-256 of plain data, whatever the order of its keys."""
    return hashlib.sha256(
        json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
