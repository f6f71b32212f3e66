"""The city is there already: the days since it was last open have happened too, and tonight is tonight again."""

from datetime import datetime, timedelta
from random import Random

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from offramp.actions import claim, handoff, say_again
from offramp.demo import tonight
from offramp.demo.care import take_in_hand
from offramp.demo.cast import Cast, find_the_cast
from offramp.demo.city import SEED, Say, finish, live, plan, undisturbed, world_of
from offramp.demo.directory import find_directory
from offramp.demo.kerb import World
from offramp.demo.staff import Staff, find_staff, now, take_shifts
from offramp.records import house, outbox
from offramp.records.encounter import Encounter
from offramp.records.episode import Episode
from offramp.records.referral import Referral
from offramp.rules.refusal import Refused
from offramp.rules.words import ReferralState, Stage

TONIGHT_LASTS = timedelta(hours=3)
AT_MOST = 10  # days that are lived at a start
A_DAY = 9  # meetings


def go_on(*, at: datetime, say: Say) -> None:
    """Everybody is at work now, counts are fresh, and what was to happen since the last time has happened."""
    try:
        with transaction.atomic(), undisturbed():
            _wake_up(at, say)
    except (Refused, ObjectDoesNotExist) as why:  # a visitor closed an account of the cast, or a place
        say(f"It stays as it was left ({why}). offramp demo --fresh makes it anew.")
    say_again.say_room_again(at=at)


def _wake_up(at: datetime, say: Say) -> None:
    cast = find_the_cast()
    listed = find_directory(cast.agencies)
    rng = Random(f"{house.here().seed or SEED} {at:%Y-%m-%d %H}")
    staff = find_staff(rng, cast, at)
    take_shifts(cast, at)
    last = _last_meeting(cast, at)
    if last is None or at - last > TONIGHT_LASTS:
        say("The city has been asleep. Living the days since.")
        _live_since(last, world_of(rng, cast, listed, staff, at), at, say)
        finish(say)


def _live_since(last: datetime | None, world: World, at: datetime, say: Say) -> None:
    _end_the_last_night(world.cast, world.staff, before=at - TONIGHT_LASTS, at=at)
    days = min((at - last).days if last else 0, AT_MOST)
    meetings = days * A_DAY + tonight.stage(world, at, anew=True)
    if days:
        plan(world, days * A_DAY, until=at - tonight.QUIET, days=days - 1)
    live(world, meetings, say)
    take_in_hand(world)
    outbox.all_sent(before=at)


def _last_meeting(cast: Cast, at: datetime) -> datetime | None:
    """When the police of Rivermouth last wrote a meeting down."""
    rows = Encounter.objects.seen_by(cast.viewer("diaz", at=at, purpose="demo"))
    return rows.filter(agency=cast.agencies["police"]).order_by("-at").values_list("recorded_at", flat=True).first()


def _end_the_last_night(cast: Cast, staff: Staff, *, before: datetime, at: datetime) -> None:
    """Whoever waited was met, whoever was asked has answered, whoever was on the way came."""
    brooks = cast.viewer("brooks", at=at, purpose="demo")
    for episode in Episode.objects.seen_by(brooks).filter(open=True, stage=Stage.HANDOFF_PENDING.value, began_at__lt=before):
        worker = next((one for on in staff.navigators.values() for one in on if one.user_id == episode.claimed_by_id), brooks)
        when = episode.began_at + timedelta(minutes=34)
        claim.met(viewer=now(worker, when), at=when, episode_key=episode.key)
    waiting = [ReferralState.REQUESTED.value, ReferralState.ACCEPTED.value, ReferralState.EN_ROUTE.value]
    rows = Referral.objects.seen_by(brooks).filter(open=True, state__in=waiting, opened_at__lt=before)
    for referral in rows.exclude(to_agency=cast.agencies["navigators"]):
        _came(staff, referral)


def _came(staff: Staff, referral: Referral) -> None:
    if referral.to_agency_id not in staff.desks:
        return
    desk, when = staff.desks[referral.to_agency_id][0], referral.opened_at + timedelta(minutes=25)
    if referral.state == ReferralState.REQUESTED:
        handoff.accept(viewer=now(desk, when), at=when, referral_key=referral.key)
    when += timedelta(minutes=40)
    handoff.arrived(viewer=now(desk, when), at=when, referral_key=referral.key)
