"""A place is asked for somebody: it answers, they come or not, they leave again; told by desks, and by navigators who ask the next one."""

from datetime import datetime, timedelta

from offramp.actions import handoff, refer
from offramp.actions.capacity import NoRoom
from offramp.demo.handed import Asked, Handed, minutes
from offramp.demo.neighbors import pick
from offramp.demo.staff import now
from offramp.rules import tiles
from offramp.rules.words import CannotTakeReason, Mode

R = CannotTakeReason
WHY_NOT = {R.FULL: 46, R.SHORT_STAFFED: 14, R.NEEDS_OTHER_CARE: 12, R.NOT_WHO_WE_SERVE: 9, R.PAYER: 8, R.NEEDS_MEDIC: 5, R.CLOSED: 4, R.LANGUAGE: 2}


def ask_next(at: datetime, handed: Handed) -> None:
    """The next place: "no" never ends the search."""
    world = handed.world
    door = world.doors.choose(handed.one, tiles.needs_of(handed.one.troubles), at, but=tuple(handed.asked), next_one=True)
    handed.tries += 1
    if handed.over or handed.tries > 6:
        return
    if door is None:
        world.clock.at(at + timedelta(hours=10), ask_next, handed)
        return
    handed.asked.append(door.service.pk)
    mode = Mode.OWN_WAY
    try:
        row = refer.refer(
            viewer=now(handed.worker, at), at=at, episode_key=handed.episode, outlet_key=door.outlet.key, mode=mode,
            names=world.rng.random() < 0.9,
        )  # fmt: skip
    except NoRoom:
        door.said = 0
        world.clock.at(at + timedelta(minutes=10), ask_next, handed)
        return
    world.counted["next place"] += 1
    tell_the_place(at, Asked(handed, door, mode, row.key))


def tell_the_place(at: datetime, asked: Asked) -> None:
    """The place hears of it: it answers, or somebody simply comes."""
    world = asked.handed.world
    if asked.door.service.how_in == "walk_in":
        _come(at, asked)
    elif asked.door.comes:
        world.clock.at(at + minutes(world, 2, 20, 6), answer, asked)
    else:
        late = 6 if world.rng.random() < 0.07 else 1
        world.clock.at(at + late * minutes(world, 3, 34, 11), answer, asked)


def answer(at: datetime, asked: Asked) -> None:
    """Yes, or no with a reason; then the next place is asked."""
    world = asked.handed.world
    if asked.in_vain:
        return
    desk = now(world.staff.desk(asked.door.service.agency_id, world.rng), at)
    if world.rng.random() < 0.81:
        handoff.accept(viewer=desk, at=at, referral_key=asked.key)
        _come(at, asked)
        return
    handoff.decline(viewer=desk, at=at, referral_key=asked.key, reason=pick(world.rng, WHY_NOT))
    asked.closed = True
    world.counted["could not take"] += 1
    world.clock.at(at + minutes(world, 5, 240, 20), ask_next, asked.handed)


def _come(at: datetime, asked: Asked) -> None:
    """Whether they come. A ride nearly always arrives; who goes on their own may not, this time."""
    world = asked.handed.world
    rides = asked.mode is Mode.POLICE_TRANSPORT or asked.door.comes
    if world.rng.random() < (0.965 if rides else 0.77):
        usual = (10, 45, 22) if rides else (20, 400, 60)
        world.clock.at(at + minutes(world, *usual), _arrive, asked)
    else:
        world.clock.at(at + timedelta(hours=world.rng.randint(3, 14)), _no_show, asked)


def _arrive(at: datetime, asked: Asked) -> None:
    world = asked.handed.world
    if asked.in_vain:
        return
    if world.rng.random() < 0.02:
        desk = now(world.staff.desk(asked.door.service.agency_id, world.rng), at)
        handoff.decline(viewer=desk, at=at, referral_key=asked.key, reason=R.NEEDS_MEDIC)
        asked.closed = True
        world.clock.at(at + timedelta(hours=5), ask_next, asked.handed)
        return
    arrived(at, asked)
    if asked.door.stays:
        stays_for = timedelta(days=asked.door.stays * world.rng.uniform(0.4, 1.7))
        world.clock.at(at + stays_for, _leave, asked)
    else:
        world.clock.at(at + minutes(world, 30, 300, 70), _leave, asked)


def arrived(at: datetime, asked: Asked) -> None:
    """The desk says they are there."""
    world = asked.handed.world
    desk = now(world.staff.desk(asked.door.service.agency_id, world.rng), at)
    handoff.arrived(viewer=desk, at=at, referral_key=asked.key)
    asked.there = True
    world.counted["arrived"] += 1


def _leave(at: datetime, asked: Asked) -> None:
    desk = now(asked.handed.world.staff.desk(asked.door.service.agency_id, asked.handed.world.rng), at)
    handoff.ended(viewer=desk, at=at, referral_key=asked.key)


def _no_show(at: datetime, asked: Asked) -> None:
    """Not this time. Somebody calls them; often another place fits better."""
    world = asked.handed.world
    if asked.in_vain:
        return
    desk = now(world.staff.desk(asked.door.service.agency_id, world.rng), at)
    handoff.no_show(viewer=desk, at=at, referral_key=asked.key)
    asked.closed = True
    world.counted["did not come this time"] += 1
    if world.rng.random() < 0.5:
        world.clock.at(at + timedelta(hours=world.rng.randint(2, 40)), ask_next, asked.handed)
