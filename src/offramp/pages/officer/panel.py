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
from offramp.rules.criteria import DECIDERS
from offramp.rules.duties import Duty, may
from offramp.rules.eligibility import Finding
from offramp.rules.questions import Asked
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
    reasons = tuple(_reason(sheet, finding) for finding in verdict.findings)
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


def _reason(sheet: Sheet, finding: Finding) -> Reason:
    criterion = next(one for one in sheet.way.criteria_under(sheet.pack) if one.name == finding.criterion)
    open_now = {question.fact for question in sheet.verdict.asks}
    mine = dict.fromkeys(question for question in criterion.questions if question in sheet.asked.questions)
    asks = tuple(
        sheet.asked.row(question)
        for question in mine
        if question.asked is Asked.SCREEN
        and (question.fact in open_now or question.fact in sheet.asked.facts())
    )
    words = shown(finding.reason)
    least = criterion.lifted_by(finding.answer) if finding.answer is not Answer.YES else None
    role = sheet.viewer.role
    may_lift = bool(
        least
        and may(role, Duty.OVERRIDE_ELIGIBILITY)
        and role in DECIDERS
        and DECIDERS.index(role) >= DECIDERS.index(least)
    )
    if finding.overridden_by:
        words = _("Set aside by a supervisor: %(reason)s") % {"reason": words}
    return Reason(
        finding.stands.value,
        words,
        finding.source,
        finding.criterion,
        may_lift,
        bool(finding.overridden_by),
        asks,
    )
