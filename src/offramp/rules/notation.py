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


def from_json(data: Mapping[str, Any], questions: Mapping[str, Question] = BANK) -> Criterion:
    """The criterion that plain data describes. Raises `BadCriterion`."""
    left = dict(data)
    kind = OPERATORS.get(left.pop("op", None) or "")
    if kind is None:
        raise BadCriterion(
            "“{op}” is not an operator; use one of {all}.", op=data.get("op"), all=", ".join(OPERATORS)
        )
    given: dict[str, Any] = {}
    if issubclass(kind, OfFact):
        given["question"] = _question(left.pop("fact", None), questions)
        _check_fit(kind.op, given["question"], left)
    if issubclass(kind, Nested):
        given["parts"] = tuple(from_json(part, questions) for part in left.pop("parts", ()))
    if "measured" in left:
        given["measured"] = _question(left.pop("measured"), questions)
    for name in _ROLES:
        if name in left:
            given[name] = _role(left.pop(name))
    known = {one.name for one in fields(kind)}
    for name, value in left.items():
        if name not in known:
            raise BadCriterion("“{name}” is no part of “{op}”.", name=name, op=kind.op)
        given[name] = tuple(value) if isinstance(value, list) else value
    try:
        return kind(**given)
    except (TypeError, ValueError) as wrong:
        raise BadCriterion("The criterion “{op}” does not read: {why}", op=kind.op, why=str(wrong)) from wrong


def _question(fact: Any, questions: Mapping[str, Question]) -> Question:
    if fact not in questions:
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
    if question.type is Type.CODE:
        return
    named = [data["value"]] if "value" in data else data.get("values") or data.get("types") or ()
    for value in named:
        if question.values and value not in question.values:
            raise BadCriterion("“{value}” is not an answer to “{fact}”.", value=value, fact=question.fact)
