"""One box: what people type, read as names, dates, phones, streets and codes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.rules.sought import LONGEST, MOST_WORDS, Sought, digits, read
from offramp.rules.streets_said import door

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAM = ("sam",)
EITHER = ((4, 2), (2, 4))


def said(text: str) -> Sought:
    return read(text, at=NOW)


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("maria lopez 1990", Sought(words=("maria", "lopez"), years=(1990,))),
        ("López, María", Sought(words=("lopez", "maria"))),
        ("1990", Sought(years=(1990,))),
        ("sam '90", Sought(words=SAM, years=(1990,))),
        ("sam 4/2/1990", Sought(words=SAM, years=(1990,), days=EITHER)),
        ("sam 4.2.90", Sought(words=SAM, years=(1990,), days=EITHER)),
        ("sam 31/1/1990", Sought(words=SAM, years=(1990,), days=((1, 31),))),
        ("sam 1990-04-02", Sought(words=SAM, years=(1990,), days=((4, 2),))),
        ("sam 19900402", Sought(words=SAM, years=(1990,), days=((4, 2),))),
        ("sam 04021990", Sought(words=SAM, years=(1990,), days=EITHER)),
        ("sam 4/2", Sought(words=SAM, days=EITHER)),
        ("sam 2 Apr", Sought(words=SAM, days=((4, 2),))),
        ("sam Apr 2, 1990", Sought(words=SAM, years=(1990,), days=((4, 2),))),
        ("sam 2nd of April", Sought(words=SAM, days=((4, 2),))),
        ("sam 2 de abril de 1990", Sought(words=SAM, years=(1990,), days=((4, 2),))),
        ("sam apr 1990", Sought(words=SAM, years=(1990,), months=(4,))),
        ("sam 35yo", Sought(words=SAM, years=(1991, 1990))),
        ("sam age 35", Sought(words=SAM, years=(1991, 1990))),
    ],
)
def test_a_birth_date_in_many_spellings(text, sought):
    assert said(text) == sought


def test_april_with_a_year_may_be_a_name_too():
    assert said("April 1990") == Sought(words=("april",), years=(1990,), months=(4,))
    assert said("May Rivers") == Sought(words=("may", "rivers"))


@pytest.mark.parametrize("text", ["sam 13/45", "sam 30 Feb", "sam 0/0", "sam 99/99/1990", "sam 2099"])
def test_an_impossible_date_is_no_date(text):
    assert said(text).days == ()
    assert "sam" in said(text).words


def test_nobody_is_born_tomorrow():
    assert said("sam 2045").years == ()
    assert said("sam 1/1/45").years == (1945,)


@pytest.mark.parametrize(
    "text",
    [
        "(415) 555-0101",
        "415.555.0101",
        "4155550101",
        "1-415-555-0101",
        "+1 415 555 0101",
        "415 555 0101 ext 3",
    ],
)
def test_ten_digits_however_they_are_spaced(text):
    assert said(f"sam {text}") == Sought(words=SAM, phones=("4155550101",))


def test_seven_digits_are_a_phone_too():
    assert said("sam 555-0101") == Sought(words=SAM, phones=("5550101",))


def test_a_year_beside_a_phone_stays_a_year():
    assert said("1990 415 555 0101 sam") == Sought(words=SAM, years=(1990,), phones=("4155550101",))
    assert said("sam 1990 555-0101") == Sought(words=SAM, years=(1990,), phones=("5550101",))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("12 Oak St", ("12", "oak")),
        ("12 N. Oak Ave. Apt 3", ("12", "oak")),
        ("oak street", ("", "oak")),
        ("calle ocho 12", ("12", "ocho")),
        ("1990 Oak Road", ("1990", "oak")),
        ("120 5th St", ("120", "5th")),
        ("12 Martin Luther King Blvd", ("12", "martinlutherking")),
    ],
)
def test_a_street(text, where):
    assert said(f"sam {text}") == Sought(words=SAM, streets=(where,))


def test_a_year_before_a_house_number_stays_a_year():
    for number in ("7", "12", "130", "1368", "15000"):
        assert said(f"sam 1990 {number} Oak St") == Sought(
            words=SAM, years=(1990,), streets=((number, "oak"),)
        )


def test_a_number_and_a_word_may_be_a_street_or_a_name():
    assert said("12 oak") == Sought(words=("oak",), streets=(("12", "oak"),))


@pytest.mark.parametrize(
    ("text", "code"), [("3FQ-72K", "3FQ-72K"), ("sam 3fq-72k", "3FQ-72K"), ("234-567", ""), ("3AQ-72K", "")]
)
def test_a_code(text, code):
    assert said(text).code == code


def test_what_holds_nothing_is_nothing():
    assert not said("")
    assert not said("  -- ?! 7")


@settings(deadline=None)
@given(st.text(max_size=3 * LONGEST))
def test_whatever_is_typed_is_read(text):
    sought = said(text)

    assert len(sought.words) <= MOST_WORDS
    assert all(1 <= month <= 12 and 1 <= day <= 31 for month, day in sought.days)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("12 N. Oak Ave., Apt 3, Rivermouth", ("12", "oak")),
        ("The Elms, 12 Oak Rd", ("12", "oak")),
        ("12 St. James Road", ("12", "stjames")),
        ("Calle Ocho 12", ("12", "ocho")),
        ("48B Goldfinch Circuit", ("48b", "goldfinch")),
        ("under the bridge", ("", "underthebridge")),
        ("1990 Main", ("1990", "main")),
        ("", ("", "")),
    ],
)
def test_house_number_and_street_of_an_address(address, where):
    assert door(address) == where


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("+1 (415) 555-0101 x3", "4155550101"),
        ("555-0101", "5550101"),
        ("911", ""),
        ("+44 20 7946 0101", "442079460101"),
    ],
)
def test_the_digits_of_a_phone(phone, dialled):
    assert digits(phone) == dialled
