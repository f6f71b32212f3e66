"""A process that diverts until it is killed, and says each handoff aloud once it is kept.

    python -m tests.actions.diverting AT SEED     (the place and its stage are made before)
"""

import random
import sys
from dataclasses import replace
from datetime import datetime

import django

if __name__ == "__main__":
    django.setup()

    from offramp.demo.cast import SAM, Cast
    from offramp.records.service import Outlet
    from offramp.records.staff import User
    from offramp.rules.words import Mode
    from tests.actions.minute import a_meeting, hand_over, with_a_charge

    at, luck = datetime.fromisoformat(sys.argv[1]), random.Random(sys.argv[2])

    class Place:
        outlet = Outlet.objects.get(service__name="Harbor Stabilization")

    cast = Cast({}, {}, {"alvarez": User.objects.get(persona="alvarez")}, {"harbor": Place()})
    while True:
        meet = luck.choice([a_meeting, with_a_charge])
        who = replace(SAM, last=f"Rivers{luck.randrange(10**9)}")
        way = luck.choice([Mode.OWN_WAY, Mode.POLICE_TRANSPORT])
        done = hand_over(cast, at, mode=way, meeting=meet(at, identity=who))
        print(done.encounter.key, flush=True)
