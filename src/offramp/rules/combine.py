"""Criteria made of others: all of them, any of them, not this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from offramp.rules import answers
from offramp.rules.answers import Answer
from offramp.rules.criteria import Criterion
from offramp.rules.facts import Facts
from offramp.rules.questions import Question


@dataclass(frozen=True)
class Nested(Criterion):
    """A criterion made of others."""

    parts: tuple[Criterion, ...]

    @property
    def questions(self) -> Iterator[Question]:
        for part in self.parts:
            yield from part.questions

    def open_questions(self, facts: Facts) -> Iterator[Question]:
        if self.check(facts) is Answer.UNKNOWN:
            for part in self.parts:
                yield from part.open_questions(facts)


@dataclass(frozen=True)
class AllOf(Nested):
    """Every part is so."""

    op: ClassVar[str] = "all_of"

    def check(self, facts: Facts) -> Answer:
        return answers.all_(part.check(facts) for part in self.parts)


@dataclass(frozen=True)
class AnyOf(Nested):
    """At least one part is so."""

    op: ClassVar[str] = "any_of"

    def check(self, facts: Facts) -> Answer:
        return answers.any_(part.check(facts) for part in self.parts)


@dataclass(frozen=True)
class Not(Nested):
    """Its one part is not so."""

    op: ClassVar[str] = "not"

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.parts) != 1:
            raise ValueError("“Not” turns exactly one criterion round.")

    def check(self, facts: Facts) -> Answer:
        return answers.not_(self.parts[0].check(facts))


def all_of(*parts: Criterion, **words: Any) -> AllOf:
    """`AllOf` written as a call."""
    return AllOf(parts, **words)


def any_of(*parts: Criterion, **words: Any) -> AnyOf:
    """`AnyOf` written as a call."""
    return AnyOf(parts, **words)
