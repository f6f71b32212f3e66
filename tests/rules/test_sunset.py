"""When it is dark at a place, held against almanacs."""

from datetime import UTC, datetime, timedelta

import pytest

from offramp.rules import sunset

# Place, day, rise and set in UTC as almanacs print them.
ALMANAC = [
    (
        "New York, midsummer",
        40.7128,
        -74.0060,
        datetime(2024, 6, 21, 9, 25, tzinfo=UTC),
        datetime(2024, 6, 22, 0, 31, tzinfo=UTC),
    ),
    (
        "Greenwich, midwinter",
        51.4779,
        0.0,
        datetime(2024, 12, 21, 8, 4, tzinfo=UTC),
        datetime(2024, 12, 21, 15, 53, tzinfo=UTC),
    ),
    (
        "Honolulu, equinox",
        21.3069,
        -157.8583,
        datetime(2025, 3, 20, 16, 34, tzinfo=UTC),
        datetime(2025, 3, 21, 4, 42, tzinfo=UTC),
    ),
]


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "rise", "set_"), ALMANAC, ids=[row[0] for row in ALMANAC]
)
def test_the_sun_rises_and_sets_by_the_almanac(place, latitude, longitude, rise, set_):
    def dark(at):
        return sunset.is_dark(latitude=latitude, longitude=longitude, at=at)

    slack = timedelta(minutes=3)

    assert dark(rise - slack)
    assert not dark(rise + slack)
    assert not dark(set_ - slack)
    assert dark(set_ + slack)


def test_a_polar_night_is_dark_at_noon_and_a_midnight_sun_is_not_dark_at_midnight():
    tromsoe = {"latitude": 69.6492, "longitude": 18.9553}

    assert sunset.is_dark(**tromsoe, at=datetime(2024, 12, 21, 11, tzinfo=UTC))
    assert not sunset.is_dark(**tromsoe, at=datetime(2024, 6, 21, 23, tzinfo=UTC))


def test_any_zone_says_the_same_moment():
    noon = datetime(2024, 6, 21, 12, tzinfo=UTC)
    elsewhere = noon.astimezone()

    assert sunset.sun_height(latitude=40, longitude=-74, at=noon) == sunset.sun_height(
        latitude=40, longitude=-74, at=elsewhere
    )
