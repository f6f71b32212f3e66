"""After the handoff: who goes, and who is met; told by navigators and peers through their own deeds."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from offramp.actions import claim, drive, handoff, link
from offramp.demo import desks, stays
from offramp.demo.doors import Door
from offramp.demo.handed import Asked, Handed, minutes, newest, somebody_on
from offramp.demo.neighbors import Neighbor
from offramp.demo.staff import DAY, now
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode, Role

if TYPE_CHECKING:
    from offramp.demo.kerb import World


def dropped_off(at: datetime, officer: Viewer, key: UUID) -> None:
    """The officer who drives says they are there."""
    drive.dropped_off(viewer=now(officer, at), at=at, encounter_key=key)


def begin(at: datetime, world: "World", one: Neighbor, door: Door, mode: Mode) -> None:
    """The newest handoff, as whoever stays with people sees it; and what happens to it."""
    worker = somebody_on(world, at)
    asked = newest(at, world, one, door, mode, worker)
    if door.service.agency_id == worker.agency_id:
        world.clock.at(at + minutes(world, 2, 16, 4), _go, asked)
        return
    desks.tell_the_place(at, asked)
    world.unclaimed[asked.handed.episode] = (at, asked.handed)
    world.clock.at(at + minutes(world, 12, 260, 34), _meet_there, asked.handed)


def known_before(at: datetime, handed: Handed) -> None:
    """A navigator who knows them from an earlier time says that both files are one person."""
    files, worker = handed.one.files, handed.worker
    if len(files) > 1 and worker.role is Role.NAVIGATOR and handed.one.identity.last and handed.world.rng.random() < 0.5:
        link.join(viewer=now(worker, at), at=at, one_key=files[-1], other_key=files[-2])


# -- Our own team goes ------------------------------------------------------------------------------------------------


def _go(at: datetime, asked: Asked) -> None:
    """Somebody takes it; now and then they cannot go after all, and a colleague does."""
    handed, world = asked.handed, asked.handed.world
    claim.claim(viewer=now(handed.worker, at), at=at, episode_key=handed.episode, minutes_away=world.rng.randint(8, 28))
    if world.rng.random() < 0.03:
        claim.pass_on(viewer=now(handed.worker, at), at=at + timedelta(minutes=3), episode_key=handed.episode)
        handed.worker = somebody_on(world, at)
        _go(at + timedelta(minutes=6), asked)
        return
    handed.claimed = True
    if world.rng.random() < 0.91:
        world.clock.at(at + minutes(world, 8, 45, 17), _meet, asked)
    else:
        world.clock.at(at + timedelta(minutes=50), _not_found, asked)


def _meet(at: datetime, asked: Asked) -> None:
    """They stand together; for every second person the next step is another place."""
    handed, world = asked.handed, asked.handed.world
    claim.met(viewer=now(handed.worker, at), at=at, episode_key=handed.episode)
    handed.met = True
    known_before(at, handed)
    if world.rng.random() < 0.42:
        world.clock.at(at + minutes(world, 15, 2000, 60), desks.ask_next, handed)
    stays.after_they_met(at, handed)


def _not_found(at: datetime, asked: Asked) -> None:
    """They were gone. Looked for again; after some days it is closed, with the reason, and they may come back."""
    handed, world = asked.handed, asked.handed.world
    handoff.no_show(viewer=now(handed.worker, at), at=at, referral_key=asked.key)
    if world.rng.random() < 0.5:
        world.clock.at(at + minutes(world, 600, 4300, 1500), _meet_there, handed)
    else:
        world.clock.at(at + timedelta(days=world.rng.randint(3, 8)), stays.nobody_found_them, handed)


def _meet_there(at: datetime, handed: Handed) -> None:
    """A navigator or peer looks in at the place, or finds them in the street. Not everybody is found."""
    world = handed.world
    if handed.met or handed.over:
        return
    if not handed.claimed:
        handed.worker = somebody_on(world, at)
    if world.rng.random() > 0.88:
        look_for(at, handed)
        world.clock.at(at + timedelta(days=world.rng.randint(2, 7)), stays.nobody_found_them, handed)
        return
    world.unclaimed.pop(handed.episode, None)
    claim.met(viewer=now(handed.worker, at), at=at, episode_key=handed.episode)
    handed.met = True
    known_before(at, handed)
    stays.after_they_met(at, handed)


def look_for(at: datetime, handed: Handed) -> None:
    """Somebody has it in hand, so that they are on nobody else's list of those who wait."""
    handed.world.unclaimed.pop(handed.episode, None)
    if not (handed.claimed or handed.met or handed.over):
        handed.claimed = True
        claim.claim(viewer=now(handed.worker, at), at=at, episode_key=handed.episode)


def take_in_hand(world: "World") -> None:
    """At the end of the year: whoever was handed to a place has a worker who is to look in there."""
    for began, handed in list(world.unclaimed.values()):
        handed.worker = world.rng.choice([one for one in world.staff.navigators[DAY] if one.role is Role.NAVIGATOR])
        look_for(began + timedelta(minutes=6), handed)
