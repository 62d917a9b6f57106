"""The key ring: one random master key per version, in files of mode 0600; everything used is derived from it.

It must not know what is sealed with the keys, and never writes a key anywhere but into its own folder.
"""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SUFFIX = ".key"


class KeysMissing(Exception):
    """The key files are gone or unreadable: sealed numbers cannot be opened until they are put back."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"密钥目录 {folder} 中没有可用的密钥。请从封存的密钥副本恢复后再试；不要新建密钥，否则已加密的号码将无法读取。"
        )


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Master keys by version; new cells use the highest. What is derived from them is derived once."""

    masters: dict[int, bytes] = field(repr=False)
    _derived: dict[tuple[str, int], bytes] = field(default_factory=dict, repr=False)

    @property
    def current(self) -> int:
        return max(self.masters)

    def derived(self, purpose: str, version: int) -> bytes:
        """32 bytes for one purpose. `KeyError` for a version whose file is not there."""
        key = self._derived.get((purpose, version))
        if key is None:
            info = f"yumiao {purpose} {version}".encode()
            key = self._derived[purpose, version] = HKDF(SHA256(), 32, None, info).derive(self.masters[version])
        return key


def make_first_key(folder: Path) -> None:
    """Write version 1 unless a key is there already. The file appears whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if list(folder.glob("*" + SUFFIX)):
        return
    partial = folder / f".{secrets.token_hex(8)}.part"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # link, not rename: of two processes at their first use, only one may win
        os.link(partial, folder / f"1{SUFFIX}")
    except FileExistsError:
        pass
    finally:
        partial.unlink()


@lru_cache(maxsize=4)
def _ring(folder: str) -> KeyRing:
    try:
        masters = {
            int(file.name.removesuffix(SUFFIX)): base64.b64decode(file.read_bytes())
            for file in Path(folder).glob("*" + SUFFIX)
        }
    except ValueError:
        raise KeysMissing(folder) from None
    # the index, the digests and the signatures stay with the first key
    if 1 not in masters or any(len(key) != 32 for key in masters.values()):
        raise KeysMissing(folder)
    return KeyRing(masters)


def ring() -> KeyRing:
    """The key ring of this installation. Raises `KeysMissing`."""
    return _ring(str(settings.KEYS_FOLDER))


def key_for(purpose: str, version: int | None = None) -> tuple[int, bytes]:
    """(version, 32-byte key) for a purpose, of the current version unless one is named."""
    keys = ring()
    chosen = keys.current if version is None else version
    return chosen, keys.derived(purpose, chosen)


def loose_files(folder: Path) -> list[Path]:
    """Key files that others than the owner may read; `doctor` names them."""
    return [file for file in folder.glob("*" + SUFFIX) if file.stat().st_mode & 0o077]
