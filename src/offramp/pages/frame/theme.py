"""Day or night. Decided on the server, so that no page flashes white in a dark car.

A tap says it for a shift; without one it follows the sun where the agency is.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from offramp.pages.gate import open_to_all
from offramp.records.agency import Agency
from offramp.rules import sunset

DAY, NIGHT = "day", "night"
A_SHIFT = timedelta(hours=12)


def theme_of(request: HttpRequest, *, at: datetime) -> str:
    """What somebody tapped in this browser, or else what the sun says."""
    if (chosen := request.COOKIES.get("theme")) in {DAY, NIGHT}:
        return chosen
    if (where := _where(request)) is None:
        return DAY
    return NIGHT if sunset.is_dark(latitude=where[0], longitude=where[1], at=at) else DAY


def _where(request: HttpRequest) -> tuple[float, float] | None:
    """Where the viewer's agency is. At the door, where nobody is known yet: the first agency that says."""
    if job := getattr(request, "membership", None):
        lat, lon = job.agency.lat, job.agency.lon
        return (lat, lon) if lat is not None and lon is not None else None
    agencies = Agency.objects.exclude(lat=None).exclude(lon=None)
    return agencies.order_by("pk").values_list("lat", "lon").first()


@open_to_all(reason="Chooses day or night for this browser alone; the sign-in page has the button too.")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a shift, and go back to the page it was made on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = redirect(back)
    if (chosen := request.POST.get("theme")) in {DAY, NIGHT}:
        response.set_cookie(
            "theme", chosen, max_age=A_SHIFT, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response
