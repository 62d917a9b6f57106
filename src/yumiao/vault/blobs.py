"""Sealed bytes of any length (AES-256-GCM), for files beside the database. Each is bound to what it belongs to and opens nowhere else.

It must not know what the bytes are, nor where they lie.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yumiao.vault.cells import NONCE, Unsealable
from yumiao.vault.keys import key_for

MAGIC: Final = b"YMF1"
OVERHEAD: Final = len(MAGIC) + 2 + NONCE + 16
"""How many bytes a sealed file is longer than what was sealed: mark, key version, nonce, tag."""


def seal_bytes(plain: bytes, *, about: str) -> bytes:
    """`plain` sealed for `about`; what comes out says by which version of the key."""
    version, key = key_for("file")
    nonce = os.urandom(NONCE)
    return MAGIC + version.to_bytes(2) + nonce + AESGCM(key).encrypt(nonce, plain, f"{about}|{version}".encode())


def open_bytes(sealed: bytes, *, about: str) -> bytes:
    """The bytes sealed for `about`. Raises `Unsealable`."""
    start = len(MAGIC) + 2
    version, nonce = int.from_bytes(sealed[len(MAGIC) : start]), sealed[start : start + NONCE]
    try:
        if sealed[: len(MAGIC)] != MAGIC:
            raise ValueError(MAGIC)
        _, key = key_for("file", version)
        return AESGCM(key).decrypt(nonce, sealed[start + NONCE :], f"{about}|{version}".encode())
    except (InvalidTag, KeyError, ValueError) as error:
        raise Unsealable("文件无法打开：已被改动、移动，或缺少对应版本的密钥。") from error
