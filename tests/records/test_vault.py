"""The vault: what goes in comes out, for its own place alone, and nothing of it can be read from outside."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.records import vault
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.keys import KeyMissing, Tampered

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.text(), values, max_size=6)
labels = st.text(min_size=1, max_size=40)


@dataclass
class File:
    key: UUID
    side: str
    data_key: bytes


def a_file(side: str = "care") -> File:
    key = uuid4()
    return File(key, side, vault.new_data_key(side, key))


@given(documents, labels)
def test_what_goes_in_comes_out(data, label):
    file = a_file()

    assert vault.open_for(file, label, vault.seal_for(file, label, data)) == data


@given(documents, labels)
def test_what_goes_in_alone_comes_out(data, label):
    assert vault.open_alone("police", label, vault.seal_alone("police", label, data)) == data


@given(documents)
def test_the_same_sealed_twice_is_not_the_same(data):
    file = a_file()

    assert vault.seal_for(file, "l", data) != vault.seal_for(file, "l", data)


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=4, max_size=300))
def test_nothing_of_it_is_seen_from_outside(word):
    file = a_file()
    for sealed in (vault.seal_for(file, "l", {"n": word}), vault.seal_alone("care", "l", {"n": word})):
        assert word.encode() not in sealed
        assert word.encode("utf-16-le") not in sealed
        assert (
            len(sealed) % vault.BLOCK
            == len(
                vault.seal_for(file, "l", {})
                if sealed[:1] == vault.IN_FILE
                else vault.seal_alone("care", "l", {})
            )
            % vault.BLOCK
        )


@given(documents, st.data())
def test_a_changed_byte_opens_nothing(data, draw):
    file = a_file()
    sealed = bytearray(vault.seal_for(file, "l", data))
    sealed[draw.draw(st.integers(0, len(sealed) - 1))] ^= 1 << draw.draw(st.integers(0, 7))

    with pytest.raises(Tampered):
        vault.open_for(file, "l", bytes(sealed))


@given(documents, st.data())
def test_a_changed_byte_of_what_stands_alone_opens_nothing(data, draw):
    sealed = bytearray(vault.seal_alone("care", "l", data))
    sealed[draw.draw(st.integers(0, len(sealed) - 1))] ^= 1 << draw.draw(st.integers(0, 7))

    with pytest.raises((Tampered, KeyMissing)):
        vault.open_alone("care", "l", bytes(sealed))


def test_moved_to_another_row_column_or_file_it_does_not_open():
    file, other = a_file(), a_file()
    sealed = vault.seal_for(file, "encounter:1", {"n": "x"})
    twin = File(other.key, "care", file.data_key)

    for where, label in (
        (file, "encounter:2"),
        (file, "identity"),
        (other, "encounter:1"),
        (twin, "encounter:1"),
    ):
        with pytest.raises(Tampered):
            vault.open_for(where, label, sealed)
    with pytest.raises(Tampered):
        vault.open_alone("care", "encounter:1", sealed)


def test_what_stands_alone_opens_for_its_side_and_label_alone():
    sealed = vault.seal_alone("care", "notice:1", {"to": "x"})

    with pytest.raises(Tampered):
        vault.open_alone("care", "notice:2", sealed)
    with pytest.raises(KeyMissing):
        vault.open_alone("police", "notice:1", sealed)
    with pytest.raises(Tampered):
        vault.open_for(a_file(), "notice:1", sealed)


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x02", b"\x01" * 30, b"\x02" * 200, b"Samuel"])
def test_rubbish_is_one_clear_sentence(rubbish):
    with pytest.raises((Tampered, KeyMissing)):
        vault.open_for(a_file(), "l", rubbish)
    with pytest.raises((Tampered, KeyMissing)):
        vault.open_alone("care", "l", rubbish)


def test_a_database_hands_out_views_of_memory():
    file = a_file()

    assert vault.open_for(file, "l", memoryview(vault.seal_for(file, "l", {"a": 1}))) == {"a": 1}


contacts = st.lists(st.builds(Contact, st.text(min_size=1), st.text(), st.booleans()), max_size=3).map(tuple)
births = st.builds(
    Birth, st.none() | st.integers(1900, 2025), st.none() | st.integers(1, 12), st.none() | st.integers(1, 31)
)
identities = st.builds(
    Identity, st.text(), st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3).map(tuple),
    births, st.text(), contacts, contacts, st.text(),
)  # fmt: skip


@given(identities)
def test_an_identity_survives_the_vault(identity):
    file = a_file()
    again = vault.open_for(file, "identity", vault.seal_for(file, "identity", identity.to_json()))

    assert Identity.from_json(again) == identity
