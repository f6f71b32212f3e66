"""The pathways. A file in this folder is a pathway, and nothing else lives here.

`ALL` is found by walking the folder: drop in a sixth file and it is assessed, asked, offered and counted.
An agency that must not touch the package puts its file in a folder named by `OFFRAMP_PATHWAYS`.
"""

import importlib
import os
import pkgutil

from offramp.rules.pack import BadPack, Pack
from offramp.rules.pathway import Pathway
from offramp.rules.refusal import BadInput, NotFound

__path__ += [folder for folder in os.environ.get("OFFRAMP_PATHWAYS", "").split(os.pathsep) if folder]

ALL: dict[str, Pathway] = {}


class NoSuchPathway(NotFound):
    """No file declares a pathway of this name."""


class BadPathwayFile(BadInput):
    """A file among the pathways that declares none, or one of another name."""


def load() -> dict[str, Pathway]:
    """Read every file of the folder into `ALL`, in the order the field names them, then by name."""
    found: dict[str, Pathway] = {}
    for file in pkgutil.iter_modules(__path__):
        pathway = getattr(importlib.import_module(f"{__name__}.{file.name}"), "PATHWAY", None)
        if not isinstance(pathway, Pathway):
            raise BadPathwayFile("The file {file}.py declares no PATHWAY.", file=file.name)
        if pathway.key != file.name:
            raise BadPathwayFile(
                "The file {file}.py declares the pathway {key}: they must agree.",
                file=file.name,
                key=pathway.key,
            )
        found[pathway.key] = pathway
    ALL.clear()
    ALL.update(sorted(found.items(), key=lambda item: (_ORDER.get(item[0], len(_ORDER)), item[0])))
    return ALL


def get(key: str) -> Pathway:
    """The pathway of this key, or of one of its other names. Raises `NoSuchPathway`."""
    if key in ALL:
        return ALL[key]
    for pathway in ALL.values():
        if key in pathway.aliases:
            return pathway
    raise NoSuchPathway("There is no pathway called “{key}”: there are {all}.", key=key, all=", ".join(ALL))


def check_pack(pack: Pack) -> Pack:
    """The pack, once every pathway it speaks of exists and can be set as it says. Raises `BadPack`."""
    for key in pack.pathways:
        if key not in ALL:
            raise BadPack("The pack {name}: there is no pathway called “{key}”.", name=pack.name, key=key)
        ALL[key].criteria_under(pack)
    return pack


# The factsheet's own order, for lists that people read.
_ORDER = {
    key: n
    for n, key in enumerate(
        ("self_referral", "active_outreach", "naloxone_plus", "officer_prevention", "officer_intervention")
    )
}

load()
