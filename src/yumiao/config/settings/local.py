"""One machine, one person at it: the command line, the demo, the tests."""

import os
import secrets

from yumiao.config.settings.base import *  # noqa: F403

DEBUG = False
# Good for one process; `yumiao serve` takes one that lasts, from the folder of keys.
SECRET_KEY = os.environ.get("YUMIAO_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOOPBACK_ONLY = True
WITH_GALLERY = True
