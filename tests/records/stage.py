"""The stage of the door's suite: for every protected model one row of ours and one of theirs.

A new protected model needs a builder here; without one the suite fails.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import models

from offramp.records import person, sight, vault
from offramp.records.agency import Agency
from offramp.records.door import Protected
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.person import PersonFile
from offramp.records.service import Service
from offramp.records.staff import User
from offramp.rules.visibility import TABLE, Viewer, holder_of
from offramp.rules.words import Ground, Kind, Role, Side

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
SAM = Identity("Samuel", "Rivers", birth=Birth(1990, 4, 2), phones=(Contact("555-0101", "said"),))
ROBIN = Identity("Robin", "Marsh", birth=Birth(1985))

ROLE_OF = {Side.POLICE: Role.OFFICER, Side.CARE: Role.NAVIGATOR, Side.LEGAL: Role.PROSECUTOR}


def protected_models() -> list[type[Protected]]:
    """Every model behind the door, found by walking what is installed."""
    return [model for model in apps.get_models() if issubclass(model, Protected)]


def viewer_of(
    agency, side: Side, *, role: Role | None = None, at: datetime = NOW, user_id: int = 1
) -> Viewer:
    """Somebody of this agency who works on this side."""
    holders = frozenset({holder_of("agency", agency.pk), holder_of("user", user_id)})
    return Viewer(user_id, agency.pk, role or ROLE_OF[side], "test", at, holders)


@dataclass
class Set:
    """What belongs to one agency on one side."""

    agency: Agency
    user: User
    service: Service
    viewer: Viewer
    file: PersonFile
    rows: dict[type, models.Model]


@dataclass(frozen=True)
class Scene:
    """One model, a row of ours, a row of theirs, and who looks."""

    model: type[Protected]
    ours: Protected
    theirs: Protected
    viewer: Viewer
    other: Viewer

    @property
    def seen(self):
        return self.model.objects.seen_by(self.viewer)

    @property
    def stranger(self) -> Viewer:
        """In the right role, of no agency that holds anything."""
        return replace(self.viewer, user_id=99, agency_id=-1, holders=frozenset({"agency:-1", "user:99"}))


# -- Builders: what a row of each model needs besides its file ------------------------------------------------------

BUILDERS = {}


def builds(name):
    def keep(build):
        BUILDERS[name] = build
        return build

    return keep


@builds("PersonFile")
def _file(s):
    raise AssertionError("files are opened, not built")


@builds("Encounter")
def _encounter(s):
    return {"key": uuid.uuid4(), "agency": s.agency, "officer": s.user, "at": NOW, "recorded_at": NOW,
            "ending": "handed_off", "sealed": b"s"}  # fmt: skip


@builds("Verdict")
def _verdict(s):
    return {"encounter": s.rows["Encounter"], "pathway": "p", "version": "1", "answer": "yes", "findings": [],
            "sealed": b"s", "at": NOW}  # fmt: skip


@builds("Permission")
def _permission(s):
    return {"encounter": s.rows["Encounter"], "answer": "yes", "wording": "w", "wording_version": "1",
            "language": "en", "at": NOW}  # fmt: skip


@builds("TellBack")
def _tellback(s):
    return {"encounter": s.rows["Encounter"], "word": "met", "at": NOW}


@builds("Transport")
def _transport(s):
    return {"encounter": s.rows["Encounter"], "sealed": b"s", "began_at": NOW}


@builds("ChargeHold")
def _charge_hold(s):
    later = NOW + timedelta(days=1)
    return {"encounter": s.rows["Encounter"], "agency": s.agency, "offence": "35A", "state": "reported",
            "opened_at": NOW, "packet_due_at": later, "intake_due_at": later, "ends_at": later}  # fmt: skip


@builds("ChargeHoldStep")
def _charge_hold_step(s):
    return {"charge_hold": s.rows["ChargeHold"], "state": "reported", "at": NOW, "by": s.user}


@builds("Episode")
def _episode(s):
    return {"agency": s.agency, "source_agency": s.agency, "pathway": "p", "stage": "new", "began_at": NOW}


@builds("EpisodeStep")
def _episode_step(s):
    return {"episode": s.rows["Episode"], "stage": "new", "at": NOW, "by": s.user}


@builds("Disclosure")
def _disclosure(s):
    return {"from_agency": s.agency, "to_agency": s.agency, "ground": "spoken_permission", "at": NOW}


@builds("Referral")
def _referral(s):
    return {"episode": s.rows["Episode"], "service": s.service, "from_agency": s.agency, "to_agency": s.agency,
            "state": "requested", "mode": "worker_comes", "opened_at": NOW}  # fmt: skip


@builds("Step")
def _step(s):
    return {
        "referral": s.rows["Referral"],
        "state": "requested",
        "source": "sender",
        "at": NOW,
        "agency": s.agency,
    }


@builds("FileLink")
def _link(s):
    return {"other_side": "police", "other_key": uuid.uuid4(), "why": "handed_over", "made_at": NOW}


# -- Setting it up --------------------------------------------------------------------------------------------------


def build_set(name: str, side: Side, identity: Identity) -> Set:
    """One agency with one file, and a row of every model of its side."""
    agency = Agency.objects.create(name=name)
    user = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@example.org", name=name, made_at=NOW)
    service = Service.objects.create(agency=agency, name=f"{name} service")
    viewer = viewer_of(agency, side, user_id=user.pk)
    file = person.open_file(viewer, side=side, agency_id=agency.pk, identity=identity, at=NOW)
    sight.grant(file, holder_of("agency", agency.pk), TABLE[viewer.role], Ground.OWN_AGENCY)
    made = Set(agency, user, service, viewer, file, {"PersonFile": file})
    for model in sorted(protected_models(), key=depth):
        if model is not PersonFile and model.side is side:
            values = plain_values(model, made) | BUILDERS[model.__name__](made)
            made.rows[model.__name__] = model.objects.seen_by(viewer).create(file=file, **values)
    for row in made.rows.values():
        if row.sealed_as and row.about:
            row.sealed = vault.seal_for(file, row.sealed_as.format(row=row), {"typed": "words"})
            row.save(update_fields=["sealed"])
    return made


def plain_values(model, s: Set) -> dict:
    """What a required agency, user or time would be anyway."""
    needed = [f for f in model._meta.concrete_fields if not f.null and not f.has_default()]
    people = {Agency: s.agency, User: s.user}
    values = {f.name: people[f.related_model] for f in needed if f.remote_field and f.related_model in people}
    return values | {f.name: NOW for f in needed if f.get_internal_type() == "DateTimeField"}


def depth(model) -> int:
    """Parents come before their rows."""
    parents = {field.related_model for field in model._meta.local_fields if field.remote_field} - {model}
    return 1 + max((depth(parent) for parent in parents if issubclass(parent, Protected)), default=0)


def build() -> dict[tuple[str, str], Set]:
    """Ours and theirs, on each side that has rows."""
    return {
        (whose, side): build_set(f"{whose} {side}", side, SAM if whose == "ours" else ROBIN)
        for side in (Side.POLICE, Side.CARE)
        for whose in ("ours", "theirs")
    }


def scene(sets, model) -> Scene:
    """This model's scene."""
    side = model.side if isinstance(model.side, Side) else Side.POLICE
    ours, theirs = sets["ours", side], sets["theirs", side]
    return Scene(model, ours.rows[model.__name__], theirs.rows[model.__name__], ours.viewer, theirs.viewer)


KINDS = list(Kind)
