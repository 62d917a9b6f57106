"""What both settings modules share. Paths and hosts come from the environment; nothing here is a rule or a policy."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import dj_database_url

from yumiao.config.folder import DataFolder

FOLDER = DataFolder.from_environment(os.environ)
KEYS_FOLDER = FOLDER.keys
HEAD_FILE = FOLDER.head

# Older SQLite versions carry the WAL-reset race: they keep the rollback journal.
SQLITE_MAY_WAL = sqlite3.sqlite_version_info >= (3, 51, 3)


def database() -> dict[str, Any]:
    """PostgreSQL where `YUMIAO_DATABASE_URL` says so, else SQLite in the data folder."""
    if url := os.environ.get("YUMIAO_DATABASE_URL"):
        return dict(dj_database_url.parse(url, conn_max_age=60))
    pragmas = f"PRAGMA journal_mode={'WAL' if SQLITE_MAY_WAL else 'DELETE'};PRAGMA synchronous=FULL;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas
            + "PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
            # without it INSERT OR REPLACE would pass by the triggers that refuse to delete
            + "PRAGMA recursive_triggers=ON;",
        },
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "yumiao.vault",
    "yumiao.journal",
    "yumiao.units",
    "yumiao.access",
    "yumiao.bylaws",
    "yumiao.people",
    "yumiao.admission",
    "yumiao.talent",
    "yumiao.ledger",
]
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
