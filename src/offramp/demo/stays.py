"""The months after they met: taking part, away, back, an ending. Who is away is welcome back; nothing here is a failure."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from offramp.actions.go_on import go_on
from offramp.demo.neighbors import pick
from offramp.demo.staff import now
from offramp.rules.words import CannotTakeReason

if TYPE_CHECKING:
    from offramp.demo.care import Handed

# How it goes on after somebody takes part, in a hundred; and how where they do not begin.
TAKING_PART = {"complete": 43, "close_quietly": 29, "pause": 17, "close_moved": 4, "transfer": 4, "close_incarcerated": 2, "close_deceased": 0.7}
NOT_YET = {"close_quietly": 76, "pause": 14, "close_moved": 5, "transfer": 5}


def after_they_met(at: datetime, handed: "Handed") -> None:
    """What they do next is theirs. More than half begin with a service within two weeks."""
    world, rng = handed.world, handed.world.rng
    if rng.random() < (0.6 if handed.one.sex == "female" else 0.54):
        world.clock.at(_days(at, rng, 1, 14, 3), _step, handed, "engage")
        if rng.random() < 0.4:
            world.clock.at(_days(at, rng, 15, 40, 24), _step, handed, "go_on")
        world.clock.at(_days(at, rng, 40, 190, 80), _step, handed, pick(rng, TAKING_PART))
    else:
        world.clock.at(_days(at, rng, 14, 50, 24), _step, handed, pick(rng, NOT_YET))


def nobody_found_them(at: datetime, handed: "Handed") -> None:
    """Nobody found them in these days. Closed with the reason; they can begin again any time."""
    if not handed.met:
        _step(at, handed, "close_for_the_record", CannotTakeReason.PERSON_NOT_REACHED)


def _step(at: datetime, handed: "Handed", step: str, reason: CannotTakeReason | None = None) -> None:
    if handed.over:
        return
    go_on(viewer=now(handed.worker, at), at=at, episode_key=handed.episode, step=step, reason=reason)
    world, rng = handed.world, handed.world.rng
    world.counted[step] += 1
    if step == "pause":
        back = "come_back" if rng.random() < 0.55 else "close_quietly"
        world.clock.at(_days(at, rng, 5, 60, 20), _step, handed, back)
    elif step == "come_back":
        world.clock.at(_days(at, rng, 30, 120, 60), _step, handed, pick(rng, {"complete": 60, "close_quietly": 40}))
    elif step not in ("engage", "go_on"):
        handed.over = True


def _days(at: datetime, rng, low: float, high: float, usual: float) -> datetime:
    """Some days later, at a working hour or near it."""
    return at + timedelta(days=rng.triangular(low, high, usual))
