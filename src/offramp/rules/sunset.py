"""When it is dark at a place. Decides day or night on a screen in a patrol car.

The sun's height by the low-precision formulas of the Astronomical Almanac (as NOAA's solar calculator uses them): good
to a few hundredths of a degree until 2050, which is a minute or so of sunset.
"""

import math
from datetime import UTC, datetime

# At sunset the sun's centre stands 0.833° below the horizon: its own radius, and the bending of light by the air.
SUNSET = -0.833
_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)


def is_dark(*, latitude: float, longitude: float, at: datetime) -> bool:
    """Between sunset and sunrise. True all day in a polar night, false all night under a midnight sun."""
    return sun_height(latitude=latitude, longitude=longitude, at=at) < SUNSET


def sun_height(*, latitude: float, longitude: float, at: datetime) -> float:
    """Degrees of the sun above the horizon. Longitude counts east of Greenwich as positive."""
    days = (at - _EPOCH).total_seconds() / 86400
    right_ascension, declination = _sun(days)
    greenwich_degrees = 280.46062 + 360.98564737 * days
    hour_angle = math.radians((greenwich_degrees + longitude) % 360) - right_ascension
    north = math.radians(latitude)
    height = math.sin(north) * math.sin(declination) + math.cos(north) * math.cos(declination) * math.cos(
        hour_angle
    )
    return math.degrees(math.asin(max(-1.0, min(1.0, height))))


def _sun(days: float) -> tuple[float, float]:
    """Where the sun stands among the stars, as right ascension and declination in radians."""
    mean_longitude = 280.460 + 0.9856474 * days
    anomaly = math.radians((357.528 + 0.9856003 * days) % 360)
    along = math.radians((mean_longitude + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly)) % 360)
    tilt = math.radians(23.439 - 0.0000004 * days)
    return math.atan2(math.cos(tilt) * math.sin(along), math.cos(along)), math.asin(
        math.sin(tilt) * math.sin(along)
    )
