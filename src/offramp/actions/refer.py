"""A navigator asks another place for somebody: the next one when the first could not, or the one that fits better.

"No" never ends the search. The person says yes to each place by itself; without that yes the place is asked all
the same, but hears no name.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from offramp.actions import referrals
from offramp.actions.claim import mine_to_work
from offramp.records import ledger
from offramp.records.agency import Agency
from offramp.records.episode import Disclosure
from offramp.records.referral import Referral
from offramp.rules.refusal import Refused
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode, Side

SAYS_WHO = ("name", "birth_date", "phone", "language")


class AskedAlready(Refused):
    """This place has been asked for them and has not answered yet."""


def refer(*, viewer: Viewer, at: datetime, episode_key: UUID, outlet_key: UUID, mode: Mode, names: bool) -> Referral:
    """Ask one more place. Raises `AskedAlready`, `NoRoom`, `PlaceGone`, `WrongWay`; then nothing is written."""
    with transaction.atomic():
        episode = mine_to_work(viewer, episode_key)
        before = Referral.objects.seen_by(viewer).filter(episode=episode).select_related("outlet").order_by("-pk")
        if any(row.open and row.outlet and row.outlet.key == outlet_key for row in before):
            raise AskedAlready("This place has been asked already, and has not answered yet.")
        door = referrals.choose_door(outlet_key=outlet_key, mode=mode, at=at)
        last = before.first()
        referral = referrals.ask(
            viewer,
            at=at,
            episode=episode,
            door=door,
            from_agency=Agency.objects.get(pk=viewer.agency_id),
            needs=last.needs if last else (),
            language=last.language if last else "en",
            names=names,
        )
        referrals.let_see(referral)
        if names and referral.to_agency_id != referral.keeper_id:
            _disclose(viewer, at, referral)
        referrals.tell_receiver(referral, at=at)
        ledger.write(viewer, deed="referred", at=at, about=referral.key, side=Side.CARE, details={"names": names})
        return referral


def _disclose(viewer: Viewer, at: datetime, referral: Referral) -> None:
    Disclosure.objects.seen_by(viewer).create(
        key=uuid4(),
        file_id=referral.file_id,
        from_agency_id=viewer.agency_id,
        to_agency=referral.to_agency,
        covers=list(SAYS_WHO),
        ground="spoken_permission",
        law=["police_observation"],
        at=at,
    )
