"""The abeyance of one charge or citation, as Officer Intervention opens it. What follows is the prosecutor's."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records.agency import Agency
from offramp.records.door import Protected
from offramp.records.encounter import Encounter
from offramp.records.person import PersonFile
from offramp.rules.words import ChargeHoldState, Kind, Side


class ChargeHold(Protected):
    """One charge that waits on a plan. Opened by the officer's deed; only a prosecutor files or lets go."""

    kind, side, about = Kind.CHARGE, Side.POLICE, "file"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="charge_holds")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="charge_holds")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    offence = models.CharField(max_length=12, help_text="NIBRS code")
    statute = models.CharField(max_length=40, blank=True)
    mechanic = models.CharField(max_length=10, default="hold", help_text="hold or cite")
    state = models.CharField(max_length=40, choices=[(s.value, s.value) for s in ChargeHoldState])
    opened_at = models.DateTimeField()
    packet_due_at = models.DateTimeField(help_text="timer T12: two business days")
    intake_due_at = models.DateTimeField(help_text="timer T14: thirty days")
    ends_at = models.DateTimeField(help_text="timer T16: six months unless the pack says otherwise")
    sol_date = models.DateField(null=True, help_text="last day to file; the records clerk or prosecutor fills it")

    class Meta(Protected.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="an_abeyance_ends_after_it_begins"),
        ]


class ChargeHoldStep(Protected):
    """One move of a charge hold: who, when, why. Never changed."""

    kind, side, about = Kind.CHARGE, Side.POLICE, "file"

    charge_hold = models.ForeignKey(ChargeHold, models.PROTECT, related_name="steps")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="charge_hold_steps")
    state = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True)

    class Meta(Protected.Meta):
        pass
