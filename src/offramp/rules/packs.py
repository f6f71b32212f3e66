"""The packs that ship, by name, and packs from files."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from offramp.rules.pack import BadPack, Pack, read_pack
from offramp.rules.refusal import NotFound

# A pack is a page of policy. What is larger is another file picked by mistake.
LARGEST = 1_000_000


class NoSuchPack(NotFound):
    """No shipped pack has this name."""


@cache
def names() -> tuple[str, ...]:
    """The shipped packs, by name."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml"))
    )


@cache
def get(name: str) -> Pack:
    """A shipped pack. Raises `NoSuchPack`."""
    if name not in names():
        raise NoSuchPack(
            "There is no pack called “{name}”: there are {all}.", name=name, all=", ".join(names())
        )
    return read_pack((_folder() / f"{name}.toml").read_text("utf-8"), name=name)


def open_pack(name_or_file: str) -> Pack:
    """A shipped pack by name, or a pack in a file. Raises `BadPack`, `NoSuchPack`."""
    file = Path(name_or_file)
    if name_or_file in names() or (file.suffix != ".toml" and not file.exists()):
        return get(name_or_file)
    if file.is_file() and file.stat().st_size > LARGEST:
        raise BadPack("{file} is too large to be a pack.", file=name_or_file)
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadPack("{file} is not UTF-8 text, so it is no pack.", file=name_or_file) from None
    except OSError as wrong:
        raise BadPack("{file} cannot be read: {why}.", file=name_or_file, why=wrong.strerror) from None
    return read_pack(text, name=file.stem)


def _folder() -> Traversable:
    return files("offramp") / "packs"
