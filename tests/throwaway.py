"""A private PostgreSQL server that lives for one command.

    python -m tests.throwaway pytest …     runs it with DATABASE_URL set
    python -m tests.throwaway --there      exit 0 when a server is installed here
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

PLACES = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"]
# A test's data may be lost with the machine's power; it is thrown away anyhow.
QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200", "shared_buffers=256MB"]


def folder() -> Path | None:
    """Where the server's programs are: on the path, else the newest of the usual places."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = [Path(found) for place in PLACES for found in Path("/").glob(place[1:]) if (found / "initdb").exists()]
    return max(installed, key=lambda path: [int(n) for n in path.parent.name.split("-")[-1].split(".") if n.isdigit()], default=None)


@contextmanager
def server(programs: Path):
    """Start one on a free port of this machine, with a password nobody else has; yield its address."""
    home = Path(tempfile.mkdtemp(prefix="offramp-postgres-"))
    user = _owner(home)
    port, password = _free_port(), secrets.token_urlsafe(12)
    word = home / "password"
    word.write_text(password)
    if user:
        shutil.chown(word, user)
    as_owner = {"user": user, "cwd": home, "check": True, "stdout": subprocess.DEVNULL}
    data, log = str(home / "data"), str(home / "log")
    flags = " ".join(["-h 127.0.0.1", f"-p {port}", f"-k {home}", *(f"-c {setting}" for setting in QUICK)])
    control = [str(programs / "pg_ctl"), "-D", data, "-l", log, "-w"]
    init = [str(programs / "initdb"), "-D", data, "-U", "offramp", "-A", "scram-sha-256", f"--pwfile={word}"]
    try:
        subprocess.run([*init, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], **as_owner)
        subprocess.run([*control, "-o", flags, "start"], **as_owner)
        yield f"postgres://offramp:{password}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **as_owner | {"check": False})
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: Path) -> str | None:
    """The server refuses to run as root; then somebody harmless owns it."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(home, user)
    return user


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(words: list[str]) -> int:
    programs = folder()
    if words == ["--there"]:
        return 0 if programs else 1
    if not programs:
        print("No PostgreSQL server is installed here.", file=sys.stderr)
        return 1
    with server(programs) as url:
        return subprocess.run(words, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
