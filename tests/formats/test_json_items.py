"""JSON of any size, object by object, and one sentence for what is no JSON."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.formats import json_items
from offramp.formats.json_items import BadJson, objects
from offramp.formats.parcel import Entry


@pytest.fixture
def entry(tmp_path):
    def make(content: str | bytes) -> Entry:
        path = tmp_path / "list.json"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Entry("list.json", path.stat().st_size, path)

    return make


ITEMS = [{"id": "1", "name": "Ä"}, {"id": "2", "tags": [1, 2.5, None, True]}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEMS),
        json.dumps(ITEMS, indent=2, ensure_ascii=False),
        json.dumps({"total_items": 2, "page_number": 1, "contents": ITEMS, "empty": False}),
        json.dumps({"contents": ITEMS}),
        "\n".join(json.dumps(item) for item in ITEMS),
        "\ufeff" + json.dumps(ITEMS),
    ],
)
def test_a_list_a_page_or_lines(entry, text):
    assert [item for _, item in objects(entry(text))] == ITEMS


def test_one_object_is_one_even_if_it_holds_a_list_of_that_name(entry):
    one = {"id": "1", "name": "x", "data": [{"a": 1}]}

    assert list(objects(entry(json.dumps(one)))) == [(1, one)]


def test_utf_16_is_read_too(entry):
    assert [
        item for _, item in objects(entry(json.dumps(ITEMS, ensure_ascii=False).encode("utf-16")))
    ] == ITEMS


def test_a_value_across_the_edge_of_the_window(entry, monkeypatch):
    monkeypatch.setattr(json_items, "CHUNK", 3)

    assert [item for _, item in objects(entry(json.dumps(ITEMS)))] == ITEMS


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "list.json is empty."),
        ("[{", "list.json is not JSON, or breaks off."),
        ('[{"id": 1}', "list.json is not JSON, or breaks off."),
        ("hello", "list.json is not JSON: something stands after its end."),
        ("[] []", "list.json is not JSON: something stands after its end."),
        ('[{"id": NaN}]', "list.json is not JSON: NaN is no number."),
        ("[" * 200_000, "list.json is nested too deeply."),
    ],
)
def test_what_is_no_json_is_one_sentence(entry, text, sentence):
    with pytest.raises(BadJson) as bad:
        list(objects(entry(text)))

    assert str(bad.value) == sentence


def test_a_long_list_needs_little_memory(entry):
    file = entry("[" + ",".join(json.dumps({"id": n, "text": "x" * 1000}) for n in range(20_000)) + "]")
    tracemalloc.start()

    assert sum(1 for _ in objects(file)) == 20_000

    assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    tracemalloc.stop()


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.text(), ANY), max_size=5), st.integers(1, 9))
def test_whatever_is_written_is_read_again(tmp_path_factory, items, chunk):
    path = tmp_path_factory.mktemp("json") / "any.json"
    path.write_text(json.dumps(items))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "CHUNK", chunk)

        assert [item for _, item in objects(Entry("any.json", 0, path))] == items
