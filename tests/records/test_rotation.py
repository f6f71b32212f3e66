"""Rotating the keys: everything opens before, while and after; killed anywhere, it goes on; then the old root opens nothing."""

import base64
import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from offramp.records import keys, ledger, outbox, person, rotation, vault
from offramp.records.person import PersonFile
from offramp.records.rotation import NoNextKey, rotate
from offramp.records.stored_key import StoredKey, stored
from offramp.rules.words import Side
from tests.records.stage import NOW, ROBIN, SAM, build

OTHER = base64.b64encode(b"2" * 32).decode()


@pytest.fixture
def root(settings, tmp_path):
    """A root in a file of ours."""
    file = tmp_path / "root"
    file.write_text(base64.b64encode(b"1" * 32).decode())
    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY_FILE": str(file)}
    return file


@pytest.fixture
def place(root, db):
    """Something of each sort that is sealed."""
    sets = build()
    outbox.put(side=Side.CARE, channel="email", template="t", to="desk@harbor.example", params={}, at=NOW)
    secret = base64.b64encode(vault.seal_alone(keys.HOUSE, "second_step", {"secret": "JBSWY3DP"})).decode()
    user = sets["ours", Side.CARE].user
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret, "kept": ["x", 1, None]})
    return sets


def everything_opens(sets) -> bool:
    for (whose, side), s in sets.items():
        file = PersonFile.objects.seen_by(s.viewer).get()
        assert person.identity_of(file) == (SAM if whose == "ours" else ROBIN), side
    [letter] = outbox.claim(at=NOW)
    assert letter.to == "desk@harbor.example"
    outbox.Notice.objects.update(claimed_until=None)
    secret = base64.b64decode(Authenticator.objects.get().data["secret"])
    assert vault.open_alone(keys.HOUSE, "second_step", secret) == {"secret": "JBSWY3DP"}
    assert ledger.verify().sound
    return True


def test_everything_opens_before_while_and_after(place, root):
    old, key = root.read_text(), stored("search_care", "care")
    assert everything_opens(place)

    steps = [everything_opens(place) and count for _, count in rotate()]

    assert sum(steps) >= 4 + 2 + 1 + 1
    assert everything_opens(place)
    assert stored("search_care", "care") == key
    assert root.read_text() != old
    assert [path.read_text() for path in root.parent.glob("root.old-*")] == [old]
    assert sorted(path.stat().st_mode & 0o777 for path in [root]) == [0o600]


def test_afterwards_the_old_root_opens_nothing(place, root, settings):
    old = root.read_text()
    list(rotate())

    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY": old}

    s = place["ours", Side.CARE]
    with pytest.raises(keys.KeyMissing):
        person.identity_of(PersonFile.objects.seen_by(s.viewer).get())
    with pytest.raises(keys.KeyMissing):
        stored("search_care", "care")
    assert list(outbox.claim(at=NOW)) == []


@pytest.mark.parametrize("after", range(0, 12, 2))
def test_killed_anywhere_it_goes_on(place, root, monkeypatch, after):
    monkeypatch.setattr(rotation, "BATCH", 1)
    running = rotate()
    for _ in range(after):
        next(running, None)
    running.close()
    assert everything_opens(place)

    list(rotate())

    assert everything_opens(place)
    assert not keys.next_to(root).exists()
    assert len(list(root.parent.glob("root.old-*"))) == 1


def test_killed_between_putting_aside_and_taking_the_place_it_goes_on(place, root, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rotation.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            list(rotate())
    assert everything_opens(place)

    list(rotate())

    assert everything_opens(place)
    assert len(list(root.parent.glob("root.old-*"))) == 1


def test_what_is_written_meanwhile_is_under_the_new_root(place, root):
    running = rotate()
    next(running)
    s = place["ours", Side.CARE]
    file = person.open_file(s.viewer, side=Side.CARE, agency_id=s.agency.pk, identity=SAM, at=NOW)

    assert keys.ring().is_newest(file.data_key)
    list(running)
    assert person.identity_of(file) == SAM


def test_a_root_in_the_environment_needs_its_successor(place, settings, root):
    value = root.read_text()
    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY": value}
    with pytest.raises(NoNextKey, match="OFFRAMP_KEY_NEXT"):
        list(rotate())

    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY": value, "OFFRAMP_KEY_NEXT": OTHER}
    list(rotate())
    assert rotation.by_hand() == ["OFFRAMP_KEY"]

    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY": OTHER}
    assert everything_opens(place)


def test_a_side_moves_to_its_own_custodian(place, settings, root, tmp_path):
    own = tmp_path / "care"
    own.write_text(OTHER)
    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY_FILE": str(root), "OFFRAMP_KEY_CARE_FILE": str(own)}
    assert everything_opens(place)

    list(rotate())

    file = PersonFile.objects.seen_by(place["ours", Side.CARE].viewer).get()
    settings.OFFRAMP_KEYS = {"OFFRAMP_KEY": OTHER, "OFFRAMP_KEY_CARE_FILE": str(own)}
    assert person.identity_of(file) == SAM


def test_nothing_is_left_under_the_old_root(place, root):
    before = set(StoredKey.objects.values_list("wrapped", flat=True))

    list(rotate())

    assert all(keys.ring().is_newest(row.wrapped) for row in StoredKey.objects.all())
    assert before.isdisjoint(set(StoredKey.objects.values_list("wrapped", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_files_opened_by_others_while_it_runs_are_not_lost(root):
    sets = build()
    s = sets["ours", Side.CARE]
    opened, stop = [], threading.Event()

    def open_files():
        try:
            while not stop.is_set() and len(opened) < 60:
                opened.append(
                    person.open_file(s.viewer, side=Side.CARE, agency_id=s.agency.pk, identity=SAM, at=NOW).pk
                )
        finally:
            connection.close()

    thread = threading.Thread(target=open_files)
    thread.start()
    list(rotate())
    stop.set()
    thread.join()

    files = PersonFile.objects.seen_by(s.viewer).filter(pk__in=opened)
    assert files.count() == len(opened)
    assert {person.identity_of(file) for file in files} <= {SAM}
