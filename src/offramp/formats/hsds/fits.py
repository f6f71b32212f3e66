"""Whom a service takes and how people come in, where a directory says it in so many words. What is not said stays unknown."""

import re
from collections.abc import Iterable

from offramp.rules.languages import code_of

_WALK_IN = re.compile(r"\bwalk[- ]?ins?\b", re.I)
_NO_WALK_IN = re.compile(
    r"\b(no|not accept|not take|don't take|without) walk[- ]?ins?|appointment only|by appointment\b|appointment (is )?required",
    re.I,
)
_PAYERS = {
    "medicaid": re.compile(r"\bmedicaid\b|\bmedi-?cal\b", re.I),
    "medicare": re.compile(r"\bmedicare\b", re.I),
    "private": re.compile(r"\bprivate (health )?insurance\b|\bcommercial insurance\b", re.I),
    "tricare": re.compile(r"\btricare\b|\bmilitary insurance\b", re.I),
    "sliding_scale": re.compile(r"\bsliding[- ](fee[- ])?scale\b", re.I),
}
_FREE = re.compile(
    r"^\s*(none|no (fee|cost|charge)s?|free)\b(?!.*(except|but|vary|varies|donation for))", re.I
)
_NO_PAPERS = re.compile(r"^\s*(none|no|n/?a|not required)\b", re.I)
_ID_PAPER = re.compile(
    r"\bidentification\b|\bphoto id\b|\bid card\b|\bdriver'?s licen[cs]e\b|\bpassport\b|\bgovernment[- ]issued\b|\bid\b",
    re.I,
)


def how_in(process: str) -> str:
    """walk_in only where walk-ins are taken without an appointment; unknown otherwise."""
    return "walk_in" if _WALK_IN.search(process) and not _NO_WALK_IN.search(process) else "unknown"


def payers(fees: str, *others: str) -> tuple[str, ...]:
    """How it can be paid for, as far as named; free where the fees say none."""
    text = " | ".join((fees, *others))
    named = [payer for payer, words in _PAYERS.items() if words.search(text)]
    return (*named, "free") if _FREE.search(fees) else tuple(named)


def id_needed(papers: Iterable[str]) -> str:
    """yes, no or unknown, from the documents it asks for."""
    said = [paper for paper in papers if paper.strip()]
    if not said:
        return "unknown"
    if all(_NO_PAPERS.search(paper) for paper in said):
        return "no"
    return "yes" if any(_ID_PAPER.search(paper) for paper in said) else "unknown"


def languages(said: Iterable[str]) -> tuple[str, ...]:
    """Codes of the languages named, each once; names nobody knows are left out here and kept in the raw record."""
    parts = [part for cell in said for part in re.split(r",(?![^()]*\))|;|\n", cell)]
    return tuple(dict.fromkeys(filter(None, (code_of(part) for part in parts if part.strip()))))
