"""Time as people say it: "in 2 h", "40 min ago", "Tue 14:05". The exact time is always one focus or one print away."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def spoken(moment: datetime, *, at: datetime) -> str:
    """How far off it is, for as long as that is easier to grasp than the time of day."""
    gap = moment - at
    if abs(gap) < MINUTE:
        return _("now")
    if abs(gap) < 12 * HOUR:
        return _ahead(gap) if gap > timedelta(0) else _ago(-gap)
    return clock_time(moment, at=at)


def _ahead(gap: timedelta) -> str:
    if gap < HOUR:
        return _("in %(n)d min") % {"n": gap // MINUTE}
    return _("in %(n)d h") % {"n": round(gap / HOUR)}


def _ago(gap: timedelta) -> str:
    if gap < HOUR:
        return _("%(n)d min ago") % {"n": gap // MINUTE}
    return _("%(n)d h ago") % {"n": round(gap / HOUR)}


def clock_time(moment: datetime, *, at: datetime) -> str:
    """The time of day, with as much of the date as it needs: 14:05, Tue 14:05, Mar 3 14:05, Mar 3, 2024."""
    there, here = timezone.localtime(moment), timezone.localtime(at)
    days = (there.date() - here.date()).days
    time = date_format(there, "H:i")
    if days == 0:
        return time
    if days == -1:
        return _("yesterday %(time)s") % {"time": time}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": time}
    if abs(days) < 7:
        return f"{date_format(there, 'D')} {time}"
    if there.year == here.year:
        return f"{date_format(there, 'M j')} {time}"
    return date_format(there, "M j, Y")


def exact(moment: datetime) -> str:
    """The whole of it, for the title, for focus and for print."""
    return date_format(timezone.localtime(moment), "D, M j, Y H:i T")
