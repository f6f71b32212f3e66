"""The door: every row about a person stands behind it, and nobody passes without saying who looks.

    class Encounter(Protected):
        kind, side, about = Kind.ENCOUNTER, Side.POLICE, "file"

    Encounter.objects.seen_by(viewer).filter(...)       # rows this viewer may see, and no other
    Encounter.objects.seen_by(viewer).create(...)       # the only way a row begins

What may be seen is an absent row, never a masked field: what is not there for a viewer is not there for
count, exists, update, delete, union, prefetch or search either. The rule is in records/rule.py, and it is
put in by the guard in the query compiler (records/guard.py). A second lock, on the wire to the database
(records/wire.py), refuses SQL about people that the guard has not seen.

Honest limits: no ModelForm and no full_clean on these models, no many-to-many, no join from a parent into
its rows (write Exists), and what they point to that is not a person (an agency, a user) is closed, never deleted.
"""

from django.core.checks import Error
from django.db import models

from offramp.records.door_rows import NotTheirs as NotTheirs
from offramp.records.door_rows import ProtectedQuerySet as ProtectedQuerySet
from offramp.records.guard import protected_tables as protected_tables
from offramp.records.guard import whole_table as whole_table
from offramp.records.rule import NoViewer
from offramp.rules.words import Kind, Side


class Protected(models.Model):
    """A row about a person: one kind of fact, of one side, in one file."""

    kind: Kind
    side: Side  # or a column of that name, which says it row by row
    about: str = "file"  # the foreign key to the person file; "" for the person file itself
    fixed: frozenset[str] = frozenset()
    sealed_as: str = ""  # the label that `sealed` is under, as a format of `row`
    given_for: str = ""  # the row a sight may be given for: "pk" for itself, or a foreign key; "" where sight is of the whole file

    objects = ProtectedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def check(cls, **kwargs):
        """Django's own checks, and that this model keeps what the door needs of it."""
        from offramp.records.door_faults import faults

        return [
            *super().check(**kwargs),
            *(Error(words, obj=cls, id="offramp.D001") for words in faults(cls)),
        ]

    @classmethod
    def file_column(cls) -> str:
        """The attribute that holds the id of the row's file."""
        return cls._meta.get_field(cls.about).attname if cls.about else cls._meta.pk.attname

    @classmethod
    def parents(cls) -> list[models.ForeignKey]:
        """The foreign keys by which a row hangs on other rows about the same person."""
        fields = [field for field in cls._meta.local_fields if field.remote_field]
        return [
            field
            for field in fields
            if issubclass(field.related_model, Protected) and field.name != cls.about
        ]

    @classmethod
    def fixed_fields(cls) -> frozenset[str]:
        """What never changes once written, by every name it goes by."""
        about = {cls.about, cls.file_column()} if cls.about else set()
        return cls.fixed | about

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        viewer = getattr(self, "_viewer", None)
        if viewer is None:
            raise NoViewer("save of a row nobody has seen")
        if self._file_seen is not None and self._file_seen != getattr(self, self.file_column()):
            raise NoViewer(f"a {type(self).__name__} never moves to another file")
        if not super()._do_update(
            base_qs.seen_by(viewer), using, pk_val, values, update_fields, forced_update
        ):
            raise NotTheirs
        return True

    def _do_insert(self, manager, using, fields, returning_fields, raw):
        if raw or not self._state.__dict__.pop("born", False):
            raise NoViewer(
                f"a new {type(self).__name__} comes from {type(self).__name__}.objects.seen_by(viewer).create(...)"
            )
        return super()._do_insert(manager, using, fields, returning_fields, raw)

    def delete(self, using=None, keep_parents=False):
        """Delete this row, if the one who sees it still may."""
        viewer = getattr(self, "_viewer", None)
        if viewer is None:
            raise NoViewer("delete of a row nobody has seen")
        gone = type(self).objects.using(using).seen_by(viewer).filter(pk=self.pk).delete()
        if not gone[0]:
            raise NotTheirs
        return gone
