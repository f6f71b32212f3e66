"""Names as they are compared, not as they are shown: spelling put aside, then sound, then what people are called.

`sound` is a short key of our own for English and Spanish names: what is said alike gets one key ("Stephen" and
"Steven", "Hernández" and "Ernandes", "Jimena" and "Ximena"). It follows the idea of Metaphone (L. Philips, 1990):
vowels fall away but for the first, and consonants that are heard alike become one letter.
`slips` are that key with one letter left out (the deletion neighbourhood of T. Bocek, E. Hunt and B. Stiller, 2007):
two keys one slip apart share a slip, so a misspelt name is found without comparing it with every name.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_SUFFIX = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
PARTICLES = frozenset("de del la las los el y da das do dos di van von der den ter bin al st".split())
_BETWEEN = re.compile(r"[^\w]+|_+")
_MARKS = re.compile(r"['’ʻ`´.]")
# Letters that no decomposition turns into plain ones.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower case, without accents and marks; words are one space apart. "O'Brien-Núñez" is "obrien nunez"."""
    if text.isascii():
        bare = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
        bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", _MARKS.sub("", bare)).strip()


def given(text: str) -> str:
    """A first name without a middle initial, in one piece: "Mary-Ann T." is "maryann"."""
    words = plain(text).split()
    while len(words) > 1 and len(words[-1]) == 1:
        words.pop()
    return "".join(words)


def family(text: str) -> str:
    """A last name without "Jr.", in one piece: "De La Cruz Jr." is "delacruz"."""
    words = plain(text).split()
    while len(words) > 1 and words[-1] in _SUFFIX:
        words.pop()
    return "".join(words)


def parts(text: str) -> list[str]:
    """What a name of several words may be shortened to, the whole first: "Garcia Lopez" is garcialopez, garcia, lopez.

    "de la", initials and "Jr." stand for nobody by themselves.
    """
    words = [word for word in plain(text).split() if word not in _SUFFIX]
    telling = [word for word in words if len(word) > 1 and word not in PARTICLES]
    whole = "".join(words if len(words) == 1 else [word for word in words if len(word) > 1])
    return list(dict.fromkeys([whole, *(telling if len(words) > 1 else [])])) if whole else []


# -- Sound ----------------------------------------------------------------------------------------------------------

# In this order: first how a name begins, then groups of letters, then single ones.
_BEGINS = [
    ("wh", "w"),
    ("kn", "n"),
    ("gn", "n"),
    ("pn", "n"),
    ("wr", "r"),
    ("ps", "s"),
    ("mac", "mc"),
    ("x", "j"),
]
_GROUPS = [
    (re.compile(spelt), heard)
    for spelt, heard in [
        (r"^y(?=[aeiou])", "j"),
        (r"^w(?=[aeiou])", "W"),
        (r"sch|sh", "s"),
        (r"ch|ck|q|x(?=[aeiouy])", "k"),
        (r"ph|v", "f"),
        (r"gh(?=t|$)|(?<=[aeiou])gh", ""),
        (r"dg(?=[eiy])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"c(?=[eiy])|z", "s"),
        (r"x", "ks"),
        (r"[cg]", "k"),
        (r"d", "t"),
        (r"[hw]", ""),
        (r"mb$", "m"),
    ]
]
_VOWELS = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
_LONGEST = 7


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """How a plain name in one piece sounds, as a short key; empty for an empty name."""
    said = _TWICE.sub(r"\1", name)
    for begins, heard in _BEGINS:
        if said.startswith(begins):
            said = heard + said[len(begins) :]
            break
    for spelt, heard in _GROUPS:
        said = spelt.sub(heard, said)
    first = "a" if _VOWELS.match(said) else ""
    return first + _TWICE.sub(r"\1", _VOWELS.sub("", said).lower())[:_LONGEST] or name


@lru_cache(maxsize=100_000)
def slips(key: str) -> frozenset[str]:
    """This key with any one letter left out; nothing for a key of one letter, which would leave nothing."""
    return frozenset(key[:at] + key[at + 1 :] for at in range(len(key))) if len(key) > 1 else frozenset()


# -- What people are called -----------------------------------------------------------------------------------------


@cache
def _formal() -> dict[str, frozenset[str]]:
    """Each short name, to the names it may stand for (codes/nicknames.csv)."""
    found: dict[str, set[str]] = {}
    lines = (files("offramp") / "codes" / "nicknames.csv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        formal, _, short = line.partition(",")
        for name in short.split(";"):
            found.setdefault(name, set()).add(formal)
    return {name: frozenset(formals) for name, formals in found.items()}


def formal(name: str) -> frozenset[str]:
    """The names a plain first name may stand for, itself among them: "bob" is robert and bob."""
    return _formal().get(name, frozenset()) | {name}


def short_for(name: str) -> list[str]:
    """What a plain first name is called for short: "robert" is bob, rob, bobby …"""
    return [short for short, formals in _formal().items() if name in formals and short != name]


def is_short_for(one: str, other: str) -> bool:
    """Whether two plain first names may be the same person's: one stands for the other, or both for a third."""
    return one != other and bool(formal(one) & formal(other))
