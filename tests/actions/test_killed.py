"""A process killed at any moment: what was acknowledged is there, and nothing is there by halves."""

import os
import random
import subprocess
import sys
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from offramp.demo.cast import set_the_stage
from offramp.records.capacity import Capacity, PlaceHold
from offramp.records.charge_hold import ChargeHold
from offramp.records.encounter import Encounter, Permission, Transport, Verdict
from offramp.records.episode import Disclosure, Episode, EpisodeStep
from offramp.records.guard import whole_table
from offramp.records.ledger import Entry
from offramp.records.link import FileLink
from offramp.records.outbox import Notice
from offramp.records.person import PersonFile
from offramp.records.referral import Referral, Step
from offramp.records.sight import Sight, bits, rules

AT = datetime(2026, 11, 24, 22, 38, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def everything(model):
    return whole_table(model, because="a test counts what a killed process left")


def place() -> dict[str, str]:
    """The environment in which another process finds this test's database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{found['NAME']}"
    else:
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)
    return os.environ | {"DATABASE_URL": address, "OFFRAMP_TEST_HOME": str(settings.OFFRAMP_HOME)}


def divert_until_killed(after: float, seed: int) -> list[uuid.UUID]:
    """What a process acknowledged before it was killed without warning, `after` seconds past its first word."""
    work = subprocess.Popen(
        [sys.executable, "-m", "tests.actions.diverting", AT.isoformat(), str(seed)],
        cwd=ROOT, env=place(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    first = work.stdout.readline()
    assert first, work.stderr.read()
    time.sleep(after)
    work.kill()
    said, _ = work.communicate()
    lines = (first + said).splitlines(keepends=True)
    return [uuid.UUID(line.strip()) for line in lines if line.endswith("\n")]


def is_whole(encounters) -> None:
    """Each handoff has each of its rows exactly as often as one handoff does."""
    n = len(encounters)
    charged = sum(one.pathway == "officer_intervention" for one in encounters)
    driven = sum(one.mode == "police_transport" for one in encounters)
    assert Counter(
        {
            model.__name__: everything(model).count()
            for model in (Verdict, Permission, Episode, EpisodeStep, Referral, Step, Disclosure, FileLink, PersonFile)
        }
    ) == {
        "Verdict": n, "Permission": n, "Episode": n, "EpisodeStep": 4 * n, "Referral": n, "Step": n,
        "Disclosure": 2 * n, "FileLink": n, "PersonFile": 2 * n,
    }  # fmt: skip
    assert (everything(ChargeHold).count(), everything(Transport).count()) == (charged, driven)
    assert (PlaceHold.objects.count(), Notice.objects.count()) == (n, 2 * n)
    assert Entry.objects.filter(deed="diverted").count() == n
    expected = sorted((r.file_id, r.holder, bits(r.kinds), r.source) for rule in rules().values() for r in rule(AT))
    assert sorted(Sight.objects.values_list("file_id", "holder", "kinds", "source")) == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("diverts", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_random_nothing_acknowledged_is_lost_and_nothing_is_half_written(diverts):
    set_the_stage(AT)
    Capacity.objects.filter(service__name="Harbor Stabilization").update(open_places=900)
    luck, acknowledged, kills = random.Random(diverts), [], 0

    while len(acknowledged) < diverts:
        acknowledged += divert_until_killed(luck.uniform(0, 0.6), seed=kills)
        kills += 1

    kept = list(everything(Encounter))
    assert {one.key for one in kept} >= set(acknowledged)
    assert kills > 1
    assert len(kept) <= len(acknowledged) + kills
    is_whole(kept)
