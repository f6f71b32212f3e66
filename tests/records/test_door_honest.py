"""The door stands open for honest work: what a developer would naturally write, on every protected model."""

import asyncio
import copy
import pickle
import threading

import pytest
from asgiref.sync import sync_to_async
from django.core import serializers
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value

from offramp.records.agency import Agency
from offramp.records.encounter import Encounter, TellBack
from offramp.records.episode import Episode
from offramp.records.house import House
from offramp.records.person import PersonFile
from offramp.records.referral import Referral
from offramp.records.staff import User
from offramp.rules.words import Side
from tests.records.stage import NOW
from tests.records.test_door_refuses import named, plain

HONEST = {
    "a row keeps its viewer": lambda s: s.seen.get()._viewer == s.viewer,
    "save": lambda s: s.seen.get().save() is None,
    "save some fields": lambda s: s.seen.get().save(update_fields=[plain(s)]) is None,
    "refresh": lambda s: s.seen.get().refresh_from_db() is None,
    "a deferred field": lambda s: getattr(s.seen.only("pk").get(), plain(s)) == getattr(s.seen.get(), plain(s)),
    "save after a deferred load": lambda s: s.seen.only("pk").get().save() is None,
    "get_or_create that finds": lambda s: s.seen.get_or_create(pk=s.ours.pk)[1] is False,
    "update_or_create that finds": lambda s: s.seen.update_or_create(pk=s.ours.pk, defaults={plain(s): NOW})[1] is False,
    "update": lambda s: s.seen.filter(pk=s.ours.pk).update(**{plain(s): NOW}) == 1,
    "bulk_update": lambda s: s.seen.bulk_update(list(s.seen), [plain(s)]) == 1,
    "in_bulk": lambda s: list(s.seen.in_bulk()) == [s.ours.pk],
    "earliest and latest": lambda s: s.seen.latest("pk") == s.seen.earliest("pk"),
    "first and last": lambda s: s.seen.first() == s.seen.last(),
    "iterator": lambda s: next(s.seen.iterator(chunk_size=1))._viewer == s.viewer,
    "pickled rows": lambda s: pickle.loads(pickle.dumps(s.seen.get()))._viewer == s.viewer,
    "a pickled queryset": lambda s: list(pickle.loads(pickle.dumps(s.seen))) == [s.ours],
    "a pickled query": lambda s: pickle.loads(pickle.dumps(s.seen.query)).viewer == s.viewer,
    "a copied queryset": lambda s: list(copy.deepcopy(s.seen)) == [s.ours],
    "serialized": lambda s: len(serializers.serialize("json", s.seen)) > 10,
    "none": lambda s: list(s.model.objects.none()) == [] and s.model.objects.none().count() == 0,
    "seen none": lambda s: list(s.seen.none()) == [],
    "the file of a row": lambda s: s.model.about == "" or s.seen.get().file.pk == s.ours.file_id,
    "the file by select_related": lambda s: s.model.about == "" or s.seen.select_related("file").get().file._viewer == s.viewer,
    "the file by prefetch": lambda s: s.model.about == "" or s.seen.prefetch_related("file").get().file._viewer == s.viewer,
    "filter by the file": lambda s: s.model.about == "" or s.seen.filter(file__key=s.ours.file.key).count() == 1,
    "F across the file": lambda s: s.model.about == "" or s.seen.annotate(c=F("file__code")).get().c == s.ours.file.code,
    "from the file down": lambda s: s.model.about == "" or list(down(s)) == [s.ours],
    "from the file down, prefetched": lambda s: s.model.about == "" or prefetched(s) == [s.ours],
    "grouped": lambda s: list(s.seen.values(plain(s)).annotate(n=Count("pk")).values_list("n", flat=True)) == [1],
    "excluded": lambda s: list(s.seen.exclude(pk=s.theirs.pk)) == [s.ours],
    "a subquery in a value": lambda s: s.seen.annotate(x=Subquery(s.seen.filter(pk=OuterRef("pk")).values("pk"))).get().x == s.ours.pk,
    "update from a subquery": lambda s: s.seen.update(**{plain(s): Subquery(s.seen.filter(pk=OuterRef("pk")).values(plain(s)))}) == 1,
    "count of a filtered annotation": lambda s: s.seen.annotate(x=Value(1)).filter(x=1).count() == 1,
    "agencies of seen rows": lambda s: Agency.objects.filter(Exists(s.seen.filter(pk=s.ours.pk))).exists(),
    "explain": lambda s: bool(s.seen.explain()),
    "a lock": lambda s: s.seen.select_for_update().get() == s.ours,
}  # fmt: skip


def down(s):
    file = PersonFile.objects.seen_by(s.viewer).get(pk=s.ours.file_id)
    return getattr(file, s.model._meta.get_field("file").remote_field.get_accessor_name()).all()


def prefetched(s):
    name = s.model._meta.get_field("file").remote_field.get_accessor_name()
    file = PersonFile.objects.seen_by(s.viewer).prefetch_related(Prefetch(name, s.model.objects.all())).get()
    return list(getattr(file, name).all())


def in_a_loop_of_its_own(work):
    """Run it; a browser test before may have left its own loop marked as running in this thread."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(work)
    finally:
        asyncio._set_running_loop(loop)


@named(HONEST)
def test_it_works(scenes, way):
    for scene in scenes:
        with transaction.atomic():
            assert way(scene), scene.model
            transaction.set_rollback(True)


def test_a_seen_row_without_children_can_be_deleted(sets):
    police = sets["ours", Side.POLICE]
    word = TellBack.objects.seen_by(police.viewer).get()

    word.delete()

    assert not TellBack.objects.seen_by(police.viewer).exists()


def test_a_row_made_through_its_parent_is_seen_by_the_same_viewer(sets):
    police = sets["ours", Side.POLICE]
    encounter = Encounter.objects.seen_by(police.viewer).get()

    word = encounter.words.create(file=police.file, word="no_information", at=NOW)

    assert word._viewer == police.viewer
    assert encounter.words.count() == 2
    assert encounter.words.filter(Q(word="met")).count() == 1


def test_get_or_create_and_update_or_create_make_rows(sets):
    police = sets["ours", Side.POLICE]
    words = TellBack.objects.seen_by(police.viewer)
    values = {"encounter": police.rows["Encounter"], "file": police.file}

    assert words.get_or_create(word="engaged", defaults=values | {"at": NOW})[1]
    assert words.update_or_create(
        word="moving_on", defaults={"at": NOW}, create_defaults=values | {"at": NOW}
    )[1]


def test_a_created_row_can_be_saved_and_read_again(sets):
    police = sets["ours", Side.POLICE]
    values = {"encounter": police.rows["Encounter"], "file": police.file, "word": "met", "at": NOW}
    one = TellBack.objects.seen_by(police.viewer).create(**values)
    [two] = TellBack.objects.seen_by(police.viewer).bulk_create([TellBack(**values)])

    for word in (one, two):
        word.word = "engaged"
        word.save()
        word.refresh_from_db()
        assert word.word == "engaged"


def test_from_seen_row_to_seen_row_and_on(sets):
    care = sets["ours", Side.CARE]
    referral = Referral.objects.seen_by(care.viewer).select_related("episode__file", "service").get()

    assert referral.episode.file._viewer == care.viewer
    assert list(referral.episode.referrals.all()) == [referral]
    assert referral.episode.steps.filter(stage="new").exists()
    assert (
        Episode.objects.seen_by(care.viewer)
        .prefetch_related("referrals__steps", "steps")
        .get()
        .referrals.all()[0]
    )


def test_an_update_of_many_over_a_parent(sets):
    care = sets["ours", Side.CARE]

    assert Referral.objects.seen_by(care.viewer).filter(episode__pathway="p").update(open=False) == 1
    assert not Referral.objects.seen_by(care.viewer).get().open


@pytest.mark.django_db
def test_what_is_not_about_people_works_as_ever():
    agency = Agency.objects.create(name="one")
    agency.save()
    House.objects.create(name="here", made_at=NOW).delete()
    User.objects.create_user("one@example.org", name="One", made_at=NOW)
    call_command("migrate", "--check", verbosity=0)

    assert User.objects.filter(name="One").exists()


@pytest.mark.django_db(transaction=True)
def test_threads_see_each_their_own(django_db_blocker):
    from tests.records import stage

    sets = stage.build()
    found = {}

    def look(whose):
        s = sets[whose, Side.POLICE]
        try:
            found[whose] = [
                list(Encounter.objects.seen_by(s.viewer).values_list("pk", flat=True)) for _ in range(20)
            ]
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(whose,)) for whose in ("ours", "theirs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for whose in ("ours", "theirs"):
        assert found[whose] == [[sets[whose, Side.POLICE].rows["Encounter"].pk]] * 20


@pytest.mark.django_db(transaction=True)
def test_async_ways_and_a_flush_work():
    from tests.records import stage

    s = stage.build()["ours", Side.POLICE]

    async def look():
        first = await Encounter.objects.seen_by(s.viewer).afirst()
        count = await Encounter.objects.seen_by(s.viewer).acount()
        await sync_to_async(connections.close_all)()
        return first.pk, count

    assert in_a_loop_of_its_own(look()) == (s.rows["Encounter"].pk, 1)
    call_command("flush", interactive=False, verbosity=0)
    assert not Encounter.objects.seen_by(s.viewer).exists()
