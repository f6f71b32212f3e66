"""May this pathway be offered? A verdict with every finding, and the questions that could still change it.

All criteria are always looked at, so an officer sees all the reasons at once. How they add up:

- one *absolute* no: **no**, and nothing more is asked;
- a *presumptive* no stands until the role it names lifts it: **unknown**, needs that role. It is not a no,
  because it is not decided; nor may it pass by itself. What else is open is still asked: whoever decides
  must see all of it, and each such finding is lifted by itself;
- not known yet: **unknown**, and the questions that can still matter. When everything was asked, or only
  what a supervisor may sign off is open (the risk band), it *needs* that role. Unknown never turns into no;
- otherwise **yes**.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from offramp.rules import answers
from offramp.rules.answers import Answer
from offramp.rules.criteria import DECIDERS, Criterion
from offramp.rules.facts import Facts
from offramp.rules.message import Message, say
from offramp.rules.offences import Offence
from offramp.rules.questions import Asked, Question
from offramp.rules.refusal import BadInput
from offramp.rules.words import Role


class MixedCharges(StrEnum):
    """What happens when one encounter holds several offences."""

    ALL_MUST_QUALIFY = "all_must_qualify"
    LEAD_CHARGE = "lead_charge"
    SPLIT = "split"


@dataclass(frozen=True)
class Finding:
    """One line of a verdict: a criterion, its answer, the reason in words, where the rule comes from."""

    criterion: str
    answer: Answer
    reason: Message
    source: str = ""
    overridden_by: Role | None = None
    absolute: bool = True

    @property
    def stands(self) -> Answer:
        """The answer after any override."""
        return Answer.YES if self.overridden_by else self.answer

    def to_json(self) -> dict[str, object]:
        return {
            "criterion": self.criterion,
            "answer": self.answer.value,
            "reason": str(self.reason),
            "source": self.source,
            "overridden_by": self.overridden_by.value if self.overridden_by else None,
            "absolute": self.absolute,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Finding":
        """A finding as it was kept. Its reason is still the key of its translation."""
        lifter = Role(data["overridden_by"]) if data["overridden_by"] else None
        return cls(
            data["criterion"],
            Answer(data["answer"]),
            say(data["reason"]),
            data["source"],
            lifter,
            data["absolute"],
        )


@dataclass(frozen=True)
class Verdict:
    """Eligibility as seen that day. Kept whole with the encounter."""

    pathway: str
    version: str
    answer: Answer
    findings: tuple[Finding, ...]
    needs: Role | None = None
    asks: tuple[Question, ...] = ()
    pack: str | None = None
    pack_version: str | None = None
    # With several offences: what each came to by itself.
    offences: tuple[tuple[Offence, Answer], ...] = field(default=())

    @property
    def offerable(self) -> bool:
        """Whether the script may be read: all is settled but what only the person can say."""
        if self.answer is Answer.YES:
            return True
        only_their_word = bool(self.asks) and all(question.asked is Asked.SCRIPT for question in self.asks)
        return self.answer is Answer.UNKNOWN and self.needs is None and only_their_word

    def to_json(self) -> dict[str, object]:
        """The shape of `offramp assess --json`."""
        return {
            "pathway": self.pathway,
            "version": self.version,
            "pack": self.pack,
            "pack_version": self.pack_version,
            "answer": self.answer.value,
            "needs": self.needs.value if self.needs else None,
            "findings": [finding.to_json() for finding in self.findings],
            "asks": [question.to_json() for question in self.asks],
            "offences": [
                {"code": o.code, "name": str(o.name), "answer": answer.value} for o, answer in self.offences
            ],
        }


class MayNotOverride(BadInput):
    """Somebody tried to lift a criterion that is not theirs to lift."""


def judge(
    criteria: Sequence[Criterion],
    facts: Facts,
    *,
    mixed: MixedCharges = MixedCharges.ALL_MUST_QUALIFY,
    overrides: Mapping[str, Role] | None = None,
) -> Verdict:
    """A verdict (its pathway and pack still blank) on these facts. Raises `MayNotOverride`."""
    lifted = {name: Role(role) for name, role in (overrides or {}).items()}
    stray = set(lifted) - {criterion.name for criterion in criteria}
    if stray:
        raise MayNotOverride("There is no criterion called “{name}” here.", name=sorted(stray)[0])
    each = _facts_by_offence(facts, mixed)
    apart = [_verdict(criteria, [one], lifted) for one in each]
    if mixed is MixedCharges.SPLIT:
        verdict = min(apart, key=lambda one: (_PREFERRED.index(one.answer), one.needs is not None))
    else:
        verdict = _verdict(criteria, each, lifted)
    if len(each) < 2:
        return verdict
    return replace(
        verdict,
        offences=tuple((one.offences[0], alone.answer) for one, alone in zip(each, apart, strict=True)),
    )


_PREFERRED = (Answer.YES, Answer.UNKNOWN, Answer.NO)


def _facts_by_offence(facts: Facts, mixed: MixedCharges) -> list[Facts]:
    charges = facts.offences[:1] if mixed is MixedCharges.LEAD_CHARGE else facts.offences
    return [facts.but(offence_code=(charge,)) for charge in charges] or [facts]


def _verdict(criteria: Sequence[Criterion], each: list[Facts], lifted: Mapping[str, Role]) -> Verdict:
    findings = tuple(_finding(criterion, each, lifted.get(criterion.name)) for criterion in criteria)
    stood = list(zip(criteria, findings, strict=True))
    if any(finding.stands is Answer.NO and finding.absolute for finding in findings):
        return Verdict("", "", Answer.NO, findings)
    if all(finding.stands is Answer.YES for finding in findings):
        return Verdict("", "", Answer.YES, findings)
    asks = {
        criterion.name: _asks(criterion, each)
        for criterion, finding in stood
        if finding.stands is Answer.UNKNOWN
    }
    questions = dict.fromkeys(question for some in asks.values() for question in some)
    # What only the person can say comes last: it is asked once the words were read, and not before.
    in_order = sorted(questions, key=lambda question: question.asked is Asked.SCRIPT)
    return Verdict("", "", Answer.UNKNOWN, findings, _needs(stood, asks), tuple(in_order))


def _finding(criterion: Criterion, each: list[Facts], lifter: Role | None) -> Finding:
    answer = answers.all_(criterion.check(facts) for facts in each)
    if lifter is not None and answer is not Answer.YES:
        _may_lift(criterion, answer, lifter)
    else:
        lifter = None
    return Finding(
        criterion.name, answer, criterion.reason(answer), criterion.source, lifter, criterion.absolute
    )


def _may_lift(criterion: Criterion, answer: Answer, lifter: Role) -> None:
    least = criterion.lifted_by(answer)
    if least is None:
        raise MayNotOverride("Nobody may set aside “{name}”.", name=criterion.name)
    if lifter not in DECIDERS or DECIDERS.index(lifter) < DECIDERS.index(least):
        raise MayNotOverride("Only a {role} may set aside “{name}”.", role=least.value, name=criterion.name)


def _asks(criterion: Criterion, each: list[Facts]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(question for facts in each for question in criterion.open_questions(facts)))


def _needs(stood: list[tuple[Criterion, Finding]], asks: Mapping[str, tuple[Question, ...]]) -> Role | None:
    deciders = [c.override_by for c, finding in stood if finding.stands is Answer.NO and c.override_by]
    unknown = [criterion for criterion, finding in stood if finding.stands is Answer.UNKNOWN]
    # Asked and not known: a person decides, and where the rule names nobody it is the supervisor.
    deciders += [c.lifted_by(Answer.UNKNOWN) or Role.SUPERVISOR for c in unknown if not asks[c.name]]
    still_to_ask = [criterion for criterion in unknown if asks[criterion.name]]
    if all(criterion.unknown_goes_to for criterion in still_to_ask):
        deciders += [criterion.unknown_goes_to for criterion in still_to_ask if criterion.unknown_goes_to]
    return max(deciders, key=DECIDERS.index) if deciders else None
