"""Criteria: what must be true, as small frozen values that read like a sentence and carry their reasons.

    AtLeast(AGE, 18, name="adult", because="The person is an adult", but="The person is under 18")

A criterion answers yes, no or unknown for some facts, and knows which questions could still change that.
The top ones of a pathway or pack carry a name, words and a source; those nested inside need none.
`override_by` names the role that may lift a no (then it is *presumptive*); without one it is *absolute*.
Programs name the same operators in data: see notation.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offramp.rules import answers
from offramp.rules.answers import Answer
from offramp.rules.bank import ASK_FIRST, FILLED_BY
from offramp.rules.facts import Facts
from offramp.rules.message import Message, say
from offramp.rules.questions import Question
from offramp.rules.words import Role

# The roles a rule may name for lifting a no, the lesser first: whoever may do more may do less.
DECIDERS = (Role.SUPERVISOR, Role.PROSECUTOR)

LONGEST_REASON = 120


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that must be true."""

    name: str = ""
    because: str = ""  # said with a yes
    but: str = ""  # said with a no; `because` when empty
    unclear: str = ""  # said while unknown; `because` when empty
    source: str = ""
    override_by: Role | None = None
    # Who may let it pass while it is unknown; where empty, whoever may lift a no.
    unknown_goes_to: Role | None = None

    op: ClassVar[str]

    def __post_init__(self) -> None:
        for text in (self.because, self.but, self.unclear):
            if len(text) > LONGEST_REASON:
                raise ValueError(f"A reason has at most {LONGEST_REASON} characters: {text}")
        for role in (self.override_by, self.unknown_goes_to):
            if role is not None and role not in DECIDERS:
                raise ValueError(f"A {role} cannot lift a criterion; a supervisor or a prosecutor can.")

    @property
    def absolute(self) -> bool:
        """Whether nobody may lift a no."""
        return self.override_by is None

    def lifted_by(self, answer: Answer) -> Role | None:
        """The least role that may let it pass in spite of this answer; None: nobody may."""
        if answer is Answer.UNKNOWN:
            return self.unknown_goes_to or self.override_by
        return self.override_by

    def reason(self, answer: Answer) -> Message:
        """The words for this answer."""
        said = {Answer.YES: self.because, Answer.NO: self.but, Answer.UNKNOWN: self.unclear}[answer]
        return say(said or self.because)

    def check(self, facts: Facts) -> Answer:
        """Whether it is so."""
        raise NotImplementedError

    def open_questions(self, facts: Facts) -> Iterator[Question]:
        """Questions nobody was asked yet whose answer can still change `check`."""
        raise NotImplementedError

    @property
    def questions(self) -> Iterator[Question]:
        """Every question it may ask, ever."""
        raise NotImplementedError


@dataclass(frozen=True)
class OfFact(Criterion):
    """A criterion about one fact."""

    question: Question

    @property
    def questions(self) -> Iterator[Question]:
        if self.fact in FILLED_BY:
            yield FILLED_BY[self.fact]
        yield self.question

    @property
    def fact(self) -> str:
        return self.question.fact

    def open_questions(self, facts: Facts) -> Iterator[Question]:
        if self.check(facts) is not Answer.UNKNOWN:
            return
        first = ASK_FIRST.get(self.fact)
        if first is not None and not facts.asked(first.fact):
            yield first
        elif not facts.asked(self.fact):
            yield self.question


@dataclass(frozen=True)
class Is(OfFact):
    """The fact has this value; for a yes/no question, it is so."""

    value: str = "yes"
    op: ClassVar[str] = "is"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        return Answer.UNKNOWN if found is None else answers.of(found == self.value)


@dataclass(frozen=True)
class IsNot(OfFact):
    """The fact has another value; for a yes/no question, it is not so."""

    value: str = "yes"
    op: ClassVar[str] = "is_not"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        return Answer.UNKNOWN if found is None else answers.of(found != self.value)


@dataclass(frozen=True)
class OneOf(OfFact):
    """The fact is one of these; for an offence, its code is."""

    values: tuple[str, ...]
    op: ClassVar[str] = "one_of"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        if found is None:
            return Answer.UNKNOWN
        if not isinstance(found, tuple):
            return answers.of(found in self.values)
        # Offences are judged one by one (eligibility.py), so there is one here; an unmapped statute is a question.
        return answers.all_(
            answers.of(one.code in self.values) if one.known else Answer.UNKNOWN for one in found
        )


@dataclass(frozen=True)
class NoneOf(OfFact):
    """The fact is none of these; for an offence, its code is not."""

    values: tuple[str, ...]
    op: ClassVar[str] = "none_of"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        if found is None:
            return Answer.UNKNOWN
        if not isinstance(found, tuple):
            return answers.of(found not in self.values)
        return answers.all_(
            answers.of(one.code not in self.values) if one.known else Answer.UNKNOWN for one in found
        )


@dataclass(frozen=True)
class AtLeast(OfFact):
    """The number is this or more."""

    limit: float
    op: ClassVar[str] = "at_least"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        return Answer.UNKNOWN if found is None else answers.of(found >= self.limit)


@dataclass(frozen=True)
class AtMost(OfFact):
    """The number is this or less. With `measured` (a question answered measured/estimated), a guess above the
    limit is not a no: packaging weighs too, so somebody weighs it or decides."""

    limit: float
    measured: Question | None = None
    op: ClassVar[str] = "at_most"

    def check(self, facts: Facts) -> Answer:
        found = facts.get(self.fact)
        if found is None:
            return Answer.UNKNOWN
        if found > self.limit and self.measured is not None and facts.get(self.measured.fact) != "measured":
            return Answer.UNKNOWN
        return answers.of(found <= self.limit)

    @property
    def questions(self) -> Iterator[Question]:
        yield from super().questions
        if self.measured is not None:
            yield self.measured

    def open_questions(self, facts: Facts) -> Iterator[Question]:
        yield from super().open_questions(facts)
        above = facts.get(self.fact) is not None and self.check(facts) is Answer.UNKNOWN
        if above and self.measured is not None and not facts.asked(self.measured.fact):
            yield self.measured
