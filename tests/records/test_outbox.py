"""The outbox: sent once, tried again, called back, and wiped."""

from datetime import timedelta
from uuid import uuid4

import pytest

from offramp.records import outbox
from offramp.records.outbox import TRIES, Notice
from offramp.rules.words import Side
from tests.records.stage import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def put(**more):
    return outbox.put(
        side=Side.CARE, channel="email", template="somebody_is_coming", to="desk@harbor.example", params={"code": "3FQ-72K"},
        at=NOW, **more,
    )  # fmt: skip


def test_a_letter_is_opened_for_delivery():
    put()

    [letter] = outbox.claim(at=NOW)

    assert (letter.to, letter.params) == ("desk@harbor.example", {"code": "3FQ-72K"})


def test_its_words_and_address_are_sealed():
    assert b"harbor" not in bytes(put().sealed)


def test_it_is_claimed_by_one_deliverer_at_a_time():
    put()

    assert len(list(outbox.claim(at=NOW))) == 1
    assert list(outbox.claim(at=NOW)) == []
    assert len(list(outbox.claim(at=LATER))) == 1


def test_two_deliverers_that_saw_the_same_list_do_not_both_send():
    put()
    first, second = outbox.claim(at=NOW), outbox.claim(at=NOW)

    assert len(list(first)) + len(list(second)) == 1


def test_once_sent_it_is_wiped():
    put()
    [letter] = outbox.claim(at=NOW)

    outbox.sent(letter.notice, at=NOW)

    assert bytes(Notice.objects.get().sealed) == b""
    assert list(outbox.claim(at=LATER)) == []


def test_it_is_not_due_before_its_time():
    put(due_at=LATER)

    assert list(outbox.claim(at=NOW)) == []
    assert len(list(outbox.claim(at=LATER))) == 1


def test_it_is_tried_again_later_and_later_and_given_up():
    put()
    at, waits = NOW, []
    for _ in range(TRIES):
        [letter] = outbox.claim(at=at)
        outbox.not_sent(letter.notice, at=at, trouble="refused")
        notice = Notice.objects.get()
        waits.append(notice.due_at - at)
        at = notice.due_at

    assert waits[:3] == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert Notice.objects.get().given_up_at is not None
    assert bytes(Notice.objects.get().sealed) == b""
    assert list(outbox.claim(at=at + timedelta(days=9))) == []


def test_what_is_not_sent_yet_is_called_back():
    about = uuid4()
    put(about=about)
    put()

    assert outbox.call_back(about=about, at=NOW) == 1
    assert len(list(outbox.claim(at=NOW))) == 1
    assert bytes(Notice.objects.get(about=about).sealed) == b""
