"""The server as `offramp serve` runs it, on a free port, and somebody signed in to it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from offramp.bench.visit import Used, Visit

PATIENCE = 120  # seconds until it must be up


class NotUp(Exception):
    """The server did not come up."""


@dataclass(frozen=True)
class Server:
    """Where it listens, and the process that looks after the others."""

    port: int
    pid: int

    def used(self) -> Used:
        """What its web processes have used so far."""
        told = [_schedule(task) for pid in self._web() for task in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return Used(sum(run for run, _ in told) / 1e9, sum(wait for _, wait in told) / 1e9)

    def _web(self) -> list[str]:
        """Those that answer pages: forked from the first, so under the same words. The worker beside them has others."""
        with suppress(OSError):
            words = Path(f"/proc/{self.pid}/cmdline").read_bytes()
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            return [pid for pid in children if Path(f"/proc/{pid}/cmdline").read_bytes() == words]
        return []


def _schedule(task: Path) -> tuple[int, int]:
    with suppress(OSError):
        run, wait, _ = task.read_text().split()
        return int(run), int(wait)
    return 0, 0


@contextmanager
def serving(home: str) -> Iterator[Server]:
    """The server, for as long as the block lasts. What it says goes into a file in the bench's home."""
    port = _free_port()
    with open(os.path.join(home, "server.log"), "w") as log:
        words = [sys.executable, "-m", "offramp", "serve", "--port", str(port)]
        process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(process, port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def _wait(process: subprocess.Popen, port: int) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end and process.poll() is None:
        with suppress(OSError):
            line = HTTPConnection("localhost", port, timeout=5)
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        sleep(0.2)
    raise NotUp("The server did not come up; server.log in the bench's home says why.")


def signed_in(server: Server, user_id: int, *, at: datetime) -> Visit:
    """A visit of somebody who came through the door a moment ago, second step and all: the session is put into the database."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from offramp.pages.account import standing
    from offramp.records.staff import User

    user, session = User.objects.get(pk=user_id), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[standing.SIGNED_IN_AT] = session[standing.TOUCHED_AT] = at.timestamp()
    session[standing.SECOND_STEP] = True
    session[standing.MEMBERSHIP] = user.memberships.values_list("pk", flat=True).get()
    session.create()
    return Visit(server.port, {"sessionid": session.session_key}, used=server.used)
