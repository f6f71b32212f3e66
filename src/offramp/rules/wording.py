"""Words that somebody outside must sign off: scripts read aloud, notices, the card, the banner.

Nobody who writes this program may approve law, translation or clinical wording, so such text is data
(`offramp/wording/*.toml`) with its source, version and who approved it. What ships is a sample. A demo
shows samples and says so; a real service refuses them until somebody approves. A permission that is
not in the person's language needs an interpreter, whose id is kept with the answer.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from offramp.rules.refusal import BadInput, NotFound, Refused

ENGLISH = "en"
NOT_APPROVED = "“{name}” is not approved for use here yet. Your program manager can have it approved."
NOT_IN_THEIR_LANGUAGE = (
    "This is not written in their language. Get an interpreter and enter the interpreter's number."
)
SHIPPED = Path(str(files("offramp").joinpath("wording")))


class Use(StrEnum):
    """What a text is for, which decides how strict we are with it."""

    PERMISSION = "permission"  # read aloud before a yes or no; must be in the person's language
    SCRIPT = "script"  # said aloud, asks for nothing
    SAFETY = "safety"  # never held back: a missing signature must not hide "get a medic"
    NOTICE = "notice"  # sent to staff; carries nothing about a person
    CARD = "card"  # handed to the person
    LEGAL = "legal"  # banner and legal notices
    HOUSE = "house"  # about the house itself, such as an invitation; needs no signature


# Shown whether or not somebody signed: hiding them would do harm, or would leave nobody to sign.
NEVER_HELD_BACK = frozenset({Use.SAFETY, Use.HOUSE})


class NotSignedOff(Refused):
    """A sample was asked for by a real service."""


class NeedsInterpreter(Refused):
    """A permission is not in the person's language and nobody is interpreting."""


class BrokenWording(BadInput):
    """A wording file that cannot be used as it stands."""


@dataclass(frozen=True)
class Wording:
    """One text, in one version, in the languages it exists in. `texts` is language → part → words."""

    id: str
    name: str
    use: Use
    version: str
    source: str
    texts: Mapping[str, Mapping[str, str]]
    approved_by: str = ""
    approved_on: date | None = None
    script: str = ""  # a permission: what a pathway calls it in its own `script`
    pack: str = ""
    covers: tuple[str, ...] = ()  # a permission: what may be told to the one who helps

    @property
    def approved(self) -> bool:
        """Somebody put their name and a date under it."""
        return bool(self.approved_by) and self.approved_on is not None

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self.texts)

    @property
    def places(self) -> frozenset[str]:
        """The named places, such as `who`, that must be filled before it is shown."""
        return frozenset(name for part in self.texts[ENGLISH].values() for name in places_in(part))


@dataclass(frozen=True)
class Shown:
    """A text as it is shown or read aloud this time, and what to keep about it."""

    id: str
    version: str
    language: str
    parts: Mapping[str, str]
    sample: bool
    interpreter: str = ""

    @property
    def text(self) -> str:
        return self.parts["text"]

    @property
    def title(self) -> str:
        return self.parts.get("title", "")

    def filled(self, **values: Any) -> "Shown":
        """The same with its named places filled."""
        parts = {part: words.format(**values) for part, words in self.parts.items()}
        return replace(self, parts=MappingProxyType(parts))


def get(
    id: str, language: str, *, demo: bool, interpreter: str = "", library: Mapping[str, Wording] | None = None
) -> Shown:
    """The words of `id` in `language`. Raises `NotSignedOff`, `NeedsInterpreter` or `NotFound`.

    Other texts than permissions fall back to English; a permission never does so without an interpreter.
    """
    wording = (in_force() if library is None else library).get(id)
    if wording is None:
        raise NotFound("There is no wording called “{id}”.", id=id)
    if not (wording.approved or demo or wording.use in NEVER_HELD_BACK):
        raise NotSignedOff(NOT_APPROVED, name=wording.name)
    spoken = primary(language)
    if spoken not in wording.texts:
        if wording.use is Use.PERMISSION and not interpreter.strip():
            raise NeedsInterpreter(NOT_IN_THEIR_LANGUAGE)
        spoken = ENGLISH
    return Shown(
        wording.id,
        wording.version,
        spoken,
        wording.texts[spoken],
        not wording.approved and wording.use is not Use.HOUSE,
        interpreter.strip(),
    )


def script_for(script: str, *, pack: str = "", library: Mapping[str, Wording] | None = None) -> str:
    """The id of the permission a pathway calls `script`: the pack's own, else the shipped one, else the general one."""
    scripts = [w for w in (in_force() if library is None else library).values() if w.use is Use.PERMISSION]
    for wanted in ((script, pack), (script, ""), ("", "")):
        for wording in scripts:
            if (wording.script, wording.pack) == wanted:
                return wording.id
    raise NotFound("There is no permission script “{script}”.", script=script)


def unapproved(library: Mapping[str, Wording]) -> list[Wording]:
    """What somebody still has to sign before a real service may start."""
    return [wording for wording in library.values() if not wording.approved and wording.use is not Use.HOUSE]


def primary(language: str) -> str:
    """The language without its region: `es-MX` and `ES` are both Spanish here."""
    return language.strip().lower().replace("_", "-").split("-")[0]


def places_in(words: str) -> set[str]:
    """The named places in a text: {"who"} for "I will call {who}."."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}


# -- Reading the files ------------------------------------------------------------------------------------------------


@cache
def in_force() -> Mapping[str, Wording]:
    """What is used here: the samples, with a place's own approved texts (folders in `OFFRAMP_WORDING`) over them."""
    own = [Path(folder) for folder in os.environ.get("OFFRAMP_WORDING", "").split(os.pathsep) if folder]
    return read(SHIPPED, *own) if own else shipped()


@cache
def shipped() -> Mapping[str, Wording]:
    """The samples that come with the product."""
    return read(SHIPPED)


def read(*folders: Path) -> Mapping[str, Wording]:
    """All wording in these folders by id; a later folder replaces an earlier one's text, as a county does with its own."""
    found: dict[str, Wording] = {}
    for folder in folders:
        here: dict[str, Wording] = {}
        if not folder.is_dir():
            raise BrokenWording("There is no folder of wording at {folder}.", folder=str(folder))
        for path in sorted(folder.glob("*.toml")):
            for wording in read_file(path.read_text(encoding="utf-8"), named=path.name):
                if wording.id in here:
                    raise BrokenWording("{file}: “{id}” is there twice.", file=path.name, id=wording.id)
                here[wording.id] = wording
        found |= here
    return MappingProxyType(found)


def read_file(text: str, *, named: str) -> Iterable[Wording]:
    """The wordings of one TOML file. Raises `BrokenWording` with the file, the id and what is wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BrokenWording("{file} is not readable: {why}.", file=named, why=str(wrong)) from None
    for id, table in tables.items():
        try:
            yield _wording(id, table)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise BrokenWording(
                "{file}: “{id}” is incomplete or wrong: {why}.", file=named, id=id, why=str(wrong)
            ) from None


def _wording(id: str, table: Mapping[str, Any]) -> Wording:
    texts = {language: _parts(parts) for language, parts in table.items() if isinstance(parts, dict)}
    wording = Wording(
        id=id,
        name=table["name"],
        use=Use(table["use"]),
        version=str(table["version"]),
        source=table["source"],
        texts=MappingProxyType(texts),
        approved_by=table.get("approved_by", ""),
        approved_on=table.get("approved_on") or None,
        script=table.get("script", ""),
        pack=table.get("pack", ""),
        covers=tuple(table.get("covers", ())),
    )
    if ENGLISH not in texts:
        raise ValueError("there is no English text")
    for language, parts in texts.items():
        for part, words in texts[ENGLISH].items():
            if part not in parts or places_in(parts[part]) != places_in(words):
                raise ValueError(
                    f"the {language} “{part}” is missing or has other named places than the English"
                )
    return wording


def _parts(parts: Mapping[str, str]) -> Mapping[str, str]:
    if "text" not in parts:
        raise ValueError("there is no “text”")
    return MappingProxyType(
        {
            part: "\n\n".join(" ".join(p.split()) for p in words.strip().split("\n\n"))
            for part, words in parts.items()
        }
    )
