"""The verdict as it stands on the screen: every reason in words, and beside what is still open, the chips that settle it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offramp.pages.components.words import shown
from offramp.pages.officer.questions import Row
from offramp.pages.officer.sheet import Sheet
from offramp.rules import plain_words
from offramp.rules.answers import Answer
from offramp.rules.criteria import DECIDERS, Criterion
from offramp.rules.duties import Duty, may
from offramp.rules.eligibility import Finding
from offramp.rules.questions import Asked, Question
from offramp.rules.words import Role


@dataclass(frozen=True)
class Reason:
    """One criterion: its answer, the reason in words, where the rule comes from, and whether this viewer may set it aside."""

    answer: str
    words: str
    source: str = ""
    name: str = ""
    may_lift: bool = False
    lifted: bool = False
    asks: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The whole of it. `answer` is yes, no, unknown or supervisor."""

    answer: str
    words: str
    pathway: str
    reasons: tuple[Reason, ...]
    version: str
    left: int = 0
    others: tuple[Any, ...] = field(default=())

    @property
    def asking(self) -> tuple[Reason, ...]:
        """Those with chips: they keep their place while they are being answered."""
        return tuple(one for one in self.reasons if one.asks)

    @property
    def said(self) -> tuple[Reason, ...]:
        """Those without, in the order of the rules."""
        return tuple(one for one in self.reasons if not one.asks)


def panel(sheet: Sheet) -> Panel | None:
    """The verdict in words, or None while there is none yet."""
    verdict, way = sheet.verdict, sheet.way
    if verdict is None or way is None:
        return None
    answer, words = _headline(sheet)
    asked: set[str] = set()  # a question that two rules share is asked once, beside the first
    reasons = tuple(_reason(sheet, finding, asked) for finding in verdict.findings)
    version = f"{shown(way.name)} {verdict.version}"
    if verdict.pack:
        version += f" · {verdict.pack} {verdict.pack_version}"
    left = sum(question.asked is Asked.SCREEN for question in verdict.asks)
    others = tuple(
        one for one in sheet.ways if one is not way and sheet.verdicts[one.key].answer is not Answer.NO
    )
    return Panel(answer, words, shown(way.name), reasons, version, left, others)


def _headline(sheet: Sheet) -> tuple[str, str]:
    verdict, way = sheet.verdict, sheet.way
    if verdict.offerable:
        return "yes", _("Can be offered: the charge waits") if way.charges_allowed else _("Can be offered")
    if verdict.answer is Answer.NO:
        return "no", _("Cannot be offered here")
    if verdict.needs is Role.SUPERVISOR:
        return "supervisor", _("Needs a supervisor")
    if verdict.needs is not None:
        return "supervisor", _("%(role)s decides") % {"role": shown(plain_words.ROLES[verdict.needs])}
    left = sum(question.asked is Asked.SCREEN for question in verdict.asks)
    if left:
        return "unknown", ngettext("One thing still to ask", "%(n)d things still to ask", left) % {"n": left}
    return "unknown", _("Not known yet")


def _reason(sheet: Sheet, finding: Finding, asked: set[str]) -> Reason:
    criterion = next(one for one in sheet.way.criteria_under(sheet.pack) if one.name == finding.criterion)
    words = shown(finding.reason)
    if finding.overridden_by:
        words = _("Set aside by a supervisor: %(reason)s") % {"reason": words}
    return Reason(
        answer=finding.stands.value,
        words=words,
        source=finding.source,
        name=finding.criterion,
        may_lift=_may_lift(sheet.viewer.role, criterion.lifted_by(finding.answer), finding),
        lifted=bool(finding.overridden_by),
        asks=_asks(sheet, criterion, asked),
    )


def _asks(sheet: Sheet, criterion: Criterion, asked: set[str]) -> tuple[Row, ...]:
    """The questions of a criterion that are open, or were answered here; none that stands beside another already."""
    rows = [
        one
        for one in matters(sheet, Asked.SCREEN)
        if one in tuple(criterion.questions) and one.fact not in asked
    ]
    asked.update(one.fact for one in rows)
    return tuple(sheet.asked.row(one) for one in rows)


def matters(sheet: Sheet, how: Asked) -> list[Question]:
    """The questions asked in this way that can still change the verdict, or have been answered here."""
    if sheet.verdict is None:
        return []
    facts = {one.fact for one in sheet.verdict.asks} | set(sheet.asked.facts())
    return [one for one in sheet.questions if one.asked is how and one.fact in facts]


def _may_lift(role: Role | None, least: Role | None, finding: Finding) -> bool:
    """Whether this viewer may set a rule aside that does not say yes by itself."""
    if finding.answer is Answer.YES or least is None or role not in DECIDERS:
        return False
    return may(role, Duty.OVERRIDE_ELIGIBILITY) and DECIDERS.index(role) >= DECIDERS.index(least)
