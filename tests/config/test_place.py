"""What the environment says, and what it may not say."""

import multiprocessing

import pytest

from offramp.config import place


def test_set_to_nothing_is_not_set(monkeypatch):
    monkeypatch.setenv("OFFRAMP_ZONE", "  ")

    assert place.said("OFFRAMP_ZONE", "UTC") == "UTC"


@pytest.mark.parametrize(("word", "means"), [("1", True), ("No", False), ("on", True), ("", False)])
def test_a_switch(monkeypatch, word, means):
    monkeypatch.setenv("OFFRAMP_DEBUG", word)

    assert place.yes("OFFRAMP_DEBUG") is means


def test_a_misspelt_switch_is_not_a_silent_no(monkeypatch):
    monkeypatch.setenv("OFFRAMP_HTTPS", "ture")

    with pytest.raises(place.BadSetting, match="OFFRAMP_HTTPS must be yes or no"):
        place.yes("OFFRAMP_HTTPS")


def test_a_port_is_a_number(monkeypatch):
    monkeypatch.setenv("PORT", "eighty")

    with pytest.raises(place.BadSetting):
        place.number("PORT", 8000)


def test_the_embedded_database_locks_at_once_and_wipes_what_it_frees(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    options = place.database(tmp_path)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        assert pragma in options["init_command"]


def test_postgresql_by_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://off%40ramp:p%2Fw@db.example.gov:5433/rivermouth?sslmode=require")

    found = place.database(tmp_path)

    assert (found["USER"], found["PASSWORD"]) == ("off@ramp", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.gov", 5433, "rivermouth")
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres://host", "offramp.sqlite3"])
def test_an_address_we_can_not_follow_is_said(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(place.BadSetting):
        place.database(tmp_path)


def test_a_secret_is_made_once_for_us_alone(tmp_path):
    first = place.keep(tmp_path / "keys" / "web", lambda: "one")
    again = place.keep(tmp_path / "keys" / "web", lambda: "two")

    assert first == again == "one"
    assert (tmp_path / "keys" / "web").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_two_processes_making_a_secret_at_once_end_with_the_same(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        secrets = pool.starmap(_make, [(tmp_path / "web", n) for n in range(12)])

    assert len(set(secrets)) == 1


def _make(file, n):
    return place.keep(file, lambda: f"secret-{n}")


def test_mail_by_its_address():
    found = place.mail("smtp://rivermouth:p%40ss@mail.example.gov:2525")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == ("mail.example.gov", 2525, "p@ss")
    assert found["EMAIL_USE_TLS"]
    assert not found["EMAIL_USE_SSL"]
