"""What a person may need, and how a directory's words lead to it: by taxonomy term or by keyword, and it says which.

The vocabulary is data (codes/needs.toml). A word counts only as a word: "shelter" is not in "sheltered", an
animal shelter is not a bed for tonight, and what a service says it does *not* do is no reason to send anybody.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from offramp.rules.message import Message, say
from offramp.rules.phrases import Phrases
from offramp.rules.refusal import BadInput


class By(StrEnum):
    """How we know that a service answers a need, strongest first."""

    SAID = "said"
    TERM = "term"
    KEYWORD = "keyword"
    DESCRIPTION = "description"


STRENGTH = {By.SAID: 3, By.TERM: 3, By.KEYWORD: 2, By.DESCRIPTION: 1}


@dataclass(frozen=True)
class Need:
    """One need, in plain English, and what leads to it."""

    code: str
    words: Message
    tiles: tuple[str, ...]
    terms: tuple[str, ...]
    not_terms: tuple[str, ...]
    keywords: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """This need is answered, and here is the word that says so."""

    need: str
    by: By
    term: str

    @property
    def reason(self) -> Message:
        """Why, in words that name what was found."""
        return say(_REASONS[self.by], need=NEEDS[self.need].words, term=self.term)


_REASONS = {
    By.SAID: "{need}: the directory lists it ({term})",
    By.TERM: "{need}: listed under “{term}”",
    By.KEYWORD: "{need}: keyword “{term}”",
    By.DESCRIPTION: "{need}: its description says “{term}”",
}


@dataclass(frozen=True)
class Term:
    """A taxonomy term a service carries: its code, its title, and whose taxonomy it is."""

    code: str
    name: str
    taxonomy: str = ""


def _load() -> dict[str, Need]:
    data = tomllib.loads((files("offramp") / "codes" / "needs.toml").read_text("utf-8"))
    return {
        row["code"]: Need(
            code=row["code"],
            words=say(row["words"]),
            tiles=tuple(row["tiles"]),
            terms=tuple(row["terms"]),
            not_terms=tuple(row.get("not_terms", ())),
            keywords=tuple(row["keywords"]),
            traps=tuple(row["traps"]),
        )
        for row in data["need"]
    }


NEEDS: dict[str, Need] = _load()


class UnknownNeed(BadInput):
    """A need that is not in the vocabulary."""


def check(codes: Iterable[str]) -> tuple[str, ...]:
    """The same codes, each known. Raises `UnknownNeed` with those that exist."""
    asked = tuple(codes)
    unknown = [code for code in asked if code not in NEEDS]
    if unknown:
        raise UnknownNeed(
            "We do not know the need {unknown}. Known needs: {known}.",
            unknown=", ".join(unknown),
            known=", ".join(NEEDS),
        )
    return asked


def for_tiles(tiles: Iterable[str]) -> tuple[str, ...]:
    """The needs that these officer's tiles imply, in the order of the vocabulary."""
    tapped = set(tiles)
    return tuple(need.code for need in NEEDS.values() if tapped.intersection(need.tiles))


def find(
    *, name: str = "", keywords: str = "", description: str = "", terms: Sequence[Term] = ()
) -> tuple[Matched, ...]:
    """Every need these texts lead to, each once, by its strongest reason. Whom a service is *for* is not looked at:
    a visiting center for families with a drug problem treats nobody.
    """
    found: dict[str, Matched] = {}
    for matched in _all(name, keywords, description, terms):
        known = found.get(matched.need)
        if known is None or STRENGTH[matched.by] > STRENGTH[known.by]:
            found[matched.need] = matched
    return tuple(found[code] for code in NEEDS if code in found)


def _all(name: str, keywords: str, description: str, terms: Sequence[Term]) -> Iterable[Matched]:
    for term in terms:
        yield from (Matched(need, By.TERM, term.name or term.code) for need in by_code(term))
        yield from (Matched(need, By.TERM, term.name) for need, _ in _phrases().find(term.name))
    for text, by in ((keywords, By.KEYWORD), (name, By.KEYWORD), (description, By.DESCRIPTION)):
        yield from (Matched(need, by, word) for need, word in _phrases().find(text))


def by_code(term: Term) -> tuple[str, ...]:
    """The needs an Open Eligibility code stands for. Other taxonomies' codes say nothing here; their titles may."""
    if not term.code[:3].isdecimal() or (term.taxonomy and "open eligibility" not in term.taxonomy.lower()):
        return ()
    return tuple(
        need.code
        for need in NEEDS.values()
        if _under(term.code, need.terms) and not _under(term.code, need.not_terms)
    )


def _under(code: str, roots: tuple[str, ...]) -> bool:
    return any(code == root or code.startswith(root + "-") for root in roots)


@cache
def _phrases() -> Phrases:
    phrases = Phrases()
    for need in NEEDS.values():
        for keyword in need.keywords:
            phrases.add(need.code, keyword)
        for trap in need.traps:
            phrases.add_trap(need.code, trap)
    return phrases
