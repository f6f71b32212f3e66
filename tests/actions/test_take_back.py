"""A desk takes its last word back: what the word did is undone with it, and nothing is erased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from offramp.actions import claim, handoff, refer
from offramp.actions.take_back import TooLate, take_back
from offramp.records import sight
from offramp.records.agency import Agency
from offramp.records.capacity import Capacity, PlaceHold, left_at
from offramp.records.episode import Episode
from offramp.records.outbox import Notice
from offramp.records.outbox import claim as claim_letters
from offramp.records.person import PersonFile
from offramp.records.referral import Referral, Step
from offramp.records.service import Service
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import CannotTakeReason, Mode, ReferralState, Role
from tests.actions.minute import hand_over


def desk_of(name, at) -> Viewer:
    agency = Agency.objects.get(name=name)
    return Viewer(None, agency.pk, Role.PROVIDER, "test", at, frozenset({holder_of("agency", agency.pk)}))


@pytest.fixture
def northside(cast, at):
    """Northside was asked for Sam, with his name; one bed is kept there."""
    hand_over(cast, at, place="northside", mode=Mode.OWN_WAY)
    return desk_of("Northside Detox", at)


@pytest.fixture
def harbor(cast, at):
    """Sam is on his way to Harbor, which takes walk-ins."""
    hand_over(cast, at)
    return desk_of("Harbor Stabilization", at)


def key_of(desk):
    return Referral.objects.seen_by(desk).get().key


def seen(desk) -> Referral:
    return Referral.objects.seen_by(desk).get()


def counts(name="Northside Detox"):
    service = Service.objects.get(name=name)
    return service.asked, service.taken


def later(desk, **gap):
    return replace(desk, at=desk.at + timedelta(**gap))


# -- Each word ------------------------------------------------------------------------------------------------------


def test_a_mistaken_arrived_empties_the_place_again(harbor, at):
    handoff.arrived(viewer=harbor, at=at, referral_key=key_of(harbor))

    take_back(viewer=harbor, at=at, referral_key=key_of(harbor))

    assert seen(harbor).state == ReferralState.EN_ROUTE
    hold = PlaceHold.objects.get()
    assert (hold.filled_at, hold.freed_at) == (None, None)
    assert counts("Harbor Stabilization") == (0, 0)


def test_a_mistaken_no_shows_the_name_again_and_keeps_the_place_again(northside, at):
    key = key_of(northside)
    handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.FULL)
    assert not PersonFile.objects.seen_by(northside).exists() and counts() == (1, 0)

    take_back(viewer=northside, at=at, referral_key=key)

    assert seen(northside).state == ReferralState.REQUESTED and seen(northside).open
    assert PersonFile.objects.seen_by(northside).count() == 1
    assert PlaceHold.objects.get().freed_at is None
    assert counts() == (0, 0)


def test_a_mistaken_no_for_the_persons_own_reason_changes_no_count(northside, at):
    key = key_of(northside)
    handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.PERSON_CHANGED_MIND)
    assert counts() == (0, 0)

    take_back(viewer=northside, at=at, referral_key=key)

    assert counts() == (0, 0)


def test_a_place_that_is_gone_meanwhile_is_not_kept_twice(cast, northside, at):
    key = key_of(northside)
    handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.FULL)
    hand_over(cast, at, place="northside")  # somebody else has the one bed now

    take_back(viewer=northside, at=at, referral_key=key)

    assert Referral.objects.seen_by(northside).filter(state=ReferralState.REQUESTED).count() == 2
    assert PlaceHold.objects.filter(freed_at=None).count() == 1
    assert left_at(Capacity.objects.get(service__name="Northside Detox"), at) == 0


@pytest.mark.parametrize(
    ("word", "template"), [("accept", "notice_accepted"), ("decline", "notice_cannot_take"), ("no_show", "notice_no_show")]
)
def test_whoever_was_not_told_yet_is_not_told_at_all(northside, at, word, template):
    key = key_of(northside)
    say(northside, at, key, word)

    take_back(viewer=northside, at=at, referral_key=key)

    assert Notice.objects.get(template=template).called_back_at
    assert not Notice.objects.filter(template="notice_changed").exists()


def test_whoever_was_told_hears_that_the_answer_changed(northside, at):
    key = key_of(northside)
    say(northside, at, key, "decline")
    for letter in claim_letters(at=at):
        Notice.objects.filter(pk=letter.notice.pk).update(sent_at=at)

    take_back(viewer=northside, at=at, referral_key=key)

    assert Notice.objects.filter(template="notice_changed").count() == 1


def say(desk, at, key, word):
    if word == "no_show":
        handoff.accept(viewer=desk, at=at, referral_key=key)
    if word == "decline":
        handoff.decline(viewer=desk, at=at, referral_key=key, reason=CannotTakeReason.FULL)
    else:
        getattr(handoff, word)(viewer=desk, at=at, referral_key=key)


def test_who_left_by_mistake_is_here_again(harbor, at):
    handoff.arrived(viewer=harbor, at=at, referral_key=key_of(harbor))
    handoff.ended(viewer=harbor, at=at, referral_key=key_of(harbor))

    take_back(viewer=harbor, at=at, referral_key=key_of(harbor))

    assert seen(harbor).state == ReferralState.ARRIVED and seen(harbor).open
    tomorrow = later(harbor, hours=30)
    assert Referral.objects.seen_by(tomorrow).exists()


def test_nothing_is_erased(cast, harbor, at):
    handoff.arrived(viewer=harbor, at=at, referral_key=key_of(harbor))
    take_back(viewer=harbor, at=at, referral_key=key_of(harbor))

    steps = Step.objects.seen_by(cast.viewer("brooks", at=at)).order_by("pk").values_list("state", "reason")
    assert list(steps) == [("en_route", ""), ("arrived", ""), ("en_route", "undone")]


# -- When it is too late --------------------------------------------------------------------------------------------


def test_after_five_minutes_it_is_too_late(harbor, at):
    handoff.arrived(viewer=harbor, at=at, referral_key=key_of(harbor))

    with pytest.raises(TooLate):
        take_back(viewer=harbor, at=at + timedelta(minutes=5, seconds=1), referral_key=key_of(harbor))


def test_what_it_said_no_to_is_gone_after_five_minutes(northside, at):
    key = key_of(northside)
    handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.FULL)

    with pytest.raises(NotFound):
        take_back(viewer=later(northside, minutes=5, seconds=1), at=at + timedelta(minutes=5, seconds=1), referral_key=key)


def test_once_the_search_went_on_a_no_stays_a_no(cast, northside, at):
    key, brooks = key_of(northside), cast.viewer("brooks", at=at)
    handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.FULL)
    episode = Episode.objects.seen_by(brooks).get()
    claim.claim(viewer=brooks, at=at, episode_key=episode.key)
    outlet = cast.places["harbor"].outlet.key
    refer.refer(viewer=brooks, at=at, episode_key=episode.key, outlet_key=outlet, mode=Mode.OWN_WAY, names=False)

    with pytest.raises(TooLate, match="gone on"):
        take_back(viewer=northside, at=at, referral_key=key)

    assert not PersonFile.objects.seen_by(northside).exists()


def test_a_word_is_taken_back_once(harbor, at):
    handoff.arrived(viewer=harbor, at=at, referral_key=key_of(harbor))
    take_back(viewer=harbor, at=at, referral_key=key_of(harbor))

    with pytest.raises(TooLate):
        take_back(viewer=harbor, at=at, referral_key=key_of(harbor))


def test_nobody_takes_back_anothers_word(cast, harbor, at):
    key = key_of(harbor)
    handoff.arrived(viewer=harbor, at=at, referral_key=key)

    for other in (desk_of("Northside Detox", at), cast.viewer("brooks", at=at), cast.viewer("alvarez", at=at)):
        with pytest.raises(Exception) as refused:
            take_back(viewer=other, at=at, referral_key=key)
        assert refused.value.status in (403, 404)
    assert seen(harbor).state == ReferralState.ARRIVED


def test_an_officers_way_of_sending_them_is_not_the_desks_to_take_back(harbor, at):
    with pytest.raises(TooLate):
        take_back(viewer=harbor, at=at, referral_key=key_of(harbor))


def test_who_did_not_come_and_comes_after_all_has_arrived(harbor, at):
    handoff.no_show(viewer=harbor, at=at, referral_key=key_of(harbor))
    soon = later(harbor, hours=2)

    handoff.arrived(viewer=soon, at=soon.at, referral_key=key_of(soon))

    assert seen(soon).state == ReferralState.ARRIVED
    assert Referral.objects.seen_by(later(harbor, hours=40)).exists()


# -- Sight, counted again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["arrived", "ended", "no_show", "decline", "taken_back", "expired", "called_back"])
@pytest.mark.parametrize("names", [True, False])
def test_whoever_sees_it_is_whoever_the_facts_say(cast, at, word, names):
    brooks = cast.viewer("brooks", at=at)
    hand_over(cast, at, place="peers", mode=Mode.WORKER_COMES)
    episode = claim.met(viewer=brooks, at=at, episode_key=Episode.objects.seen_by(brooks).get().key)
    outlet = cast.places["northside"].outlet.key
    key = refer.refer(viewer=brooks, at=at, episode_key=episode.key, outlet_key=outlet, mode=Mode.OWN_WAY, names=names).key
    northside = desk_of("Northside Detox", at)
    if word == "expired":
        late = later(brooks, hours=2)
        mercy = cast.places["mercy"].outlet.key
        refer.refer(viewer=late, at=late.at, episode_key=episode.key, outlet_key=mercy, mode=Mode.OWN_WAY, names=names)
        assert counts() == (1, 0)
    elif word == "called_back":
        refer.call_back(viewer=brooks, at=at, referral_key=key)
    elif word == "taken_back":
        handoff.decline(viewer=northside, at=at, referral_key=key, reason=CannotTakeReason.CLOSED)
        take_back(viewer=northside, at=at, referral_key=key)
    elif word == "ended":
        handoff.arrived(viewer=northside, at=at, referral_key=key)
        handoff.ended(viewer=northside, at=at, referral_key=key)
    elif word == "arrived":
        handoff.arrived(viewer=northside, at=at, referral_key=key)
    else:
        say(northside, at, key, word)

    for hours in (0, 0.1, 25):
        found = sight.compare(at=at + timedelta(hours=hours))
        assert (found.missing, found.extra) == ((), ())
    assert PersonFile.objects.seen_by(northside).exists() == (
        names and word in ("arrived", "ended", "no_show", "taken_back")
    )
    assert PersonFile.objects.seen_by(later(northside, hours=25)).exists() == (
        names and word in ("arrived", "taken_back")
    )
