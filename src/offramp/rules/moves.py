"""What a move is: name, from, to, by whom; taken or refused, the same way for every journey.

A page asks `open_moves` for its buttons, so a button that would be refused is never drawn; a deed calls
`take`, which refuses with a sentence. The moves themselves: journey.py, handoff_steps.py, charge_hold.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from offramp.rules.refusal import Refused
from offramp.rules.words import Role

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    """One way from some stages to another, and whose move it is."""

    name: str
    start: frozenset[S]
    to: S
    by: frozenset[Role]


class NotOpen(Refused):
    """This move does not lead on from here, or is not theirs."""


def move(name: str, start: Iterable[S], to: S, by: Iterable[Role]) -> Move[S]:
    """A `Move` written the short way."""
    return Move(name, frozenset(start), to, frozenset(by))


def open_moves(moves: Iterable[Move[S]], stage: S, role: Role | None = None) -> tuple[Move[S], ...]:
    """The moves that lead on from here; with a role, only that role's."""
    return tuple(one for one in moves if stage in one.start and (role is None or role in one.by))


def take(moves: Iterable[Move[S]], stage: S, name: str, role: Role) -> S:
    """The stage a move leads to. Raises `NotOpen` where it leads nowhere from here, or is not this role's."""
    named = [one for one in moves if one.name == name]
    if not named:
        raise NotOpen("There is no step called “{name}”.", name=name)
    from_here = [one for one in named if stage in one.start]
    if not from_here:
        raise NotOpen("“{name}” is not open from “{stage}”.", name=in_words(name), stage=in_words(stage))
    for one in from_here:
        if role in one.by:
            return one.to
    raise NotOpen("“{name}” is not a {role}'s step.", name=in_words(name), role=in_words(role))


def reachable(moves: Iterable[Move[S]], start: S) -> frozenset[S]:
    """Every stage one can come to from here, this one included."""
    known = list(moves)
    seen, ahead = {start}, [start]
    while ahead:
        stage = ahead.pop()
        for one in open_moves(known, stage):
            if one.to not in seen:
                seen.add(one.to)
                ahead.append(one.to)
    return frozenset(seen)


def in_words(code: str) -> str:
    """A code as words: `closed_moved` is "closed moved"."""
    return str(code).replace("_", " ")
