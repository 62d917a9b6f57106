"""What stands above the pages weighs little: it knows nothing of Django until a worker loads it."""

from __future__ import annotations

import subprocess
import sys


def test_the_process_above_the_pages_carries_no_django() -> None:
    asked = "import sys, yumiao.config.supervisor; print('gunicorn' in sys.modules, 'django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
