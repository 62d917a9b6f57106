"""One machine, one person at it: the command line, the demo, the tests."""

import os
import secrets

from yumiao.config.settings.base import *  # noqa: F403

DEBUG = False
# Signed cookies live as long as the server does; whoever signed in before a restart signs in again.
SECRET_KEY = os.environ.get("YUMIAO_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOOPBACK_ONLY = True
WITH_GALLERY = True
