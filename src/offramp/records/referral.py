"""An offer of a service to a person, with its own journey of immutable steps."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records import sight
from offramp.records.agency import Agency
from offramp.records.capacity import PlaceHold
from offramp.records.door import Protected, whole_table
from offramp.records.episode import Episode
from offramp.records.person import PersonFile
from offramp.records.service import Outlet, Service
from offramp.records.written_out import OneOf
from offramp.rules.capacity import WARN_BEFORE
from offramp.rules.handoff_steps import COMING, TAKE_BACK_FOR, WAITING
from offramp.rules.visibility import holder_of
from offramp.rules.words import Ground, Kind, Mode, ReferralState, Side

# What the one who is asked sees of the file, while they are asked and for as long as they help.
RECEIVER_SEES = frozenset({Kind.IDENTITY, Kind.REFERRAL, Kind.ATTENDANCE})
# By a link to one service's desk, and of somebody it said no to: what was asked, never who it is.
NAMELESS = frozenset({Kind.REFERRAL})
# They said no, or it was taken back.
NOT_THEIRS = frozenset(
    {ReferralState.REJECTED, ReferralState.REJECTED_AT_DOOR, ReferralState.CANCELLED, ReferralState.EXPIRED}
)
# Their own no can be taken back for a while, and only for so long it is still on their list.
THEIR_NO = frozenset({ReferralState.REJECTED, ReferralState.REJECTED_AT_DOOR})
# Whoever left again, or did not come, stays on the list of the day: they may yet come.
IS_OVER = frozenset({ReferralState.ENDED, ReferralState.NO_SHOW})
SEEN_ON = timedelta(hours=24)


@dataclass(frozen=True)
class Shown:
    """A sight that a referral gives as it stands: to whom, of which kinds of fact, until when."""

    holder: str
    kinds: frozenset[Kind]
    until: datetime | None = None


def shown_to(*, state: str, names: bool, own: bool, to_agency: int, service: int, closed_at: datetime | None) -> list[Shown]:
    """Who sees a referral as it stands. `own`: the agency that is asked keeps the file already.

    Its agency, with the person's name only where they said yes to that; and by a link to the service's desk the
    referral alone. After a no, without a name for five minutes; after they left or did not come, for a day.
    """
    kinds = RECEIVER_SEES if names else RECEIVER_SEES - {Kind.IDENTITY}
    until = None
    if state in NOT_THEIRS - THEIR_NO:
        return []
    if state in THEIR_NO:
        kinds, until = NAMELESS, closed_at and closed_at + TAKE_BACK_FOR
    elif state in IS_OVER:
        until = closed_at and closed_at + SEEN_ON
    desk = Shown(holder_of("service", service), kinds & NAMELESS, until)
    return [desk] if own else [Shown(holder_of("agency", to_agency), kinds, until), desk]


_PENDING = [state.value for state in (*WAITING, *COMING)]


def is_pending() -> OneOf:
    """Those that wait for an answer, and those on their way, as the index of them says it. Filter for `open` with it."""
    return OneOf("state", _PENDING)


class Referral(Protected):
    """One request to one service. The current state is here; how it came about is in its steps."""

    kind, side, about = Kind.REFERRAL, Side.CARE, "file"
    given_for = "pk"  # a place that was asked sees what it was asked, not which others were

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="referrals")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, related_name="+", help_text="the door, where it has one")
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+", help_text="who stays with the person meanwhile")
    names = models.BooleanField(default=True, help_text="the person said yes to being named to this place")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ReferralState])
    open = models.BooleanField(default=True)
    needs = models.JSONField(default=list)
    mode = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Mode])
    age_band = models.CharField(max_length=20, default="adult", help_text="coarse: what a desk needs before a name")
    language = models.CharField(max_length=8, default="en")
    place_hold = models.ForeignKey(PlaceHold, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True, help_text="timer T07; none where no answer is needed")
    expected_at = models.DateTimeField(null=True, help_text="when they should be there")
    closed_at = models.DateTimeField(null=True)

    class Meta(Protected.Meta):
        indexes = [
            models.Index(F("to_agency"), F("opened_at").desc(), name="open_referrals_to_an_agency", condition=Q(open=True)),
            models.Index(F("to_agency"), F("opened_at").desc(), name="referrals_to_an_agency"),
            models.Index(
                fields=["answer_due_at"],
                name="referrals_waiting_for_an_answer",
                condition=Q(open=True, state=ReferralState.REQUESTED.value),
            ),
            models.Index(F("service"), F("opened_at").desc(), name="open_referrals_to_a_service", condition=Q(open=True)),
            # Few of those that are open: most of them are somebody who has been there for long.
            models.Index(
                F("to_agency"), F("opened_at"), name="pending_referrals_to_an_agency", condition=Q(open=True, state__in=_PENDING)
            ),
            models.Index(F("to_agency"), F("closed_at").desc(), name="closed_referrals_to_an_agency", condition=Q(open=False)),
        ]


class Step(Protected):
    """One step of a referral: who said it, from which side, when, why. Never changed."""

    kind, side, about = Kind.REFERRAL, Side.CARE, "file"
    given_for = "referral"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="referral_steps")
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=10, help_text="sender or receiver: whose word it is")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=40, blank=True, help_text="a code, never free text")

    class Meta(Protected.Meta):
        pass


# -- Lists for jobs: keys and agencies, with nobody on them ------------------------------------------------------------

Late = Iterator[tuple[uuid.UUID, int]]
MOST = 500
NUDGE, ESCALATE = timedelta(hours=24), timedelta(hours=72)
_COMING = [state.value for state in COMING]


def unanswered_at(at: datetime) -> Late:
    """Referrals whose answer is late, with the agency that stays with the person (timer T07)."""
    rows = whole_table(Referral, because="whose answer is late: keys and agencies for a neutral notice")
    rows = rows.filter(open=True, state=ReferralState.REQUESTED.value, answer_due_at__lte=at)
    yield from rows.order_by("-answer_due_at").values_list("key", "keeper_id")[:MOST]


def silent_at(at: datetime) -> Late:
    """Referrals that were said yes to a day ago, with no word since, and the agency that was asked (timer T10)."""
    yield from _silent(at - NUDGE, at - ESCALATE, "to_agency_id")


def long_silent_at(at: datetime) -> Late:
    """The same after three days, with the agency that stays with the person."""
    yield from _silent(at - ESCALATE, at - 2 * ESCALATE, "keeper_id")


def _silent(before: datetime, after: datetime, agency: str) -> Late:
    rows = whole_table(Referral, because="who was said yes to and not heard of: keys and agencies for a neutral notice")
    rows = rows.filter(is_pending(), open=True, state__in=_COMING, opened_at__lte=before, opened_at__gt=after)
    yield from rows.order_by("-opened_at").values_list("key", agency)[:MOST]


def nearly_free_at(at: datetime) -> Late:
    """Referrals whose kept place is soon free again and could be kept longer, and the agency that keeps it (timer T08)."""
    soon = {"place_hold__expires_at__gt": at, "place_hold__expires_at__lte": at + WARN_BEFORE}
    rows = whole_table(Referral, because="whose kept place is nearly free: keys and agencies for a neutral notice")
    rows = rows.filter(is_pending(), open=True, state__in=[ReferralState.REQUESTED.value, *_COMING], **soon)
    rows = rows.filter(place_hold__freed_at=None, place_hold__filled_at=None, place_hold__extended_at=None)
    yield from rows.values_list("key", "to_agency_id")[:MOST]


def going_with_a_place(at: datetime, agencies: Iterable[int]) -> set[int]:
    """Users of these agencies on their way to somebody for whom their own team's place is kept: that place counts them."""
    kept = {"place_hold__expires_at__gt": at, "place_hold__freed_at": None, "place_hold__filled_at": None}
    rows = whole_table(Referral, because="which workers a kept place counts already: numbers of users")
    rows = rows.filter(to_agency_id__in=list(agencies), to_agency_id=F("keeper_id"), open=True, **kept)
    return set(rows.exclude(episode__claimed_by=None).values_list("episode__claimed_by_id", flat=True))


def asked_since(referral: Referral) -> bool:
    """Whether somebody else was asked for this person afterwards: a yes or no, with nobody on it."""
    rows = whole_table(Referral, because="whether the search went on, before a no is taken back")
    return rows.filter(episode_id=referral.episode_id, pk__gt=referral.pk).exists()


@sight.recounted("whom a referral asks")
def _asked(at):
    rows = whole_table(Referral, because="who is asked to take whom, to count sight rows again").order_by("pk")
    read = ("pk", "file_id", "to_agency_id", "service_id", "names", "state", "closed_at", "file__agency_id")
    for pk, file_id, to_agency, service, names, state, closed_at, keeper in rows.values_list(*read).iterator():
        own = to_agency == keeper
        for one in shown_to(state=state, names=names, own=own, to_agency=to_agency, service=service, closed_at=closed_at):
            yield sight.Expected(file_id, one.holder, one.kinds, Ground.HANDOFF, source=pk, until=one.until)
