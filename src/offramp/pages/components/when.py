"""Time as people say it: "in 2 h", "40 min ago", "Tue 14:05". The exact time is always one focus or one print away."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def spoken(moment: datetime, *, at: datetime) -> str:
    """How far off it is, for as long as that is easier to grasp than the time of day."""
    ahead = moment - at
    if abs(ahead) < MINUTE:
        return _("now")
    if abs(ahead) >= 12 * HOUR:
        return clock_time(moment, at=at)
    words = _("in %(gap)s") if ahead > timedelta(0) else _("%(gap)s ago")
    return words % {"gap": gap(moment, at=at)}


def gap(moment: datetime, *, at: datetime) -> str:
    """How long it has been or will be, and no more: 6 min, 2 h, 9 days."""
    length = abs(moment - at)
    if length < HOUR:
        return _("%(n)d min") % {"n": length // MINUTE}
    if length < 48 * HOUR:
        return _("%(n)d h") % {"n": round(length / HOUR)}
    return _("%(n)d days") % {"n": length.days}


def clock_time(moment: datetime, *, at: datetime) -> str:
    """The time of day, with as much of the date as it needs: 14:05, Tue 14:05, Mar 3 14:05, Mar 3, 2024."""
    there, here = timezone.localtime(moment), timezone.localtime(at)
    days = (there.date() - here.date()).days
    time = f"{there:%H:%M}"
    if days == 0:
        return time
    if days == -1:
        return _("yesterday %(time)s") % {"time": time}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": time}
    if abs(days) < 7:
        return f"{formatted(there, 'D')} {time}"
    if there.year == here.year:
        return formatted(there, pgettext("a day of this year", "M j")) + f" {time}"
    return formatted(there, pgettext("a day", "M j, Y"))


def exact(moment: datetime) -> str:
    """The whole of it, for the title, for focus and for print."""
    return formatted(timezone.localtime(moment), pgettext("a moment", "D, M j, Y H:i T"))
