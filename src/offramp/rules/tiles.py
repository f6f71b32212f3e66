"""What is going on, as an officer taps it: six tiles, the facts that follow from each, and the needs."""

from collections.abc import Collection
from enum import StrEnum

from offramp.rules import needs
from offramp.rules.message import Message, say


class Tile(StrEnum):
    """One thing that may be going on. Several may be."""

    OVERDOSE = "overdose"
    SUBSTANCE_USE = "substance_use"
    MENTAL_HEALTH = "mental_health"
    NO_PLACE_TO_STAY = "no_place_to_stay"
    SEX_WORK = "sex_work"
    ASKS_FOR_HELP = "asks_for_help"


WORDS: dict[Tile, Message] = {
    Tile.OVERDOSE: say("Overdose"),
    Tile.SUBSTANCE_USE: say("Substance use"),
    Tile.MENTAL_HEALTH: say("Mental health"),
    Tile.NO_PLACE_TO_STAY: say("No place to stay"),
    Tile.SEX_WORK: say("Sex work"),
    Tile.ASKS_FOR_HELP: say("Asks for help"),
}

_TELLS: dict[Tile, str] = {Tile.OVERDOSE: "overdose", Tile.ASKS_FOR_HELP: "asks_for_help"}

# What each tile asks for before all else. With several tiles the first of these is the main need.
_MAIN: dict[Tile, str] = {
    Tile.OVERDOSE: "substance_use",
    Tile.SUBSTANCE_USE: "substance_use",
    Tile.MENTAL_HEALTH: "mental_health_crisis",
    Tile.NO_PLACE_TO_STAY: "shelter",
    Tile.SEX_WORK: "sex_work_support",
    Tile.ASKS_FOR_HELP: "navigation",
}

# Whoever is met with no tile tapped can still be offered somebody who stays with them.
WHATEVER_IT_IS = ("navigation",)


def facts_of(tiles: Collection[str]) -> dict[str, str]:
    """The facts that follow from what was tapped. Nothing tapped says nothing: it is not a no."""
    told = {fact: "yes" for tile, fact in _TELLS.items() if tile in tiles}
    return {"need_seen": "yes"} | told if tiles else {}


def needs_of(tiles: Collection[str]) -> tuple[str, ...]:
    """What to look for, the main need first."""
    main = [_MAIN[tile] for tile in Tile if tile in tiles]
    return tuple(dict.fromkeys((*main, *needs.for_tiles(tiles)))) or WHATEVER_IT_IS
