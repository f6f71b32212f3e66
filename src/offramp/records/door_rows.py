"""Rows behind the door: the queryset that begins with a viewer, and what it lets a viewer write."""

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models.query import ModelIterable

from offramp.records.guard import GuardedQuery
from offramp.records.rule import Errand, NoViewer, SeenBy, check_viewer
from offramp.rules.refusal import NotFound


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
        if hasattr(other, "file_column") and getattr(other, "_viewer", None) is None:
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
        if not files_open_to(viewer, model, files) or not all(_belongs(viewer, row) for row in rows):
            raise NotTheirs


def _belongs(viewer, row) -> bool:
    """Whether each row that this one hangs on is of the same file, and seen by this viewer."""
    for field in type(row).parents():
        pk = getattr(row, field.attname)
        parent = field.get_cached_value(row, default=None)
        if pk is None:
            continue
        if parent is not None and getattr(parent, "_viewer", None) == viewer:
            belongs = parent.file_id == row.file_id
        else:
            belongs = field.related_model.objects.seen_by(viewer).filter(pk=pk, file_id=row.file_id).exists()
        if not belongs:
            return False
    return True


def files_open_to(viewer, model, files: set) -> bool:
    """Whether every one of these files is of the model's side and seen by this viewer for the model's kind."""
    if isinstance(viewer, Errand):
        return files == {viewer.file_id}
    if None in files:
        return False
    return _count_open(viewer, model, sorted(files)) == len(files)


def _count_open(viewer, model, files: list[int]) -> int:
    """How many of these files. Asked before every row that is added, so it is written out: compiling it cost more than running it."""
    connection = connections[router.db_for_read(model)]
    table = connection.ops.quote_name(model._meta.get_field(model.about).related_model._meta.db_table)
    try:
        rule, params = SeenBy(viewer, model, _Spelled(f"{table}.id")).as_sql(_Speller, connection)
    except EmptyResultSet:
        return 0
    ids = ", ".join(["%s"] * len(files))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM {table} WHERE {table}.id IN ({ids}) AND {table}.side = %s AND {rule}"
            f" /*seen {table.strip(chr(34))}*/",
            [*files, model.side.value, *params],
        )
        return cursor.fetchone()[0]


class _Spelled:
    """A column by its name, where the row rule expects an expression."""

    def __init__(self, name: str):
        self.name = name


class _Speller:
    """What the row rule asks a compiler for: the name of a column."""

    @staticmethod
    def compile(column: _Spelled) -> tuple[str, list]:
        return column.name, []
