"""The questions several pathways ask, in an officer's words.

A question is a value: the fact it fills, the words an officer reads, the kind of answer, short choices.
A pathway that asks something new brings its own `Question` along, so it is still one file.

Fact names are flat and stable: people script against them (`offramp questions PATHWAY`).
"""

from dataclasses import dataclass
from enum import StrEnum

from offramp.rules.message import Message, say


class Type(StrEnum):
    """The kinds of answer a question takes."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"  # one offence or several: NIBRS code, statute, or a name from the short list
    LIST = "list"  # things that happened: [{"type": "felony_conviction", "months_ago": 14}]


class Asked(StrEnum):
    """How a person on the street comes by the answer; only the page reads this."""

    SCREEN = "screen"  # a row with short choices, asked only while it matters
    TICK = "tick"  # a box under "Anything unsafe?": left empty means no
    WHO = "who"  # follows from what was given under "Who?"
    RECORDS = "records"  # filled in silently from the agency's own records; nobody is asked
    SCRIPT = "script"  # the person's own answer once the script was read aloud


@dataclass(frozen=True)
class Choice:
    """One short answer: its code and the words on the button."""

    value: str
    words: Message


@dataclass(frozen=True)
class Question:
    """One thing to find out."""

    fact: str
    words: Message
    type: Type = Type.YES_NO
    choices: tuple[Choice, ...] = ()
    asked: Asked = Asked.SCREEN
    unit: str = ""
    hint: Message | None = None
    short: Message | None = None  # the words on a tick box, where the question is read in a row

    @property
    def values(self) -> tuple[str, ...]:
        """The codes an answer may have; a yes/no question has two."""
        return ("yes", "no") if self.type is Type.YES_NO else tuple(choice.value for choice in self.choices)

    def to_json(self) -> dict[str, object]:
        """The contract's shape, with the words of each choice beside it."""
        shape: dict[str, object] = {
            "fact": self.fact,
            "words": str(self.words),
            "type": self.type.value,
            "choices": list(self.values),
        }
        if self.choices:
            shape["choice_words"] = {choice.value: str(choice.words) for choice in self.choices}
        if self.unit:
            shape["unit"] = self.unit
        if self.hint:
            shape["hint"] = str(self.hint)
        return shape


def yes_no(
    fact: str, words: str, *, asked: Asked = Asked.SCREEN, hint: str = "", short: str = ""
) -> Question:
    """A yes/no question."""
    return Question(
        fact, say(words), asked=asked, hint=say(hint) if hint else None, short=say(short) if short else None
    )


def choice(fact: str, words: str, **choices: str) -> Question:
    """A question with short choices, code = words on the button."""
    return Question(
        fact, say(words), Type.CHOICE, tuple(Choice(code, say(text)) for code, text in choices.items())
    )


def number(fact: str, words: str, unit: str, *, asked: Asked = Asked.SCREEN) -> Question:
    """A question answered with a number that is never below zero."""
    return Question(fact, say(words), Type.NUMBER, asked=asked, unit=unit)
