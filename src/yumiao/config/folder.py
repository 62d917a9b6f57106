"""The data folder: everything a county's installation keeps outside a PostgreSQL server.

Layout: `yumiao.sqlite3`, `keys/`, `files/`, `tmp/`, `profile`, `head`, `head-readings`, and `restoring` until a restore is done.
It knows nothing of Django or of what is in the files.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Profile(StrEnum):
    """What the folder is for; demo data and real data never meet in one folder."""

    DEMO = "demo"
    REAL = "real"

    @property
    def label(self) -> str:
        return {"demo": "演示", "real": "正式"}[self.value]


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths below `root` (mode 0700); `keys` may lie elsewhere, where backups do not reach."""

    root: Path
    keys: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> DataFolder:
        """`YUMIAO_DATA` and `YUMIAO_KEYS`, else a folder under the user's data home."""
        home = environment.get("XDG_DATA_HOME") or str(
            Path(environment.get("HOME") or Path.home()) / ".local" / "share"
        )
        root = Path(environment.get("YUMIAO_DATA") or Path(home) / "yumiao").absolute()
        return cls(root=root, keys=Path(environment.get("YUMIAO_KEYS") or root / "keys").absolute())

    @property
    def database(self) -> Path:
        return self.root / "yumiao.sqlite3"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def head(self) -> Path:
        """Signed copy of the journal's head, see `journal.chain`; that of the readings lies beside it."""
        return self.root / "head"

    @property
    def restoring(self) -> Path:
        """Lies there while a restore is unfinished; it names the backup by its digest."""
        return self.root / "restoring"

    @property
    def profile(self) -> Profile | None:
        """What `profile` says, or None in a folder that was never prepared."""
        try:
            return Profile((self.root / "profile").read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return None

    def prepare(self, profile: Profile) -> None:
        """Make the folders (0700) and write the profile; calling it again changes nothing."""
        for folder in (self.root, self.keys, self.files, self.tmp):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_uid == os.getuid():
                folder.chmod(0o700)
        if self.profile is None:
            partial = self.root / ".profile.part"
            partial.write_text(profile.value + "\n", encoding="ascii")
            partial.replace(self.root / "profile")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against another process that prepares it; the lock goes with the process."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.root / ".lock", "a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
