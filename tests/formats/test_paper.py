"""Paper: read back as a person and as a screen reader would."""

import io
import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from offramp.formats.paper import blank_form
from offramp.formats.paper.blank_form import blank_forms, new_codes, read_code
from offramp.formats.paper.card import Card, card_for_person, neutral
from offramp.formats.paper.press import CannotPrint
from offramp.rules import wording

SPANISH, ENGLISH = (wording.get("card", language, demo=True) for language in ("es", "en"))
DANA = Card(
    expecting="Dana",
    place="Harbor Stabilization",
    address="214 Mill Street, door on Ferry Lane, Rivermouth",
    phone="(555) 555-0142",
    when=datetime(2026, 11, 24, 22, 40),  # noqa: DTZ001 - local wall time, as the card shows it
)


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf):
    pages = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(re.sub("[\u200b\u202f\u00a0]", " ", pages).split())


def is_accessible(pdf):
    """What PDF/UA-1 asks that can be seen from outside: marked, titled, in a language, and named as such."""
    book = read(pdf)
    root = book.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    return (
        root["/MarkInfo"]["/Marked"]
        and root["/StructTreeRoot"]
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
        and "pdfuaid:part>1<" in metadata.replace('pdfuaid:part="1"', "pdfuaid:part>1<")
        and bool(book.metadata.title)
    )


# -- The card ---------------------------------------------------------------------------------------------------------


def test_the_card_says_it_in_both_languages_on_one_sheet():
    card = card_for_person(DANA, [SPANISH, ENGLISH])

    assert len(read(card).pages) == 1
    for said in ("Alguien le espera", "Someone is expecting you", "Pregunte por Dana", "Ask for Dana"):
        assert said in words_of(card)
    for said in (
        "Martes 24 de noviembre, 10:40 p.m.",
        "Tuesday, November 24, 10:40 PM",
        "988",
        "Sample wording",
    ):
        assert said.replace(" ", "") in words_of(card).replace(" ", "")


def test_the_card_is_tagged_for_screen_readers():
    card = card_for_person(DANA, [SPANISH, ENGLISH])

    assert is_accessible(card)
    assert read(card).trailer["/Root"]["/Lang"] == "es"
    assert read(card).metadata.title == "Alguien le espera"


def test_its_fonts_are_inside():
    fonts = read(card_for_person(DANA, [ENGLISH])).pages[0]["/Resources"]["/Font"]
    descriptors = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts.values()
    ]

    assert descriptors
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_the_card_tells_its_finder_nothing():
    said = words_of(card_for_person(DANA, [SPANISH, ENGLISH]))

    assert "Stabilization" not in said
    assert "214 Mill Street" in said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dana", "Dana"),
        ("Ferry Road House", "Ferry Road House"),
        ("Northside Detox", ""),
        ("Withdrawal management", ""),
        ("Fridays with AA", ""),
        ("Nadia", "Nadia"),
        ("St. Ann Recovery Center", ""),
        ("Officer Alvarez", ""),
        ("Women's Shelter", ""),
        ("Rivermouth Mental Health", ""),
        ("Clínica del Puerto", ""),
    ],
)
def test_a_telling_name_is_left_off(name, shown):
    assert neutral(name) == shown


def test_when_someone_comes_it_says_so():
    said = words_of(
        card_for_person(
            Card(expecting="Dana", meets=True, address="9 Office Row", phone="555-555-0142"),
            [ENGLISH, SPANISH],
        )
    )

    assert "Someone will meet you" in said
    assert "They will come to you" in said
    assert "Running late" not in said
    assert "Office Row" not in said


def test_without_a_phone_it_does_not_say_call_them():
    assert "Call them" not in words_of(card_for_person(Card(expecting="Dana", meets=True), [ENGLISH]))


@pytest.mark.parametrize(("value", "says"), [("address", "address"), ("phone", "phone")])
def test_what_is_too_long_is_refused_in_one_sentence(value, says):
    with pytest.raises(CannotPrint, match=f"{says}.* too long to print"):
        card_for_person(Card(**{value: "y" * 200}), [ENGLISH])


def test_a_long_name_is_cut_at_a_word_and_judged_whole():
    long = "Ferry Road House of Welcome for Everyone Who Comes By Day"

    assert "Ferry Road House of Welcome for…" in words_of(card_for_person(Card(expecting=long), [ENGLISH]))
    assert "Ferry Road" not in words_of(card_for_person(Card(expecting=f"{long} and Detox"), [ENGLISH]))


def test_letters_that_cannot_be_set_are_refused_in_one_sentence():
    with pytest.raises(CannotPrint, match="by hand"):
        card_for_person(Card(expecting="陈医生"), [ENGLISH])


def test_the_longest_card_still_fits_one_sheet():
    full = Card(
        "W" * 40, False, "Mmmm " * 12, "Wide wide street " * 9, "(555) 555-0142 extension 12345", DANA.when
    )

    assert len(read(card_for_person(full, [SPANISH, ENGLISH])).pages) == 1


def test_a_card_is_not_printed_into_a_log():
    assert repr(DANA) == "Card(…)"


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=40))
def test_nothing_typed_is_read_as_markup(typed):
    try:
        pdf = card_for_person(Card(expecting=typed, address="#panic() $x$ *b* \\ <l> @r"), [ENGLISH])
    except CannotPrint:
        return

    # Without spaces: a reader takes a wide kern for one.
    assert "#panic()$x$*b*\\<l>@r" in words_of(pdf).replace(" ", "")


# -- The blank form ---------------------------------------------------------------------------------------------------


def test_each_sheet_has_its_code_and_the_minute_in_order():
    first, second = new_codes(2)
    forms = blank_forms([first, second], address="https://offramp.example/officer/paper/")
    said = words_of(forms)

    assert len(read(forms).pages) == 2
    assert first in said
    assert second in said
    order = [
        "When and where",
        "What is going on?",
        "Anything unsafe?",
        "Arrest or cite?",
        "Who?",
        "As you see them",
        "They said",
        "Handed off to",
    ]
    assert sorted(order, key=said.index) == order
    assert is_accessible(forms)


def test_the_scripts_are_on_the_back():
    scripts = [wording.get("permission_officer_prevention", language, demo=True) for language in ("en", "es")]
    forms = blank_forms(new_codes(1), scripts=scripts)

    assert len(read(forms).pages) == 2
    assert "Do you want me to call?" in words_of(forms)
    assert "¿Quiere que llame?" in words_of(forms)
    assert "I will call ______________." in words_of(forms)


def test_many_scripts_flow_on_and_each_form_begins_a_sheet_of_its_own():
    every = [each.id for each in wording.shipped().values() if each.use is wording.Use.PERMISSION]
    scripts = [wording.get(id, language, demo=True) for id in every for language in ("en", "es")]
    first, second = new_codes(2)
    pages = [page.extract_text() for page in read(blank_forms([first, second], scripts=scripts)).pages]

    starts = [n for n, text in enumerate(pages) if "Diversion, on paper" in text]
    assert len(starts) == 2
    assert starts[1] % 2 == 0
    assert all("Read aloud" in pages[start + 1] for start in starts)


def test_codes_are_random_and_never_twice():
    codes = new_codes(blank_form.MOST)

    assert len(set(codes)) == blank_form.MOST
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)


@pytest.mark.parametrize(
    "typed", ["k7q4-mx2p", " K7Q4MX2P ", "K7Q4 MX2P", "https://offramp.example/officer/paper/K7Q4-MX2P/"]
)
def test_a_code_comes_back_however_it_is_typed(typed):
    assert read_code(typed) == "K7Q4-MX2P"


def test_letters_that_look_alike_are_forgiven():
    assert read_code("OIL0-1111") == "0110-1111"


@pytest.mark.parametrize("typed", ["", "K7Q4", "K7Q4-MX2P9", "K7Q4-MX2!"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(blank_form.NotACode, match="not a form's code"):
        read_code(typed)


@pytest.mark.parametrize("how_many", [0, 51])
def test_a_batch_has_bounds(how_many):
    with pytest.raises(CannotPrint, match="between 1 and 50"):
        new_codes(how_many)
    with pytest.raises(CannotPrint, match="between 1 and 50"):
        blank_forms(["K7Q4-MX2P"] * how_many)
