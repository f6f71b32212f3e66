"""The door is blind: however it is asked on somebody's behalf, the answer is as if the others' rows were not there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import FieldError
from django.db import DatabaseError, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from offramp.records import sight
from offramp.records.agency import Agency
from offramp.records.door import NotTheirs, Protected, whole_table
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.records.rule import NoViewer
from offramp.records.sight import Sight
from offramp.rules.visibility import holder_of
from offramp.rules.words import Ground, Kind, Role, Side
from tests.records.stage import BUILDERS, NOW, plain_values, viewer_of
from tests.records.test_door_refuses import everything, named, plain

# Each asks about ours and theirs at once. The answer must speak of ours alone.
COUNTED = {
    "all": lambda s: s.seen.all(),
    "by both keys": lambda s: s.seen.filter(pk__in=[s.ours.pk, s.theirs.pk]),
    "OR everything": lambda s: s.seen.filter(Q(pk=s.theirs.pk) | Q(pk__gt=0)),
    "OR a truth": lambda s: s.seen.filter(Q(Value(True)) | Q(pk=s.theirs.pk)),
    "exclude ours then OR": lambda s: s.seen.filter(~Q(pk=s.ours.pk) | Q(pk=s.ours.pk)),
    "ours | theirs": lambda s: s.seen.filter(pk=s.ours.pk) | s.seen.filter(pk=s.theirs.pk),
    "XOR": lambda s: s.seen.filter(pk=s.ours.pk) ^ s.seen.filter(pk=s.theirs.pk),
    "union": lambda s: s.seen.filter(pk=s.ours.pk).union(s.seen.filter(pk=s.theirs.pk)),
    "union all": lambda s: s.seen.union(s.seen.none(), all=True),
    "intersection": lambda s: s.seen.intersection(s.seen.filter(pk__gt=0)),
    "distinct": lambda s: s.seen.distinct(),
    "slice": lambda s: s.seen.order_by("pk")[:10],
    "reverse slice": lambda s: s.seen.order_by("-pk")[0:10],
    "annotated": lambda s: s.seen.annotate(x=Value(1)).filter(x=1),
    "window": lambda s: s.seen.annotate(n=Window(RowNumber(), order_by="pk")),
    "filter on a window": lambda s: s.seen.annotate(n=Window(RowNumber(), order_by="pk")).filter(n__gte=1),
    "grouped": lambda s: s.seen.annotate(n=Count("pk")).filter(n__gt=0),
    "case": lambda s: s.seen.annotate(x=Case(When(pk=s.theirs.pk, then=1), default=0)).filter(x__gte=0),
    "subquery of itself": lambda s: s.seen.filter(pk__in=s.seen.values("pk")),
    "exists of itself": lambda s: s.seen.filter(Exists(s.seen.filter(pk=OuterRef("pk")))),
    "negated exists": lambda s: s.seen.filter(~Exists(s.seen.filter(pk=s.theirs.pk))),
    "seen twice by the same": lambda s: s.seen.seen_by(s.viewer),
    "only": lambda s: s.seen.only("pk"),
    "defer": lambda s: s.seen.defer(plain(s)),
    "with a lock": lambda s: s.seen.select_for_update(),
    "reversed": lambda s: s.seen.order_by("pk").reverse(),
    "through the default manager": lambda s: s.model._default_manager.seen_by(s.viewer),
    "through the base manager": lambda s: s.model._base_manager.seen_by(s.viewer),
}


@named(COUNTED)
def test_rows_are_ours_alone(scenes, way):
    for scene in scenes:
        rows = way(scene)
        assert [row.pk for row in rows] == [scene.ours.pk], scene.model
        assert len(way(scene)) == 1
        assert way(scene).count() == 1
        assert way(scene).exists()
        assert all(row._viewer == scene.viewer for row in rows)


ASKED = {
    "get": (lambda s: s.seen.filter(pk=s.theirs.pk).first(), None),
    "exists": (lambda s: s.seen.filter(pk=s.theirs.pk).exists(), False),
    "contains": (lambda s: s.seen.contains(s.theirs), False),
    "count": (lambda s: s.seen.filter(pk=s.theirs.pk).count(), 0),
    "in_bulk": (lambda s: s.seen.in_bulk([s.theirs.pk]), {}),
    "aggregate": (lambda s: s.seen.filter(pk=s.theirs.pk).aggregate(x=Max("pk")), {"x": None}),
    "aggregate with a filter": (
        lambda s: s.seen.aggregate(x=Count("pk", filter=Q(pk=s.theirs.pk))),
        {"x": 0},
    ),
    "aggregate of distinct": (lambda s: s.seen.distinct().aggregate(x=Count("pk")), {"x": 1}),
    "values": (lambda s: list(s.seen.filter(pk=s.theirs.pk).values("pk")), []),
    "iterator": (lambda s: list(s.seen.filter(pk=s.theirs.pk).iterator()), []),
    "dates": (lambda s: list(s.seen.filter(pk=s.theirs.pk).datetimes(plain(s), "day")), []),
    "update": (lambda s: s.seen.filter(pk=s.theirs.pk).update(**{plain(s): NOW}), 0),
    "update of all": (lambda s: s.seen.update(**{plain(s): F(plain(s))}), 1),
    "update by a subquery": (
        lambda s: s.seen.filter(pk__in=s.seen.values("pk")).update(**{plain(s): NOW}),
        1,
    ),
    "bulk_update": (lambda s: s.seen.bulk_update([s.theirs], [plain(s)]), 0),
    "delete": (lambda s: s.seen.filter(pk=s.theirs.pk).delete(), (0, {})),
    "union counted": (lambda s: s.seen.union(s.seen).count(), 1),
    "in an open table": (
        lambda s: Agency.objects.filter(Exists(s.seen.filter(pk=s.theirs.pk))).count(),
        0,
    ),
    "as a column of an open table": (
        lambda s: set(
            Agency.objects.values_list(Subquery(s.seen.filter(pk=s.theirs.pk).values("pk")), flat=True)
        ),
        {None},
    ),
    "explained": (lambda s: "sight_" in str(s.seen.query), True),
}


@named(ASKED)
def test_it_is_as_if_theirs_were_not_there(scenes, way):
    ask, answer = way
    for scene in scenes:
        before = everything(scene.model)
        assert ask(scene) == answer, scene.model
        assert everything(scene.model) == before


# -- Grounds that are not there ---------------------------------------------------------------------------------------


def test_a_stranger_in_the_right_role_sees_nothing(scenes):
    for scene in scenes:
        assert not scene.model.objects.seen_by(scene.stranger).exists(), scene.model


@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_only_kinds_and_sides_of_the_table(scenes, role):
    for scene in scenes:
        viewer = replace(scene.viewer, role=role)
        side = scene.model.side if isinstance(scene.model.side, Side) else Side.POLICE
        allowed = scene.model.kind in viewer.kinds and side in viewer.sides
        assert scene.model.objects.seen_by(viewer).exists() == allowed, (scene.model, role)


def test_nobody_without_a_role_sees_anything(scenes):
    for scene in scenes:
        assert not scene.model.objects.seen_by(replace(scene.viewer, role=None)).exists()
        assert not scene.model.objects.seen_by(replace(scene.viewer, holders=frozenset())).exists()


def test_sight_ends_when_it_is_withdrawn(scenes):
    for scene in scenes:
        file = getattr(scene.ours, scene.model.file_column())
        with transaction.atomic():
            sight.withdraw(file, kinds={scene.model.kind})
            assert not scene.seen.exists(), scene.model
            transaction.set_rollback(True)


def test_sight_ends_by_the_clock_without_a_job(scenes):
    Sight.objects.update(until=NOW)
    for scene in scenes:
        assert not scene.seen.exists(), scene.model
        earlier = replace(scene.viewer, at=NOW - timedelta(microseconds=1))
        assert scene.model.objects.seen_by(earlier).exists(), scene.model


def test_sight_of_one_kind_is_no_sight_of_another(scenes):
    for scene in scenes:
        file = getattr(scene.ours, scene.model.file_column())
        with transaction.atomic():
            sight.withdraw(file)
            others = set(Kind) - {scene.model.kind}
            sight.grant(file, holder_of("agency", scene.viewer.agency_id), others, Ground.OWN_AGENCY)
            assert not scene.seen.exists(), scene.model
            transaction.set_rollback(True)


# -- Writing ----------------------------------------------------------------------------------------------------------


def test_a_row_is_not_saved_once_sight_is_gone(scenes):
    for scene in scenes:
        row = scene.seen.get()
        with transaction.atomic():
            sight.withdraw(getattr(row, scene.model.file_column()))
            for act in (row.save, row.delete, row.refresh_from_db):
                with pytest.raises((NotTheirs, scene.model.DoesNotExist)), transaction.atomic():
                    act()
            transaction.set_rollback(True)


def test_a_row_never_moves_to_another_file(scenes):
    for scene in scenes:
        if not scene.model.about:
            continue
        row = scene.seen.get()
        row.file_id = scene.theirs.file_id
        for move in (
            row.save,
            lambda s=scene: s.seen.update(file=s.theirs.file_id),
            lambda s=scene: s.seen.update(file_id=s.theirs.file_id),
            lambda s=scene, row=row: s.seen.bulk_update([row], ["file"]),
        ):
            with pytest.raises(NoViewer), transaction.atomic():
                move()


def test_nothing_is_added_to_a_file_that_is_not_ours(scenes):
    for scene in scenes:
        values = {
            f.name: getattr(scene.theirs, f.name)
            for f in scene.model._meta.concrete_fields
            if not f.primary_key and not f.unique and f.name != "file"
        }
        if scene.model.about:
            values["file_id"] = scene.theirs.file_id
        for add in (scene.seen.create, lambda s=scene, **v: s.seen.bulk_create([s.model(**v)])):
            with pytest.raises(NotTheirs), transaction.atomic():
                add(**values)


def test_nothing_is_added_to_a_file_of_another_side(sets):
    """A sight row by mistake on a file of another side still opens nothing to write."""
    care, police = sets["ours", Side.CARE], sets["ours", Side.POLICE]
    sight.grant(police.file, holder_of("agency", care.agency.pk), set(Kind), Ground.OWN_AGENCY)

    with pytest.raises(NotTheirs):
        Referral.objects.seen_by(care.viewer).create(file=police.file)


def test_bulk_create_with_one_row_of_theirs_adds_none(sets):
    ours, theirs = sets["ours", Side.POLICE], sets["theirs", Side.POLICE]
    rows = [
        type(s.rows["TellBack"])(encounter=s.rows["Encounter"], file=s.file, word="met", at=NOW)
        for s in (ours, theirs)
    ]

    with pytest.raises(NotTheirs):
        type(rows[0]).objects.seen_by(ours.viewer).bulk_create(rows)


def test_nothing_hangs_on_a_row_of_another_file(scenes, sets):
    """Neither on one of theirs, nor on one of ours that lies in another file; by row or by number."""
    tried = 0
    for scene in scenes:
        side = scene.model.side
        for field in scene.model.parents():
            ours = sets["ours", side]
            values = (
                plain_values(scene.model, ours) | BUILDERS[scene.model.__name__](ours) | {"file": ours.file}
            )
            for name, parent in (
                (field.name, getattr(scene.theirs, field.name)),
                (field.attname, getattr(scene.theirs, field.attname)),
            ):
                if parent is None:
                    continue
                given = {key: value for key, value in values.items() if key != field.name} | {name: parent}
                for add in (scene.seen.create, lambda s=scene, **v: s.seen.bulk_create([s.model(**v)])):
                    tried += 1
                    with pytest.raises(NotTheirs), transaction.atomic():
                        add(**given)
    assert tried >= 20


def test_a_place_adds_no_step_to_what_others_were_asked(sets):
    """Sight that is given for one referral is sight of that one, and of no other in the same file."""
    s = sets["ours", Side.CARE]
    asked = s.rows["Referral"]
    other = Referral.objects.seen_by(s.viewer).create(
        file=s.file, **plain_values(Referral, s) | BUILDERS["Referral"](s)
    )
    place = viewer_of(Agency.objects.create(name="a place"), Side.CARE, role=Role.PROVIDER)
    sight.grant(
        s.file, holder_of("agency", place.agency_id), {Kind.REFERRAL}, Ground.HANDOFF, source=asked.pk
    )
    steps = type(s.rows["Step"]).objects.seen_by(place)

    assert [row.pk for row in Referral.objects.seen_by(place)] == [asked.pk]
    assert [row.pk for row in steps] == [s.rows["Step"].pk]
    steps.create(file_id=s.file.pk, referral_id=asked.pk, state="accepted", source="receiver", at=NOW)
    with pytest.raises(NotTheirs):
        steps.create(file_id=s.file.pk, referral_id=other.pk, state="accepted", source="receiver", at=NOW)


# -- Parents and children ---------------------------------------------------------------------------------------------


def only(s, kind):
    """Our viewer holds this kind alone in our file."""
    sight.withdraw(s.file)
    sight.grant(s.file, holder_of("agency", s.agency.pk), {kind}, Ground.HANDOFF)


JOINED = {
    "select_related": lambda rows: list(rows.select_related("file")),
    "two steps of select_related": lambda rows: list(rows.select_related("referral__file")),
    "filter": lambda rows: list(rows.filter(file__side="care")),
    "filter on a name": lambda rows: list(rows.exclude(file__code="x")),
    "values": lambda rows: list(rows.values("file__sealed")),
    "annotate": lambda rows: list(rows.annotate(c=F("file__code")).values("c")),
    "order": lambda rows: list(rows.order_by("file__code")),
    "aggregate": lambda rows: [x for x in rows.aggregate(x=Max("file__code")).values() if x],
    "count": lambda rows: list(range(rows.filter(file__restricted=False).count())),
    "exists": lambda rows: [1] * rows.filter(file__restricted=False).exists(),
    "update": lambda rows: [1] * rows.filter(file__restricted=False).update(at=NOW),
    "delete": lambda rows: [1] * rows.filter(file__restricted=False).delete()[0],
    "group": lambda rows: list(rows.values("file__side").annotate(n=Count("pk"))),
}


@named(JOINED)
def test_a_parent_that_is_not_seen_is_not_seen_by_a_join(sets, way):
    s = sets["ours", Side.CARE]
    steps = type(s.rows["Step"]).objects
    with transaction.atomic():
        assert way(steps.seen_by(s.viewer))
        transaction.set_rollback(True)
    before = everything(type(s.rows["Step"]))

    only(s, Kind.REFERRAL)

    assert steps.seen_by(s.viewer).exists()
    assert way(steps.seen_by(s.viewer)) == []
    assert everything(type(s.rows["Step"])) == before


def test_no_parent_is_not_an_unseen_parent(sets):
    s = sets["ours", Side.CARE]
    episodes = type(s.rows["Episode"]).objects.seen_by(s.viewer)

    assert episodes.select_related("prior_episode").get().prior_episode is None
    assert episodes.filter(prior_episode__stage="new").count() == 0
    assert episodes.filter(prior_episode__isnull=True).count() == 1


DOWN = {
    "values": lambda files: list(files.values("referrals__pk")),
    "filter": lambda files: files.filter(referrals__pk__gt=0).count(),
    "isnull": lambda files: list(files.filter(referrals__isnull=True)),
    "exclude": lambda files: list(files.exclude(referrals__pk=1)),
    "annotate a count": lambda files: list(files.annotate(n=Count("referrals")).values("n")),
    "order": lambda files: list(files.order_by("referrals__pk")),
    "aggregate": lambda files: files.aggregate(x=Max("referrals__pk")),
    "update": lambda files: files.filter(referrals__pk__gt=0).update(restricted=True),
    "delete": lambda files: files.filter(referrals__pk__gt=0).delete(),
    "down and up again": lambda files: list(files.values("referrals__episode__stage")),
    "exists": lambda files: files.filter(referrals__pk__gt=0).exists(),
}


@named(DOWN)
def test_a_join_down_is_refused(sets, way):
    s = sets["ours", Side.CARE]

    with pytest.raises(NoViewer), transaction.atomic():
        way(PersonFile.objects.seen_by(s.viewer))


def test_down_through_a_one_to_one_is_refused(sets):
    s = sets["ours", Side.POLICE]
    encounters = type(s.rows["Encounter"]).objects.seen_by(s.viewer)

    with pytest.raises(NoViewer):
        list(encounters.select_related("transport"))
    with pytest.raises(NoViewer):
        list(encounters.filter(transport__pk__gt=0))


@pytest.mark.parametrize("model", [Agency])
def test_an_open_table_has_no_name_for_the_way_in(model):
    names = {f.name for f in model._meta.related_objects if issubclass(f.related_model, Protected)}

    assert names <= {"+"}
    with pytest.raises((FieldError, DatabaseError, NoViewer)):
        list(model.objects.filter(encounter__pk=1))


def test_a_whole_table_is_for_the_place_and_says_why():
    with pytest.raises(NoViewer):
        whole_table(PersonFile, because="")
