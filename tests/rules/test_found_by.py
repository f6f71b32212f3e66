"""The texts a person is found by: one slip in one part leaves others whole."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.rules.found_by import COMMON, MOST, WEIGHT, Known, asked, filed, near_years, tiers
from offramp.rules.sought import Sought, read

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAM = Known(("samuel",), ("rivers",), frozenset(), 1990, 4, 2, ("4155550101",), (("12", "oak"),))


def shared(known: Known, text: str) -> set[str]:
    """The marks of what a file and a question share, without what is common to thousands."""
    return {one[0] for one in set(filed(known)) & set(asked(read(text, at=NOW)))} - {*COMMON, "q"}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("samuel rivers", "sed"),
        ("rivers samuel", "sed"),
        ("sam rivers", "sed"),
        ("samuel revers", "sd"),
        ("samuel rievrs", "sd"),
        ("samuel rivens", "d"),
        ("sanuel rivers", "d"),
        ("samuel rivers 1990", "setdy"),
        ("samuel rivers 1991", "setd"),
        ("samuel rivers 1909", "setd"),
        ("xavier rivers 1990 4/2", "ybm"),
        ("samuel banks 1990 4/2", "ybm"),
        ("samuel rivers 1970 2 Apr", "setdm"),
        ("xavier rivers 555-0101", "p"),
        ("xavier banks (415) 555-0101", "p"),
        ("xavier banks 12 oak st", "h"),
        ("rivers oak street", "r"),
        ("rivers 1990", "y"),
        ("1990-04-02", "b"),
        ("xavier banks 1971", ""),
    ],
)
def test_what_is_left_when_one_part_is_wrong(text, marks):
    assert shared(SAM, text) == set(marks)


def test_one_name_alone_is_common_to_many():
    texts = asked(read("rivers", at=NOW))

    assert texts
    assert {text[0] for text in texts} <= {*COMMON, "q"}


def test_names_of_several_words_are_found_by_any_two_of_them():
    maria = Known(("mariaguadalupe", "maria", "guadalupe"), ("garcialopez", "garcia", "lopez"))

    for text in ("maria lopez", "lupe garcia", "garcia lopez maria", "Maria Guadalupe Garcia Lopez"):
        assert "e" in shared(maria, text), text


def test_rarer_texts_are_asked_for_first():
    telling, loose, looser, common = tiers(read("sam rivers 1990 4/2", at=NOW))

    assert ({text[0] for text in telling}, {text[0] for text in loose}) == (set("tebm"), set("sd"))
    assert set("yq") <= {text[0] for text in looser}
    assert not common, "two names are never looked up one by one"
    assert {text[0] for text in tiers(read("rivers", at=NOW))[3]} == set("wn")


def test_de_la_cruz_is_one_name():
    texts = asked(read("de la cruz", at=NOW))

    assert {text[0] for text in texts} <= {*COMMON, "q"}
    assert {"w cruz", "w delacruz"} <= set(texts) & set(filed(Known(lasts=("delacruz", "cruz"))))


def test_a_file_has_a_bounded_number_of_texts():
    names = tuple(f"{letter}arolin{letter}" for letter in "abcdefghijklmnop")

    assert (
        len(filed(Known(names, names[::-1], frozenset(), 1990, 4, 2, ("4155550101",) * 3, (("1", "oak"),))))
        <= MOST
    )


def test_texts_come_in_one_order():
    assert filed(SAM) == filed(SAM)
    assert list(asked(read("sam rivers 1990", at=NOW))) == list(asked(read("sam rivers 1990", at=NOW)))


def test_years_one_slip_away():
    near = near_years(1985)

    assert {1984, 1986, 1983, 1987, 1975, 1995, 1958, 1980, 1965} <= set(near)
    assert 1985 not in near
    assert 1971 not in near


@settings(deadline=None)  # the first call reads a table
@given(st.builds(Known, firsts=st.tuples(st.text(max_size=12)), lasts=st.tuples(st.text(max_size=12))))
def test_every_text_begins_with_a_mark(known):
    assert {text[0] for text in filed(known)} <= set(WEIGHT)


def test_nothing_asked_is_nothing_looked_up():
    assert asked(Sought()) == {}
