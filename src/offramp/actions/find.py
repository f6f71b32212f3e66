"""Find a person by what is remembered of them, and be told while typing that we may know them already.

Every search is a look and goes into the ledger with how many files it showed; never with what was typed.
"""

from datetime import datetime

from offramp.records import ledger, search
from offramp.records.identity import Identity
from offramp.records.search import Found
from offramp.rules.duties import Duty, require
from offramp.rules.refusal import BadInput
from offramp.rules.sought import LONGEST, read
from offramp.rules.visibility import Viewer


class NothingToLookFor(BadInput):
    """What was typed holds no name, date, phone, street or code."""


def find(*, viewer: Viewer, at: datetime, text: str) -> list[Found]:
    """The files most like what was typed, of those this viewer may see. Raises `NothingToLookFor`."""
    require(viewer, Duty.FIND_PEOPLE)
    if len(text) > LONGEST:
        raise NothingToLookFor(
            "That is more than a search takes. Type a name and, if you know it, a year of birth."
        )
    if not read(text, at=at):
        raise NothingToLookFor("Type a name, a year or date of birth, a phone number or a street.")
    found = search.find(viewer=viewer, text=text, at=at)
    ledger.looked(viewer, at=at, what="find", count=len(found))
    return found


def may_be(*, viewer: Viewer, at: datetime, identity: Identity) -> list[Found]:
    """Files that may be the person who is being written down: a hint beside the form, which never stops anybody."""
    require(viewer, Duty.FIND_PEOPLE)
    found = search.suggest(viewer=viewer, identity=identity)
    if found:
        ledger.looked(viewer, at=at, what="may_be", count=len(found))
    return found
