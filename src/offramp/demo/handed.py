"""Who was handed over, and which door was asked for them: what a story remembers from one deed to the next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from offramp.demo.cast import ZONE
from offramp.demo.doors import Door
from offramp.demo.neighbors import Neighbor
from offramp.demo.staff import now, works_at
from offramp.records.referral import Referral
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode

if TYPE_CHECKING:
    from offramp.demo.kerb import World


@dataclass
class Handed:
    """One person handed over: their episode, who goes with them, and whether it is over."""

    world: "World"
    one: Neighbor
    episode: UUID
    worker: Viewer
    claimed: bool = False
    met: bool = False
    over: bool = False
    tries: int = 0
    asked: list[int] = field(default_factory=list)


@dataclass
class Asked:
    """One door that was asked for them. `there`: they arrived."""

    handed: Handed
    door: Door
    mode: Mode
    key: UUID
    there: bool = False
    closed: bool = False

    @property
    def in_vain(self) -> bool:
        """Nobody is on the way there any more."""
        return self.closed or (self.handed.over and not self.there)


def hour(at: datetime) -> int:
    """The hour of the day in Rivermouth."""
    return at.astimezone(ZoneInfo(ZONE)).hour


def somebody_on(world: "World", at: datetime) -> Viewer:
    """A navigator or peer who works at that hour."""
    return world.rng.choice(world.staff.navigators[works_at(hour(at))])


def minutes(world: "World", low: float, high: float, usual: float) -> timedelta:
    """Some minutes, mostly about as many as usual."""
    return timedelta(minutes=world.rng.triangular(low, high, usual))


def newest(at: datetime, world: "World", one: Neighbor, door: Door, mode: Mode, worker: Viewer) -> Asked:
    """The handoff that was just made, as this worker finds it on their list."""
    rows = Referral.objects.seen_by(now(worker, at)).order_by("-pk")
    key, episode, file = rows.values_list("key", "episode__key", "file__key").first()
    one.files.append(file)
    return Asked(Handed(world, one, episode, worker, asked=[door.service.pk]), door, mode, key)
