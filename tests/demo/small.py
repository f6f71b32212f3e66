"""Make a small city in the place the environment names; print its story, and what must not be found in its files.

    python -m tests.demo.small
"""

import json
from collections import Counter

from offramp.cli.place import load, migrate


def main() -> None:
    load()
    migrate()
    from offramp.demo import city
    from tests.demo.conftest import NOW, SMALL

    world = city.make(at=NOW, encounters=SMALL, say=lambda words: None)
    print(json.dumps({"story": story_of(world), "secrets": secrets_of(world)}))


def story_of(world) -> list[list]:
    """What happened, without the keys that are drawn anew each time."""
    from offramp.records.door import whole_table
    from offramp.records.encounter import Encounter
    from offramp.records.episode import Episode
    from offramp.records.referral import Referral
    from offramp.records.staff import User

    def told(model, *names):
        rows = whole_table(model, because="a test tells the city's story").values_list(*names)
        return Counter(" ".join(map(str, row)) for row in rows)

    counted = told(Encounter, "pathway", "ending", "reason", "mode", "cell", "seen_race", "at")
    counted += told(Episode, "pathway", "stage", "open", "began_at", "claimed_by__name")
    counted += told(Referral, "service__name", "state", "opened_at")
    counted += Counter(User.objects.values_list("name", flat=True))
    counted += Counter({str(name): n for name, n in world.counted.items()})
    return sorted([name, n] for name, n in counted.items())


def secrets_of(world) -> list[str]:
    """Surnames, whole names, nicknames, phones and corners of everybody who was met. First names alone are staff's too."""
    from offramp.demo.cast import JO, ROBIN, SAM

    met = [one.identity for one in world.neighbors.met] + [SAM, ROBIN, JO]
    words = {one.last for one in met} | {one.name for one in met}
    words |= {phone.value for one in met for phone in one.phones if phone.value.startswith("360-")}
    words |= {one.corner[0] for one in world.neighbors.met if "," in one.corner[0]}
    # A surname that is part of the city's own name proves nothing.
    return sorted(word for word in words if len(word) > 4 and word not in "Rivermouth")


if __name__ == "__main__":
    main()
