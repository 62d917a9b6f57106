"""The file of a backup: a plain header, then compressed blocks sealed with AES-256-GCM under a key of this file alone.

Every block is bound to the header, to its place and to whether it is the last, so that none can be swapped, repeated, or cut off.
It must not know what is in the blocks, nor Django's tables.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yumiao.vault.keys import KeyRing

MAGIC = b"YUMIAO-BACKUP\n"
FORMAT = 1
LONGEST_HEADER = 1 << 20
LONGEST_BLOCK = 1 << 28  # bytes; those written are about a hundredth of it
Header = dict[str, Any]


class Unusable(Exception):
    """The backup cannot be made or used as it is; the text says why and what to do."""


def _damaged() -> Unusable:
    return Unusable(_("备份文件已损坏或不完整，没有恢复任何数据。请换用另一份备份。"))


def _proof(keys: KeyRing, version: int, salt: bytes) -> str:
    """Shows, without giving a key away, whether a ring holds the key of that version."""
    return hmac.digest(keys.derived("backup proof", version), salt, "sha256").hex()


class _Seal:
    """Cipher of one file. The key is used for this file alone, so a block's number may be its nonce."""

    def __init__(self, header: bytes, said: Header, keys: KeyRing) -> None:
        salt = bytes.fromhex(said["salt"])
        key = HKDF(SHA256(), 32, salt, b"yumiao backup file").derive(keys.derived("backup", said["key"]))
        self._cipher, self._about = AESGCM(key), hashlib.sha256(header).digest()

    def close(self, number: int, is_last: bool, plain: bytes) -> bytes:
        return self._cipher.encrypt(number.to_bytes(12), plain, self._about + bytes([is_last]))

    def open(self, number: int, is_last: bool, sealed: bytes) -> bytes:
        return self._cipher.decrypt(number.to_bytes(12), sealed, self._about + bytes([is_last]))


class Writer:
    """Writes header and blocks to an open file."""

    def __init__(self, file: BinaryIO, said: Header, keys: KeyRing) -> None:
        salt = os.urandom(32)
        proofs = {str(version): _proof(keys, version, salt) for version in sorted(keys.masters)}
        said = {"format": FORMAT, **said, "salt": salt.hex(), "key": keys.current, "keys": proofs}
        header = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        self._file, self._seal, self._number = file, _Seal(header, said, keys), 0
        file.write(MAGIC + len(header).to_bytes(4) + header)

    def add(self, plain: bytes, *, is_last: bool = False) -> None:
        """Append one block. The one marked last ends the file."""
        sealed = self._seal.close(self._number, is_last, zlib.compress(plain, 1))
        self._file.write(len(sealed).to_bytes(4) + bytes([is_last]) + sealed)
        self._number += 1


def read_header(file: BinaryIO) -> tuple[bytes, Header]:
    """The header as it stands in the file, and what it says; nothing of it is proved before a block opens. Raises `Unusable`."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Unusable(_("这不是育苗的备份文件，或者文件开头已损坏。"))
    length = int.from_bytes(file.read(4))
    header = file.read(min(length, LONGEST_HEADER))
    try:
        said = json.loads(header)
        newer = int(said["format"]) > FORMAT
        _shape = (
            bytes.fromhex(said["salt"]),
            int(said["key"]),
            {int(key): bytes.fromhex(one) for key, one in said["keys"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise _damaged() from None
    if newer:
        text = _("备份由更新的程序（育苗 {version}）写成，本程序读不了。请安装该版本后再恢复。")
        raise Unusable(text.format(version=said.get("program", "?")))
    return header, said


def check_keys(said: Header, keys: KeyRing) -> None:
    """Raises `Unusable` unless every key that the backup needs is in the ring."""
    salt = bytes.fromhex(said["salt"])
    lacking = [key for key in said["keys"] if int(key) not in keys.masters]
    if lacking or str(said["key"]) not in said["keys"]:
        text = _("缺少第 {versions} 版密钥，备份无法打开。请从封存的密钥副本放回密钥目录后再试。")
        raise Unusable(text.format(versions="、".join(lacking or [str(said["key"])])))
    if any(not hmac.compare_digest(_proof(keys, int(key), salt), proof) for key, proof in said["keys"].items()):
        raise Unusable(_("密钥不是制作这份备份时的密钥（或文件开头已损坏）。请放回正确的密钥后再试。"))


def blocks(file: BinaryIO, keys: KeyRing) -> Iterator[bytes]:
    """Every block in its place, from the file's beginning to its end. Raises `Unusable` at the first that is not as it was written."""
    file.seek(0)
    header, said = read_header(file)
    check_keys(said, keys)
    seal, number, is_last = _Seal(header, said, keys), 0, False
    while not is_last:
        start = file.read(5)
        length = int.from_bytes(start[:4])
        if len(start) != 5 or start[4] > 1 or length > LONGEST_BLOCK:
            raise _damaged()
        is_last = bool(start[4])
        try:
            yield zlib.decompress(seal.open(number, is_last, file.read(length)))
        except (InvalidTag, zlib.error, ValueError):
            raise _damaged() from None
        number += 1
    if file.read(1):
        raise _damaged()
