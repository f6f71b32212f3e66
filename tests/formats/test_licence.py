"""Licence barcodes as scanners really give them. All people here are made up."""

import logging
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.formats import licence
from offramp.formats.licence import NotALicence, Scanned

TODAY = date(2026, 11, 24)

# Version 09, United States: a line each.
SAM = (
    "@\n\x1e\rANSI 636039090002DL00410267ZR03080015DLDAQX90114402\nDCSTESTERMANN\nDDEN\nDACSAM\nDDFN\nDADLEE\nDDGN\nDCAD\n"
    "DCBNONE\nDCDNONE\nDBD06052024\nDBB02291988\nDBA02292032\nDBC1\nDAU070 IN\nDAYBRO\nDAG14 MILL LN\nDAHAPT 2\n"
    "DAIRIVERMOUTH\nDAJOH\nDAK450110000  \nDCFDD8811\nDCGUSA\nDCK1234567\nDDAF\n\rZRZRAX\r"
)
# Version 01: one name field, year first.
ROBIN = "@\n\x1e\rAAMVA6360010101DL00290179DLDAAQUILL,ROBIN,MAE\nDAQ55500011\nDBB19790704\nDBC2\nDAG9 FERRY RD\nDAIRIVERMOUTH\nDAJNY\nDAK10101\n\r"
# Version 03: given names together.
JO = "@\n\x1e\rANSI 636045030002DL00410200DLDCSMCBRIDE-O'NEIL\nDCTJO,ANN MARIE\nDBB11302001\nDBC9\nDAQJO0001\nDCGUSA\n\r"
# Version 08, Canada: year first, a postal code with letters.
NOOR = "@\n\x1e\rANSI 636012080002DL00410200DLDCSHADDAD\nDACNOOR\nDADNONE\nDBB20010305\nDBCX\nDAQN1\nDCGCAN\nDAIOTTERVILLE\nDAJON\nDAKK1A0B1  \n\r"


def read(text):
    return licence.read(text, at=TODAY)


# -- The standard, version by version ---------------------------------------------------------------------------------


def test_a_modern_licence():
    assert read(SAM) == Scanned(
        first="Sam", middle="Lee", last="Testermann", birth_year=1988, birth_month=2, birth_day=29, sex="male",
        street="14 Mill Ln Apt 2", city="Rivermouth", state="OH", postal="45011",
    )  # fmt: skip


def test_version_01_keeps_the_whole_name_in_one():
    robin = read(ROBIN)

    assert (robin.first, robin.middle, robin.last, robin.sex, robin.check) == (
        "Robin",
        "Mae",
        "Quill",
        "female",
        False,
    )
    assert (robin.birth_year, robin.birth_month, robin.birth_day) == (1979, 7, 4)


def test_version_01_with_only_spaces_between_asks_for_a_look():
    assert read(ROBIN.replace("QUILL,ROBIN,MAE", "QUILL ROBIN MAE")).check


def test_version_03_keeps_given_names_together():
    jo = read(JO)

    assert (jo.first, jo.middle, jo.last, jo.sex) == ("Jo", "Ann Marie", "McBride-O'Neil", "x")


def test_a_canadian_licence_says_the_year_first():
    noor = read(NOOR)

    assert (noor.first, noor.middle, noor.birth_year, noor.birth_month, noor.birth_day) == (
        "Noor",
        "",
        2001,
        3,
        5,
    )
    assert (noor.state, noor.postal) == ("ON", "K1A 0B1")


def test_a_name_that_was_cut_asks_for_a_look():
    assert read(SAM.replace("DDEN", "DDET")).check


# -- As scanners mangle it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mangled",
    [
        SAM.lower(),
        SAM.replace("\n", "\r\n"),
        SAM.partition("DLDAQ")[2].partition("\n")[2],  # the header was lost
        SAM.replace("@\n\x1e\r", ""),
        "  \ufeff" + SAM + "\t\x00\x00",
    ],
)
def test_it_is_read_all_the_same(mangled):
    assert read(mangled) == read(SAM)


@pytest.mark.parametrize("between", [" ", "  ", "\t"])
def test_without_line_breaks_it_is_read_and_asks_for_a_look(between):
    sam = read(SAM.replace("\n", between).replace("\r", between))

    assert (sam.first, sam.middle, sam.last, sam.birth_year, sam.check) == (
        "Sam",
        "Lee",
        "Testermann",
        1988,
        True,
    )


def test_without_anything_between_it_is_read_and_asks_for_a_look():
    sam = read("".join(c for c in SAM if c.isprintable()).replace("  ", ""))

    assert (sam.first, sam.last, sam.birth_year, sam.check) == ("Sam", "Testermann", 1988, True)


def test_a_name_that_looks_like_a_code_is_not_guessed():
    with pytest.raises(NotALicence, match="two ways"):
        read(SAM.replace("TESTERMANN", "TESTER DACOSTA").replace("\n", " "))


def test_the_same_name_is_safe_with_its_line_breaks():
    assert read(SAM.replace("TESTERMANN", "TESTER DACOSTA")).last == "Tester Dacosta"


# -- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not the barcode text"),
        ("Sam Testermann, born 1988", "not the barcode text"),
        ("%OHRIVERMOUTH^TESTERMANN$SAM^14 MILL LN^?", "not the barcode text"),
        (SAM.replace("02291988", "02301988"), "not a real date"),
        (SAM.replace("02291988", "02291887"), "not a real date"),
        (SAM.replace("02291988", "1988"), "not a real date"),
        (SAM.replace("02291988", "02282027"), "in the future"),
        (SAM * 40, "far more text"),
    ],
)
def test_it_says_no_in_one_sentence(text, says):
    with pytest.raises(NotALicence, match=says):
        read(text)


def test_a_licence_without_birth_date_still_gives_the_name():
    sam = read(SAM.replace("DBB02291988\n", ""))

    assert (sam.last, sam.birth_year) == ("Testermann", None)


# -- What is never kept or told ---------------------------------------------------------------------------------------


def test_the_document_number_is_not_kept():
    found, _ = licence.elements(SAM)

    assert "X90114402" not in [*found.values(), *vars(read(SAM)).values()]


def test_a_person_is_not_printed():
    assert repr(read(SAM)) == "Scanned(…)"


NAME = st.from_regex(r"[A-Z]{2,12}(?:[ '-][A-Z]{2,12})?", fullmatch=True).filter(
    lambda name: name not in licence.NOTHING
)
BORN = st.dates(date(1907, 1, 1), TODAY)


@given(
    last=NAME,
    first=NAME,
    middle=NAME,
    born=BORN,
    version=st.integers(2, 10),
    year_first=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_any_person_comes_back_as_written(last, first, middle, born, version, year_first, newline):
    given_names = f"DCT{first},{middle}" if version < 4 else f"DAC{first}{newline}DAD{middle}"
    day = f"{born:%Y%m%d}" if year_first else f"{born:%m%d%Y}"
    text = f"@\n\x1e\rANSI 636000{version:02}0001DL00310200DL" + newline.join(
        [f"DCS{last}", given_names, f"DBB{day}", "DAQ4", "DBC2"]
    )

    person = read(text)

    assert [name.upper() for name in (person.last, person.first, person.middle)] == [last, first, middle]
    assert (person.birth_year, person.birth_month, person.birth_day) == (born.year, born.month, born.day)
    assert not person.check


@given(
    st.one_of(st.text(max_size=300), st.text(alphabet="DABCST\n\r @ANSI0123456789", max_size=300)),
    st.booleans(),
)
def test_garbage_is_a_licence_or_a_sentence(noise, with_head):
    text = ("@\n\x1e\rANSI 636039090002DL" if with_head else "") + noise
    try:
        answer = read(text)
    except NotALicence as refused:
        answer = refused

    assert isinstance(answer, Scanned) or (str(answer).endswith(".") and answer.message.params == ())


def test_nothing_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    read(SAM)
    with pytest.raises(NotALicence):
        read(SAM.replace("02291988", "99999999"))

    assert caplog.records == []
