"""Rivermouth, made: a year of work in a few dozen agencies, told by calling the product's own deeds at the times they happened.

    make(at=now, say=print)

Everything lies in one transaction: a making that was killed has left nothing behind. The same seed at the same
moment makes the same city (its keys differ, its story does not).
"""

import gc
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.apps import apps
from django.db import connection, transaction

from offramp.demo import tonight
from offramp.demo.care import take_in_hand
from offramp.demo.cast import MIDDLE, ZONE, Cast, set_the_stage
from offramp.demo.clockwork import Clockwork
from offramp.demo.directory import Listed, open_directory
from offramp.demo.doors import Door, Doors, doors_of
from offramp.demo.kerb import World, meet
from offramp.demo.neighbors import Neighborhood
from offramp.demo.places import PLACES
from offramp.demo.rhythm import RHYTHMS, YEAR, moments
from offramp.demo.staff import Staff, hire, take_shifts
from offramp.records import ledger, outbox

SEED = 11
ENCOUNTERS = 3_000
# In a hundred meetings.
PATHWAYS = {"officer_prevention": 45, "officer_intervention": 27, "naloxone_plus": 10, "self_referral": 10, "active_outreach": 8}
# The doors of the cast in the city's story: pull, days somebody stays, places at most.
CAST_DOORS = {"harbor": (13, 1, 6), "peers": (26, 0, 4), "northside": (7, 5, 6), "mercy": (4, 1, 0), "eastside": (9, 12, 30)}

Say = Callable[[str], None]


def make(*, at: datetime, seed: int = SEED, encounters: int = ENCOUNTERS, days: int = YEAR, say: Say) -> World:
    """The whole city. `say` is told how far it is."""
    with transaction.atomic(), undisturbed():
        world = _open(at, seed, days, say)
        staged = tonight.stage(world, at)
        plan(world, encounters - staged, until=at - tonight.QUIET, days=days)
        live(world, encounters, say)
        take_in_hand(world)
        tonight.desks_fall_silent(world, at)
        outbox.all_sent(before=at)
    finish(say)
    return world


def _open(at: datetime, seed: int, days: int, say: Say) -> World:
    rng, since = Random(seed), at - timedelta(days=days + 2)
    cast = set_the_stage(at, since=since, seed=seed)
    cast.agencies["police"].pathways = list(PATHWAYS)
    cast.agencies["police"].save(update_fields=["pathways"])
    listed = open_directory(cast.agencies, zone=ZONE, near=MIDDLE)
    staff = hire(rng, cast, since=since, at=at)
    take_shifts(cast, at)
    part = f"{len(cast.agencies)} agencies with {len(staff.officers)} officers and everybody they call"
    say(f"{part}; {len(listed) + len(PLACES)} services in the directory.")
    return world_of(rng, cast, listed, staff, at)


def world_of(rng: Random, cast: Cast, listed: list[Listed], staff: Staff, at: datetime) -> World:
    """Everything a story of this place needs, until `at`."""
    doors = Doors(rng, staff, ZONE, doors_of(listed, _cast_doors(cast)), cast.agencies["navigators"].pk)
    return World(rng, staff, doors, Neighborhood(rng, at.date()), Clockwork(at), cast)


def _cast_doors(cast: Cast) -> list[Door]:
    doors = []
    for place in PLACES:
        pull, stays, most = CAST_DOORS[place["key"]]
        number, unit, _ = place.get("count", (0, "", 0))
        hours = f"MO-SU {place['hours'][0]}-{place['hours'][1]}" if "hours" in place else "24/7"
        there = cast.places[place["key"]]
        doors.append(Door(there.service, there.outlet, place["needs"], hours, pull, stays, number, unit, most))
    return doors


def plan(world: World, encounters: int, *, until: datetime, days: int) -> None:
    """So many meetings of the days that end at `until`, each pathway in its own rhythm."""
    left, odds = encounters, sum(PATHWAYS.values())
    for pathway, share in PATHWAYS.items():
        many = round(left * share / odds)
        left, odds = left - many, odds - share
        for when in moments(world.rng, many, RHYTHMS[pathway], until=until, days=days, zone=ZONE):
            world.clock.at(when, meet, world, pathway)


def live(world: World, encounters: int, say: Say) -> None:
    """Let it all happen."""
    step, told = max(encounters // 6, 1), 0
    for when in world.clock.run():
        met = sum(world.counted[pathway] for pathway in PATHWAYS)
        if met // step > told:
            told = met // step
            say(f"{met:,} of {encounters:,} meetings, until {when:%-d %B %Y}.")


def finish(say: Say) -> None:
    """Seal the ledger, and let the database count its rows, so that it plans its queries well."""
    say("Sealing the ledger.")
    while ledger.seal_pending():
        pass
    ours = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_app_config("records").get_models()]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else f"ANALYZE {', '.join(ours)}")


@contextmanager
def undisturbed():
    """What is made stays: the collector would look at all of it again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
