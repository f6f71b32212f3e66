"""How far it is, in miles as the crow flies. A place's own words about driving time win where it gives them."""

from math import asin, cos, radians, sin, sqrt

EARTH_MILES = 3958.8
MILES_PER_DEGREE = 69.0

Point = tuple[float, float]


def miles_between(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) points."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(radians, point) for point in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def box_around(point: Point, miles: float) -> tuple[float, float, float, float]:
    """(south, north, west, east) of a box that holds every point within so many miles. It may hold a few more.

    The box does not wrap at the date line: a directory that straddles it is searched on one side.
    """
    lat, lon = point
    up = miles / MILES_PER_DEGREE * 1.01
    across = up / max(cos(radians(min(89.0, abs(lat) + up))), 0.01)
    return lat - up, lat + up, lon - across, lon + across


def is_on_the_globe(point: Point) -> bool:
    """Whether these are a latitude and a longitude, and not the zero point that spreadsheets leave behind."""
    lat, lon = point
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0.0, 0.0)
