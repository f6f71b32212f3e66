"""Is this place ready? For load balancers, and for `make demo` to wait on."""

from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.http import JsonResponse

from offramp import __version__
from offramp.pages.gate import open_to_all


@open_to_all(reason="a load balancer asks it, and it says nothing but whether we are up")
def healthz(request):
    """200 when the database answers and is migrated, else 503."""
    try:
        get_user_model().objects.exists()
    except DatabaseError:
        return JsonResponse({"status": "no database", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
