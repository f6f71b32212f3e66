"""A provider's desk: who is looking, at which services, and whether names are shown. Drawn for an account or a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from offramp.pages.components.values import Clock
from offramp.pages.components.words import shown
from offramp.pages.provider.words import MODES_IN, clock_for, needs_in_words, said_in_words
from offramp.records.capacity import Capacity, left_at
from offramp.records.person import PersonFile, identity_of
from offramp.records.referral import Referral
from offramp.records.service import Service
from offramp.rules import handoff_steps
from offramp.rules.matching_words import UNIT_NAMES
from offramp.rules.plain_words import PROVIDER
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode, ReferralState

MOST = 50
WAITING = (ReferralState.REQUESTED, ReferralState.INFO_NEEDED)
COMING = (ReferralState.ACCEPTED, ReferralState.PLACE_HELD, ReferralState.EN_ROUTE)


@dataclass(frozen=True)
class Desk:
    """One desk. `url` is where its forms go: the signed-in room, or the link itself."""

    viewer: Viewer
    services: Sequence[Service]
    url: str
    shows_names: bool

    @property
    def at(self) -> datetime:
        return self.viewer.at

    def referrals(self) -> QuerySet:
        """What was sent to these services, as far as this desk sees it."""
        return Referral.objects.seen_by(self.viewer).filter(
            to_agency_id=self.viewer.agency_id, service__in=[service.pk for service in self.services]
        )


@dataclass(frozen=True)
class Line:
    """One referral as the desk sees it."""

    key: UUID
    since: datetime
    who: str
    how: str
    expected_at: datetime | None
    needs: str
    state: ReferralState
    clock: Clock | None
    moves: frozenset[str]
    words: str = ""


@dataclass(frozen=True)
class Room:
    """How much room one service says it has, and what is left of it."""

    service: Service
    count: Capacity | None
    left: int
    words: str

    @property
    def id(self) -> str:
        """What the page calls it."""
        return f"{self.service.pk}-{self.count.pk if self.count else 0}"

    @property
    def unit(self) -> str:
        """What is counted: bed, chair; empty where nothing was said."""
        return self.count.unit if self.count else ""

    @property
    def counts(self) -> str:
        """What is counted, in words; empty for plain places."""
        known = UNIT_NAMES.get(self.unit)
        return shown(known) if known else self.unit.removeprefix("place")

    @property
    def said(self) -> int:
        return self.count.open_places if self.count else 0

    @property
    def fewer(self) -> int:
        return max(0, self.said - 1)

    @property
    def more(self) -> int:
        return self.said + 1


def services_of(agency_id: int) -> list[Service]:
    """The services of an agency, by name."""
    return list(Service.objects.standing().filter(agency_id=agency_id, status="active").order_by("name", "pk"))


def rooms(desk: Desk) -> list[Room]:
    """The counts of each service of the desk; a service that has said nothing yet has one empty room."""
    said: dict[int, list[Capacity | None]] = {service.pk: [] for service in desk.services}
    for count in Capacity.objects.filter(service__in=desk.services).order_by("unit"):
        said[count.service_id].append(count)
    return [
        Room(service, count, left_at(count, desk.at) if count else 0, said_in_words(count, desk.at))
        for service in desk.services
        for count in said[service.pk] or [None]
    ]


def lists(desk: Desk) -> dict[str, object]:
    """Who is coming, who waits for an answer, and what happened earlier today."""
    rows = desk.referrals().order_by("-opened_at")
    open_rows = list(rows.filter(open=True)[: MOST + 1])
    midnight = _midnight(desk)
    earlier = list(rows.filter(open=False, closed_at__gte=midnight)[:MOST])
    named = _named(desk, [*open_rows, *earlier])
    arrived = [row for row in open_rows if row.state not in (*WAITING, *COMING)]
    return {
        "waiting": [line(desk, row, named) for row in open_rows[:MOST] if row.state in WAITING],
        "coming": [line(desk, row, named) for row in open_rows[:MOST] if row.state in COMING],
        "earlier": [line(desk, row, named) for row in (*arrived, *earlier)][:MOST],
        "more_than": MOST if len(open_rows) > MOST else 0,
    }


def line(desk: Desk, row: Referral, named: dict[int, str]) -> Line:
    """One row, in the desk's words."""
    state = ReferralState(row.state)
    moves = {move.name for move in handoff_steps.steps_from(state, desk.viewer.role)}
    return Line(
        key=row.key,
        since=row.opened_at,
        who=named.get(row.file_id) or _("An adult"),
        how=str(MODES_IN[Mode(row.mode)]),
        expected_at=row.expected_at,
        needs=needs_in_words(row.needs),
        state=state,
        clock=clock_for(row, desk.at),
        moves=frozenset(moves),
        words=PROVIDER[state].in_words(_),
    )


def _named(desk: Desk, rows: Sequence[Referral]) -> dict[int, str]:
    """The names people allowed, by file, for those with an account; where none was allowed the file is not there."""
    if not desk.shows_names:
        return {}
    files = PersonFile.objects.seen_by(desk.viewer).filter(pk__in={row.file_id for row in rows})
    return {file.pk: identity_of(file).name for file in files}


def _midnight(desk: Desk) -> datetime:
    zone = ZoneInfo(desk.services[0].agency.zone) if desk.services else desk.at.tzinfo
    return desk.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
