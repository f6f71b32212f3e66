"""Where people go: the doors police and navigators think of, what their desks say about room, and who is open now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from offramp.actions import capacity
from offramp.demo.directory import Listed, is_open
from offramp.demo.neighbors import Neighbor
from offramp.demo.staff import Staff, now
from offramp.records.service import Outlet, Service
from offramp.rules.way_there import modes_for
from offramp.rules.words import Mode

FRESH_FOR = timedelta(hours=12)


@dataclass
class Door:
    """One door: what it answers, when it is open, and the count its desk usually says."""

    service: Service
    outlet: Outlet
    needs: tuple[str, ...]
    hours: str
    pull: float
    stays: float
    places: int = 0
    unit: str = ""
    most: int = 0
    said_at: datetime | None = field(default=None)
    said: int = 0

    @property
    def comes(self) -> bool:
        """Somebody comes from here to the person."""
        return self.service.how_in == "worker_comes"


class Doors:
    """The doors of a year."""

    def __init__(self, rng: Random, staff: Staff, zone: str, doors: list[Door], ours: int):
        self.rng, self.staff, self.zone, self.ours = rng, staff, zone, ours
        self.doors = [door for door in doors if door.pull]
        self.counting = [door for door in doors if door.unit]

    def choose(self, one: Neighbor, needs: tuple[str, ...], at: datetime, *, but: tuple[int, ...] = (), next_one: bool = False) -> Door | None:
        """The door somebody would think of now, for these needs, in their order. `next_one`: a navigator looks for another place."""
        fits = [door for door in self.doors if self._fits(door, one, at) and door.service.pk not in but]
        if next_one:
            fits = [door for door in fits if not door.comes and door.service.agency_id != self.ours]
        weights = [door.pull * _answers(door, needs) for door in fits]
        for _ in range(4):
            if not any(weights):
                return None
            n = self.rng.choices(range(len(fits)), weights)[0]
            if self.has_room(fits[n], at):
                return fits[n]
            weights[n] = 0
        return None

    def _fits(self, door: Door, one: Neighbor, at: datetime) -> bool:
        return door.service.sex in ("", one.sex) and is_open(door.hours, at, self.zone)

    def has_room(self, door: Door, at: datetime) -> bool:
        """Whether a place can be had. A desk whose count is old may say it again; one in eight times there is none."""
        if not door.unit:
            return True
        if door.said_at is None or at - door.said_at > FRESH_FOR:
            if self.rng.random() > 0.35:
                return True  # nobody said lately: they call first, and no place is kept
            self.say(door, at)
        elif door.said <= 0 and at - door.said_at > timedelta(hours=2):
            self.say(door, at)
        return door.said > 0

    def say(self, door: Door, at: datetime, number: int | None = None) -> None:
        """Its desk says how many."""
        drawn = 0 if self.rng.random() < 0.12 else round(self.rng.triangular(1, door.most, door.places))
        door.said = min(door.most, drawn if number is None else number)
        door.said_at = at
        viewer = now(self.staff.desk(door.service.agency_id, self.rng), at)
        capacity.say(viewer=viewer, at=at, service_key=door.service.key, open_places=door.said, unit=door.unit, maximum=door.most)

    def mode(self, door: Door) -> Mode:
        """How they get there."""
        modes = modes_for(door.service.how_in, sends_a_ride=door.service.brings_people == "yes")
        if door.comes:
            return modes[0] if self.rng.random() < 0.85 else modes[1]
        drives = 0.62 if Mode.POLICE_TRANSPORT in modes else 0
        return Mode.POLICE_TRANSPORT if self.rng.random() < drives else Mode.OWN_WAY


def _answers(door: Door, needs: tuple[str, ...]) -> float:
    """How well a door answers needs, the first of which counts most."""
    return sum((8.0 if n == 0 else 1.0) for n, need in enumerate(needs[:3]) if need in door.needs)


def doors_of(listed: list[Listed], cast_doors: list[Door]) -> list[Door]:
    """The doors of the directory, and those of the cast."""
    return cast_doors + [
        Door(
            service=one.service,
            outlet=one.outlet,
            needs=tuple(one.said["needs"]),
            hours=one.said.get("hours", ""),
            pull=one.said.get("pull", 0),
            stays=one.said.get("stays", 1),
            places=one.said.get("count", (0,))[0],
            unit=one.said.get("count", (0, ""))[1],
            most=one.said.get("count", (0, "", 0))[2],
        )
        for one in listed
    ]
