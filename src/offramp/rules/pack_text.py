"""How a pack is written: the tables and keys of its TOML, read strictly."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from offramp.rules.abeyance import Decides, Discretion, Mechanic
from offramp.rules.clocks import REGISTER
from offramp.rules.criteria import LONGEST_REASON, Criterion
from offramp.rules.eligibility import MixedCharges
from offramp.rules.notation import from_json
from offramp.rules.pack import Adjustment, BadPack, Pack, PackState, seal_of
from offramp.rules.refusal import Refused
from offramp.rules.spans import Span, read_span

_TOP = {
    "title": str,
    "place": str,
    "edition": int,
    "state": str,
    "citation": str,
    "effective_from": date,
    "effective_until": date,
    "approved_by": str,
    "approved_on": date,
    "review_after": date,
    "sample": bool,
    "state_code": str,
    "seal": str,
    "pathways": dict,
}
_REQUIRED = ("title", "place", "edition", "state", "citation", "effective_from", "pathways")


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a whole number from 0 up")
    return value


def _switch(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("not true or false")
    return value


def _words(value: Any) -> str:
    if type(value) is not str or len(value) > LONGEST_REASON:
        raise ValueError("not a short sentence")
    return value


_TERMS: dict[str, Callable[[Any], Any]] = {
    "mechanic": Mechanic,
    "decides": Decides,
    "discretion": Discretion,
    "mixed_charges": MixedCharges,
    "service_hours": lambda value: tuple(_whole(one) for one in value),
    "repeats_most": _whole,
    "cost_to_person": _whole,
    "admission": _switch,
    "waits": _words,
    "ends": _words,
}
_SPANS = ("report_in", "intake", "plan", "longest_plan", "repeats_apart")


def parse(data: Mapping[str, Any], name: str) -> Pack:
    """The pack that TOML data describes. Raises `BadPack`."""
    try:
        return _pack(data, name)
    except BadPack:
        raise
    except Refused as wrong:
        raise BadPack("The pack {name}: {why}", name=name, why=str(wrong)) from wrong


def _pack(data: Mapping[str, Any], name: str) -> Pack:
    _check_top(data, name)
    state = _one_of(PackState, data["state"], "state", name)
    digest = seal_of(data)
    _check_life(data, state, digest, name)
    return Pack(
        name=name,
        title=data["title"],
        place=data["place"],
        edition=data["edition"],
        state=state,
        citation=data["citation"],
        effective_from=data["effective_from"],
        effective_until=data.get("effective_until"),
        approved_by=data.get("approved_by", ""),
        approved_on=data.get("approved_on"),
        review_after=data.get("review_after"),
        sample=data.get("sample", False),
        state_code=data.get("state_code", ""),
        digest=digest,
        pathways={
            key: _adjustment(part, data["citation"], f"{name}, {key}")
            for key, part in data["pathways"].items()
        },
    )


def _check_top(data: Mapping[str, Any], name: str) -> None:
    for key in _REQUIRED:
        if key not in data:
            raise BadPack("The pack {name} needs “{key}”.", name=name, key=key)
    for key, value in data.items():
        if key not in _TOP:
            raise BadPack("The pack {name} has “{key}”, which no pack has.", name=name, key=key)
        if type(value) is not _TOP[key]:
            raise BadPack(
                "In the pack {name}, “{key}” must be a {type}.", name=name, key=key, type=_TOP[key].__name__
            )
    if data["edition"] < 1:
        raise BadPack("In the pack {name}, “edition” counts from 1.", name=name)


def _check_life(data: Mapping[str, Any], state: PackState, digest: str, name: str) -> None:
    until = data.get("effective_until")
    if until is not None and until < data["effective_from"]:
        raise BadPack("The pack {name} ends before it begins.", name=name)
    if state in (PackState.APPROVED, PackState.ACTIVE, PackState.RETIRED) and not (
        data.get("approved_by") and data.get("approved_on")
    ):
        raise BadPack(
            "The pack {name} is {state}, so it needs approved_by and approved_on.",
            name=name,
            state=state.value,
        )
    if state in (PackState.ACTIVE, PackState.RETIRED) and data.get("seal") != digest:
        raise BadPack(
            "The pack {name} is {state} and its content no longer fits its seal: make a new edition.",
            name=name,
            state=state.value,
        )


def _adjustment(data: Any, citation: str, where: str) -> Adjustment:
    _check_inside(data, where)
    return Adjustment(
        off=tuple(data.get("off", ())),
        criteria=tuple(_criterion(one, citation, where) for one in data.get("criteria", ())),
        terms=_terms(data.get("terms", {}), where),
        clocks={id: _clock(id, value, where) for id, value in data.get("clocks", {}).items()},
    )


_INSIDE: dict[str, tuple[type[Any], type | None, str]] = {
    "off": (list, str, "a list of names"),
    "criteria": (list, dict, "a list of tables"),
    "terms": (dict, None, "a table"),
    "clocks": (dict, None, "a table"),
}


def _check_inside(data: Any, where: str) -> None:
    if not isinstance(data, dict):
        raise BadPack("The pack {where} must be a table.", where=where)
    for key, value in data.items():
        if key not in _INSIDE:
            raise BadPack("The pack {where}: “{key}” is not known here.", where=where, key=key)
        kind, each, words = _INSIDE[key]
        if not isinstance(value, kind) or (each and not all(isinstance(one, each) for one in value)):
            raise BadPack("The pack {where}: “{key}” must be {words}.", where=where, key=key, words=words)


def _criterion(data: Mapping[str, Any], citation: str, where: str) -> Criterion:
    for key in ("name", "because"):
        if not data.get(key):
            raise BadPack("The pack {where}: every criterion needs “{key}”.", where=where, key=key)
    return from_json({"source": citation, **data})


def _terms(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    for key, value in data.items():
        if key in _SPANS:
            terms[key] = _span(value, f"{where}, {key}")
        elif key in _TERMS:
            terms[key] = _one_of(_TERMS[key], value, key, where)
        else:
            raise BadPack("The pack {where}: “{key}” is no term.", where=where, key=key)
    return terms


def _span(value: Any, where: str) -> Span:
    try:
        [(unit, n)] = value.items()
        return read_span(unit, n)
    except (AttributeError, KeyError, ValueError, TypeError):
        raise BadPack("The pack {where}: write a length like {{ days = 30 }}.", where=where) from None


def _clock(id: str, value: Any, where: str) -> Span:
    if id not in REGISTER:
        raise BadPack("The pack {where}: there is no timer {id}.", where=where, id=id)
    return _span(value, f"{where}, {id}")


def _one_of(kind: Callable[[Any], Any], value: Any, key: str, where: str) -> Any:
    try:
        return kind(value)
    except (ValueError, TypeError):
        raise BadPack(
            "The pack {where}: “{value}” is not a value of “{key}”.", where=where, value=value, key=key
        ) from None
