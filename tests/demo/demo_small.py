"""`offramp demo`, with a small city: for tests that start it, kill it and start it again."""

import sys

from offramp.cli import main
from offramp.cli.place import load

if __name__ == "__main__":
    load()
    from offramp.demo import city
    from tests.demo.conftest import SMALL

    city.ENCOUNTERS = SMALL
    sys.exit(main(["demo", *sys.argv[1:]]))
