"""The keys: one root, a master for each side drawn from it, and data keys wrapped by a master.

The root is 32 bytes in base64: from OFFRAMP_KEY, from the file OFFRAMP_KEY_FILE, or on the embedded database
from OFFRAMP_HOME/keys/root, made on first use. A side may have its own custodian: OFFRAMP_KEY_CARE or
OFFRAMP_KEY_CARE_FILE. Masters are never stored; wrapped keys say by a fingerprint which master opens them, so
that an old and a new root can stand side by side while keys are rotated (records/rotation.py).
"""

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from offramp.rules.refusal import Refused
from offramp.rules.words import Side

ROOT = "OFFRAMP_KEY"  # the setting that names the place's own root
HOUSE = "house"  # whose master wraps what belongs to no side: the ledger's key
NAMES = (*(side.value for side in Side), HOUSE)
SIZE, NONCE, MARK = 32, 12, 8
VERSION = b"\x01"
WRAPPED = len(VERSION) + MARK + NONCE + SIZE + 16


class NoKey(Refused):
    """There is no root key, or it is not one."""

    status = 503


class KeyMissing(Refused):
    """Something is sealed under a key that is not here."""

    status = 503


class Tampered(Refused):
    """Sealed bytes do not open: changed, moved from another row, or not ours."""

    status = 503


@dataclass(frozen=True)
class Master:
    """One side's master key and the fingerprint by which wrapped keys name it."""

    name: str
    mark: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Ring:
    """The masters at hand: the newest of each name wraps, any of them unwraps."""

    newest: dict[str, Master]
    by_mark: dict[bytes, Master]

    def wrap(self, name: str, key: bytes, bound_to: bytes) -> bytes:
        """A data key, locked. It opens only for what it is bound to."""
        master, nonce = self.newest[name], secrets.token_bytes(NONCE)
        head = VERSION + master.mark
        return head + nonce + AESGCM(master.key).encrypt(nonce, key, head + bound_to)

    def unwrap(self, name: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """The data key again. Raises `KeyMissing` or `Tampered`."""
        wrapped = bytes(wrapped)
        head, nonce, rest = (
            wrapped[: 1 + MARK],
            wrapped[1 + MARK : 1 + MARK + NONCE],
            wrapped[1 + MARK + NONCE :],
        )
        master = self.by_mark.get(head[1:])
        if master is None or master.name != name:
            raise KeyMissing("The {side} key this was sealed with is not here.", side=name)
        try:
            return AESGCM(master.key).decrypt(nonce, rest, head + bound_to)
        except InvalidTag as wrong:
            raise Tampered("A sealed key does not open: it was changed or moved.") from wrong

    def name_of(self, wrapped: bytes) -> str | None:
        """Whose master wrapped this, if that master is at hand."""
        master = self.by_mark.get(bytes(wrapped[1 : 1 + MARK])) if wrapped[:1] == VERSION else None
        return master.name if master else None

    def is_newest(self, wrapped: bytes) -> bool:
        """Whether the newest master of its name wrapped this."""
        master = self.by_mark.get(bytes(wrapped[1 : 1 + MARK]))
        return master is not None and self.newest[master.name] is master


# -- Where roots come from ------------------------------------------------------------------------------------------

_ring: tuple[object, Ring] | None = None


def ring() -> Ring:
    """The masters of this place. Read again when a key file has changed, as it does while keys are rotated."""
    global _ring
    stamp = _stamp()
    if _ring is None or _ring[0] != stamp:
        _ring = (stamp, _read())
    return _ring[1]


def home_root() -> Path:
    """Where the embedded database's own root lives."""
    return Path(settings.OFFRAMP_HOME) / "keys" / "root"


def next_to(file: Path) -> Path:
    """Where a new root waits beside the old one until every key is wrapped anew."""
    return file.with_name(f"{file.name}.next")


def said(name: str) -> str:
    """One of the OFFRAMP_KEY settings; empty is unset."""
    return settings.OFFRAMP_KEYS.get(name, "") or ""


def file_of(name: str) -> Path | None:
    """The file a key is read from: named by the environment, or the embedded database's own."""
    if path := said(f"{name}_FILE"):
        return Path(path)
    return home_root() if name == ROOT and not said(name) and settings.EMBEDDED else None


def setting_for(name: str) -> str:
    """Which setting names the root of this side: its own custodian's if there is one."""
    own = f"OFFRAMP_KEY_{name.upper()}"
    return own if said(own) or said(f"{own}_FILE") else ROOT


def settings_in_use() -> list[str]:
    """The settings that name a root here: the place's own, and each custodian's."""
    return sorted({setting_for(name) for name in NAMES})


def _stamp() -> tuple:
    stamps = []
    for name in settings_in_use():
        path = file_of(name)
        for file in (path, next_to(path)) if path else ():
            try:
                stat = os.stat(file)
                stamps.append((str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino))
            except FileNotFoundError:
                stamps.append((str(file), None))
    return (tuple(sorted(settings.OFFRAMP_KEYS.items())), str(settings.OFFRAMP_HOME), tuple(stamps))


def _read() -> Ring:
    roots = {setting: _roots(setting) for setting in {ROOT, *settings_in_use()}}
    newest, by_mark = {}, {}
    for name in NAMES:
        own = roots[setting_for(name)] if setting_for(name) != ROOT else []
        for root in (
            *roots[ROOT],
            *own,
        ):  # oldest first; a side that gets a custodian was under the root before
            master = draw(root, name)
            newest[name] = by_mark[master.mark] = master
    return Ring(newest, by_mark)


def _roots(setting: str) -> list[bytes]:
    """This setting's root, and after it the next one while keys are rotated."""
    following = [decode(said(f"{setting}_NEXT"), f"{setting}_NEXT")] if said(f"{setting}_NEXT") else []
    if value := said(setting):
        return [decode(value, setting), *following]
    file = file_of(setting)
    if file is None:
        raise NoKey(
            "There is no root key. Set OFFRAMP_KEY to 32 random bytes in base64, or OFFRAMP_KEY_FILE to a file with them,"
            " and keep a copy apart from the database."
        )
    if file == home_root() and not file.exists() and not next_to(file).exists():
        keep(file, new_root())
    there = [path for path in (file, next_to(file)) if path.exists()]
    if not there:
        raise NoKey("The key file {file} is not there.", file=str(file))
    return [decode(path.read_text("ascii", errors="replace"), str(path)) for path in there] + following


def new_root() -> str:
    """A fresh root key, as it is written down."""
    return base64.b64encode(secrets.token_bytes(SIZE)).decode()


def decode(text: str, where: str) -> bytes:
    """The 32 bytes. Raises `NoKey` with a sentence that does not repeat them."""
    try:
        root = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != SIZE:
        raise NoKey("{where} is not a key: it must be 32 bytes in base64.", where=where)
    return root


def draw(root: bytes, name: str) -> Master:
    """A side's master from the root (HKDF-SHA-256, RFC 5869), and its fingerprint, which tells nothing of it."""
    key = HKDF(algorithm=SHA256(), length=SIZE, salt=None, info=f"offramp master {name} 1".encode()).derive(
        root
    )
    mark = hashlib.sha256(b"offramp fingerprint 1" + key).digest()[:MARK]
    return Master(name, mark, key)


def keep(file: Path, text: str) -> None:
    """Write a key for its owner alone (mode 600). The first of two processes wins, and both then read the same."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
