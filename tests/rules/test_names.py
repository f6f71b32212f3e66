"""Names as they are compared: spelling, sound, slips, and what people are called."""

from importlib.resources import files

import pytest

from offramp.rules.names import family, formal, given, is_short_for, parts, plain, slips, sound


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("O'Brien-Núñez", "obrien nunez"),
        ("  MARÍA   José ", "maria jose"),
        ("Łukasz Þórr", "lukasz thorr"),
        ("Strauß", "strauss"),
        ("D’Angelo, Jr.", "dangelo jr"),
        ("محمد", "محمد"),
        ("", ""),
        ("—", ""),
    ],
)
def test_marks_case_and_accents_are_put_aside(written, compared):
    assert plain(written) == compared


def test_a_middle_initial_and_junior_are_not_part_of_a_name():
    assert given("Mary-Ann T.") == "maryann"
    assert family("De La Cruz Jr.") == family("Delacruz") == "delacruz"
    assert given("T.") == "t", "an initial alone is all there is"
    assert family("III") == "iii"


@pytest.mark.parametrize(
    ("name", "shortened"),
    [
        ("Garcia-Lopez", ["garcialopez", "garcia", "lopez"]),
        ("De La Cruz Jr.", ["delacruz", "cruz"]),
        ("Mary Ann T.", ["maryann", "mary", "ann"]),
        ("Rivers", ["rivers"]),
        ("J", ["j"]),
        ("J. R.", []),
        ("", []),
    ],
)
def test_a_long_name_is_shortened_to_its_telling_parts(name, shortened):
    assert parts(name) == shortened


# -- Sound ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alike",
    [
        "stephen steven stefan",
        "catherine katherine kathryn katharine",
        "michael micheal mikel",
        "sean shawn shaun",
        "phillips philips filips",
        "smith smyth schmidt",
        "wright right",
        "hernandez ernandes hernandes",
        "jimena ximena",
        "xavier javier",
        "rodriguez rodrigues",
        "gonzalez gonzales",
        "garcia garsia",
        "yesenia jesenia",
        "isabel ysabel",
        "vasquez vazquez",
        "lee leigh li",
        "thompson tompson",
        "macdonald mcdonald",
        "jorge george",
    ],
)
def test_what_is_said_alike_has_one_key(alike):
    assert len({sound(name) for name in alike.split()}) == 1


@pytest.mark.parametrize("differ", ["maria carla", "smith jones", "rivers marsh", "ana eva", "lopez gomez"])
def test_what_is_said_differently_has_keys_of_its_own(differ):
    one, other = differ.split()
    assert sound(one) != sound(other)


@pytest.mark.parametrize("name", ["", "a", "y", "h", "wu", "o", "李", "xx", "ng", "8"])
def test_no_name_breaks_it(name):
    assert bool(sound(name)) == bool(name)


def test_one_slip_apart_they_share_a_slip():
    for one, other in (("rtrks", "rtks"), ("rtrks", "rtrksn"), ("rtrks", "rtrps"), ("rtrks", "rrtks")):
        assert ({one} | slips(one)) & ({other} | slips(other)), other


def test_a_key_of_one_letter_has_no_slip():
    assert slips("l") == frozenset()


# -- What people are called -----------------------------------------------------------------------------------------


def test_a_short_name_stands_for_every_name_it_may_be():
    assert {"sam", "samuel", "samantha"} <= formal("sam")
    assert formal("samuel") >= {"samuel"}
    assert formal("nobody") == {"nobody"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("bob", "robert"), ("robert", "bob"), ("pepe", "jose"), ("lupe", "guadalupe"), ("bob", "bobby")],
)
def test_short_names_are_known_both_ways_and_among_each_other(one, other):
    assert is_short_for(one, other)


def test_a_name_is_not_short_for_itself_or_for_another():
    assert not is_short_for("bob", "bob")
    assert not is_short_for("bob", "maria")


def test_the_table_of_short_names_is_plain_and_in_order():
    lines = (files("offramp") / "codes" / "nicknames.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    names = [name for formal_name, short in rows for name in (formal_name, *short.split(";"))]

    assert lines[0] == "formal,short"
    assert len(rows) >= 400
    assert [row[0] for row in rows] == sorted({row[0] for row in rows}), "each formal name once, in order"
    assert [name for name in names if name != plain(name) or " " in name] == []
    assert [row[0] for row in rows if row[0] in row[1].split(";")] == []
