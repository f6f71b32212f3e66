"""Criteria as plain data and back: the one vocabulary of JSON, TOML packs and the officer's device.

{"op": "at_most", "fact": "drug_amount", "limit": 6, "because": "…", "override_by": "prosecutor"}
{"op": "any_of", "parts": [ … ]}
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from offramp.rules import combine, criteria, look_back
from offramp.rules.bank import BANK
from offramp.rules.combine import Nested
from offramp.rules.criteria import Criterion, OfFact
from offramp.rules.offences import nibrs
from offramp.rules.questions import Question, Type
from offramp.rules.refusal import BadInput
from offramp.rules.words import Role

OPERATORS: dict[str, type[Criterion]] = {
    kind.op: kind
    for kind in (
        criteria.Is,
        criteria.IsNot,
        criteria.OneOf,
        criteria.NoneOf,
        criteria.AtLeast,
        criteria.AtMost,
        look_back.Within,
        look_back.NotWithin,
        look_back.NoneWithin,
        combine.AllOf,
        combine.AnyOf,
        combine.Not,
    )
}

# Which kinds of question an operator can be asked about.
_FITS: dict[str, tuple[Type, ...]] = {
    "is": (Type.YES_NO, Type.CHOICE),
    "is_not": (Type.YES_NO, Type.CHOICE),
    "one_of": (Type.CHOICE, Type.CODE),
    "none_of": (Type.CHOICE, Type.CODE),
    "at_least": (Type.NUMBER,),
    "at_most": (Type.NUMBER,),
    "within": (Type.DATE,),
    "not_within": (Type.DATE,),
    "none_within": (Type.LIST,),
}

_ROLES = ("override_by", "unknown_goes_to")

# What each key holds. Lists of words are written as lists and kept as tuples.
_HOLDS: dict[str, tuple[type, ...]] = {
    "limit": (int, float),
    "months": (int, float),
    "days": (int,),
    "most": (int,),
    "values": (list, tuple),
    "types": (list, tuple),
}


class BadCriterion(BadInput):
    """Data that is no criterion."""


def to_json(criterion: Criterion) -> dict[str, Any]:
    """A criterion as plain data; what is at its default is left out."""
    data: dict[str, Any] = {"op": criterion.op}
    for one in fields(criterion):
        value = getattr(criterion, one.name)
        if one.name == "question":
            data["fact"] = value.fact
        elif one.name == "parts":
            data["parts"] = [to_json(part) for part in value]
        elif one.name == "measured":
            data.update({"measured": value.fact} if value else {})
        elif value != one.default:
            data[one.name] = list(value) if isinstance(value, tuple) else value
    return data


def from_json(data: Any, questions: Mapping[str, Question] = BANK) -> Criterion:
    """The criterion that plain data describes. Raises `BadCriterion`."""
    if not isinstance(data, Mapping):
        raise BadCriterion(
            "A criterion does not read: it is a table with an “op”, not {data}.", data=repr(data)[:60]
        )
    left = dict(data)
    kind = OPERATORS.get(str(left.pop("op", "")))
    if kind is None:
        raise BadCriterion(
            "“{op}” is not an operator; use one of {all}.", op=data.get("op"), all=", ".join(OPERATORS)
        )
    given = _inside(kind, left, questions)
    known = {one.name for one in fields(kind)}
    for name, value in left.items():
        if name not in known:
            raise BadCriterion("“{name}” is no part of “{op}”.", name=name, op=kind.op)
        given[name] = _role(value) if name in _ROLES else _held(name, value)
    try:
        return kind(**given)
    except (TypeError, ValueError) as wrong:
        raise BadCriterion("The criterion “{op}” does not read: {why}", op=kind.op, why=str(wrong)) from wrong


def _inside(kind: type[Criterion], left: dict[str, Any], questions: Mapping[str, Question]) -> dict[str, Any]:
    """The question or parts a criterion is about, taken out of the data."""
    given: dict[str, Any] = {}
    if issubclass(kind, OfFact):
        given["question"] = _question(left.pop("fact", None), questions)
        _check_fit(kind.op, given["question"], left)
    if issubclass(kind, Nested):
        parts = left.pop("parts", ())
        if not isinstance(parts, list | tuple):
            raise BadCriterion("The criterion “{op}” does not read: its parts are a list.", op=kind.op)
        given["parts"] = tuple(from_json(part, questions) for part in parts)
    if "measured" in left:
        given["measured"] = _question(left.pop("measured"), questions)
    return given


def _held(name: str, value: Any) -> Any:
    wanted = _HOLDS.get(name, (str,))
    fits = isinstance(value, wanted) and not isinstance(value, bool)
    if isinstance(value, list | tuple):
        fits = fits and all(isinstance(one, str) for one in value)
    if not fits:
        raise BadCriterion(
            "A criterion does not read: “{name}” cannot be {value}.", name=name, value=repr(value)[:60]
        )
    return tuple(value) if isinstance(value, list) else value


def _question(fact: Any, questions: Mapping[str, Question]) -> Question:
    if not isinstance(fact, str) or fact not in questions:
        raise BadCriterion("No question fills the fact “{fact}”.", fact=fact)
    return questions[fact]


def _role(value: Any) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadCriterion("“{role}” is not a role.", role=value) from None


def _check_fit(op: str, question: Question, data: Mapping[str, Any]) -> None:
    if question.type not in _FITS[op]:
        raise BadCriterion(
            "“{op}” cannot be asked of “{fact}”, a {type}.",
            op=op,
            fact=question.fact,
            type=question.type.value,
        )
    named = [data["value"]] if "value" in data else data.get("values") or data.get("types") or ()
    if not isinstance(named, list | tuple):
        return  # `_held` says what is wrong with it
    for value in named:
        if question.type is Type.CODE and value not in nibrs():
            raise BadCriterion("“{value}” is not an offence code of the table.", value=value)
        if question.values and value not in question.values:
            raise BadCriterion("“{value}” is not an answer to “{fact}”.", value=value, fact=question.fact)
