"""Where the rules come from: the keys that criteria, packs and timers cite, and the page behind each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Source:
    """One page, report or law. `address` is empty for what has none."""

    key: str
    title: str
    address: str


@cache
def known() -> dict[str, Source]:
    """Every source, by key."""
    text = (files("offramp") / "codes" / "sources.toml").read_text("utf-8")
    return {row["key"]: Source(**row) for row in tomllib.loads(text)["source"]}


def cited(source: str) -> tuple[Source, ...]:
    """The sources a criterion cites, "LEAD-SF-REF, MARI-PROTO"; a pack's own order or law stands as it is written."""
    keys = [one.strip() for one in source.split(",")] if source else []
    return tuple(known().get(key, Source(key, key, "")) for key in keys)
