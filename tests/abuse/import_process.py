"""The process beside the pages of an import, started by hand in a place of its own: stored, asked for, run, killed, looked at."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.abuse.program import Place

SETTINGS = {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
ASK = """
import json, sys, uuid
import django
django.setup()
from yumiao.desk.imports import store, showing
step, path, uid = sys.argv[1], sys.argv[2], sys.argv[3]
owner = uuid.UUID(int=7)
if uid:
    upload = store.find(uuid.UUID(uid), owner)
else:
    upload = store.store([open(path, "rb").read()], name="county.xlsx", owner=owner)
job = {"run": uuid.uuid4().hex, "step": step, "actor": [str(owner), "clerk"], "within": [["", "999999"]], "today": "2026-11-20"}
if step == "take":
    once = upload.read_json("job").get("once") or uuid.uuid4().hex
    job |= {"accept_good_rows": False, "shown": showing.Preview.of(upload).counts, "once": once}
upload.write_json("job", job)
upload.put_state(store.Phase.ASKED)
print(json.dumps([str(upload.uid), job["run"]]))
"""
LOOK = """
import json, sys, uuid
import django
django.setup()
from yumiao.desk.imports import store
upload = store.find(uuid.UUID(sys.argv[1]), uuid.UUID(int=7))
state = upload.state
print(json.dumps([state.phase, state.reason, state.seq, upload.is_held]))
"""


def _python(here: Place, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, *words],
        env=here.environment | SETTINGS,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


def asked(here: Place, step: str, *, file: Path | None = None, uid: str = "") -> tuple[str, str]:
    """Ask for a step, of a file to be stored or of an upload that lies there: (uid, run)."""
    found, run = _python(here, "-c", ASK, step, str(file or ""), uid)
    return found, run


def look(here: Place, uid: str) -> tuple[str, str, int | None, bool]:
    """(phase, reason, entry, whether a process is at it)."""
    phase, reason, seq, is_held = _python(here, "-c", LOOK, uid)
    return phase, reason, seq, is_held


def run(
    here: Place, uid: str, run: str, *, kill_after: float | None = None, before: Callable[[], None] | None = None
) -> bool:
    """Run the process to its end, or kill it with its children: whether it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "yumiao.desk.imports.work", uid, run],
        env=here.environment | SETTINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=before,
    )
    try:
        process.wait(kill_after if kill_after is not None else 60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False
