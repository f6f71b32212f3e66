"""Finding people, each side within its own files. Officers have no search: theirs is one silent exact match."""

from django.db.models import Exists, OuterRef

from offramp.records import tokens
from offramp.records.identity import Birth, Identity
from offramp.records.person import PersonFile, identity_of
from offramp.records.tokens import SearchToken
from offramp.rules.visibility import Viewer
from offramp.rules.words import Side


def same_person(*, viewer: Viewer, identity: Identity) -> list[int]:
    """The ids of the police files of the viewer's own agency about exactly this person. Shown to nobody.

    First name, last name and year of birth are the same; where day or month is known to both, they are too.
    """
    words = tokens.same_words(viewer.agency_id, identity) if viewer.agency_id is not None else ""
    if not words or Side.POLICE not in viewer.sides:
        return []
    token = tokens.keyed(Side.POLICE, [words])[0]
    files = PersonFile.objects.seen_by(viewer).filter(
        Exists(SearchToken.objects.filter(token=token, file_id=OuterRef("pk"))),
        side=Side.POLICE.value,
        agency_id=viewer.agency_id,
    )
    return [file.pk for file in files.order_by("pk") if _agree(identity_of(file).birth, identity.birth)]


def _agree(one: Birth, other: Birth) -> bool:
    pairs = ((one.month, other.month), (one.day, other.day))
    return all(a == b for a, b in pairs if a and b)
