"""What care did in three years: an episode and a referral for every person, four in ten still open."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from offramp.bench.bulk import Bulk
from offramp.bench.load_people import BATCH, SIGHT, sees_few
from offramp.bench.town.plan import FIRST, ONE_IN, Plan
from offramp.bench.town.staff import Staff
from offramp.records.episode import Episode
from offramp.records.referral import NOT_THEIRS, RECEIVER_SEES, Referral
from offramp.records.sight import Sight, bits
from offramp.rules.visibility import holder_of
from offramp.rules.words import Ground, Mode, ReferralState, Stage

EPISODE = (
    "id key file_id agency_id source_agency_id pathway stage open began_at handoff_due_at claimed_by_id claimed_at met_at ended_at"
    " sealed prior_episode_id"
)
REFERRAL = (
    "id key file_id episode_id service_id outlet_id from_agency_id to_agency_id keeper_id names state open needs mode age_band"
    " language place_hold_id opened_at answer_due_at expected_at closed_at"
)
HARBOR_SHARE = 0.05  # of all referrals
OLD, OPEN_OLD, OPEN_NEW = 0.55, 0.07, 0.8
WAITING_ONE_IN = 5_000  # so few of the newest wait for somebody to go to them
COMING_ONE_IN = 500
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Run:
    """One person's episode and referral, before they are rows."""

    number: int
    began: datetime
    open: bool
    waiting: bool
    coming: bool
    agency: int
    worker: int | None
    to: int
    service: int
    outlet: int


def fill(bulk: Bulk, plan: Plan, staff: Staff, tell) -> None:
    """Episodes, referrals, and what the places that were asked may see."""
    luck = random.Random("care")
    for start in range(1, plan.people + 1, BATCH):
        runs = [_run(n, plan, staff, luck) for n in range(start, min(start + BATCH, plan.people + 1))]
        bulk.add(Episode, EPISODE, (_episode(run, staff) for run in runs))
        referrals = [_referral(run, plan, staff, luck) for run in runs]
        bulk.add(Referral, REFERRAL, referrals)
        bulk.add(Sight, SIGHT, _sights(referrals))
        tell(f"{start + len(runs) - 1:,} of {plan.people:,} referrals")


def _run(number: int, plan: Plan, staff: Staff, luck: random.Random) -> Run:
    few = sees_few(number)
    left = plan.people - number
    waiting = left * WAITING_ONE_IN < plan.people or (few and left < 5 * ONE_IN)
    coming = left * COMING_ONE_IN < plan.people
    name = "small" if few else "large"
    workers = staff.people[name]
    is_open = waiting or coming or luck.random() < (OPEN_OLD if number < OLD * plan.people else OPEN_NEW)
    to, service, outlet = _asked(number, plan, staff, luck)
    worker = None if waiting else luck.choice(workers)
    began = plan.moment(number, plan.people)
    return Run(number, began, is_open, waiting, coming, staff.agencies[name], worker, to, service, outlet)


def _asked(number: int, plan: Plan, staff: Staff, luck: random.Random) -> tuple[int, int, int]:
    """Which agency, service and door: a large desk, one that sees 0.1 %, or anybody in the directory."""
    desk = "cottage" if number % ONE_IN == 11 else "harbor" if luck.random() < HARBOR_SHARE else ""
    if desk:
        return staff.agencies[desk], *luck.choice(staff.services[desk])
    n = luck.randrange(plan.services)
    return FIRST + n // 5, FIRST + n, FIRST + n


def _episode(run: Run, staff: Staff) -> tuple:
    met = None if run.waiting or run.coming else run.began + SOON
    stage = Stage.HANDOFF_PENDING if met is None else Stage.ACTIVE if run.open else Stage.COMPLETED
    when = (run.began, run.began + SOON, run.worker, run.worker and run.began + SOON / 4, met, None if run.open else run.began + 90 * SOON)
    source = staff.agencies["police"]
    return (run.number, uuid.uuid4(), run.number, run.agency, source, "officer_prevention", stage.value, run.open, *when, None, None)


def _referral(run: Run, plan: Plan, staff: Staff, luck: random.Random) -> tuple:
    state = _state(run, luck)
    closed = None if run.open else max(run.began + 48 * SOON, plan.at - 6 * SOON) if run.number > 0.98 * plan.people else run.began + 48 * SOON
    due = run.began + SOON / 2 if state is ReferralState.REQUESTED else None
    told = (True, state.value, run.open, ["substance_use", "shelter"], Mode.OWN_WAY.value, "adult", "en", None)
    ids = (run.number, uuid.uuid4(), run.number, run.number, run.service, run.outlet, staff.agencies["police"], run.to, run.agency)
    return (*ids, *told, run.began, due, run.began + SOON / 3, closed)


def _state(run: Run, luck: random.Random) -> ReferralState:
    if run.waiting or run.coming:
        return luck.choice([ReferralState.REQUESTED, ReferralState.ACCEPTED, ReferralState.EN_ROUTE])
    if run.open:
        return luck.choice([ReferralState.ARRIVED, ReferralState.MET, ReferralState.STARTED])
    return luck.choice([ReferralState.ENDED, ReferralState.ENDED, ReferralState.REJECTED, ReferralState.NO_SHOW])


def _sights(referrals: list[tuple]) -> Iterator[tuple]:
    """The one who is asked sees the file for this referral, unless they said no."""
    kinds, names = bits(RECEIVER_SEES), REFERRAL.split()
    to, state = names.index("to_agency_id"), names.index("state")
    for row in referrals:
        if row[state] not in NOT_THEIRS:
            yield row[0], holder_of("agency", row[to]), kinds, Ground.HANDOFF.value, row[0], None
