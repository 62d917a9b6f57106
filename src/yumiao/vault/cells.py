"""Sealed cells (AES-256-GCM) and the keyed index (HMAC-SHA-256).

A cell is bound to what it belongs to by associated data: moved to another row, it does not open. The index answers equality only.
It must not know what a number means; normalising is the caller's part.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yumiao.vault.keys import key_for

NONCE = 12
INDEX_VERSION = 1  # the index has one key at a time; a second column stands beside it while it is rotated


class Unsealable(Exception):
    """A cell does not open: it was altered, moved to another row, or its key is not here."""


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: str, *, about: str) -> tuple[int, bytes]:
    """(key version, nonce + ciphertext) of `plain`, bound to `about`."""
    version, key = key_for("cell")
    nonce = os.urandom(NONCE)
    return version, nonce + _cipher(key).encrypt(nonce, plain.encode(), f"{about}|{version}".encode())


def unseal(cell: bytes, *, about: str, version: int) -> str:
    """The text sealed for `about`. Raises `Unsealable`."""
    try:
        _, key = key_for("cell", version)
        return _cipher(key).decrypt(cell[:NONCE], cell[NONCE:], f"{about}|{version}".encode()).decode()
    except (InvalidTag, KeyError, ValueError) as error:
        raise Unsealable("加密内容无法打开：已被改动、移动，或缺少对应版本的密钥。") from error


def keyed(kind: str, value: str) -> bytes:
    """32 bytes that are equal exactly when kind and (normalised) value are."""
    return hmac.digest(key_for("index", INDEX_VERSION)[1], f"{kind}|{value}".encode(), "sha256")


class Fingerprint:
    """A running keyed digest over rows, for journal entries that must not carry personal values."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(key=key_for("digest", 1)[1], digest_size=32)

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def signature(data: bytes) -> str:
    """Keyed signature of this installation over `data` (hex)."""
    return hmac.digest(key_for("signature", 1)[1], data, "sha256").hex()
