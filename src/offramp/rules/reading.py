"""Facts as people and programs write them, read strictly: one clear sentence for what makes no sense."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from offramp.rules import offences
from offramp.rules.facts import UNKNOWN, Facts, Happening
from offramp.rules.questions import Question, Type
from offramp.rules.refusal import BadInput

# Whatever is larger is a slip of the keyboard: no age, amount or loss at the roadside reaches it.
LARGEST = 1e9


class BadFact(BadInput):
    """A fact that is not one, or whose value is of the wrong kind."""


def read_facts(
    raw: Mapping[str, Any], questions: Iterable[Question], *, at: date | None = None, state: str = ""
) -> Facts:
    """Facts from plain values. Raises `BadFact`; what is None or missing is simply not asked yet."""
    known = {question.fact: question for question in questions}
    given: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in known:
            raise BadFact("There is no fact called “{name}”.{hint}", name=name, hint=_hint(str(name), known))
        if value is not None:
            given[name] = UNKNOWN if value == UNKNOWN else _read(known[name], value, at, state)
    return Facts(MappingProxyType(given), at)


def _hint(name: str, known: Mapping[str, Question]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def _read(question: Question, value: Any, at: date | None, state: str) -> Any:
    match question.type:
        case Type.YES_NO:
            return _yes_no(question, value)
        case Type.CHOICE:
            return _choice(question, value)
        case Type.NUMBER:
            return _number(question.fact, value)
        case Type.DATE:
            return _date(question.fact, value, at)
        case Type.CODE:
            return _codes(question.fact, value, state)
        case Type.LIST:
            return _happenings(question, value, at)


def _yes_no(question: Question, value: Any) -> str:
    if value is True or value is False:
        return "yes" if value else "no"
    if value in ("yes", "no"):
        return str(value)
    raise BadFact(
        "“{fact}” is a yes/no question: give yes, no or unknown, not {value}.",
        fact=question.fact,
        value=_shown(value),
    )


def _choice(question: Question, value: Any) -> str:
    if isinstance(value, str) and value in question.values:
        return value
    raise BadFact(
        "“{fact}” must be one of {choices}, or unknown, not {value}.",
        fact=question.fact,
        choices=", ".join(question.values),
        value=_shown(value),
    )


def _number(fact: str, value: Any) -> float | int:
    # In Python True is a number and nan is not above zero; at the roadside neither is an age.
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return value
    raise BadFact(
        "“{fact}” must be a number from 0 up, or unknown, not {value}.", fact=fact, value=_shown(value)
    )


def _date(fact: str, value: Any, at: date | None) -> date:
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadFact(
            "“{fact}” must be a day like 2026-03-14, or unknown, not {value}.", fact=fact, value=_shown(value)
        ) from None
    if at is not None and day > at:
        raise BadFact("“{fact}” is {day}, a day that has not come yet.", fact=fact, day=day.isoformat())
    return day


def _codes(fact: str, value: Any, state: str) -> tuple[offences.Offence, ...]:
    written = [value] if isinstance(value, str) else value
    if (
        not isinstance(written, list | tuple)
        or not written
        or not all(isinstance(one, str) for one in written)
    ):
        raise BadFact(
            "“{fact}” must be an offence or a list of offences, not {value}.", fact=fact, value=_shown(value)
        )
    found = []
    for one in written:
        offence = offences.find(one, state=state)
        if offence is None:
            raise BadFact(
                "We do not know the offence “{code}”. Give a NIBRS code, a statute like “FL 812.014”, or a common name.",
                code=one,
            )
        found.append(offence)
    return tuple(found)


def _happenings(question: Question, value: Any, at: date | None) -> tuple[Happening, ...]:
    if not isinstance(value, list | tuple):
        raise BadFact(
            "“{fact}” must be a list, empty when there is nothing, not {value}.",
            fact=question.fact,
            value=_shown(value),
        )
    return tuple(_happening(question, one, at) for one in value)


def _happening(question: Question, one: Any, at: date | None) -> Happening:
    if not isinstance(one, Mapping) or not set(one) <= {"type", "months_ago", "on"}:
        raise BadFact(
            "Each line of “{fact}” needs a type and months_ago, not {value}.",
            fact=question.fact,
            value=_shown(one),
        )
    if one.get("type") not in question.values:
        raise BadFact(
            "“{type}” is not a type of “{fact}”: use one of {choices}.",
            type=one.get("type"),
            fact=question.fact,
            choices=", ".join(question.values),
        )
    when, on = one.get("months_ago"), one.get("on")
    if when not in (None, UNKNOWN):
        return Happening(one["type"], _number(f"{question.fact}.months_ago", when))
    day = None if on in (None, UNKNOWN) else _date(f"{question.fact}.on", on, at)
    return Happening(one["type"], None if day is None or at is None else months_between(day, at))


def months_between(day: date, at: date) -> float:
    """Months from `day` to `at`, counting a begun month by its days."""
    whole = (at.year - day.year) * 12 + at.month - day.month
    return whole + (at.day - day.day) / 31


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= 60 else text[:57] + "…"
