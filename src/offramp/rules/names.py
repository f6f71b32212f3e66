"""Names as they are compared, not as they are shown: accents, marks, case and spaces put aside."""

import re
import unicodedata

_SUFFIX = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
_BETWEEN = re.compile(r"[^\w]+|_+")
# Letters that no decomposition turns into plain ones.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def plain(text: str) -> str:
    """Lower case, without accents and marks; words are one space apart. "O'Brien-Núñez" is "obrien nunez"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", re.sub(r"['’ʻ`´.]", "", bare)).strip()


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
