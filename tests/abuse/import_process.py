"""The process beside the pages of an import, started by hand in a place of its own: asked for, run, killed, looked at."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.abuse.program import Place

SETTINGS = {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
STORE = """
import sys, uuid
import django
django.setup()
from yumiao.desk.imports import store
print(store.store([open(sys.argv[1], "rb").read()], name="county.xlsx", owner=uuid.UUID(int=7)).uid)
"""
EVERYTHING = [["", "999999"]]
COUNTS = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0}


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload in a place; a copy of the place holds a copy of it."""

    here: Place
    uid: str

    @property
    def folder(self) -> Path:
        return self.here.folder / "tmp" / "uploads" / self.uid

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        return found

    @property
    def is_held(self) -> bool:
        with open(self.folder / "lock", "ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    @property
    def partial(self) -> list[str]:
        return [path.name for path in self.folder.glob(".*.part")]

    def run(self, step: str, *, kill_after: float = 60, before: Callable[[], None] | None = None, **asked: Any) -> bool:
        """Ask for a step and run its process to the end, or kill it with its children: whether it was killed."""
        job = {"run": uuid.uuid4().hex, "step": step, "within": EVERYTHING, "today": "2026-11-20", **asked}
        job["actor"] = [str(uuid.UUID(int=7)), "青岚县委组织部 韦小禾"]
        (self.folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        (self.folder / "state.json").write_text(json.dumps({"phase": "asked", "at": "2026-11-20"}), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "yumiao.desk.imports.work", self.uid, job["run"]],
            env=self.here.environment | SETTINGS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=before,
        )
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
        return False


def stored(here: Place, file: Path) -> Stored:
    """Seal a workbook as an upload does."""
    command = [sys.executable, "-c", STORE, str(file)]
    done = subprocess.run(
        command, env=here.environment | SETTINGS, capture_output=True, text=True, timeout=60, check=True
    )
    return Stored(here, done.stdout.strip())
