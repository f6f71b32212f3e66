"""A hundred thousand services, read by the command itself: memory counted by the machine. Minutes long."""

import json
import os
import subprocess
import sys

import pytest

from tests.formats.big_directory import write_json, write_tables

SERVICES = 100_000
MOST = 300 * 1024  # kilobytes
RUN = """
import resource, sys
from offramp.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_tables, write_json])
def test_a_hundred_thousand_services_need_little_memory(tmp_path, write):
    path = write(tmp_path / "county.json" if write is write_json else tmp_path / "county", SERVICES)
    home = {"OFFRAMP_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}

    done = subprocess.run(
        [sys.executable, "-c", RUN, "import", "directory", str(path), "--json"],
        env=os.environ | home,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["added"]["service"] == SERVICES
    assert int(done.stderr.split()[-1]) < MOST
