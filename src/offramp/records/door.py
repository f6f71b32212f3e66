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
from django.db.models.query import ModelIterable

from offramp.records.guard import GuardedQuery, whole_table
from offramp.records.guard import protected_tables as protected_tables
from offramp.records.rule import Errand, NoViewer, SeenBy, check_viewer
from offramp.rules.refusal import NotFound
from offramp.rules.words import Kind, Side


class NotTheirs(NotFound):
    """The row is not there for this viewer to change, or the file is not theirs to add to."""


class SeenRows(ModelIterable):
    """Rows remember who sees them, so that what is reached from them is seen by the same viewer."""

    def __iter__(self):
        viewer = self.queryset.query.viewer
        for row in super().__iter__():
            mark(row, viewer)
            yield row


def mark(row, viewer) -> None:
    """This row, and what came with it by select_related, is seen by this viewer."""
    row._viewer = viewer
    row._file_seen = row.__dict__.get(row.file_column())
    for other in row._state.fields_cache.values():
        if isinstance(other, Protected) and getattr(other, "_viewer", None) is None:
            mark(other, viewer)


class ProtectedQuerySet(models.QuerySet):
    """A queryset that begins with `.seen_by(viewer)`. Clauses of a model's own are written on a subclass."""

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query or GuardedQuery(model), using, hints)
        self._iterable_class = SeenRows
        self._take_hint()

    def seen_by(self, viewer):
        """Only what this viewer may see, whatever is asked next."""
        check_viewer(viewer)
        if self.query.viewer not in (None, viewer):
            raise NoViewer("these rows are seen by another viewer already")
        rows = self._chain()
        rows.query.viewer = viewer
        return rows

    def _add_hints(self, **hints):
        super()._add_hints(**hints)
        self._take_hint()

    def _take_hint(self):
        """Reached from a row somebody sees: seen by the same viewer."""
        viewer = getattr(self._hints.get("instance"), "_viewer", None)
        if viewer is not None and self.query.viewer is None:
            self.query.viewer = viewer

    # -- Writing ----------------------------------------------------------------------------------------------------

    def create(self, **values):
        """A new row in a file this viewer may add to. Raises `NotTheirs`."""
        row = self.model(**values)
        self._admit([row])
        row._state.born = True
        row.save(force_insert=True, using=self.db)
        mark(row, self.query.viewer)
        return row

    create.alters_data = True

    def bulk_create(self, objs, batch_size=None, ignore_conflicts=False, update_conflicts=False, **more):
        """Many new rows. Never over rows that are there: they may be somebody else's."""
        if ignore_conflicts or update_conflicts:
            raise NoViewer("bulk_create over existing rows")
        rows = list(objs)
        self._admit(rows)
        made = super().bulk_create(rows, batch_size, **more)
        for row in made:
            mark(row, self.query.viewer)
        return made

    bulk_create.alters_data = True

    def update(self, **values):
        """Change those of these rows that this viewer may see. A row never moves to another file or side."""
        if moved := self.model.fixed_fields() & set(values):
            raise NoViewer(f"{self.model.__name__}.{min(moved)} never changes")
        return super().update(**values)

    update.alters_data = True

    def delete(self):
        """Delete those of these rows that this viewer may see. Nothing follows: what points to a row keeps it."""
        if (
            self.query.is_sliced
            or self._fields is not None
            or self.query.distinct_fields
            or self.query.combinator
        ):
            raise TypeError("delete() is for plain rows: not sliced, not values, not distinct, not a union")
        check_viewer(self.query.viewer)
        gone = self._raw_delete(self.db)
        self._result_cache = None
        return gone, {self.model._meta.label: gone} if gone else {}

    delete.alters_data = True
    delete.queryset_only = True

    def _raw_delete(self, using):
        query = self.query.chain(models.sql.DeleteQuery)
        query.clear_ordering(force=True)
        query.select_related = False
        return query.get_compiler(using).execute_sql(models.sql.constants.ROW_COUNT)

    def raw(self, *args, **kwargs):
        raise NoViewer("raw() writes SQL by hand")

    def extra(self, *args, **kwargs):
        raise NoViewer("extra() writes SQL by hand")

    def _admit(self, rows) -> None:
        """May this viewer add these rows? The kind and side must be theirs, and each row's file must be seen by them."""
        viewer, model = self.query.viewer, self.model
        check_viewer(viewer)
        if not rows:
            return
        if model.kind not in viewer.kinds or not all(row.side in viewer.sides for row in rows):
            raise NotTheirs
        if not model.about:
            model.admit(viewer, rows)
            return
        files = {getattr(row, row.file_column()) for row in rows}
        if not files_open_to(viewer, model, files):
            raise NotTheirs


def files_open_to(viewer, model, files: set) -> bool:
    """Whether every one of these files is of the model's side and seen by this viewer for the model's kind."""
    if isinstance(viewer, Errand):
        return files == {viewer.file_id}
    meta = model._meta.get_field(model.about).related_model._meta
    rows = whole_table(
        meta.model, because="which files may be added to: the row rule follows in the same statement"
    )
    rule = SeenBy(viewer, model, models.F("pk"))
    return None not in files and rows.filter(pk__in=files, side=model.side).filter(rule).count() == len(files)


class Protected(models.Model):
    """A row about a person: one kind of fact, of one side, in one file."""

    kind: Kind
    side: Side  # or a column of that name, which says it row by row
    about: str = "file"  # the foreign key to the person file; "" for the person file itself
    fixed: frozenset[str] = frozenset()
    given_for: str = ""  # the row a sight may be given for: "pk" for itself, or a foreign key; "" where sight is of the whole file

    objects = ProtectedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def check(cls, **kwargs):
        """Django's own checks, and that this model keeps what the door needs of it."""
        return [
            *super().check(**kwargs),
            *(Error(words, obj=cls, id="offramp.D001") for words in faults(cls)),
        ]

    @classmethod
    def file_column(cls) -> str:
        """The attribute that holds the id of the row's file."""
        return cls._meta.get_field(cls.about).attname if cls.about else cls._meta.pk.attname

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


def faults(model) -> list[str]:
    """What keeps a protected model from being safe, each in a sentence."""
    meta, found = model._meta, []
    if not isinstance(getattr(model, "kind", None), Kind):
        found.append("says no kind of fact")
    if not isinstance(model.side, Side) and "side" not in {field.name for field in meta.concrete_fields}:
        found.append("says no side")
    if model.about and not isinstance(meta.get_field(model.about), models.ForeignKey):
        found.append(f"{model.about} is no foreign key to a person file")
    found += [
        f"its manager {manager.name} is no ProtectedQuerySet"
        for manager in (*meta.managers, meta.base_manager)
        if not isinstance(manager.get_queryset(), ProtectedQuerySet)
    ]
    found += [f"{field.name} is a many-to-many" for field in meta.local_many_to_many]
    found += [
        f"{field.name} gives an open table a way in: write related_name='+'"
        for field in meta.local_fields
        if field.remote_field
        and not issubclass(field.related_model, Protected)
        and not field.remote_field.hidden
    ]
    if any(parent._meta.concrete_model is not model for parent in meta.parents):
        found.append("inherits another table")
    if {"save", "save_base", "delete"} & (set(vars(model)) - set(vars(Protected))):
        found.append("overrides save")
    return [f"{meta.label} {fault}." for fault in found]
