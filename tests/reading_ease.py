"""How hard a text is to read, by two old formulas of public record.

English: Flesch and Kincaid's grade (US Navy, 1975). Spanish: Fernández Huerta's ease (1959), where 70 to 80 is
"fairly easy", about sixth grade. Syllables are counted as groups of vowels: near enough to catch a hard text.
"""

import re

SENTENCE = re.compile(r"[^.!?:]+")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SPANISH_STRONG = re.compile(r"[aeoáéíóú]")


def english_grade(text: str) -> float:
    words = WORD.findall(text)
    syllables = sum(map(english_syllables, words))
    return 0.39 * len(words) / sentences(text) + 11.8 * syllables / len(words) - 15.59


def spanish_ease(text: str) -> float:
    words = WORD.findall(text)
    syllables = sum(map(spanish_syllables, words))
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences(text)


def sentences(text: str) -> int:
    return max(1, sum(1 for each in SENTENCE.findall(text) if WORD.search(each)))


def english_syllables(word: str) -> int:
    word = (
        re.sub(r"(?<![aeiouy])(es|ed|e)$", "", word.lower())
        if len(word) > 3 and not word.lower().endswith("le")
        else word.lower()
    )
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def spanish_syllables(word: str) -> int:
    groups = re.findall(r"[aeiouáéíóúü]+", re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower()))
    return max(1, sum(max(1, len(SPANISH_STRONG.findall(group))) for group in groups))
