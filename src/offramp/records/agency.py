"""Agencies and their teams: who takes part. Open reference data; nothing here is about a person in need.

An agency or a team is closed, never deleted: what it once did must keep its name.
"""

import uuid
from enum import StrEnum

from django.db import models


class AgencyKind(StrEnum):
    """What an agency is to this work."""

    POLICE = "police"
    SHERIFF = "sheriff"
    EMS = "ems"
    NAVIGATION = "navigation"
    PROVIDER = "provider"
    PROSECUTOR = "prosecutor"
    DEFENDER = "defender"
    COURT = "court"
    PROBATION = "probation"
    JAIL = "jail"
    GOVERNMENT = "government"
    COMMUNITY = "community"


class Standing(models.QuerySet):
    """Clauses shared by everything that is closed rather than deleted."""

    def standing(self):
        """Those that still are."""
        return self.filter(closed_at=None)


class Agency(models.Model):
    """An organization that takes part: a police department, a provider, a prosecutor's office."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, default=AgencyKind.PROVIDER.value)
    zone = models.CharField(max_length=64, default="America/New_York")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # Which pathways it runs, by key ("officer_prevention"), and its own settings: on-call number, packs, officer discretion.
    pathways = models.JSONField(default=list)
    policy = models.JSONField(default=dict)
    phones = models.JSONField(default=list)
    website = models.CharField(max_length=500, default="")
    email = models.CharField(max_length=254, default="")
    source = models.CharField(max_length=120, default="")
    external_id = models.CharField(max_length=200, default="")
    closed_at = models.DateTimeField(null=True)

    objects = Standing.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name"], name="agency_by_name")]

    def __str__(self):
        return self.name


class Team(models.Model):
    """People of one agency who share a duty: a shift, a peer team, a defender's unit."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    objects = Standing.as_manager()

    def __str__(self):
        return self.name
