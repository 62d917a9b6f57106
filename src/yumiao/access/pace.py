"""How often somebody does what is allowed: counted in this process, so that who keeps the pace costs no write.

Must not know: what is done. What must hold for an attacker over all processes is counted by `access.limiter` in the database.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

KEPT: Final = 1000  # counters; the one that was used longest ago goes first


class Pace:
    """At most `most` times within a window that begins with the first."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self.within = most, within
        self._begun: OrderedDict[int, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, who: int, now: datetime) -> tuple[int, int]:
        """Count once more: how often in the running window, and how many minutes, at least 1, are left of it."""
        with self._lock:
            begun, count = self._begun.pop(who, (now, 0))
            if not begun <= now < begun + self.within:
                begun, count = now, 0
            self._begun[who] = (begun, count + 1)
            if len(self._begun) > KEPT:
                self._begun.popitem(last=False)
        return count + 1, max(1, math.ceil((begun + self.within - now) / timedelta(minutes=1)))

    def forget(self) -> None:
        """Begin anew for everybody."""
        with self._lock:
            self._begun.clear()
