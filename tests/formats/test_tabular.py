"""Tables as people export them: every common encoding and separator, ragged rows, headers that do not fit."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.formats.parcel import Entry
from offramp.formats.tabular import BadTable, encoding_of, table


@pytest.fixture
def entry(tmp_path):
    def make(content: str | bytes, name="people.csv") -> Entry:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Entry(name, path.stat().st_size, path)

    return make


def cells(entry, **more):
    return [line.cells for line in table(entry, **more).lines()]


TEXT = "name,note\nCafé,Ñandú “quoted”\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_said(entry, written, said):
    file = entry(TEXT.encode(written))

    assert encoding_of(file) == said
    assert cells(file) == [{"name": "Café", "note": "Ñandú “quoted”"}]


def test_latin_1_without_curly_quotes_is_called_so(entry):
    assert table(entry("name\nCafé\n".encode("latin-1"))).encoding == "iso-8859-1"


def test_a_letter_beyond_the_first_page_still_counts(entry):
    file = entry(b"name\n" + b"plain\n" * 200_000 + "Café\n".encode("latin-1"))

    assert encoding_of(file) == "iso-8859-1"


def test_who_knows_better_says_so(entry):
    assert cells(entry("name\nœ\n".encode("iso-8859-15")), encoding="iso-8859-15") == [{"name": "œ"}]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(entry, mark):
    assert cells(entry(f'a{mark}b\n1{mark}"x, y; z"\n')) == [{"a": "1", "b": "x, y; z"}]


def test_cells_of_several_lines_and_blank_rows(entry):
    lines = list(table(entry('a,b\n\n1,"two\nlines"\n,\n3,4\n')).lines())

    assert [(line.number, line.cells["a"]) for line in lines] == [
        (3, "1"),
        (5, "3"),
    ]  # as a spreadsheet numbers them


def test_a_header_with_one_name_too_few_is_refused_whole(entry):
    with pytest.raises(
        BadTable, match="names 2 columns but its rows have 3: every cell would land in the wrong column"
    ):
        table(entry("a,b\n1,2,3\n4,5,6\n"))


def test_one_long_row_is_not_read_and_says_so(entry):
    lines = list(table(entry("a,b\n1,2\n1,2,3\n1,2\n1,2\n")).lines())

    assert [str(line.problem) for line in lines if line.problem] == [
        "The row has 3 cells under 2 column names."
    ]
    assert lines[1].cells == {}


def test_short_rows_and_trailing_separators_are_usual(entry):
    assert cells(entry("a,b,,\n1\n1,2,,\n")) == [{"a": "1"}, {"a": "1", "b": "2"}]


def test_a_table_without_header(entry):
    assert cells(entry("1,2\n3,4\n"), header=False) == [
        {"column 1": "1", "column 2": "2"},
        {"column 1": "3", "column 2": "4"},
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "people.csv is empty."),
        ("a,a\n1,2\n", "people.csv has two columns called a."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20, "people.csv is not a text file."),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(entry, content, sentence):
    with pytest.raises(BadTable, match=f"^{sentence}$"):
        table(entry(content))


def test_a_wrong_encoding_that_was_said_is_one_sentence(entry):
    with pytest.raises(BadTable, match="not utf-8 all through"):
        cells(entry("name\nCafé\n".encode("latin-1")), encoding="utf-8")
    with pytest.raises(BadTable, match="We do not know the encoding klingon"):
        table(entry("a\n1\n"), encoding="klingon")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(content)

    with suppress(BadTable):
        for line in table(Entry("any.csv", len(content), path)).lines():
            assert line.problem or line.cells
