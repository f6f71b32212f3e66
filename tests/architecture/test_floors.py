"""Arrows run down, and the pure floors need no web framework."""

import subprocess
import sys

from tests.architecture.source import ROOT

LOADS_NO_DJANGO = """
import sys, pkgutil, importlib
import offramp.cli
for floor in ("rules", "pathways", "insight", "formats"):
    package = importlib.import_module(f"offramp.{floor}")
    for module in pkgutil.walk_packages(package.__path__, f"offramp.{floor}."):
        importlib.import_module(module.name)
sys.exit("django" in sys.modules)
"""


def run(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_import_contracts_are_kept():
    found = run(sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())")

    assert found.returncode == 0, found.stdout


def test_the_pure_floors_load_without_django():
    found = run(sys.executable, "-c", LOADS_NO_DJANGO)

    assert found.returncode == 0, found.stderr or "a pure floor loaded Django"
