"""Three answers where the world has three: yes, no, not known yet.

Records are often missing at the roadside. *Unknown* is not *no*: it is the next question to ask, or a
supervisor's decision. The three combine by Kleene's strong logic, which never says more than is known.
"""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """Yes, no, or not known yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def all_(answers: Iterable[Answer]) -> Answer:
    """Yes when every answer is yes; one no is enough for no. Of nothing: yes."""
    seen = set(answers)
    if Answer.NO in seen:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.YES


def any_(answers: Iterable[Answer]) -> Answer:
    """Yes as soon as one answer is yes; no when all are no. Of nothing: no."""
    seen = set(answers)
    if Answer.YES in seen:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.NO


def not_(answer: Answer) -> Answer:
    """The other way round; what is not known stays not known."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}[answer]


def of(truth: bool) -> Answer:
    """A known yes or no as an answer."""
    return Answer.YES if truth else Answer.NO
