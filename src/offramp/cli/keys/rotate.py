"""Wrap every key under a new root, while pages go on. Killed at any moment, it goes on where it was."""

from collections import Counter
from datetime import UTC, datetime

from offramp.cli.answer import say
from offramp.cli.place import alone, open_place


def add(parser) -> None:
    pass


def run(args) -> int:
    open_place()
    from offramp.records import ledger, rotation
    from offramp.rules.visibility import Viewer

    anew: Counter[str] = Counter()
    with alone("keys", wait=False):
        for what, count in rotation.rotate():
            anew[what] += count
            if count and anew[what] // 20_000 != (anew[what] - count) // 20_000:
                say(f"{anew[what]:,} {what} …")
    now = datetime.now(UTC)
    ledger.write(Viewer.job("keys", at=now), deed="keys.rotate", at=now, details={"wrapped": anew.total()})
    say(f"{anew.total():,} keys are under the new root.")
    for setting in rotation.by_hand():
        say(f"Now set {setting} to the value of {setting}_NEXT, for every process, and unset {setting}_NEXT.")
    say("Copies made before still need the old root: keep it with them, and destroy it when they are gone.")
    return 0
