"""A clock has run out: say so, once, to whoever can do something. Nothing is decided by a clock.

Three clocks of places: an answer is late (T07), a place that is kept will soon be free again (T08), and somebody who was
said yes to has not been heard of (T10). The call for a worker has a clock of its own: roster.py.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from offramp.actions.telling import tell
from offramp.records import outbox
from offramp.records.agency import Agency
from offramp.records.referral import long_silent_at, nearly_free_at, silent_at, unanswered_at

LATE, NEARLY_FREE, SILENT = "notice_answer_late", "notice_place_kept", "notice_silent"


def tell_of_late_answers(*, at: datetime) -> int:
    """To the one who stays with the person: the answer is late, and the next place can be asked. Says how many."""
    return _tell_once(unanswered_at(at), LATE, "T07", at=at)


def tell_of_places_kept(*, at: datetime) -> int:
    """To the desk: the place it keeps will soon be free again, unless it keeps it longer."""
    return _tell_once(nearly_free_at(at), NEARLY_FREE, "T08", at=at)


def tell_of_silence(*, at: datetime) -> int:
    """To the desk after a day, and after three days to the one who stays with the person: did they get there?"""
    nudged = _tell_once(silent_at(at), SILENT, "T10 nudge", at=at)
    return nudged + _tell_once(long_silent_at(at), SILENT, "T10", at=at)


def _tell_once(late: Iterable[tuple[UUID, int]], wording: str, once: str, *, at: datetime) -> int:
    """One neutral notice for each, to its agency, unless it was told before."""
    found = dict(late)
    told = outbox.told_once(once, wording, found)
    new = {key: agency for key, agency in found.items() if key not in told}
    agencies = Agency.objects.in_bulk(set(new.values()))
    with transaction.atomic():
        return sum(tell(agencies[agency], wording, about=key, at=at, once=once) for key, agency in new.items())
