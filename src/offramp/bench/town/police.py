"""What police remember of three years: a file, an encounter and one word back for every fifth person."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta

from offramp.bench.bulk import Bulk
from offramp.bench.load_people import BATCH, FILE, SIGHT, code_of
from offramp.bench.names import People
from offramp.bench.town.plan import ONE_IN, Plan
from offramp.bench.town.staff import Staff
from offramp.records import vault
from offramp.records.encounter import Encounter, TellBack
from offramp.records.identity import Identity
from offramp.records.person import LABEL, OWN_WORK, PersonFile
from offramp.records.sight import Sight, bits
from offramp.records.stored_key import stored
from offramp.records.tokens import numbers, texts_of
from offramp.rules.visibility import holder_of
from offramp.rules.words import EncounterEnding, Ground, Kind, Mode, Side, Told

ENCOUNTER = (
    "id key file_id agency_id officer_id at form_opened_at recorded_at what needs pathway ending reason mode language seen_race"
    " seen_sex seen_age cell sealed undone_at"
)
TELLBACK = "encounter_id file_id word at"
SEED = 2
ENDINGS = [EncounterEnding.HANDED_OFF] * 6 + [EncounterEnding.DECLINED, EncounterEnding.DEFERRED] + [EncounterEnding.NOT_DIVERTED] * 2


def fill(bulk: Bulk, plan: Plan, staff: Staff, tell) -> None:
    """Files, encounters, words back, sight, and the one token by which an agency knows somebody again."""
    luck, people, key = random.Random("police"), People(SEED), stored(f"search_{Side.POLICE}", Side.POLICE.value)
    for start in range(1, plan.encounters + 1, BATCH):
        some = range(start, min(start + BATCH, plan.encounters + 1))
        where = {n: _where(n, staff, luck) for n in some}
        known = {n: people.one() for n in some}
        files = {n: _file(n, plan, where[n][0], known[n]) for n in some}
        bulk.add(PersonFile, FILE, (_file_row(file) for file in files.values()))
        met = [_encounter(n, plan, *where[n], files[n], luck) for n in some]
        bulk.add(Encounter, ENCOUNTER, met)
        bulk.add(TellBack, TELLBACK, _words(met))
        bulk.add(Sight, SIGHT, (row for n in some for row in _sights(files[n].pk, *where[n])))
        for n in some:
            bulk.tokens((token, files[n].pk) for token in numbers(key, texts_of(Side.POLICE, where[n][0], known[n])))
        tell(f"{some.stop - 1:,} of {plan.encounters:,} encounters")


def _where(n: int, staff: Staff, luck: random.Random) -> tuple[int, int]:
    """Which agency, and which of its officers."""
    name = "marshal" if n % ONE_IN == 13 else "police" if n % 10 < 6 else "sheriff"
    return staff.agencies[name], luck.choice(staff.people[name])


def _file(n: int, plan: Plan, agency: int, identity: Identity) -> PersonFile:
    pk, key, side = plan.people + n, uuid.uuid4(), Side.POLICE.value
    file = PersonFile(pk=pk, key=key, side=side, agency_id=agency, code=code_of(pk), data_key=vault.new_data_key(side, key))
    file.sealed = vault.seal_for(file, LABEL, identity.to_json())
    file.opened_at = plan.moment(n, plan.encounters)
    return file


def _file_row(file: PersonFile) -> tuple:
    return file.pk, file.key, file.side, file.agency_id, file.code, file.sealed, file.data_key, False, file.opened_at


def _encounter(n: int, plan: Plan, agency: int, officer: int, file: PersonFile, luck: random.Random) -> tuple:
    key, at, ending = uuid.uuid4(), plan.moment(n, plan.encounters), luck.choice(ENDINGS)
    when = (at, at, at + timedelta(minutes=luck.randrange(1, 6)))
    typed = {"incident_number": f"24-{n}", "place": f"{n % 900} Main Street"}
    told = (["substance_use"], ["substance_use"], "officer_prevention", ending.value, "", Mode.OWN_WAY.value, "en")
    seen = ("not_recorded", "not_recorded", "not_recorded", "")
    return (n, key, file.pk, agency, officer, *when, *told, *seen, vault.seal_for(file, f"encounter:{key}", typed), None)


def _words(encounters: list[tuple]) -> Iterator[tuple]:
    """Two of three of those handed over were met."""
    names = ENCOUNTER.split()
    file, ending, at = names.index("file_id"), names.index("ending"), names.index("recorded_at")
    for row in encounters:
        if row[ending] == EncounterEnding.HANDED_OFF.value and row[0] % 3:
            yield row[0], row[file], Told.MET.value, row[at] + timedelta(hours=1)


def _sights(file: int, agency: int, officer: int) -> Iterator[tuple]:
    yield file, holder_of("agency", agency), bits(OWN_WORK[Side.POLICE]), Ground.OWN_AGENCY.value, 0, None
    yield file, holder_of("user", officer), bits({Kind.TELLBACK}), Ground.ASSIGNMENT.value, 0, None
