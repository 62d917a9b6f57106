"""Asks for the next step of an upload, in a process of its own: memory and crashes of the work stay away from the pages.

It must not know what the steps do.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import uuid
from datetime import date
from typing import Any

from django.conf import settings

from yumiao.desk.imports.store import Phase, Upload, one_at_a_time
from yumiao.desk.imports.work import work
from yumiao.journal.acts import Actor
from yumiao.kernel.scope import Scope


class Busy(Exception):
    """The account has another upload at work: one at a time."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(upload.uid)
        self.upload = upload


def start(upload: Upload, step: str, *, actor: Actor, within: Scope, today: date, **asked: Any) -> None:
    """Have `step` done for `actor` within its scope. Raises `Busy` while another upload of the account, or this one, is at work."""
    assert actor.uid is not None
    run = uuid.uuid4().hex
    with one_at_a_time(actor.uid) as running:
        if running is not None:
            raise Busy(running)
        job = {
            "run": run,
            "step": step,
            "actor": [str(actor.uid), actor.label, *map(str, actor.on_behalf_of)],
            "within": [[root.lo, root.hi] for root in within.roots],
            "today": today.isoformat(),
            **asked,
        }
        upload.write_json("job", job)
        upload.put_state(Phase.ASKED)
    if getattr(settings, "IMPORTS_RUN_APART", True):
        _start_apart(upload, run)
    else:
        work(upload.uid, run)


def _start_apart(upload: Upload, run: str) -> None:
    process = subprocess.Popen(
        # -P keeps modules of the current folder out
        [sys.executable, "-P", "-m", "yumiao.desk.imports.work", str(upload.uid), run],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        umask=0o077,
    )
    # nobody waits for it but this thread, so that it leaves no dead entry in the system's table
    threading.Thread(target=process.wait, daemon=True).start()
