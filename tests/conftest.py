"""What every test stands on: no network, and no test that is skipped without saying so."""

import os
import shutil
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

# Skips that stay allowed when OFFRAMP_NO_SKIPS is set, by the beginning of the test's id, each with its reason.
ALLOWED_SKIPS: dict[str, str] = {
    "tests/cli/test_copies.py::test_without_its_programs_postgresql_says_so": "of PostgreSQL alone; it runs in the PostgreSQL half",
    "tests/demo/test_files.py::test_a_dump_of_postgresql_names_nobody": "of PostgreSQL alone; it runs in the PostgreSQL half",
}

_skipped: list[str] = []


# -- The network ----------------------------------------------------------------------------------------------------

HERE = {"127.0.0.1", "::1", "localhost"}
_CALLS = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}


def _only_here(call):
    """Connections to this machine and to files are allowed; any other is a test's mistake."""

    def inner(self, address):
        if isinstance(address, tuple) and address[0] not in HERE:
            raise AssertionError(f"A test tried to reach {address[0]}. Tests know no network.")
        return call(self, address)

    return inner


def pytest_configure(config):
    for name, call in _CALLS.items():
        setattr(socket.socket, name, _only_here(call))


def pytest_unconfigure(config):
    for name, call in _CALLS.items():
        setattr(socket.socket, name, call)


# -- What a test needs ----------------------------------------------------------------------------------------------


def missing(item) -> str | None:
    """What this test needs and this machine has not."""
    if item.get_closest_marker("browser") and not chromium():
        return "no Chromium here"
    if item.get_closest_marker("postgres") and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return "no PostgreSQL: DATABASE_URL names none"
    for mark in item.iter_markers("data"):
        if not (SHARED / mark.args[0]).exists():
            return f"../shared/data/{mark.args[0]} is not here"
    return None


def chromium() -> str | None:
    """Where the system's browser is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if lack := missing(item):
            item.add_marker(pytest.mark.skip(reason=lack))


# -- No silent skips ------------------------------------------------------------------------------------------------


def pytest_runtest_logreport(report):
    allowed = any(report.nodeid.startswith(test) for test in ALLOWED_SKIPS)
    if report.skipped and not hasattr(report, "wasxfail") and not allowed:
        _skipped.append(report.nodeid)


def pytest_collectreport(report):
    if report.skipped and not any(report.nodeid.startswith(test) for test in ALLOWED_SKIPS):
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if _skipped and os.environ.get("OFFRAMP_NO_SKIPS") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if _skipped and os.environ.get("OFFRAMP_NO_SKIPS"):
        terminalreporter.section("skipped, and no skip is allowed here", red=True)
        for nodeid in _skipped:
            terminalreporter.line(nodeid)


# -- Common ground --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real directories beside the project. Mark the test with @pytest.mark.data("folder") too."""
    return SHARED


# -- One test leaves nothing to the next ------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _own_time_and_tongue():
    """A page a test opened may have switched the zone or the language of this thread: back to the place's own."""
    yield
    from django.utils import timezone, translation

    timezone.deactivate()
    translation.deactivate()
