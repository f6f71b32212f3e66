"""The worker's rounds: what is due, and one that fails stops no other."""

from datetime import UTC, datetime, timedelta

from offramp.jobs import rounds

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def job(name, every=timedelta(minutes=1), run=lambda at: None):
    return rounds.Job(name, every, run)


def test_every_job_is_due_at_the_start():
    jobs = [job("a"), job("b")]

    assert rounds.due(jobs, {}, NOON) == jobs


def test_a_job_is_due_again_when_its_time_has_passed():
    jobs = [job("often", timedelta(seconds=5)), job("seldom", timedelta(hours=1))]
    last = {"often": NOON - timedelta(seconds=5), "seldom": NOON - timedelta(minutes=59)}

    assert [each.name for each in rounds.due(jobs, last, NOON)] == ["often"]


def test_one_that_fails_stops_no_other(monkeypatch):
    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    done = []

    failed = rounds.do([job("bad", run=lambda at: 1 / 0), job("good", run=done.append)], at=NOON)

    assert failed == ["bad"]
    assert done == [NOON]


def test_every_job_of_the_folder_has_a_name_and_a_pace():
    for each in rounds.every_job():
        assert each.name
        assert each.every > timedelta(0)
