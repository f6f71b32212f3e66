"""Every address. A room of pages says its own in `pages/<room>/urls.py`, whole, as people type them."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import include, path

from offramp import pages
from offramp.config.health import healthz


def rooms() -> list[str]:
    """The rooms of pages that have addresses."""
    folders = [module.name for module in iter_modules(pages.__path__) if module.ispkg]
    return [room for room in folders if _has_urls(room)]


def _has_urls(room: str) -> bool:
    package = import_module(f"offramp.pages.{room}")
    return any(module.name == "urls" for module in iter_modules(package.__path__))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *(path("", include(f"offramp.pages.{room}.urls")) for room in rooms()),
]

handler404 = "offramp.pages.refusals.not_here"
