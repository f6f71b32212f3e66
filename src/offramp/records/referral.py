"""An offer of a service to a person, with its own journey of immutable steps."""

import uuid

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
from offramp.rules.visibility import holder_of
from offramp.rules.words import Ground, Kind, Mode, ReferralState, Side

# What the one who is asked sees of the file, while they are asked and for as long as they help.
RECEIVER_SEES = frozenset({Kind.IDENTITY, Kind.REFERRAL, Kind.ATTENDANCE})


def seen_by_receiver(*, names: bool) -> frozenset[Kind]:
    """The same, less who it is, where the person has not said yes to being named there."""
    return RECEIVER_SEES if names else RECEIVER_SEES - {Kind.IDENTITY}


# They said no, or it was taken back: they see nothing of it any more.
NOT_THEIRS = frozenset(
    {ReferralState.REJECTED, ReferralState.REJECTED_AT_DOOR, ReferralState.CANCELLED, ReferralState.EXPIRED}
)


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


def unanswered_at(at, limit: int = 500) -> list[tuple]:
    """Referrals whose answer is late, as (key, agency that stays with the person): a job's list, with nobody on it."""
    rows = whole_table(Referral, because="whose answer is late: keys and agencies for a neutral notice")
    rows = rows.filter(open=True, state=ReferralState.REQUESTED.value, answer_due_at__lte=at)
    return list(rows.order_by("answer_due_at").values_list("key", "keeper_id")[:limit])


@sight.recounted("whom a referral asks")
def _asked(at):
    rows = whole_table(Referral, because="who is asked to take whom, to count sight rows again").order_by("pk")
    rows = rows.exclude(state__in=[state.value for state in NOT_THEIRS]).exclude(to_agency_id=F("file__agency_id"))
    for pk, file_id, agency_id, names in rows.values_list("pk", "file_id", "to_agency_id", "names").iterator():
        kinds = seen_by_receiver(names=names)
        yield sight.Expected(file_id, holder_of("agency", agency_id), kinds, Ground.HANDOFF, source=pk)
