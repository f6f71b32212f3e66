"""A coarse cell of the earth, about five kilometres wide: how a place is kept in the clear, and no finer.

The cells are geohashes of five letters (Niemeyer's public-domain scheme). A device sends only its cell.
"""

import re

from offramp.rules.distance import Point

LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"
LONG = 5
_CELL = re.compile(f"[{LETTERS}]{{{LONG}}}")


def is_cell(text: str) -> bool:
    """Whether this is the name of a cell."""
    return bool(_CELL.fullmatch(text))


def middle(cell: str) -> Point:
    """The middle of a cell, as (latitude, longitude)."""
    spans = {
        True: [-180.0, 180.0],
        False: [-90.0, 90.0],
    }  # longitude and latitude take turns, longitude first
    turn = True
    for letter in cell:
        for bit in (16, 8, 4, 2, 1):
            low, high = spans[turn]
            half = (low + high) / 2
            spans[turn] = [half, high] if LETTERS.index(letter) & bit else [low, half]
            turn = not turn
    return sum(spans[False]) / 2, sum(spans[True]) / 2
