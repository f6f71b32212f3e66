"""Hand out, read and close links to a service's desk, for providers who want no account."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Count

from offramp.records import ledger
from offramp.records.desk_link import DeskLink
from offramp.records.service import Service
from offramp.rules.duties import Duty, may, require
from offramp.rules.refusal import NotFound
from offramp.rules.visibility import Viewer, holder_of
from offramp.rules.words import Role

GOOD_FOR = timedelta(days=30)
_SALT = "offramp.desk_link"


class LinkIsOver(NotFound):
    """A link that was closed, has run out, or was never one of ours: the three are not told apart."""


def make(*, viewer: Viewer, at: datetime, service_key: uuid.UUID) -> str:
    """The token of a new link to a service's desk. Its own agency makes it, or the navigators who work with it."""
    own_only = not may(viewer.role, Duty.WORK_HANDOFFS)
    require(viewer, Duty.ANSWER_REFERRALS if own_only else Duty.WORK_HANDOFFS)
    services = Service.objects.standing().filter(key=service_key)
    service = (services.filter(agency_id=viewer.agency_id) if own_only else services).first()
    if service is None:
        raise NotFound
    with transaction.atomic():
        link = DeskLink.objects.create(service=service, made_by=viewer.user_id, made_at=at, expires_at=at + GOOD_FOR)
        ledger.write(viewer, deed="desk_link_made", at=at, about=link.key)
    return token_of(link)


def close(*, viewer: Viewer, at: datetime, service_key: uuid.UUID) -> int:
    """Close every open link to a service's desk. Says how many."""
    require(viewer, Duty.ANSWER_REFERRALS)
    with transaction.atomic():
        links = DeskLink.objects.filter(service__key=service_key, service__agency_id=viewer.agency_id, closed_at=None)
        closed = links.update(closed_at=at)
        ledger.write(viewer, deed="desk_links_closed", at=at, about=service_key, details={"count": closed})
    return closed


def how_many(*, viewer: Viewer, at: datetime) -> dict[int, int]:
    """How many links lead to each service of the viewer's agency now."""
    links = DeskLink.objects.filter(service__agency_id=viewer.agency_id, closed_at=None, expires_at__gt=at)
    return dict(links.values_list("service_id").annotate(n=Count("pk")))


def token_of(link: DeskLink) -> str:
    """The link's key, signed."""
    return _signer().sign(urlsafe_b64encode(link.key.bytes).decode().rstrip("="))


def opened(token: str, *, at: datetime) -> tuple[DeskLink, Viewer]:
    """The link, and who its bearer is: the desk of that service, nobody by name. Raises `LinkIsOver`.

    They hold the service alone, not its agency: what they see is what was asked of this service, and never who it is.
    """
    link = DeskLink.objects.select_related("service__agency").filter(key=_key(token)).first()
    closed = link is None or not link.opens_at(at) or link.service.closed_at or link.service.agency.closed_at
    if closed:
        raise LinkIsOver("This link is over. Ask the navigators for a new one.")
    holders = frozenset({holder_of("service", link.service_id)})
    return link, Viewer(None, link.service.agency_id, Role.PROVIDER, f"desk_link:{link.pk}", at, holders)


def _key(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(bytes=urlsafe_b64decode(_signer().unsign(token) + "=="))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt=_SALT)
