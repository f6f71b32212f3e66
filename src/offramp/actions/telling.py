"""Who is told what, in neutral words: that something waits for them, and nothing about whom.

The words are signed-off wording (wording/notices.toml); the address is the agency's own. A notice is laid
in the outbox inside the deed's transaction, so nobody hears of a deed that did not happen.
"""

from datetime import datetime
from uuid import UUID

from offramp.records import outbox
from offramp.records.agency import Agency
from offramp.rules.words import Side


def tell(agency: Agency, wording: str, *, about: UUID, at: datetime) -> None:
    """Lay a notice for an agency. Without an address it goes to the console, where an operator sees it."""
    channel, to = ("email", agency.email) if agency.email else ("console", f"agency:{agency.pk}")
    params = {"language": agency.policy.get("language", "en")}
    outbox.put(side=Side.CARE, channel=channel, template=wording, to=to, params=params, at=at, about=about)
