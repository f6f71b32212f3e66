"""The guard in the query compiler: no statement about people leaves without the row rule in it.

Django builds every ORM statement (select, count, exists, aggregate, update, delete, union, window, subquery,
prefetch, related managers) from a Query, and turns it into SQL in `get_compiler`. The guard stands there. It

- refuses a statement that names no viewer;
- adds the row rule by AND when the statement is compiled, so that nothing said before can OR it away;
- adds the parent's own rule where a parent is joined, because a join brings the parent's columns;
- refuses a join from a parent down into its rows: write `Exists(Child.objects.seen_by(viewer)...)`;
- signs the SQL with the tables it answered for, which the lock on the wire (records/wire.py) looks for.

`get_compiler` is Django's inside: tests/records/test_door.py is what makes an upgrade of Django safe.
"""

from functools import cached_property

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.db.models.sql import DeleteQuery, Query, UpdateQuery
from django.db.models.sql.constants import INNER
from django.db.models.sql.datastructures import Join
from django.db.models.sql.where import AND, WhereNode

from offramp.records.rule import NoViewer, SeenBy, check_viewer
from offramp.rules.words import Side

_known: tuple[list | None, dict[str, type]] = (None, {})


def protected_tables() -> dict[str, type]:
    """Every table behind the door, and its model. Django hands out the same list until a model is added."""
    global _known
    models = apps.get_models()
    if models is not _known[0]:
        _known = (models, {model._meta.db_table: model for model in models if hasattr(model, "file_column")})
    return _known[1]


class Guard:
    """What every guarded query does, whichever statement it will become."""

    viewer = None
    ruled = False  # this copy carries the row rule already

    def chain(self, klass=None):
        return super().chain(_GUARDED.get(klass, klass))

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        if self.viewer is None and self.is_empty() and self.where.connector == AND:
            return super().get_compiler(using, connection, elide_empty)
        check_viewer(self.viewer)
        query = self.with_rule()
        compiler = super(Guard, query).get_compiler(using, connection, elide_empty)
        return watched(compiler)

    def with_rule(self):
        """A copy with the row rule in its WHERE. A union has no rows of its own: its parts are guarded each."""
        if self.ruled or self.combinator:
            return self
        query = self.clone()
        query.ruled = True
        query.where.add(rule_at(query, query.get_initial_alias(), self.model), AND)
        return query

    def combine(self, rhs, connector):
        if getattr(rhs, "viewer", None) != self.viewer:
            raise NoViewer("combined with rows of another viewer")
        return super().combine(rhs, connector)

    def split_exclude(self, *args, **kwargs):
        raise NoViewer(
            f"exclude over a reverse relation of {self.model.__name__}: write ~Exists(... .seen_by(viewer) ...)"
        )

    def add_extra(self, *args, **kwargs):
        raise NoViewer("extra() writes SQL by hand")


class GuardedQuery(Guard, Query):
    pass


class GuardedUpdate(Guard, UpdateQuery):
    pass


class GuardedDelete(Guard, DeleteQuery):
    def with_rule(self):
        """Django copies a delete with joins into an unguarded query: pick the rows by a guarded one instead."""
        self.get_initial_alias()
        if sum(1 for count in self.alias_refcount.values() if count) <= 1:
            return super().with_rule()
        picked = self.chain(Query)
        picked.clear_select_clause()
        picked.add_fields([self.model._meta.pk.name])
        query = GuardedDelete(self.model)
        query.viewer = self.viewer
        query.add_filter(f"pk{LOOKUP_SEP}in", picked)
        return query.with_rule()


_GUARDED = {Query: GuardedQuery, UpdateQuery: GuardedUpdate, DeleteQuery: GuardedDelete}


def rule_at(query, alias: str, model, *, outer: bool = False) -> SeenBy:
    """The row rule for one table of a statement, under the name it has there."""
    meta = model._meta
    file = meta.get_field(model.about) if model.about else meta.pk
    side = None if isinstance(model.side, Side) else meta.get_field("side").get_col(alias)
    given = meta.pk if model.given_for == "pk" else model.given_for and meta.get_field(model.given_for)
    return SeenBy(
        query.viewer,
        model,
        file.get_col(alias),
        side,
        meta.pk.get_col(alias) if outer else None,
        given.get_col(alias) if given else None,
    )


# -- While it compiles ----------------------------------------------------------------------------------------------


def watched(compiler):
    """The same compiler, which looks at its joins before the WHERE is written and signs what it wrote."""
    kind = type(compiler)
    compiler.__class__ = _WATCHED.get(kind) or _WATCHED.setdefault(
        kind, type(f"Watched{kind.__name__}", (Watched, kind), {})
    )
    return compiler


class Watched:
    """Mixed into Django's compiler of the kind at hand."""

    def pre_sql_setup(self, *args, **kwargs):
        out = super().pre_sql_setup(*args, **kwargs)
        if type(self.query) is GuardedQuery and not self.query.combinator:
            rules = [rule_at(self.query, alias, model, outer=outer) for alias, model, outer in self.joined]
            if rules:
                self.where = WhereNode([*filter(None, [self.where]), *rules], AND)
        return out

    @property
    def joined(self):
        """Each protected table that is really joined, and whether by an outer join. A way down is refused."""
        for alias, join in self.query.alias_map.items():
            if not isinstance(join, Join) or not self.query.alias_refcount.get(alias):
                continue
            if model := protected_tables().get(join.table_name):
                if not leads_up(join.join_field):
                    raise NoViewer(
                        f"a join from {self.query.model.__name__} down into {model.__name__}: write Exists(...)"
                    )
                yield alias, model, join.join_type != INNER

    def as_sql(self, *args, **kwargs):
        sql, params = super().as_sql(*args, **kwargs)
        return (f"{sql} {self.signature}" if sql else sql), params

    @cached_property
    def signature(self) -> str:
        tables = {join.table_name for join in self.query.alias_map.values()} & set(protected_tables())
        return f"/*seen {' '.join(sorted(tables))}*/"


def leads_up(field) -> bool:
    """Whether following this field goes from a row to what it belongs to."""
    return (
        bool(getattr(field, "many_to_one", False) or (getattr(field, "one_to_one", False)))
        and not field.auto_created
    )


_WATCHED: dict[type, type] = {}


# -- Beside the door ------------------------------------------------------------------------------------------------


class Whole:
    """A query over every row, whoever they belong to: signed, and not ruled."""

    def chain(self, klass=None):
        return super().chain(_WHOLE.get(klass, klass))

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        return watched(super().get_compiler(using, connection, elide_empty))


class WholeQuery(Whole, Query):
    pass


class WholeUpdate(Whole, UpdateQuery):
    pass


class WholeDelete(Whole, DeleteQuery):
    pass


_WHOLE = {Query: WholeQuery, UpdateQuery: WholeUpdate, DeleteQuery: WholeDelete}


def whole_table(model, *, because: str) -> QuerySet:
    """Every row, seen by nobody in particular: for looking after the place (verify, rotate, rebuild an index).

    The reason is for the reader of the code. Only the few files named in tests/architecture/test_door.py may
    call this, and none of them hands a row to a person.
    """
    if not because:
        raise NoViewer("a whole table needs a reason")
    return QuerySet(model, query=WholeQuery(model))
