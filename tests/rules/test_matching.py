"""Two lists that are never mixed, the reasons beside each place, and an order that can be relied on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.rules.candidates import Ask, Candidate, HowIn, Said
from offramp.rules.capacity import AMBER_FOR, HoldTimes, age_in_words, freshness, places_left
from offramp.rules.distance import box_around, miles_between
from offramp.rules.hours import ROUND_THE_CLOCK, Hours, State, weekly
from offramp.rules.matching import is_room, rank, weigh
from offramp.rules.needs import By, Matched
from offramp.rules.words import Freshness

AT = datetime(2026, 11, 24, 3, 10, tzinfo=UTC)  # Monday 22:10 in New York
ASK = Ask(needs=("substance_use", "withdrawal_management"), at=AT, near=(40.0, -75.0))
DETOX = Matched("substance_use", By.KEYWORD, "detox")
OPEN = Hours(rules=ROUND_THE_CLOCK, zone="America/New_York")
OFFICE = Hours(rules=weekly("MO,TU,WE,TH,FR", "09:00", "17:00"), zone="America/New_York")


def said(left=2, minutes=25, unit="chair") -> Said:
    return Said(unit=unit, left=left, said_at=AT - timedelta(minutes=minutes), said_by="Harbor intake")


def place(key="harbor", **more) -> Candidate:
    usual = {"name": key.title(), "matched": (DETOX,), "miles": 1.8, "hours": OPEN, "phones": ("555-0100",)}
    return Candidate(key=key, **(usual | more))


def listed(places):
    return [m.candidate.key for m in places.room_now], [m.candidate.key for m in places.call_first]


def test_room_said_lately_is_room_with_its_reasons():
    places = rank(
        replace(ASK, language="es", payer="medicaid"),
        [
            place(
                said=(said(),),
                how_in=HowIn.WALK_IN,
                languages=("es",),
                payers=("medicaid",),
                id_needed="no",
                asked=10,
                taken=8,
            )
        ],
    )

    (match,) = places.room_now
    assert [str(reason) for reason in match.reasons] == [
        "Help with alcohol or drugs: keyword “detox”",
        "2 chairs, said 25 min ago by Harbor intake",
        "1.8 miles away",
        "Open 24 hours",
        "Takes walk-ins",
        "Speaks Spanish",
        "Takes medicaid",
        "No ID needed",
        "Said yes to 8 of 10 lately",
    ]
    assert match.freshness is Freshness.GREEN


def test_a_worker_who_comes_counts_by_minutes_and_needs_no_open_door():
    peer = place(
        "peer",
        how_in=HowIn.WORKER_COMES,
        minutes_to_come=20,
        miles=9.0,
        hours=OFFICE,
        said=(said(1, unit="person"),),
    )

    places = rank(ASK, [place(said=(said(),), miles=2.5), peer])

    assert listed(places)[0] == ["peer", "harbor"]
    assert "Can come, about 20 min" in map(str, places.room_now[0].reasons)
    assert "1 person on shift, said 25 min ago by Harbor intake" in map(str, places.room_now[0].reasons)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "Room not known: call first"),
        ({"said": (said(minutes=14 * 60),)}, "Last count 14 h ago: too old to go by, call first"),
        (
            {"said": (said(minutes=-600),)},
            "Room not known: call first",
        ),  # said in the future: a clock is wrong
        ({"said": (said(),), "hours": OFFICE}, "Not open at this hour: call first"),
        ({"said": (said(left=0, minutes=14 * 60),)}, "Last count 14 h ago: too old to go by, call first"),
    ],
)
def test_what_is_not_room_is_call_first_and_says_why(more, reason):
    places = rank(ASK, [place(**more)])

    assert places.room_now == ()
    assert reason in map(str, places.call_first[0].reasons)


@pytest.mark.parametrize(
    ("ask", "more", "reason"),
    [
        ({}, {"status": "temporarily_closed"}, "Closed for now"),
        ({}, {"status": "defunct"}, "No longer offered"),
        ({}, {"matched": (Matched("food", By.SAID, "food"),)}, "Answers none of these needs"),
        ({"age_from": 30, "age_to": 31}, {"max_age": 25}, "Only up to age 25"),
        ({"age_from": 18, "age_to": 24}, {"min_age": 55}, "Only from age 55"),
        ({"sex": "male"}, {"sex": "female"}, "Only for women"),
        ({}, {"said": (said(left=0),)}, "No place left just now"),
        ({}, {"alert": "closed for flood", "alert_blocks": True}, "Not taking people: closed for flood"),
    ],
)
def test_what_does_not_fit_is_listed_with_the_reason(ask, more, reason):
    places = rank(replace(ASK, **ask), [place(**more)])

    assert listed(places) == ([], [])
    assert str(places.not_now[0].reason) == reason


def test_what_is_not_known_about_the_person_excludes_nothing():
    assert rank(ASK, [place(min_age=55, sex="female", said=(said(),))]).room_now


def test_an_age_band_that_overlaps_may_fit():
    assert rank(replace(ASK, age_from=18, age_to=24), [place(min_age=21, said=(said(),))]).room_now


def test_a_notice_and_a_holiday_are_shown_and_exclude_nothing():
    ask = replace(ASK, holidays={AT.date() - timedelta(days=1)}, language="vi")

    (match,) = rank(ask, [place(said=(said(),), alert="new entrance on Elm", languages=("es",))]).room_now

    assert [str(caution) for caution in match.cautions] == [
        "Notice: new entrance on Elm",
        "Public holiday: hours may differ",
        "Does not list Vietnamese",
    ]


def test_the_order_of_room_now():
    near, far = place("near", said=(said(),), miles=1.0), place("far", said=(said(),), miles=30.0)
    amber = place("amber", said=(said(minutes=5 * 60),), miles=1.1)
    weak = place(
        "weak", said=(said(),), miles=0.1, matched=(Matched("substance_use", By.DESCRIPTION, "drug use"),)
    )
    unlikely = place("unlikely", said=(said(),), miles=1.0, asked=10, taken=1)

    assert listed(rank(ASK, [weak, far, amber, unlikely, near]))[0] == [
        "near",
        "unlikely",
        "amber",
        "far",
        "weak",
    ]


def test_closed_places_come_last_among_those_to_call():
    shut, unknown, late = (
        place("shut", hours=OFFICE, miles=0.5),
        place("unknown", hours=Hours(), miles=9.0),
        place("late", miles=30.0),
    )

    assert listed(rank(ASK, [shut, unknown, late]))[1] == ["unknown", "late", "shut"]


def test_a_service_at_two_sites_is_listed_once_at_the_better_one():
    sites = [
        place(outlet="a", miles=9.0, said=(said(),)),
        place(outlet="b", miles=1.0, said=(said(),), hours=OFFICE),
        place(outlet="c", miles=4.0, said=(said(),)),
    ]

    places = rank(ASK, sites)

    assert listed(places) == (["harbor"], [])
    assert places.room_now[0].candidate.outlet == "c"


def test_the_next_candidate_is_ready():
    places = rank(
        ASK, [place("one", said=(said(),)), place("two", said=(said(),), miles=3.0), place("three")]
    )

    assert places.after("one").candidate.key == "two"
    assert places.after("two").candidate.key == "three"
    assert places.after("three") is None
    assert places.after("gone").candidate.key == "one"


MATCHED = st.lists(
    st.builds(
        Matched,
        st.sampled_from(("substance_use", "shelter", "withdrawal_management")),
        st.sampled_from(By),
        st.just("x"),
    ),
    max_size=3,
    unique_by=lambda m: m.need,
).map(tuple)
SAID = st.builds(
    Said,
    unit=st.sampled_from(("bed", "chair")),
    left=st.integers(0, 3),
    said_at=st.integers(-60, 24 * 60).map(lambda m: AT - timedelta(minutes=m)),
)
CANDIDATES = st.builds(
    Candidate,
    key=st.uuids().map(str),
    name=st.sampled_from(("A", "B", "c")),
    matched=MATCHED,
    miles=st.none() | st.floats(0, 60),
    hours=st.sampled_from((OPEN, OFFICE, Hours())),
    said=st.lists(SAID, max_size=2, unique_by=lambda s: s.unit).map(tuple),
    how_in=st.sampled_from(HowIn),
    minutes_to_come=st.none() | st.integers(5, 90),
    min_age=st.none() | st.integers(0, 60),
    languages=st.sampled_from(((), ("es",), ("en", "vi"))),
    payers=st.sampled_from(((), ("medicaid",), ("free",))),
    status=st.sampled_from(("active", "active", "temporarily_closed")),
    asked=st.integers(0, 10),
    taken=st.integers(0, 10),
)
MANY = st.lists(CANDIDATES, max_size=12, unique_by=lambda c: c.key)
WIDE = replace(ASK, language="es", payer="medicaid", age_from=30, age_to=31, limit=99)


@given(MANY, st.randoms())
def test_the_same_question_has_the_same_answer_in_any_order(candidates, luck):
    mixed = list(candidates)
    luck.shuffle(mixed)

    assert rank(WIDE, mixed) == rank(WIDE, candidates)


@given(MANY)
def test_nothing_stale_closed_full_or_unfit_is_called_room(candidates):
    places = rank(WIDE, candidates)

    for match in places.room_now:
        assert timedelta(minutes=-5) <= AT - match.said.said_at <= AMBER_FOR
        assert match.said.left > 0
        assert match.opening.state is not State.CLOSED or match.candidate.how_in is HowIn.WORKER_COMES
        assert match.candidate.status == "active"
        assert match.candidate.min_age is None or match.candidate.min_age <= 31


@given(MANY)
def test_every_candidate_is_in_exactly_one_list_with_a_reason(candidates):
    places = rank(WIDE, candidates)

    room, call, out = (
        [one.candidate.key for one in part] for part in (places.room_now, places.call_first, places.not_now)
    )
    assert sorted(room + call + out) == sorted(candidate.key for candidate in candidates)
    assert all(str(reason) for match in (*places.room_now, *places.call_first) for reason in match.reasons)
    assert all(str(one.reason) for one in places.not_now)


@given(MANY, st.integers(0, 11), st.integers(1, 3))
def test_more_room_never_lowers_a_rank(candidates, which, more):
    if not candidates:
        return
    it = candidates[which % len(candidates)]
    if not is_room(weigh(WIDE, it)):
        return
    best = weigh(WIDE, it).said
    richer = replace(
        it, said=tuple(replace(one, left=one.left + more) if one == best else one for one in it.said)
    )
    before, after = rank(WIDE, candidates), rank(WIDE, [richer if one is it else one for one in candidates])
    keys = lambda places: [match.candidate.key for match in places.room_now]  # noqa: E731

    if it.key in keys(before):
        assert keys(after).index(it.key) <= keys(before).index(it.key)


@given(MANY, CANDIDATES)
def test_another_place_never_changes_the_order_of_the_rest(candidates, other):
    keys = lambda part: [match.candidate.key for match in part if match.candidate.key != other.key]  # noqa: E731
    before, after = rank(WIDE, candidates), rank(WIDE, [*candidates, other])

    assert keys(after.room_now) == keys(before.room_now)
    assert keys(after.call_first) == keys(before.call_first)


@pytest.mark.parametrize(
    ("hours", "fresh"),
    [
        (0, "green"),
        (4, "green"),
        (4.01, "amber"),
        (12, "amber"),
        (12.01, "old"),
        (-0.05, "green"),
        (-1, "unknown"),
        (None, "unknown"),
    ],
)
def test_t09_a_count_ages_from_green_to_amber_to_old(hours, fresh):
    said_at = None if hours is None else AT - timedelta(hours=hours)

    assert freshness(said_at, AT) == fresh


def test_t08_a_hold_lasts_two_hours_is_extended_once_to_six_and_waits_a_day_for_a_barrier():
    hold = HoldTimes.taken(AT)
    later = hold.extend(AT + timedelta(hours=1))

    assert hold.expires_at - AT == timedelta(hours=2)
    assert later.expires_at - AT == timedelta(hours=6)
    assert later.extend(AT + timedelta(hours=2)) is None
    assert hold.extend(AT + timedelta(hours=2)) is None  # run out is run out
    assert later.wait_for_barrier(AT + timedelta(hours=5)).expires_at - AT == timedelta(hours=24)
    assert later.wait_for_barrier(AT + timedelta(hours=5)).extend(AT + timedelta(hours=6)) is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_places_left_is_never_below_zero_and_never_more_than_said(count, live, filled):
    left = places_left(said=count, live_holds=live, filled_since_said=filled)

    assert 0 <= left <= count
    assert places_left(said=count, live_holds=live + 1, filled_since_said=filled) <= left


def test_ages_as_people_say_them():
    minutes = [
        (0, "just now"),
        (25, "25 min ago"),
        (60, "1 h ago"),
        (47 * 60, "47 h ago"),
        (72 * 60, "3 days ago"),
    ]

    assert [str(age_in_words(timedelta(minutes=n))) for n, _ in minutes] == [words for _, words in minutes]


@given(st.floats(-80, 80), st.floats(-170, 170), st.floats(-1, 1), st.floats(-1, 1), st.floats(0.1, 60))
def test_a_box_holds_every_point_within_its_miles(lat, lon, north, east, miles):
    point = (lat + north, lon + east)
    south, north_, west, east_ = box_around((lat, lon), miles)

    if miles_between((lat, lon), point) <= miles:
        assert south <= point[0] <= north_
        assert west <= point[1] <= east_


def test_a_known_distance():
    assert miles_between((37.48, -122.23), (37.7488993, -122.4203671)) == pytest.approx(21.3, abs=0.2)
