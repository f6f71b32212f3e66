"""Who is told what, in neutral words: that something waits for them, and nothing about whom.

The words are signed-off wording (wording/notices.toml); the address is the agency's or the worker's own. A notice is
laid in the outbox inside the deed's transaction, so nobody hears of a deed that did not happen.
"""

from datetime import datetime
from uuid import UUID

from offramp.records import outbox
from offramp.records.agency import Agency
from offramp.records.staff import User
from offramp.rules.words import Side


def tell(agency: Agency, wording: str, *, about: UUID, at: datetime, once: str = "") -> bool:
    """Lay a notice for an agency. Without an address it goes to the console, where an operator sees it.

    `once`: what it is told for; told before, it is not told again. Says whether a notice was laid.
    """
    language = agency.policy.get("language", "en")
    return _lay(agency.email, f"agency:{agency.pk}", language, wording, about=about, at=at, once=once)


def tell_worker(user: User, wording: str, *, about: UUID, at: datetime, once: str = "") -> bool:
    """The same for one worker, in their own language."""
    return _lay(user.email, f"user:{user.pk}", user.language or "en", wording, about=about, at=at, once=once)


def _lay(email: str, console: str, language: str, wording: str, *, about: UUID, at: datetime, once: str) -> bool:
    channel, to = ("email", email) if email else ("console", console)
    params = {"language": language}
    laid = outbox.put(
        side=Side.CARE, channel=channel, template=wording, to=to, params=params, at=at, about=about, once=once
    )
    return laid is not None
