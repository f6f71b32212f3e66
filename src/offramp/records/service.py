"""What help there is and where: services, sites, and each service at each of its sites.

Open reference data, mostly read from a directory somebody else keeps. Children that are only ever read
with their parent (hours, phones, languages) stand inside it as JSON, so a record is whole or not there.
"""

import uuid

from django.db import models
from django.db.models import Q

from offramp.records.agency import Agency, Standing, Team


class Site(models.Model):
    """An address people can come to. Not personal: it is the address of a service."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="sites")
    name = models.CharField(max_length=300, default="")
    address = models.CharField(max_length=500, default="")
    city = models.CharField(max_length=120, default="")
    state = models.CharField(max_length=60, default="")
    postal_code = models.CharField(max_length=20, default="")
    country = models.CharField(max_length=2, default="US")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    zone = models.CharField(max_length=64, default="America/New_York")
    virtual = models.BooleanField(default=False)
    transportation = models.TextField(default="")
    source = models.CharField(max_length=120, default="")
    external_id = models.CharField(max_length=200, default="")
    closed_at = models.DateTimeField(null=True)

    objects = Standing.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="a_site_lies_on_the_globe",
            )
        ]

    def __str__(self):
        return self.name or self.address


class Service(models.Model):
    """One kind of help an agency gives. A navigator or peer team is a service whose places are people on shift."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="services")
    name = models.CharField(max_length=300)
    description = models.TextField(default="")
    status = models.CharField(max_length=20, default="active")
    # How people come in: walk_in, by_acceptance, worker_comes, unknown (rules/matching.py: HowIn).
    how_in = models.CharField(max_length=20, default="unknown")
    minutes_to_come = models.PositiveSmallIntegerField(null=True)
    # Whom it serves. Empty means nothing is said about it, never "nobody" and never "everybody".
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=10, default="")
    languages = models.JSONField(default=list)
    payers = models.JSONField(default=list)
    populations = models.JSONField(default=list)
    moud = models.CharField(max_length=20, default="")
    brings_people = models.CharField(max_length=10, default="unknown")
    id_needed = models.CharField(max_length=10, default="unknown")
    # The directory's own words, shown as they are.
    eligibility = models.TextField(default="")
    how_to_apply = models.TextField(default="")
    fees = models.TextField(default="")
    wait_time = models.TextField(default="")
    alert = models.TextField(default="")
    alert_blocks = models.BooleanField(default=False)
    url = models.CharField(max_length=500, default="")
    email = models.CharField(max_length=254, default="")
    assured_on = models.DateField(null=True)
    # How often it said yes of late: asked and taken, kept by whoever answers referrals.
    asked = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=120, default="")
    external_id = models.CharField(max_length=200, default="")
    closed_at = models.DateTimeField(null=True)

    objects = Standing.as_manager()

    def __str__(self):
        return self.name


class Outlet(models.Model):
    """A service at a site: the door somebody can be driven to. A service without an address has one outlet without a site.

    Hours, phones and languages are those that hold here: the nearest said wins (outlet, then service, then site).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="outlets")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="outlets")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    hours = models.JSONField(default=dict)
    phones = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)

    objects = Standing.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "site"], name="a_service_is_once_at_a_site"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(site=None), name="a_service_is_once_without_a_site"
            ),
        ]


class ServiceNeed(models.Model):
    """An index row: this outlet answers this need, and here is why we think so. Derived; made again at any time.

    Where and whose it is stands here too, so that the nearest of a hundred thousand are found in the index alone.
    """

    need = models.CharField(max_length=40)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="needs")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="need_rows", db_index=False)
    # said by a person, a taxonomy term, or a keyword in the name, the keywords or the description (rules/needs.py).
    by = models.CharField(max_length=20)
    term = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "need"], name="an_outlet_answers_a_need_once")
        ]
        indexes = [models.Index(fields=["need", "lat", "lon", "outlet", "service"], name="need_by_place")]


class SourceRecord(models.Model):
    """What a directory said, word for word: what we do not use is kept here and goes out again in an export.

    The digest decides whether a record changed since it was last read. Rows of a kind we keep no table for
    (taxonomy terms, units, the change log) stand only here.
    """

    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    key = models.UUIDField()
    external_id = models.CharField(max_length=200, default="")
    digest = models.CharField(max_length=32)
    raw = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="a_source_record_is_kept_once")]
        indexes = [models.Index(fields=["source", "kind"], name="source_records_by_source")]
