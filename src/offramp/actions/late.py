"""Somebody did not answer in time: say so, once, to whoever stays with the person. Nothing is decided by a clock."""

from datetime import datetime

from django.db import transaction

from offramp.actions.telling import tell
from offramp.records.agency import Agency
from offramp.records.outbox import Notice
from offramp.records.referral import unanswered_at

LATE = "notice_answer_late"


def tell_of_late_answers(*, at: datetime) -> int:
    """One neutral notice for each referral whose answer is late and was not told of yet. Says how many."""
    late = dict(unanswered_at(at))
    told = set(Notice.objects.filter(about__in=list(late), template=LATE).values_list("about", flat=True))
    agencies = Agency.objects.in_bulk({late[key] for key in late if key not in told})
    with transaction.atomic():
        for key in late:
            if key not in told:
                tell(agencies[late[key]], LATE, about=key, at=at)
    return len(late) - len(told)
