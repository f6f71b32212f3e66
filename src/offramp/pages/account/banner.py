"""The notice everybody agrees to by signing in (CJIS AC-8). Its words are data that somebody outside signs off."""

from django.utils.translation import get_language

from offramp.records import house
from offramp.rules import wording
from offramp.rules.wording import NotSignedOff, Shown


def banner() -> Shown | None:
    """The notice as it stands today, in the reader's language. None while nobody has approved one here: a sample is not shown."""
    here = house.here()
    try:
        shown = wording.get("banner", get_language() or "en", demo=bool(here and here.demo))
    except NotSignedOff:
        return None
    return shown.filled(agency=here.name if here else "Offramp")


def version() -> str:
    """What the sign-in form carries, so that nobody agrees to a notice they were not shown."""
    shown = banner()
    return f"{shown.id}/{shown.version}" if shown else "none"
