"""Take what is due from the outbox and send it, each notice by its channel. A file in this folder is a channel.

A channel is a module with `send(*, to, title, text)`, which raises `NotSent` with a code when it could not.
The words are signed-off wording; without an approved text nothing goes out in a real place, and the notice waits.
"""

import logging
from datetime import datetime
from types import ModuleType

from offramp.notices import console, email
from offramp.notices.trouble import NotSent
from offramp.records import house, outbox
from offramp.rules import wording
from offramp.rules.refusal import Refused

CHANNELS: dict[str, ModuleType] = {"console": console, "email": email}

log = logging.getLogger(__name__)


def deliver(*, at: datetime, limit: int = 50) -> int:
    """Send up to so many letters that are due. Says how many went out; what did not is tried again later."""
    demo, gone = house.is_demo(), 0
    for letter in outbox.claim(at=at, limit=limit):
        try:
            _send(letter, demo)
        except NotSent as trouble:
            outbox.not_sent(letter.notice, at=at, trouble=trouble.code)
        except Refused:
            outbox.not_sent(letter.notice, at=at, trouble="wording_not_approved")
        else:
            outbox.sent(letter.notice, at=at)
            gone += 1
    return gone


def _send(letter: outbox.Letter, demo: bool) -> None:
    channel = CHANNELS.get(letter.notice.channel)
    if channel is None:
        raise NotSent("no_such_channel")
    language = letter.params.get("language", "en")
    values = {name: value for name, value in letter.params.items() if name != "language"}
    words = wording.get(letter.notice.template, language, demo=demo).filled(**values)
    channel.send(to=letter.to, title=words.parts.get("title", ""), text=words.parts["text"])
