"""The cast of the play: a few agencies of Rivermouth, the people who work there, and three people in need.

One stage for the demo city and for the tests, so that a story told in one is true in the other. Everybody is
made up; every phone number begins with 555 and every address ends in `.example`, so nothing ever reaches anyone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from offramp.actions import accounts
from offramp.demo.places import Opened, find_places, open_places
from offramp.pages.gate import viewer_for
from offramp.records import house
from offramp.records.agency import Agency, AgencyKind, Team
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.staff import Membership, Shift, User
from offramp.rules.visibility import Viewer
from offramp.rules.words import Role

CITY, ZONE = "Rivermouth", "America/Los_Angeles"
MIDDLE = (46.97, -123.82)

AGENCIES = {
    "navigators": ("Rivermouth Navigators", AgencyKind.NAVIGATION),
    "harbor": ("Harbor Stabilization", AgencyKind.PROVIDER),
    "northside": ("Northside Detox", AgencyKind.PROVIDER),
    "mercy": ("Mercy Crisis Center", AgencyKind.PROVIDER),
    "eastside": ("Eastside Shelter", AgencyKind.COMMUNITY),
    "prosecutor": ("Rivermouth Prosecutor", AgencyKind.PROSECUTOR),
    "police": ("Rivermouth Police Department", AgencyKind.POLICE),
    "next_county": ("Alder County Sheriff", AgencyKind.SHERIFF),
}

# In the order of the play: key, name, role, agency, badge, and what they are to the story.
PEOPLE = (
    (
        "alvarez",
        "Officer Alvarez",
        Role.OFFICER,
        "police",
        "4471",
        "Patrol, nights. Meets Sam outside the pharmacy.",
    ),
    ("diaz", "Sgt. Diaz", Role.SUPERVISOR, "police", "2210", "Decides where a rule asks for a supervisor."),
    (
        "brooks",
        "Navigator Brooks",
        Role.NAVIGATOR,
        "navigators",
        "",
        "Stays with people from the handoff on.",
    ),
    ("dana", "Dana R.", Role.PEER, "navigators", "", "A peer: has been there, and comes to the scene."),
    ("chen", "Dr. Chen", Role.PROVIDER, "harbor", "", "At the desk of Harbor Stabilization, day and night."),
    ("ellis", "Prosecutor Ellis", Role.PROSECUTOR, "prosecutor", "", "Decides about charges that wait."),
    (
        "gray",
        "Manager Gray",
        Role.MANAGER,
        "navigators",
        "",
        "Asks whether it works, and whether it is fair.",
    ),
    (
        "casey",
        "Officer Casey",
        Role.OFFICER,
        "next_county",
        "118",
        "Of the next county: must see nothing of all this.",
    ),
    (
        "ito",
        "Administrator Ito",
        Role.ADMINISTRATOR,
        "police",
        "",
        "Opens and closes accounts. Sees no content.",
    ),
)

# Those who need help. What police hold of them, as they said it.
SAM = Identity(
    "Samuel", "Rivers", birth=Birth(1990, 4, 2), phones=(Contact("555-0101", "said", True),), language="en"
)
ROBIN = Identity(
    "Robin", "Marsh", birth=Birth(1985), phones=(Contact("555-0102", "said", True),), language="es"
)
JO = Identity("Jo", "Alvarado", birth=Birth(1978, 11), language="en")


@dataclass(frozen=True)
class Cast:
    """Who is on the stage. Agencies, teams, people and services by their short keys."""

    agencies: dict[str, Agency]
    teams: dict[str, Team]
    people: dict[str, User]
    places: dict[str, Opened]

    def viewer(self, who: str, *, at: datetime, purpose: str = "test") -> Viewer:
        """Somebody of the cast, looking at that moment in their own job."""
        job = Membership.objects.current().select_related("agency", "team").get(user=self.people[who])
        return viewer_for(job, at=at, purpose=purpose)

    def membership(self, who: str) -> Membership:
        """The one job somebody of the cast has."""
        return Membership.objects.current().get(user=self.people[who])


@transaction.atomic
def set_the_stage(at: datetime, *, since: datetime | None = None, seed: int | None = None) -> Cast:
    """Open the agencies, accounts and places of the cast. Everybody has been at work for a year; counts are fresh at `at`.

    `since`: a longer story begins then (the demo city's year), and the first counts were said then.
    """
    house.mark(name=CITY, zone=ZONE, demo=True, made_at=at, seed=seed)
    agencies = _agencies()
    teams = {"peers": Team.objects.create(agency=agencies["navigators"], name="Night peers")}
    people = {line[0]: _account(line, agencies, teams, at, since or at) for line in PEOPLE}
    _on_shift(people, teams["peers"], at)
    return Cast(agencies, teams, people, open_places(agencies, teams, since or at))


def find_the_cast() -> Cast:
    """The cast again, where their stage stands already."""
    agencies = {key: Agency.objects.get(name=name) for key, (name, _) in AGENCIES.items()}
    teams = {"peers": Team.objects.get(agency=agencies["navigators"])}
    people = {user.persona: user for user in User.objects.exclude(persona="")}
    return Cast(agencies, teams, people, find_places(agencies))


def _agencies() -> dict[str, Agency]:
    """The agencies of the play. A department's `policy` names its pack, its navigators and whom to call."""
    made = {key: _agency(key, name, kind) for key, (name, kind) in AGENCIES.items()}
    police = made["police"]
    police.pathways = ["officer_prevention", "officer_intervention"]
    police.policy = {
        "pack": "rivermouth",
        "navigators": str(made["navigators"].key),
        "youth_on_call": "555-0118",
        "supervisor_on_call": "555-0122",
    }
    police.save(update_fields=["pathways", "policy"])
    return made


def _agency(key: str, name: str, kind: AgencyKind) -> Agency:
    return Agency.objects.create(
        name=name, kind=kind.value, zone=ZONE, lat=MIDDLE[0], lon=MIDDLE[1], email=f"{key}@rivermouth.example"
    )


def _account(line: tuple, agencies: dict[str, Agency], teams: dict[str, Team], at: datetime, since: datetime) -> User:
    key, name, role, where, badge, says = line
    user = accounts.add(
        viewer=accounts.console(at=at),
        at=since - timedelta(days=365),
        email=f"{key}@rivermouth.example",
        name=name,
        agency_id=agencies[where].pk,
        role=role,
        team_id=teams["peers"].pk if role is Role.PEER else None,
        badge=badge,
        cleared_on=date(at.year - 1, 1, 2),
    )
    User.objects.filter(pk=user.pk).update(persona=key, persona_says=says, woken_at=at)
    user.refresh_from_db()
    return user


def _on_shift(people: dict[str, User], team: Team, at: datetime) -> None:
    """Dana is on until morning."""
    job = Membership.objects.get(user=people["dana"])
    begins, ends = at - timedelta(hours=2), at + timedelta(hours=10)
    Shift.objects.create(membership=job, team=team, begins_at=begins, ends_at=ends)
