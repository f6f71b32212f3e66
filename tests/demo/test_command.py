"""`offramp demo`: makes the city where there is none, leaves a real place alone, begins again after a kill, and is quick the second time."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from offramp.cli import demo
from offramp.cli.answer import Stop
from offramp.demo import again
from offramp.demo import city as making
from offramp.records import house
from offramp.records.agency import Agency
from offramp.records.staff import User
from tests.demo.conftest import NOW


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(home, port, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.demo.demo_small", "--port", str(port), *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "OFFRAMP_HOME": str(home)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def ready(port, server) -> float:
    """How long it took until the persona page answers."""
    began = time.monotonic()
    while time.monotonic() < began + 90 and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/demo/", timeout=5) as page:
                assert b"Officer Alvarez" in page.read()
                return time.monotonic() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(server.stderr.read())


def stop(server) -> str:
    server.send_signal(signal.SIGTERM)
    _, said = server.communicate(timeout=30)
    return said


def test_killed_while_making_it_begins_again_and_the_second_start_makes_nothing(tmp_path):
    port = free_port()
    killed = start(tmp_path, port)
    for line in killed.stderr:
        if "meetings, until" in line:
            break
    killed.kill()
    killed.communicate()

    first = start(tmp_path, port)
    ready(port, first)
    said = stop(first)
    assert "Making the city" in said
    assert f"http://localhost:{port}/demo/as/brooks/" in said

    second = start(tmp_path, port)
    took = ready(port, second)
    said = stop(second)
    assert "Making" not in said
    assert took < 30, "five seconds where nothing else runs"

    anew = start(tmp_path, port, "--fresh")
    ready(port, anew)
    said = stop(anew)
    assert "Taking the old city down" in said
    assert "Made in" in said


# -- In this process --------------------------------------------------------------------------------------------------


@pytest.fixture
def nothing_is_made(monkeypatch):
    """Making or taking down anything fails the test."""

    def no(*args, **kwargs):
        raise AssertionError("something was made or taken down")

    for where, name in ((making, "make"), (again, "go_on"), (demo, "_empty")):
        monkeypatch.setattr(where, name, no)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_real_place_is_left_alone(db, nothing_is_made, fresh):
    house.mark(name="Somewhere", zone="America/Chicago", demo=False, made_at=NOW)

    with pytest.raises(Stop, match="not a demo"):
        demo.ready(fresh=fresh)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_place_with_accounts_and_no_name_is_left_alone(db, nothing_is_made, fresh):
    User.objects.create_user("somebody@example.org", name="Somebody", made_at=NOW)

    with pytest.raises(Stop, match="not a demo"):
        demo.ready(fresh=fresh)


def test_a_making_that_breaks_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(making, "live", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        making.make(at=NOW, encounters=20, say=lambda words: None)

    assert house.here() is None
    assert not Agency.objects.exists()
    assert not User.objects.exists()
