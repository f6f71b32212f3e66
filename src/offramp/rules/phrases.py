"""Find phrases in a text as whole words, leaving out traps and what is denied. Fast enough for a hundred thousand texts."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"[a-z0-9]+|[.;:,()!?|\n]")
_STOPS = frozenset(".;:,()!?|\n")
# What denies, and how far it reaches. "No drugs" denies drugs; "no cost drug treatment" denies the cost.
_REACH = {
    "no": 1,
    "non": 1,
    "nor": 1,
    "without": 1,
    "excluding": 2,
    "except": 2,
    "not": 4,
    "cannot": 4,
    "unable": 4,
    "don": 4,
    "doesn": 4,
}
# "not only drug treatment", "not for profit", "unable to pay for counseling" deny nothing.
_UNDENIES = frozenset(
    {"only", "just", "limited", "for", "all", "pay", "afford", "have", "need", "require", "required"}
)

Phrase = tuple[str, tuple[str, ...], bool]  # whose it is, its words, whether the last takes any ending


class Phrases:
    """Keywords of several owners. A phrase ending in `*` takes any ending; spaces also match hyphens and slashes."""

    def __init__(self) -> None:
        self._keywords: dict[str, list[Phrase]] = {}
        self._traps: dict[str, list[Phrase]] = {}

    def add(self, owner: str, phrase: str) -> None:
        """Look for this phrase on behalf of its owner."""
        entry = _entry(owner, phrase)
        self._keywords.setdefault(_first(entry), []).append(entry)

    def add_trap(self, owner: str, phrase: str) -> None:
        """Where this phrase stands, its owner's keywords do not count."""
        entry = _entry(owner, phrase)
        self._traps.setdefault(_first(entry), []).append(entry)

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """(owner, the words found), in the order of the text, an owner once."""
        tokens = _TOKEN.findall(text.lower())
        dead = {
            (owner, place)
            for at, length, (owner, *_) in _hits(self._traps, tokens)
            for place in range(at, at + length)
        }
        seen: set[str] = set()
        for at, length, entry in _hits(self._keywords, tokens):
            owner = entry[0]
            if owner in seen or (owner, at) in dead or _denied(tokens, at):
                continue
            seen.add(owner)
            yield owner, " ".join(tokens[at : at + length])


def _entry(owner: str, phrase: str) -> Phrase:
    return owner, tuple(_TOKEN.findall(phrase.rstrip("*").lower())), phrase.endswith("*")


def _first(entry: Phrase) -> str:
    """The first three letters: the shelf a phrase is kept on."""
    return entry[1][0][:3]


def _hits(shelves: dict[str, list[Phrase]], tokens: list[str]) -> Iterator[tuple[int, int, Phrase]]:
    for at, token in enumerate(tokens):
        for entry in shelves.get(token[:3], ()):
            if _stands(entry, tokens, at):
                yield at, len(entry[1]), entry


def _stands(entry: Phrase, tokens: list[str], at: int) -> bool:
    _, words, open_ended = entry
    if at + len(words) > len(tokens):
        return False
    for ahead, word in enumerate(words):
        token = tokens[at + ahead]
        if token != word and not (open_ended and ahead == len(words) - 1 and token.startswith(word)):
            return False
    return True


def _denied(tokens: list[str], at: int) -> bool:
    """Whether a denial stands shortly before, in the same part of the sentence."""
    for back in range(at - 1, max(at - 5, -1), -1):
        token = tokens[back]
        if token in _STOPS:
            return False
        if _REACH.get(token, 0) >= at - back:
            return not _UNDENIES.intersection(tokens[back + 1 : at])
    return False
