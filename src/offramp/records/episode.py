"""What care remembers: one run of one person through one pathway, and what crossed over to begin it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records.agency import Agency
from offramp.records.door import Protected, whole_table
from offramp.records.person import PersonFile
from offramp.rules.words import Kind, Side, Stage


class Episode(Protected):
    """One run through one pathway. The current stage is here; how it came about is in its steps."""

    kind, side, about = Kind.EPISODE, Side.CARE, "file"
    sealed_as = "episode:{row.key}"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="episodes")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", help_text="who stays with the person")
    source_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    pathway = models.CharField(max_length=40)
    stage = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Stage])
    open = models.BooleanField(default=True)
    began_at = models.DateTimeField(help_text="when it was offered: the index date")
    handoff_due_at = models.DateTimeField(null=True, help_text="timer T02: face to face")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True, help_text="where they are waiting, as the officer typed it and they allowed")
    prior_episode = models.ForeignKey("self", models.PROTECT, null=True, related_name="later_episodes")

    class Meta(Protected.Meta):
        indexes = [
            models.Index(F("agency"), F("began_at").desc(), name="open_episodes_of_an_agency", condition=Q(open=True)),
            models.Index(F("claimed_by"), F("began_at").desc(), name="open_episodes_of_a_worker", condition=Q(open=True)),
            models.Index(F("agency"), F("handoff_due_at"), name="calls_to_an_agency", condition=Q(open=True, claimed_by=None)),
            models.Index(F("agency"), F("claimed_at"), name="workers_on_their_way", condition=Q(open=True, met_at=None)),
        ]


class EpisodeStep(Protected):
    """One change of stage: who, when, why. Never changed."""

    kind, side, about = Kind.EPISODE, Side.CARE, "file"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="steps")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="episode_steps")
    stage = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True)

    class Meta(Protected.Meta):
        pass


class Disclosure(Protected):
    """One act of telling another party: what kinds of fact, from whom, to whom, on what ground."""

    kind, side, about = Kind.DISCLOSURE, Side.CARE, "file"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="disclosures")
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    covers = models.JSONField(default=list)
    ground = models.CharField(max_length=40, help_text="spoken_permission, or another named legal ground")
    permission = models.UUIDField(null=True, help_text="key of the permission it rests on")
    law = models.JSONField(default=list, help_text="law tags that travel with it")
    at = models.DateTimeField()

    class Meta(Protected.Meta):
        pass


# -- Calls that nobody has answered yet: for a job, with nobody on them ------------------------------------------------

CALLS_FOR = timedelta(hours=2)  # after this a call is no call any more; the person stands on the list as late


@dataclass(frozen=True)
class Call:
    """Somebody is to go to a person, and nobody has said so yet. `passed`: who had it and could not go, by user."""

    episode_key: uuid.UUID
    agency_id: int
    since: datetime
    passed: tuple[int, ...] = ()


def calls_at(at: datetime, agencies: Iterable[int]) -> list[Call]:
    """The unanswered calls of these agencies, each since the handoff or since it was last passed on (timer T01)."""
    rows = whole_table(Episode, because="which calls nobody answered: keys and agencies for a neutral notice")
    rows = rows.filter(agency_id__in=list(agencies), open=True, claimed_by=None, met_at=None)
    rows = rows.filter(stage=Stage.HANDOFF_PENDING.value, began_at__gte=at - CALLS_FOR)
    waiting = list(rows.order_by("pk").values_list("pk", "key", "agency_id"))
    steps = whole_table(EpisodeStep, because="since when those calls wait, and who passed them on")
    steps = steps.filter(episode__in=[pk for pk, _, _ in waiting], stage=Stage.HANDOFF_PENDING.value)
    told: dict[int, list[tuple]] = {}
    for episode, when, by, reason in steps.order_by("pk").values_list("episode_id", "at", "by_id", "reason"):
        told.setdefault(episode, []).append((when, by, reason))
    return [_call(key, agency, told.get(pk, [])) for pk, key, agency in waiting if told.get(pk)]


def _call(key: uuid.UUID, agency_id: int, steps: list[tuple]) -> Call:
    return Call(key, agency_id, steps[-1][0], tuple(by for _, by, reason in steps if reason == PASSED_ON))


PASSED_ON = "pass_on"  # the step's name in rules/journey.py


def going_at(at: datetime, agencies: Iterable[int]) -> dict[int, set[int]]:
    """Which workers of these agencies are on their way to somebody: {agency: users}. Whom they go to is not said."""
    rows = whole_table(Episode, because="which workers are on their way: numbers of users, to count who is free")
    rows = rows.filter(agency_id__in=list(agencies), open=True, met_at=None, claimed_at__gte=at - CALLS_FOR)
    found: dict[int, set[int]] = {}
    for agency, user in rows.values_list("agency_id", "claimed_by_id"):
        found.setdefault(agency, set()).add(user)
    return found
