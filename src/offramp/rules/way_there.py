"""How a person can get from the officer to the one who helps: what fits a place, the usual one first."""

from offramp.rules.candidates import HowIn
from offramp.rules.words import Mode


def modes_for(how_in: str, *, sends_a_ride: bool = False) -> tuple[Mode, ...]:
    """The ways that fit how people come in there. Whoever comes to the scene is never driven to."""
    if how_in == HowIn.WORKER_COMES:
        return (Mode.WORKER_COMES, Mode.THREE_WAY_CALL)
    ride = (Mode.WORKER_COMES,) if sends_a_ride else ()
    return (Mode.POLICE_TRANSPORT, Mode.OWN_WAY, *ride, Mode.AMBULANCE)
