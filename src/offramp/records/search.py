"""Finding people, each side within its own files. Officers have no search: theirs is one silent exact match.

    find(viewer=navigator, text="sam rivers 1990", at=now)      # one box, many ways to say who
    suggest(viewer=navigator, identity=as_typed_so_far)         # may we know them already?

Only files whose tokens share something telling are unsealed, at most some dozens, and put in order by likeness.
The same question of the same viewer has the same answer, in the same order.
"""

from dataclasses import dataclass
from datetime import datetime

from offramp.records import tokens
from offramp.records.candidates import candidates
from offramp.records.identity import Birth, Identity
from offramp.records.likeness import SAME_CODE, likeness
from offramp.records.person import PersonFile, identities_of
from offramp.records.tokens import SearchToken
from offramp.rules.message import Message
from offramp.rules.sought import Sought, read
from offramp.rules.visibility import Viewer
from offramp.rules.words import Side

WORTH_SHOWING = 25
WORTH_SUGGESTING = 45


@dataclass(frozen=True)
class Found:
    """One file that may be meant: who it is about, how like from 0 to 100, why in words, and how many kinds of fact agree."""

    file: PersonFile
    identity: Identity
    score: int
    reasons: tuple[Message, ...]
    kinds: int


def find(*, viewer: Viewer, text: str, at: datetime, limit: int = 10) -> list[Found]:
    """The files this viewer may see that are most like what was typed, the likest first."""
    sought = read(text, at=at)
    if not sought:
        return []
    found = _judged(candidates(viewer, sought, common=True), sought)
    return _best([one for one in found if one.score >= WORTH_SHOWING], limit)


def suggest(*, viewer: Viewer, identity: Identity, limit: int = 5) -> list[Found]:
    """Files of the care side that may be this very person, while somebody types who they are. Only ever a hint."""
    sought = asked_for(identity)
    if Side.CARE not in viewer.sides or not sought:
        return []
    found = _judged(candidates(viewer, sought, common=False), sought)
    return _best([one for one in found if one.score >= WORTH_SUGGESTING and one.kinds > 1], limit)


def asked_for(identity: Identity) -> Sought:
    """Somebody's identity as a question."""
    known = tokens.known(identity)
    return Sought(
        words=tuple(dict.fromkeys((*known.firsts[:1], *known.lasts[:1]))),
        years=(known.year,) if known.year else (),
        days=((known.month, known.day),) if known.month and known.day else (),
        phones=known.phones,
        streets=known.doors,
    )


def _judged(files: list[PersonFile], sought: Sought) -> list[Found]:
    return [_one(file, identity, sought) for file, identity in zip(files, identities_of(files), strict=True)]


def _one(file: PersonFile, identity: Identity, sought: Sought) -> Found:
    if sought.code and file.code == sought.code:
        return Found(file, identity, 100, (SAME_CODE,), 1)
    alike = likeness(sought, identity)
    return Found(file, identity, alike.score, alike.reasons, alike.kinds)


def _best(found: list[Found], limit: int) -> list[Found]:
    return sorted(found, key=lambda one: (-one.score, -one.file.pk))[:limit]


def same_person(*, viewer: Viewer, identity: Identity) -> list[int]:
    """The ids of the police files of the viewer's own agency about exactly this person. Shown to nobody.

    First name, last name and year of birth are the same; where day or month is known to both, they are too.
    """
    text = tokens.same_text(viewer.agency_id, identity) if viewer.agency_id is not None else ""
    if not text or Side.POLICE not in viewer.sides:
        return []
    token = tokens.keyed(Side.POLICE, [text])[0]
    # From the token to the few files that have it; asked the other way round, each file of the agency would be looked at.
    answering = SearchToken.objects.filter(token=token).values("file_id")
    files = PersonFile.objects.seen_by(viewer).filter(
        pk__in=answering,
        side=Side.POLICE.value,
        agency_id=viewer.agency_id,
    )
    same = list(files.order_by("pk"))
    who = identities_of(same)
    return [file.pk for file, one in zip(same, who, strict=True) if _agree(one.birth, identity.birth)]


def _agree(one: Birth, other: Birth) -> bool:
    pairs = ((one.month, other.month), (one.day, other.day))
    return all(a == b for a, b in pairs if a and b)
