"""What police remember of one meeting: the encounter, the permission that was spoken, the way there, the one word back.

Everything here belongs to the police side and stays on it. No row names a provider: what a person was
handed to is care's to know (rule LE-05), but for the sealed destination of a drive the person chose,
which can be seen until two hours after drop-off and then no more.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from offramp.records import sight
from offramp.records.agency import Agency
from offramp.records.door import Protected, whole_table
from offramp.records.person import PersonFile
from offramp.rules.visibility import holder_of
from offramp.rules.words import EncounterEnding, Ground, Kind, Mode, Side, Told

# LE-05: a door a person chose to be driven to is seen until two hours after drop-off; a drive nobody ended, six hours.
AFTER_DROP_OFF = timedelta(hours=2)
LONGEST_DRIVE = timedelta(hours=6)


class Encounter(Protected):
    """One meeting of a responder and a person, whether or not it led to diversion: the denominator of everything."""

    kind, side, about = Kind.ENCOUNTER, Side.POLICE, "file"
    sealed_as = "encounter:{row.key}"

    key = models.UUIDField(unique=True, help_text="the form's own key: the same form twice is the same encounter")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="encounters")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="when they met")
    form_opened_at = models.DateTimeField(null=True, help_text="when the officer began the form: the start of the minute")
    recorded_at = models.DateTimeField()
    what = models.JSONField(default=list, help_text="codes of the tiles: what is going on")
    needs = models.JSONField(default=list)
    pathway = models.CharField(max_length=40, blank=True)
    ending = models.CharField(max_length=20, choices=[(e.value, e.value) for e in EncounterEnding])
    reason = models.CharField(max_length=40, blank=True, help_text="coded: why not, or why they said no")
    mode = models.CharField(max_length=20, blank=True, choices=[(m.value, m.value) for m in Mode])
    language = models.CharField(max_length=8, default="en")
    # As the officer saw them: never a fact of eligibility, never the person's own answer.
    seen_race = models.CharField(max_length=30, default="not_recorded")
    seen_sex = models.CharField(max_length=20, default="not_recorded")
    seen_age = models.CharField(max_length=20, default="not_recorded")
    cell = models.CharField(max_length=12, blank=True, help_text="coarse cell of the place, about 5 km")
    sealed = models.BinaryField(help_text="incident number and place as typed, under the file's key")
    undone_at = models.DateTimeField(null=True)

    class Meta(Protected.Meta):
        indexes = [
            models.Index(F("officer"), F("at").desc(), name="encounters_of_an_officer"),
            models.Index(F("agency"), F("at").desc(), name="encounters_of_an_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("recorded_at")),
                name="an_encounter_is_undone_after_it_was_recorded",
            ),
        ]


class Verdict(Protected):
    """Eligibility as it was seen that day, kept for good with the version of the rules that said it."""

    kind, side, about = Kind.VERDICT, Side.POLICE, "file"
    sealed_as = "verdict:{row.encounter.key}"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="verdicts")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="verdicts")
    pathway = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    pack = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=10)
    needs = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(help_text="criterion key and answer only; the words and the facts are sealed")
    sealed = models.BinaryField(help_text="the facts as given and each reason as it was read")
    at = models.DateTimeField()

    class Meta(Protected.Meta):
        pass


class Permission(Protected):
    """What was asked aloud and what the person said: permission for this one handoff, and no more."""

    kind, side, about = Kind.PERMISSION, Side.POLICE, "file"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="permissions")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="permissions")
    answer = models.CharField(max_length=12, help_text="yes, not_today or no")
    wording = models.CharField(max_length=60)
    wording_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    interpreter = models.CharField(max_length=40, blank=True)
    covers = models.JSONField(default=list, help_text="which parts of the identity may be passed on")
    at = models.DateTimeField()

    class Meta(Protected.Meta):
        pass


class TellBack(Protected):
    """One word about an officer's own handoff. A new word is a new row; none says anything of care."""

    kind, side, about = Kind.TELLBACK, Side.POLICE, "file"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="words")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="words")
    word = models.CharField(max_length=20, choices=[(w.value, w.value) for w in Told])
    at = models.DateTimeField()

    class Meta(Protected.Meta):
        pass


class Transport(Protected):
    """Where an officer is driving a person who asked to be driven. Seen until drop-off and two hours."""

    kind, side, about = Kind.TRANSPORT, Side.POLICE, "file"
    sealed_as = "transport:{row.encounter.key}"

    encounter = models.OneToOneField(Encounter, models.PROTECT, related_name="transport")
    file = models.ForeignKey(PersonFile, models.PROTECT, related_name="transports")
    sealed = models.BinaryField(help_text="name and address of the door")
    began_at = models.DateTimeField()
    dropped_off_at = models.DateTimeField(null=True)

    class Meta(Protected.Meta):
        pass

    @property
    def seen_until(self):
        """When the officer stops seeing where they drove."""
        return self.dropped_off_at + AFTER_DROP_OFF if self.dropped_off_at else self.began_at + LONGEST_DRIVE


@sight.recounted("an officer's word back and drive")
def _officers_own(at):
    rows = whole_table(Encounter, because="whose encounter it is, to count sight rows again").order_by("pk")
    for file_id, officer_id in rows.values_list("file_id", "officer_id").iterator():
        yield sight.Expected(file_id, holder_of("user", officer_id), frozenset({Kind.TELLBACK}), Ground.ASSIGNMENT)
    drives = whole_table(Transport, because="who drove whom, to count sight rows again").order_by("pk")
    for drive in drives.filter(encounter__undone_at=None).annotate(officer_id=F("encounter__officer_id")).iterator():
        holder = holder_of("user", drive.officer_id)
        yield sight.Expected(
            drive.file_id, holder, frozenset({Kind.TRANSPORT}), Ground.TRANSPORT, until=drive.seen_until
        )
