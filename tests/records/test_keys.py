"""Keys: where roots come from, what they open, and what is said when they are not there."""

import base64
import os
import secrets
import threading

import pytest

from offramp.records import keys
from offramp.records.keys import KeyMissing, NoKey, Tampered

ONE, OTHER = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
ABOUT = b"a file"


@pytest.fixture
def place(settings, tmp_path):
    """A place of its own; `place(OFFRAMP_KEY=...)` says what its environment says."""
    settings.OFFRAMP_HOME = tmp_path
    settings.EMBEDDED = True
    settings.OFFRAMP_KEYS = {}

    def say(**said):
        settings.OFFRAMP_KEYS = said

    return say


def test_the_embedded_database_makes_its_root_for_its_owner_alone(place, tmp_path):
    keys.ring()

    root = tmp_path / "keys" / "root"
    assert root.stat().st_mode & 0o777 == 0o600
    assert root.parent.stat().st_mode & 0o777 == 0o700
    assert len(base64.b64decode(root.read_text())) == 32


def test_two_processes_that_make_it_at_once_end_with_the_same(place, tmp_path):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(keys._read().newest["care"].key)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["root"]


def test_on_another_database_a_missing_root_is_one_clear_sentence(place, settings):
    settings.EMBEDDED = False

    with pytest.raises(NoKey, match="Set OFFRAMP_KEY to 32 random bytes"):
        keys.ring()


def test_empty_is_unset(place, tmp_path):
    place(OFFRAMP_KEY="", OFFRAMP_KEY_FILE="", OFFRAMP_KEY_CARE="")

    keys.ring()

    assert (tmp_path / "keys" / "root").exists()


@pytest.mark.parametrize("wrong", ["short", "c2hvcnQ=", "not base64 at all!!", "é" * 44, ONE + "AAAA"])
def test_what_is_no_key_is_refused_without_repeating_it(place, wrong):
    place(OFFRAMP_KEY=wrong)

    with pytest.raises(NoKey) as refusal:
        keys.ring()

    assert "OFFRAMP_KEY is not a key" in str(refusal.value)
    assert wrong not in str(refusal.value)


def test_a_root_may_come_from_a_file(place, tmp_path):
    (tmp_path / "elsewhere").write_text(ONE + "\n")
    place(OFFRAMP_KEY_FILE=str(tmp_path / "elsewhere"))
    from_file = keys.ring().newest["care"].key

    place(OFFRAMP_KEY=ONE)

    assert keys.ring().newest["care"].key == from_file


def test_a_file_that_is_not_there_is_one_clear_sentence(place, tmp_path):
    place(OFFRAMP_KEY_FILE=str(tmp_path / "nowhere"))

    with pytest.raises(NoKey, match="nowhere is not there"):
        keys.ring()


def test_each_side_has_a_master_of_its_own(place):
    place(OFFRAMP_KEY=ONE)

    ring = keys.ring()

    assert len({master.key for master in ring.newest.values()}) == len(keys.NAMES)
    assert len({master.mark for master in ring.newest.values()}) == len(keys.NAMES)


def test_a_side_may_have_its_own_custodian(place):
    place(OFFRAMP_KEY=ONE)
    before = keys.ring()
    place(OFFRAMP_KEY=ONE, OFFRAMP_KEY_CARE=OTHER)
    after = keys.ring()

    assert after.newest["care"].key != before.newest["care"].key
    assert after.newest["police"].key == before.newest["police"].key


def test_four_custodians_still_need_a_root_for_the_house(place, settings):
    settings.EMBEDDED = False
    place(**{f"OFFRAMP_KEY_{side}": ONE for side in ("POLICE", "CARE", "LEGAL", "YOUTH")})

    with pytest.raises(NoKey):
        keys.ring()


def test_what_is_wrapped_opens_for_its_side_and_its_file_alone(place):
    place(OFFRAMP_KEY=ONE)
    ring, key = keys.ring(), secrets.token_bytes(32)

    wrapped = ring.wrap("care", key, ABOUT)

    assert len(wrapped) == keys.WRAPPED
    assert key not in wrapped
    assert ring.unwrap("care", wrapped, ABOUT) == key
    with pytest.raises(Tampered):
        ring.unwrap("care", wrapped, b"another file")
    with pytest.raises(KeyMissing):
        ring.unwrap("police", wrapped, ABOUT)


@pytest.mark.parametrize("at", range(0, keys.WRAPPED, 7))
def test_a_changed_byte_opens_nothing(place, at):
    place(OFFRAMP_KEY=ONE)
    wrapped = bytearray(keys.ring().wrap("care", bytes(32), ABOUT))
    wrapped[at] ^= 1

    with pytest.raises((Tampered, KeyMissing)):
        keys.ring().unwrap("care", bytes(wrapped), ABOUT)


def test_what_another_root_wrapped_says_that_its_key_is_missing(place):
    place(OFFRAMP_KEY=ONE)
    wrapped = keys.ring().wrap("care", bytes(32), ABOUT)
    place(OFFRAMP_KEY=OTHER)

    with pytest.raises(KeyMissing, match="care key"):
        keys.ring().unwrap("care", wrapped, ABOUT)


def test_two_roots_stand_side_by_side_while_keys_are_rotated(place, tmp_path):
    place()
    wrapped = keys.ring().wrap("care", b"k" * 32, ABOUT)
    assert keys.ring().is_newest(wrapped)

    keys.keep(keys.next_to(keys.home_root()), OTHER)

    assert keys.ring().unwrap("care", wrapped, ABOUT) == b"k" * 32
    assert not keys.ring().is_newest(wrapped)
    assert keys.ring().is_newest(keys.ring().wrap("care", bytes(32), ABOUT))


def test_keys_do_not_show_when_printed(place):
    place(OFFRAMP_KEY=ONE)
    master = keys.ring().newest["care"]

    assert master.key.hex() not in repr(keys.ring())
    assert repr(master.key) not in repr(keys.ring())


def test_a_key_file_is_never_written_over(tmp_path):
    keys.keep(tmp_path / "k", "first")
    keys.keep(tmp_path / "k", "second")

    assert (tmp_path / "k").read_text() == "first\n"
    assert os.listdir(tmp_path) == ["k"]
