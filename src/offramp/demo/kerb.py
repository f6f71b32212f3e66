"""At the kerb: how each meeting ends, told by officers through their own deeds.

The odds are made up, in the range of what programs report: of those who are offered something about half say yes
and are handed over; many meetings end before an offer, each with its reason (domain: a funnel that loses nobody silently).
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from offramp.actions import divert, encounter, undo
from offramp.actions.capacity import NoRoom
from offramp.actions.divert import NotOffered
from offramp.actions.encounter import Meeting
from offramp.demo import care, meetings
from offramp.demo.cast import ZONE, Cast
from offramp.demo.clockwork import Clockwork
from offramp.demo.doors import Door, Doors
from offramp.demo.neighbors import Neighbor, Neighborhood, pick
from offramp.demo.staff import Officer, Staff, now, works_at
from offramp.rules.answers import Answer
from offramp.rules.visibility import Viewer
from offramp.rules.words import EncounterEnding, Mode, NotDivertedReason, Role

E, N = EncounterEnding, NotDivertedReason
YES, NO, NOT_TODAY, BARRED, SUPERVISOR, CHILD, MEDIC = "yes", "no", "not_today", "barred", "supervisor", "child", "medic"

# How a hundred meetings of each pathway end. A reason stands for itself.
ENDS: dict[str, dict[str, float]] = {
    "officer_prevention": {YES: 31, NO: 21, NOT_TODAY: 14, MEDIC: 4, CHILD: 5, N.PERSON_LEFT: 8, N.CALLED_AWAY: 5, N.HAS_HELP: 4, N.NOBODY_ANSWERED: 2, N.NO_ROOM: 2, N.CANNOT_CONSENT: 2, N.NOT_SAFE: 1},
    "officer_intervention": {YES: 32, NO: 14, BARRED: 20, SUPERVISOR: 11, N.OFFICER_DECIDED: 8, N.WARRANT: 4, N.VICTIM_OBJECTS: 4, N.CALLED_AWAY: 2, N.PERSON_LEFT: 1, N.CANNOT_CONSENT: 2},
    "naloxone_plus": {YES: 29, NO: 29, NOT_TODAY: 19, MEDIC: 8, N.PERSON_LEFT: 6, N.HAS_HELP: 6},
    "self_referral": {YES: 66, NO: 8, NOT_TODAY: 4, MEDIC: 5, N.PERSON_LEFT: 5, N.NO_ROOM: 4, N.HAS_HELP: 3},
    "active_outreach": {YES: 26, NO: 31, NOT_TODAY: 22, MEDIC: 2, N.HAS_HELP: 8, N.PERSON_LEFT: 7},
}  # fmt: skip
UNDONE = 0.018


@dataclass
class World:
    """Everything the story needs: chance, people, doors, and the clockwork that keeps the order."""

    rng: Random
    staff: Staff
    doors: Doors
    neighbors: Neighborhood
    clock: Clockwork
    cast: Cast
    unclaimed: dict = field(default_factory=dict)  # episodes nobody has in hand yet: since when, and who it is
    counted: Counter = field(default_factory=Counter)

    def officer(self, at: datetime, pathway: str) -> Officer:
        """Who meets them: patrol by shift; a few officers have the desk, the visits and the rounds."""
        few = {"self_referral": slice(60, 66), "naloxone_plus": slice(70, 74), "active_outreach": slice(74, 78)}
        if pathway in few:
            return self.rng.choice(self.staff.officers[few[pathway]])
        on = [one for one in self.staff.officers if one.works == works_at(at.astimezone(ZoneInfo(ZONE)).hour)]
        return self.rng.choices(on, [one.keen for one in on])[0]


def meet(at: datetime, world: World, pathway: str) -> None:
    """One meeting, from hello to its ending, and whatever follows from it later."""
    rng = world.rng
    one, officer = world.neighbors.next(at), world.officer(at, pathway)
    recorded = at + timedelta(minutes=rng.triangular(5, 34, 11))
    world.clock.at(recorded, end, world, one, officer.viewer, pathway, at)


def end(at: datetime, world: World, one: Neighbor, officer: Viewer, pathway: str, met_at: datetime, ending: str = "") -> None:
    """How a meeting ends, by chance or as it is said here."""
    ending = ending or _how(world.rng, one, pathway)
    ending = SUPERVISOR if pathway == "officer_intervention" and ending == YES and one.home == "elsewhere" else ending
    facts = _facts(world.rng, one, pathway, ending)
    meeting = meetings.a_meeting(world.rng, one, pathway, facts, met_at=met_at, recorded_at=at)
    viewer = now(officer, at)
    world.counted[pathway] += 1
    if ending == YES:
        offer(at, world, one, officer, meeting)
    elif ending in (NO, NOT_TODAY):
        asked = meetings.said(meeting, "no" if ending == NO else "not_today", interpreter=_interpreter(world.rng, meeting))
        encounter.said_no(viewer=viewer, at=at, meeting=asked, later=ending == NOT_TODAY)
    elif ending == SUPERVISOR:
        facts, criterion = meetings.supervisor_facts(world.rng, one)
        _ask_a_supervisor(at, world, one, viewer, replace(meeting, facts=facts), criterion)
    elif ending in (CHILD, MEDIC):
        changed = meetings.a_child(world.rng, one) if ending == CHILD else {"facts": facts | {"needs_medic": "yes"}}
        how = E.YOUTH if ending == CHILD else E.MEDICAL_FIRST
        encounter.not_for_this_screen(viewer=viewer, at=at, meeting=replace(meeting, **changed), ending=how)
    else:
        reason = N.NOT_ELIGIBLE if ending == BARRED else N(ending)
        encounter.not_diverting(viewer=viewer, at=at, meeting=meeting, reason=reason)
    world.counted[ending if ending in (YES, NO, NOT_TODAY) else "not offered"] += 1


def _how(rng: Random, one: Neighbor, pathway: str) -> str:
    """How it ends. A record makes a supervisor's question likelier; without an interpreter nothing can be read."""
    odds = dict(ENDS[pathway])
    if pathway == "officer_intervention" and one.record:
        odds[SUPERVISOR], odds[BARRED], odds[N.OFFICER_DECIDED] = odds[SUPERVISOR] * 1.7, odds[BARRED] * 1.3, odds[N.OFFICER_DECIDED] * 1.6
    if one.sex == "female":
        odds[YES] *= 1.15
    if one.language not in ("en", "es"):
        odds[N.NO_INTERPRETER] = 12
    return pick(rng, odds)


def _facts(rng: Random, one: Neighbor, pathway: str, ending: str):
    if ending == BARRED:
        return meetings.barred_facts(rng, one)
    return meetings.facts_for(rng, one, pathway)


def _interpreter(rng: Random, meeting: Meeting) -> str:
    """The number of whoever interprets, where the words are in neither of the two languages."""
    return "" if meeting.language in ("en", "es") else f"IN-{100 + len(meeting.language) * 7 + rng.randrange(8)}"


# -- A yes ------------------------------------------------------------------------------------------------------------


def hand_to(at: datetime, world: World, officer: Viewer, meeting: Meeting, door: Door, mode: Mode) -> divert.Diverted:
    """The words are read, they say yes, and the officer's last tap sends it."""
    asked = meetings.said(meeting, "yes", interpreter=_interpreter(world.rng, meeting))
    return divert.divert(viewer=now(officer, at), at=at, meeting=asked, handoff=divert.Handoff(door.outlet.key, mode))


def offer(at: datetime, world: World, one: Neighbor, officer: Viewer, meeting: Meeting) -> None:
    """They said yes: hand them over to the first door that has room; where none has, say so."""
    tried: list[int] = []
    while to := world.doors.choose(one, meeting.needs, at, but=tuple(tried)):
        how = world.doors.mode(to)
        try:
            done = hand_to(at, world, officer, meeting, to, how)
        except NoRoom:
            to.said = 0
            tried.append(to.service.pk)
            continue
        except NotOffered as why:
            _rules_ask_more(at, world, one, now(officer, at), meeting, why)
            return
        _follow(at, world, one, officer, to, how, done.encounter.key)
        return
    encounter.not_diverting(viewer=now(officer, at), at=at, meeting=meeting, reason=N.NO_ROOM)
    world.counted["no room"] += 1


def _follow(at: datetime, world: World, one: Neighbor, officer: Viewer, door: Door, mode: Mode, key) -> None:
    rng = world.rng
    if rng.random() < UNDONE:
        world.clock.at(at + timedelta(seconds=rng.randint(20, 280)), _undo, officer, key)
        return
    if mode is Mode.POLICE_TRANSPORT:
        world.clock.at(at + timedelta(minutes=rng.triangular(7, 30, 14)), care.dropped_off, officer, key)
    care.begin(at, world, one, door, mode)


def _undo(at: datetime, officer: Viewer, key) -> None:
    undo.undo(viewer=now(officer, at), at=at, encounter_key=key)


def _rules_ask_more(at: datetime, world: World, one: Neighbor, viewer: Viewer, meeting: Meeting, why: NotOffered) -> None:
    """The rules see what the officer did not think of: this one was diverted many times. A supervisor was there already: it ends here."""
    open_ones = [one.criterion for one in why.verdict.findings if one.answer is not Answer.YES and one.criterion != "agrees"]
    if meeting.overrides or why.verdict.needs is None:
        encounter.not_diverting(viewer=viewer, at=at, meeting=meeting, reason=N.SUPERVISOR_DECIDED)
    else:
        _ask_a_supervisor(at, world, one, viewer, meeting, open_ones[0])


def _ask_a_supervisor(at: datetime, world: World, one: Neighbor, viewer: Viewer, asking: Meeting, criterion: str) -> None:
    """Kept as it is; half of the time a supervisor comes and sets the rule aside, in a meeting of their own."""
    encounter.not_for_this_screen(viewer=viewer, at=at, meeting=asking, ending=E.NEEDS_SUPERVISOR)
    if world.rng.random() < 0.5:
        world.clock.at(at + timedelta(minutes=world.rng.randint(9, 40)), _lift, world, one, asking, criterion)


def _lift(at: datetime, world: World, one: Neighbor, asked: Meeting, criterion: str) -> None:
    sergeant = world.rng.choice(world.staff.supervisors)
    again = meetings.a_meeting(
        world.rng, one, asked.pathway, dict(asked.facts), met_at=at - timedelta(minutes=6), recorded_at=at
    )
    lifted = replace(again, identity=asked.identity, overrides={criterion: Role.SUPERVISOR})
    world.counted["by a supervisor"] += 1
    offer(at, world, one, sergeant, lifted)
