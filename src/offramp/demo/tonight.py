"""Tonight: what waits for somebody the moment a visitor opens a page.

Two people wait for a worker, two for a desk's answer, one is being driven, one was turned down and needs the next place.
Told like the rest of the year, by the same deeds, at the minutes before now.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from offramp.actions import claim, handoff, refer
from offramp.demo import care, desks, kerb, meetings
from offramp.demo.cast import JO, ROBIN, SAM
from offramp.demo.doors import Door
from offramp.demo.handed import Asked, newest
from offramp.demo.neighbors import Neighbor
from offramp.demo.staff import DAY, EVENING, now
from offramp.rules.visibility import Viewer
from offramp.rules.words import CannotTakeReason, Mode, Role

if TYPE_CHECKING:
    from offramp.demo.kerb import World

QUIET = timedelta(minutes=75)  # the rest of the year ends this long before now, so that tonight is as it is told here
USE, CRISIS, NOWHERE = ("substance_use",), ("mental_health",), ("no_place_to_stay",)
PREVENTION, INTERVENTION = "officer_prevention", "officer_intervention"


class Tonight:
    """The scenes of tonight, each a few deeds at their minutes before `at`."""

    def __init__(self, world: "World", at: datetime):
        self.world, self.end = world, at
        self.doors = {door.service.name: door for door in world.doors.doors}
        self.brooks = world.cast.viewer("brooks", at=at, purpose="demo")
        self.dana = world.cast.viewer("dana", at=at, purpose="demo")
        self.chen = world.cast.viewer("chen", at=at, purpose="demo")
        self.navigators = [one for on in (DAY, EVENING) for one in world.staff.navigators[on] if one.role is Role.NAVIGATOR and one.user_id != self.brooks.user_id]  # fmt: skip
        self.alvarez = world.cast.viewer("alvarez", at=at, purpose="demo")
        night = [one.viewer for one in world.staff.officers if one.works == "night" and one.viewer.user_id != self.alvarez.user_id]
        self.others = night[:7]
        self.scenes = 0

    def ago(self, minutes: float) -> datetime:
        """So many minutes before now."""
        return self.end - timedelta(minutes=minutes)

    def after(self, minutes: float, deed, *left) -> None:
        """Do this so many minutes before now."""
        self.world.clock.at(self.ago(minutes), deed, *left)

    def hand_over(self, minutes: float, officer: Viewer, one: Neighbor, to: str, mode: Mode, then, pathway: str = PREVENTION) -> None:
        """An officer hands somebody over; `then` goes on from what care sees of it."""
        self.scenes += 1
        self.after(minutes, self._divert, officer, one, self.doors[to], mode, then, pathway, self.ago(minutes + 9))

    def _divert(self, at: datetime, officer: Viewer, one: Neighbor, door: Door, mode: Mode, then, pathway: str, met_at: datetime) -> None:
        facts = meetings.facts_for(self.world.rng, one, pathway)
        told = meetings.a_meeting(self.world.rng, one, pathway, facts, met_at=met_at, recorded_at=at)
        told = replace(told, identity=one.identity)
        done = kerb.hand_to(at, self.world, officer, told, door, mode)
        self.world.counted[pathway] += 1
        self.world.counted[kerb.YES] += 1
        asked = newest(at, self.world, one, door, mode, self.brooks)
        then(asked, done.encounter.key)

    def somebody(self, troubles: tuple[str, ...], *, home: str = "city", **known) -> Neighbor:
        """Somebody with these troubles; the cast's own people by what is `known` of them."""
        one = self.world.neighbors.somebody(self.ago(60))
        one.troubles, one.home, one.record = troubles, home, False
        one.language = known.get("language", "en")
        one.identity = replace(one.identity, language=one.language)
        for name, value in known.items():
            setattr(one, name, value)
        return one


def stage(world: "World", at: datetime, *, anew: bool = False) -> int:
    """Put tonight's meetings into the clockwork. Says how many there are. `anew`: it is not the first such night."""
    tonight = Tonight(world, at)
    tonight.after(70, _desks_say, tonight)
    _today(tonight)
    _earlier(tonight)
    _on_the_way(tonight)
    _waiting_for_a_desk(tonight)
    _waiting_for_somebody(tonight, met_before=() if anew else ((203, kerb.YES), (118, kerb.NO), (41, kerb.YES)))
    return tonight.scenes


def _desks_say(at: datetime, tonight: Tonight) -> None:
    """The busiest desks have counted at the beginning of the evening."""
    for name, number in {"Harbor Stabilization": 4, "Harbor Withdrawal Beds": 3, "Peer team": 4, "Northside Detox": 2, "Mercy Crisis Recliners": 4, "Eastside Shelter": 5}.items():  # fmt: skip
        tonight.world.doors.say(tonight.doors[name], at, number)


def _today(tonight: Tonight) -> None:
    """Somebody came to the station for help, one was visited after an overdose, one was found on the morning's round."""
    for hours, pathway in ((5, "self_referral"), (10, "naloxone_plus"), (20, "active_outreach")):
        at = tonight.end - timedelta(hours=hours)
        officer, one = tonight.world.officer(at, pathway).viewer, tonight.somebody(USE)
        tonight.scenes += 1
        tonight.world.clock.at(at, kerb.end, tonight.world, one, officer, pathway, at - timedelta(minutes=12), kerb.YES)


def _earlier(tonight: Tonight) -> None:
    """Two that went well: one was driven to Mercy and met there, one was met in the street by Dana."""

    def to_mercy(asked: Asked, key) -> None:
        tonight.after(40, care.dropped_off, tonight.alvarez, key)
        tonight.after(38, desks.arrived, asked)
        tonight.after(17, _met, tonight.brooks, asked)

    def to_dana(asked: Asked, key) -> None:
        tonight.after(53, _claimed, tonight.dana, asked, 18)
        tonight.after(34, _met, tonight.dana, asked)
        tonight.after(10, _next_place, tonight, tonight.dana, asked)

    woman = tonight.somebody(CRISIS, sex="female", language="en")
    tonight.hand_over(56, tonight.alvarez, woman, "Mercy Crisis Recliners", Mode.POLICE_TRANSPORT, to_mercy)
    tonight.hand_over(55, tonight.others[0], tonight.somebody(USE), "Peer team", Mode.WORKER_COMES, to_dana)


def _on_the_way(tonight: Tonight) -> None:
    """One arrived at Harbor a moment ago, one is being driven there, and Brooks goes to meet a third."""

    def there(asked: Asked, key) -> None:
        tonight.after(13, care.dropped_off, tonight.alvarez, key)
        tonight.after(11, desks.arrived, asked)
        tonight.after(25, _claimed, tonight.navigators[0], asked, None)

    def driving(asked: Asked, key) -> None:
        tonight.after(9, _claimed, tonight.navigators[1], asked, None)

    def brooks(asked: Asked, key) -> None:
        tonight.after(19, _claimed, tonight.brooks, asked, 25)

    tonight.hand_over(29, tonight.alvarez, tonight.somebody(USE), "Harbor Stabilization", Mode.POLICE_TRANSPORT, there)
    tonight.hand_over(21, tonight.others[1], tonight.somebody(NOWHERE), "Peer team", Mode.WORKER_COMES, brooks)
    tonight.hand_over(12, tonight.others[2], tonight.somebody(USE), "Harbor Stabilization", Mode.POLICE_TRANSPORT, driving)


def _waiting_for_a_desk(tonight: Tonight) -> None:
    """Harbor's beds and Northside are asked and have not answered; Eastside was full, so a next place is wanted."""

    def claimed(minutes: float, who: Viewer):
        return lambda asked, key: tonight.after(minutes, _claimed, who, asked, None)

    def full(asked: Asked, key) -> None:
        tonight.after(39, _claimed, tonight.brooks, asked, None)
        tonight.after(31, _cannot, tonight, asked)

    shelter = tonight.somebody(NOWHERE, home="no_fixed_place")
    jo = tonight.somebody(USE, identity=JO, age=48, sex="x")
    tonight.hand_over(44, tonight.others[3], shelter, "Eastside Shelter", Mode.OWN_WAY, full)
    tonight.hand_over(24, tonight.others[4], jo, "Northside Detox", Mode.OWN_WAY, claimed(20, tonight.brooks), INTERVENTION)
    tonight.hand_over(16, tonight.others[5], tonight.somebody(USE), "Harbor Withdrawal Beds", Mode.OWN_WAY, claimed(14, tonight.navigators[2]))


def _waiting_for_somebody(tonight: Tonight, *, met_before: tuple[tuple[int, str], ...]) -> None:
    """Sam, whom Alvarez has met before, and Robin, who speaks Spanish: both stand there and nobody has taken them yet."""

    def waits(asked: Asked, key) -> None:
        pass

    sam = tonight.somebody(USE, identity=SAM, age=36, sex="male", race="white", corner=("outside the pharmacy on Depot Street", "c0rgm"))
    for days, ending in met_before:
        at = tonight.end - timedelta(days=days, hours=2)
        tonight.scenes += 1
        tonight.world.clock.at(at, kerb.end, tonight.world, sam, tonight.alvarez, PREVENTION, at - timedelta(minutes=9), ending)
    robin = tonight.somebody(USE, identity=ROBIN, age=41, sex="female", race="hispanic", language="es")
    tonight.hand_over(7, tonight.alvarez, sam, "Peer team", Mode.WORKER_COMES, waits)
    tonight.hand_over(3, tonight.others[6], robin, "Peer team", Mode.WORKER_COMES, waits, INTERVENTION)


def desks_fall_silent(world: "World", at: datetime) -> None:
    """How old each count is now: most are a few hours old, some were said this morning, a few nobody has said for days."""
    quiet = [door for door in world.doors.counting if door.said_at is None or door.said_at < at - timedelta(hours=2)]
    for n, door in enumerate(quiet):
        low, high = {0: (260, 700), 5: (1_500, 12_000)}.get(n % 6, (12, 220))
        ago = timedelta(minutes=world.rng.randint(low, high))
        if door.said_at is None or door.said_at < at - ago:
            world.doors.say(door, at - ago, world.rng.randint(1, max(1, door.places)))


# -- What care does with it -------------------------------------------------------------------------------------------


def _claimed(at: datetime, who: Viewer, asked: Asked, minutes_away: int | None) -> None:
    asked.handed.worker, asked.handed.claimed = who, True
    claim.claim(viewer=now(who, at), at=at, episode_key=asked.handed.episode, minutes_away=minutes_away)


def _met(at: datetime, who: Viewer, asked: Asked) -> None:
    asked.handed.worker, asked.handed.met = who, True
    claim.met(viewer=now(who, at), at=at, episode_key=asked.handed.episode)


def _cannot(at: datetime, tonight: Tonight, asked: Asked) -> None:
    desk = now(tonight.world.staff.desk(asked.door.service.agency_id, tonight.world.rng), at)
    handoff.decline(viewer=desk, at=at, referral_key=asked.key, reason=CannotTakeReason.FULL)


def _next_place(at: datetime, tonight: Tonight, who: Viewer, asked: Asked) -> None:
    door = tonight.doors["Harbor Withdrawal Beds"]
    refer.refer(
        viewer=now(who, at), at=at, episode_key=asked.handed.episode, outlet_key=door.outlet.key, mode=Mode.OWN_WAY, names=True
    )
