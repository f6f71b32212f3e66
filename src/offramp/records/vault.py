"""The vault: anything typed or received about a person is sealed before it touches the database.

AES-256-GCM. A person file has a data key of its own, wrapped by its side's master; what stands alone (a notice,
a draft, a raw payload) carries a data key of its own, wrapped the same way. Sealed bytes are bound to a label and
to their file: copied into another row, another column or another file they do not open.

    row.sealed = vault.seal_for(file, f"encounter:{key}", {"incident_number": "24-1187"})
    vault.open_for(file, f"encounter:{key}", row.sealed)
"""

import json
import secrets
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offramp.records.keys import NONCE, SIZE, WRAPPED, KeyMissing, Tampered, ring

IN_FILE, ALONE = b"\x01", b"\x02"
BLOCK = 64  # lengths are rounded up, so that a sealed name does not tell how long it is


def new_data_key(side: str, key: UUID) -> bytes:
    """A data key for the file with this key, wrapped by its side's master."""
    return ring().wrap(side, secrets.token_bytes(SIZE), key.bytes)


def seal_for(file, label: str, data: dict) -> bytes:
    """Seal values under the file's key. `label` says what it is: "encounter:<key>"."""
    key = ring().unwrap(file.side, file.data_key, file.key.bytes)
    return IN_FILE + _seal(key, _bound(label, file.key), data)


def open_for(file, label: str, blob: bytes) -> dict:
    """The values again. Raises `Tampered` where the bytes are not what was sealed under this label in this file."""
    return open_each(label, [(file, blob)])[0]


def open_each(label: str, sealed: Iterable[tuple]) -> list[dict]:
    """The same for many (file, bytes), with one look at where the keys lie."""
    keys, opened = ring(), []
    for file, blob in sealed:
        blob = bytes(blob)
        if blob[:1] != IN_FILE:
            raise Tampered("Sealed bytes do not open: they are not of a file.")
        key = keys.unwrap(file.side, file.data_key, file.key.bytes)
        opened.append(_open(key, _bound(label, file.key), blob[1:]))
    return opened


def seal_alone(side: str, label: str, data: dict) -> bytes:
    """Seal values that belong to no file, or to none yet, under a key of their own."""
    key = secrets.token_bytes(SIZE)
    return ALONE + ring().wrap(str(side), key, ALONE) + _seal(key, label.encode(), data)


def open_alone(side: str, label: str, blob: bytes) -> dict:
    """The values again. Raises `Tampered`."""
    blob = bytes(blob)
    if blob[:1] != ALONE:
        raise Tampered("Sealed bytes do not open: they do not stand alone.")
    key = ring().unwrap(str(side), blob[1 : 1 + WRAPPED], ALONE)
    return _open(key, label.encode(), blob[1 + WRAPPED :])


def key_opens(blob: bytes) -> bool:
    """Whether the key of something that stands alone is there and whole. Raises `KeyMissing` or `Tampered` otherwise."""
    if blob[:1] == ALONE:
        wrapped = blob[1 : 1 + WRAPPED]
        name = ring().name_of(wrapped)
        if name is None:
            raise KeyMissing("The key this was sealed with is not here.")
        ring().unwrap(name, wrapped, ALONE)
    return blob[:1] == ALONE


def wrapped_anew(blob: bytes) -> bytes | None:
    """The same sealed bytes with their own key under the newest master; None where it is so already, or nothing stands alone."""
    wrapped = blob[1 : 1 + WRAPPED]
    name = ring().name_of(wrapped) if blob[:1] == ALONE else None
    if name is None or ring().is_newest(wrapped):
        return None
    return ALONE + ring().wrap(name, ring().unwrap(name, wrapped, ALONE), ALONE) + blob[1 + WRAPPED :]


def _bound(label: str, key: UUID) -> bytes:
    return key.bytes + label.encode()


def _seal(key: bytes, bound_to: bytes, data: dict) -> bytes:
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain + b" " * (-len(plain) % BLOCK), bound_to)


def _open(key: bytes, bound_to: bytes, blob: bytes) -> dict:
    try:
        return json.loads(AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], bound_to))
    except (InvalidTag, ValueError) as wrong:
        raise Tampered("Sealed bytes do not open: they were changed, or moved from another place.") from wrong
