"""The door refuses: every way of touching a row about a person on nobody's behalf, on every protected model.

An upgrade of Django is safe when the tests of the door are green on both databases.
"""

import asyncio
import copy
import io

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.db.models import Exists, Max, Subquery, sql
from django.db.models.expressions import RawSQL
from django.forms import modelform_factory

from offramp.records.agency import Agency
from offramp.records.door import NotTheirs, whole_table
from offramp.records.door_faults import faults
from offramp.records.person import PersonFile
from offramp.records.rule import NoViewer
from tests.records import stage

MODELS = stage.protected_models()


def named(ways):
    return pytest.mark.parametrize("way", ways.values(), ids=list(ways))


def everything(model):
    """Every row as it is, for comparing before and after."""
    return list(whole_table(model, because="the test compares before and after").order_by("pk").values())


def test_every_protected_model_has_a_builder():
    assert {model.__name__ for model in MODELS} <= set(stage.BUILDERS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_has_a_fault(model):
    assert faults(model) == []


# -- Refused: nobody is looking, or it leads round --------------------------------------------------------------------


def plain(s):
    """A field that any viewer could change: not the key, not the file."""
    return next(f.name for f in s.model._meta.concrete_fields if f.get_internal_type() == "DateTimeField")


def cursor(statement, *params):
    with connection.cursor() as c:
        c.execute(statement, params)
        return c.fetchall()


def an_agency_field(s):
    """A foreign key from the model to an open table, walked from there."""
    field = next(
        (f for f in s.model._meta.fields if f.remote_field and not hasattr(f.related_model, "about")), None
    )
    if field is None:
        pytest.skip_way = True
    return field


def table(s):
    return s.model._meta.db_table


REFUSED = {
    "iterate": lambda s: list(s.model.objects.all()),
    "first": lambda s: s.model.objects.first(),
    "get": lambda s: s.model.objects.get(pk=s.theirs.pk),
    "count": lambda s: s.model.objects.count(),
    "exists": lambda s: s.model.objects.filter(pk=s.theirs.pk).exists(),
    "contains": lambda s: s.model.objects.contains(s.theirs),
    "aggregate": lambda s: s.model.objects.aggregate(Max("pk")),
    "values": lambda s: list(s.model.objects.values()),
    "in_bulk": lambda s: s.model.objects.in_bulk([s.theirs.pk]),
    "iterator": lambda s: list(s.model.objects.iterator()),
    "explain": lambda s: s.model.objects.filter(pk=1).explain(),
    "dates": lambda s: list(s.model.objects.datetimes(plain(s), "day")),
    "str of the query": lambda s: str(s.model.objects.all().query),
    "slice": lambda s: s.model.objects.order_by("pk")[:1].get(),
    "raw": lambda s: list(s.model.objects.raw(f"SELECT * FROM {table(s)}")),
    "raw on seen rows": lambda s: list(s.seen.raw(f"SELECT * FROM {table(s)}")),
    "extra": lambda s: list(s.seen.extra(select={"x": "1"})),
    "extra on the query": lambda s: s.seen.query.add_extra({"x": "1"}, None, None, None, None, None),
    "update": lambda s: s.model.objects.update(**{plain(s): stage.NOW}),
    "delete": lambda s: s.model.objects.filter(pk=s.theirs.pk).delete(),
    "bulk_update": lambda s: s.model.objects.bulk_update([s.theirs], [plain(s)]),
    "create": lambda s: s.model.objects.create(),
    "bulk_create": lambda s: s.model.objects.bulk_create([copy.copy(s.ours)]),
    "bulk_create over conflicts": lambda s: s.seen.bulk_create(
        [s.theirs], update_conflicts=True, update_fields=[plain(s)], unique_fields=["id"]
    ),
    "bulk_create ignoring conflicts": lambda s: s.seen.bulk_create([s.theirs], ignore_conflicts=True),
    "get_or_create": lambda s: s.model.objects.get_or_create(pk=s.theirs.pk),
    "update_or_create": lambda s: s.model.objects.update_or_create(pk=s.theirs.pk),
    "_base_manager": lambda s: list(s.model._base_manager.all()),
    "_default_manager": lambda s: list(s.model._default_manager.all()),
    "refresh of a forged row": lambda s: s.model(pk=s.theirs.pk).refresh_from_db(),
    "save of a forged row": lambda s: s.model(**values_of(s.theirs)).save(),
    "forced insert of a forged row": lambda s: s.model(**values_of(s.theirs, pk=None)).save(
        force_insert=True
    ),
    "forced update of a forged row": lambda s: s.model(**values_of(s.theirs)).save(force_update=True),
    "delete of a forged row": lambda s: s.model(pk=s.theirs.pk).delete(),
    "save of a loaded fixture": lambda s: s.model(**values_of(s.theirs)).save_base(raw=True),
    "loaddata": lambda s: next(
        iter(serializers.deserialize("json", serializers.serialize("json", [s.ours])))
    ).save(),
    "dumpdata": lambda s: call_command("dumpdata", s.model._meta.label, stdout=io.StringIO()),
    "full_clean": lambda s: s.model(**values_of(s.theirs, pk=None)).full_clean(),
    "reverse of a forged file": lambda s: list(reverse_of(s)),
    "OR with unseen rows": lambda s: list(s.seen | s.model.objects.all()),
    "unseen rows OR seen": lambda s: list(s.model.objects.all() | s.seen),
    "AND with unseen rows": lambda s: list(s.seen & s.model.objects.all()),
    "XOR with unseen rows": lambda s: list(s.seen ^ s.model.objects.filter(pk__lt=0)),
    "OR with another viewer's rows": lambda s: list(s.seen | s.model.objects.seen_by(s.other)),
    "a second viewer": lambda s: list(s.seen.seen_by(s.other)),
    "no viewer at all": lambda s: s.model.objects.seen_by(None),
    "a viewer of straw": lambda s: s.model.objects.seen_by(object()),
    "union with unseen rows": lambda s: list(s.seen.union(s.model.objects.all())),
    "unseen rows union seen": lambda s: list(s.model.objects.all().union(s.seen)),
    "difference with unseen rows": lambda s: list(s.model.objects.all().difference(s.seen)),
    "an empty one OR unseen": lambda s: list(s.model.objects.none() | s.model.objects.all()),
    "Exists in an open table": lambda s: list(
        Agency.objects.annotate(x=Exists(s.model.objects.filter(pk=s.theirs.pk)))
    ),
    "Subquery in an open table": lambda s: list(
        Agency.objects.annotate(x=Subquery(s.model.objects.values("pk")[:1])).values_list("x")
    ),
    "pk__in unseen rows": lambda s: list(s.seen.filter(pk__in=s.model.objects.values("pk"))),
    "Exists unseen in seen": lambda s: list(s.seen.filter(Exists(s.model.objects.filter(pk=s.theirs.pk)))),
    "raw cursor": lambda s: cursor(f"SELECT * FROM {table(s)}"),
    "raw cursor, upper case and quoted": lambda s: cursor(f'SELECT COUNT(*) FROM "{table(s)}"'),
    "raw update": lambda s: cursor(f"UPDATE {table(s)} SET id = id"),
    "raw delete": lambda s: cursor(f"DELETE FROM {table(s)} WHERE id = {s.theirs.pk}"),
    "raw insert from a table": lambda s: cursor(f"INSERT INTO {table(s)} SELECT * FROM {table(s)}"),
    "raw EXPLAIN": lambda s: cursor(f"EXPLAIN SELECT * FROM {table(s)}"),
    "raw WITH": lambda s: cursor(f"WITH x AS (SELECT * FROM {table(s)}) SELECT * FROM x"),
    "RawSQL in seen rows of a file": lambda s: list(
        PersonFile.objects.seen_by(s.viewer)
        .annotate(x=RawSQL(f"SELECT MAX(id) FROM {other_table(s)}", []))
        .values_list("x")
    ),
    "RawSQL in an open table": lambda s: list(
        Agency.objects.annotate(x=RawSQL(f"SELECT MAX(id) FROM {table(s)}", []))
    ),
    "a plain queryset by hand": lambda s: list(models.QuerySet(s.model)),
    "a plain manager by hand": lambda s: list(plain_manager(s.model).all()),
    "a plain query by hand": lambda s: list(
        sql.Query(s.model).get_compiler(connection=connection).execute_sql()
        if sql.Query(s.model).add_fields(["pk"])
        else sql.Query(s.model).get_compiler(connection=connection).results_iter()
    ),
    "a plain update by hand": lambda s: sql.UpdateQuery(s.model).update_batch(
        [s.theirs.pk], {plain(s): stage.NOW}, "default"
    ),
    "a plain delete by hand": lambda s: sql.DeleteQuery(s.model).delete_batch([s.theirs.pk], "default"),
    "as a string in async": lambda s: asyncio.run(s.model.objects.afirst()),
    "ModelForm choices": lambda s: (
        str(modelform_factory(s.model, fields=[s.model.about or "code"])()["file"])
        if s.model.about
        else modelform_factory(s.model, fields=["code"])({"code": "x"}).is_valid()
    ),
    "delete of what it points to": lambda s: (
        s.ours.agency if hasattr(s.ours, "agency_id") else agency_of(s)
    ).delete(),
    "an open table through its hidden way": lambda s: list(hidden_way(s)),
}


def values_of(row, **over):
    values = {f.attname: row.__dict__[f.attname] for f in row._meta.concrete_fields}
    if "pk" in over:
        values[row._meta.pk.attname] = over["pk"]
    return values


def reverse_of(s):
    """From a file nobody has seen, down to its rows."""
    if s.model is PersonFile:
        return PersonFile(pk=s.theirs.pk).encounters.all()
    back = s.model._meta.get_field("file").remote_field.get_accessor_name()
    return getattr(PersonFile(pk=s.theirs.file_id), back).all()


def other_table(s):
    return "records_encounter" if s.model is PersonFile else table(s)


def plain_manager(model):
    manager = models.Manager()
    manager.model = model
    return manager


def agency_of(s):
    return Agency.objects.get(pk=s.viewer.agency_id)


def hidden_way(s):
    """`related_name="+"` hides the way back from an open table, but Django still knows it as "+"."""
    return Agency.objects.filter(**{"+__pk": s.theirs.pk}).values_list("pk")


@named(REFUSED)
def test_it_is_refused(scenes, way):
    let_through = []
    for scene in scenes:
        before = everything(scene.model)
        try:
            with transaction.atomic():
                answer = way(scene)
        except (NoViewer, NotTheirs, CommandError):
            pass
        else:
            let_through.append(f"{scene.model.__name__}: {answer!r:.80}")
        assert everything(scene.model) == before

    assert let_through == []
