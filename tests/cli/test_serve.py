"""The server comes up, says where, serves styles that never change under their name, and takes its worker along when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(home, port, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "offramp", "serve", "--port", str(port), "--processes", "1", *words],
        env={"PATH": os.environ["PATH"], "OFFRAMP_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(port) -> bytes:
    until = time.monotonic() + 45
    while time.monotonic() < until:
        try:
            return urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


def children(pid: int) -> list[int]:
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(child) for child, parent in map(str.split, table.splitlines()) if int(parent) == pid]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_it_comes_up_says_where_and_leaves_nothing_behind(home):
    port = free_port()
    server = start(home, port)
    try:
        wait_for(port)
        family = children(server.pid)
        page = urllib.request.urlopen(f"http://localhost:{port}/account/login/", timeout=10).read().decode()
        styles = re.search(r'href="(/static/build/offramp\.[0-9a-f]{12}\.css)"', page)
        assert styles, "the styles are named by their content"
        asked = urllib.request.Request(f"http://localhost:{port}{styles[1]}", headers={"Accept-Encoding": "gzip"})
        answer = urllib.request.urlopen(asked, timeout=10)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
    finally:
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=30)

    assert f"http://localhost:{port}" in said
    assert len(family) >= 2, "a web process and the worker"
    until = time.monotonic() + 10
    while any(map(alive, family)) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in family if alive(pid)] == []


def test_a_taken_port_is_said_at_once(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        server = start(home, port, "--no-worker")
        _, said = server.communicate(timeout=45)

    assert server.returncode == 1
    assert f"Port {port} is taken" in said
