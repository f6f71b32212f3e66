"""A link to one service's desk, for a provider without an account: one service, until a day, and it can be closed.

It leads to no person: it names a service. What its bearer may see is what the desk may see, less every name.
"""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from offramp.records.service import Service


class DeskLink(models.Model):
    """One link that was handed out. Its key travels signed, so that a key read in a backup opens nothing by itself."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, models.PROTECT, related_name="desk_links")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_desk_link_ends_after_it_was_made"),
        ]

    def opens_at(self, at: datetime) -> bool:
        """Whether it still leads anywhere."""
        return self.closed_at is None and at < self.expires_at
