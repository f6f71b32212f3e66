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
from offramp.pages.provider.words import MODES_IN, clock_for, needs_in_words
from offramp.records.capacity import PlaceHold
from offramp.records.person import PersonFile, identity_of
from offramp.records.referral import Referral, Step, is_pending
from offramp.records.service import Service
from offramp.rules import handoff_steps
from offramp.rules.capacity import WARN_BEFORE
from offramp.rules.handoff_steps import COMING, TAKE_BACK_FOR, UNDONE, WAITING, Source
from offramp.rules.languages import name_of
from offramp.rules.message import say
from offramp.rules.plain_words import PROVIDER
from offramp.rules.visibility import Viewer
from offramp.rules.words import Mode, ReferralState

MOST = 50
HERE = (ReferralState.ARRIVED, ReferralState.STARTED)


@dataclass(frozen=True)
class Desk:
    """One desk. `url` is where its forms go: the signed-in room, or the link itself."""

    viewer: Viewer
    services: Sequence[Service]
    url: str
    shows_names: bool
    closes_at: datetime | None = None

    @property
    def at(self) -> datetime:
        return self.viewer.at

    @property
    def title(self) -> str:
        """Whose desk it is: the one service's, or else the agency's."""
        if not self.services:
            return _("Today")
        return self.services[0].name if len(self.services) == 1 else self.services[0].agency.name

    def referrals(self) -> QuerySet:
        """What was sent to these services, as far as this desk sees it."""
        return Referral.objects.seen_by(self.viewer).filter(
            to_agency_id=self.viewer.agency_id, service__in=[service.pk for service in self.services]
        )


@dataclass(frozen=True)
class Line:
    """One referral as the desk sees it. `kept`: its place is kept until then. `undo`: until when the last word can be taken back."""

    key: UUID
    since: datetime
    who: str
    how: str
    place: str
    expected_at: datetime | None
    needs: str
    speaks: str
    state: ReferralState
    clock: Clock | None
    moves: frozenset[str]
    words: str
    kept: datetime | None = None
    keep_longer: bool = False
    undo: datetime | None = None


def services_of(agency_id: int) -> list[Service]:
    """The services of an agency, by name."""
    rows = Service.objects.standing().filter(agency_id=agency_id, status="active").select_related("agency")
    return list(rows.order_by("name", "pk"))


def lists(desk: Desk) -> dict[str, object]:
    """Who waits for an answer, who is coming, who is here, and what else was today. What waits longest stands first."""
    rows = desk.referrals().select_related("service", "place_hold")
    ahead = list(rows.filter(is_pending(), open=True).order_by("opened_at", "pk")[: MOST + 1])
    here = list(rows.filter(open=True, state__in=HERE).order_by("-opened_at", "-pk")[: MOST + 1])
    over = list(rows.filter(open=False, closed_at__gte=_midnight(desk)).order_by("-closed_at", "-pk")[:MOST])
    draw = _Lines(desk, [*ahead[:MOST], *here[:MOST], *over])
    return {
        "waiting": [draw.line(row) for row in ahead[:MOST] if row.state in WAITING],
        "coming": [draw.line(row) for row in ahead[:MOST] if row.state in COMING],
        "here": [draw.line(row) for row in here[:MOST]],
        "earlier": [draw.line(row) for row in over],
        "more_than": MOST if max(len(ahead), len(here)) > MOST else 0,
    }


class _Lines:
    """Draws rows with what was asked about all of them at once: names, and words that can still be taken back."""

    def __init__(self, desk: Desk, rows: Sequence[Referral]):
        self.desk = desk
        self.named = _named(desk, rows)
        self.undo = _undo_until(desk, rows)
        self.here_since = _here_since(desk, [row for row in rows if row.state in HERE])

    def line(self, row: Referral) -> Line:
        """One row, in the desk's words."""
        desk, state = self.desk, ReferralState(row.state)
        kept = _kept(row.place_hold, desk.at) if state in (*WAITING, *COMING) else None
        return Line(
            key=row.key,
            since=row.closed_at or self.here_since.get(row.pk) or row.opened_at,
            who=self.named.get(row.file_id) or _("An adult"),
            how="" if state in HERE else str(MODES_IN[Mode(row.mode)]),
            place=row.service.name if len(desk.services) > 1 else "",
            expected_at=row.expected_at if state in COMING else None,
            needs=needs_in_words(row.needs),
            speaks="" if row.language in ("", "en") else shown(say(name_of(row.language))),
            state=state,
            clock=clock_for(row, desk.at),
            moves=frozenset(move.name for move in handoff_steps.steps_from(state, desk.viewer.role)),
            words=PROVIDER[state].in_words(_),
            kept=kept,
            keep_longer=bool(kept and row.place_hold.extended_at is None and kept - desk.at <= WARN_BEFORE),
            undo=self.undo.get(row.pk),
        )


def _named(desk: Desk, rows: Sequence[Referral]) -> dict[int, str]:
    """The names people allowed, by file, for those with an account; where none was allowed the file is not there."""
    if not desk.shows_names:
        return {}
    files = PersonFile.objects.seen_by(desk.viewer).filter(pk__in={row.file_id for row in rows})
    return {file.pk: identity_of(file).name for file in files}


def _undo_until(desk: Desk, rows: Sequence[Referral]) -> dict[int, datetime]:
    """Until when the last word about each of these can be taken back, where it is the desk's own and a moment old."""
    recent = Step.objects.seen_by(desk.viewer).filter(
        referral__in=[row.pk for row in rows], at__gt=desk.at - TAKE_BACK_FOR
    )
    last = {step.referral_id: step for step in recent.order_by("pk")}
    return {
        pk: step.at + TAKE_BACK_FOR
        for pk, step in last.items()
        if step.source == Source.RECEIVER and step.reason != UNDONE and step.state != ReferralState.MET
    }


def _here_since(desk: Desk, rows: Sequence[Referral]) -> dict[int, datetime]:
    arrived = Step.objects.seen_by(desk.viewer).filter(referral__in=[row.pk for row in rows])
    return dict(arrived.filter(state=ReferralState.ARRIVED.value).order_by("pk").values_list("referral_id", "at"))


def _kept(hold: PlaceHold | None, at: datetime) -> datetime | None:
    live = hold is not None and hold.freed_at is None and hold.filled_at is None and hold.expires_at > at
    return hold.expires_at if live else None


def _midnight(desk: Desk) -> datetime:
    zone = ZoneInfo(desk.services[0].agency.zone) if desk.services else desk.at.tzinfo
    return desk.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
