"""What care remembers: one run of one person through one pathway, and what crossed over to begin it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records.agency import Agency
from offramp.records.door import Protected
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
