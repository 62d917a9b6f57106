"""What both settings modules share. Paths and hosts come from the environment; nothing here is a rule or a policy."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from yumiao.config.folder import DataFolder

FOLDER = DataFolder.from_environment(os.environ)
KEYS_FOLDER = FOLDER.keys
HEAD_FILE = FOLDER.head

# Older SQLite versions carry the WAL-reset race: they keep the rollback journal.
SQLITE_MAY_WAL = sqlite3.sqlite_version_info >= (3, 51, 3)


def server(url: str) -> dict[str, Any]:
    """The PostgreSQL database that `url` names."""
    try:
        found = dict(dj_database_url.parse(url, conn_max_age=60))
    except ValueError:
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise ImproperlyConfigured(
            "YUMIAO_DATABASE_URL 应为 postgresql://用户:口令@主机/数据库 的样式，口令里的特殊字符要转义；不设则用数据目录里的 SQLite。"
        )
    return found


def database() -> dict[str, Any]:
    """PostgreSQL where `YUMIAO_DATABASE_URL` says so, else SQLite in the data folder."""
    if url := os.environ.get("YUMIAO_DATABASE_URL"):
        return server(url)
    pragmas = f"PRAGMA journal_mode={'WAL' if SQLITE_MAY_WAL else 'DELETE'};PRAGMA synchronous=FULL;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER.database,
        "CONN_MAX_AGE": None,  # a thread that serves keeps its connection: opening one costs more than most pages
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas
            + "PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
            # without it INSERT OR REPLACE would pass by the triggers that refuse to delete
            + "PRAGMA recursive_triggers=ON;",
        },
    }


def proxies(text: str) -> int:
    """How many proxies of our own stand before us, as the environment says it."""
    if not text.isdecimal():
        raise ImproperlyConfigured("YUMIAO_TRUSTED_PROXIES 应为整数：前面有几层自己的代理，没有则为 0。")
    return int(text)


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "yumiao.ui",
    "yumiao.vault",
    "yumiao.journal",
    "yumiao.units",
    "yumiao.access",
    "yumiao.bylaws",
    "yumiao.people",
    "yumiao.files",
    "yumiao.publicity",
    "yumiao.oversight",
    "yumiao.meetings",
    "yumiao.admission",
    "yumiao.talent",
    "yumiao.posts",
    "yumiao.reconciliation",
    "yumiao.ledger",
    "yumiao.desk",
]
# The order is part of the protection: day, content policy, login, then the door, which lets nobody pass without a policy.
MIDDLEWARE = [
    "yumiao.config.middleware.InstallationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yumiao.access.middleware.DoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "yumiao.config.urls"
TEMPLATES = [
    {
        "BACKEND": "yumiao.ui.engine.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "yumiao.ui.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "yumiao.desk.frame.frame",
            ],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = FOLDER.root / "static"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "yumiao.access.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "login"
# Only what our own proxies say of the caller's address is believed.
TRUSTED_PROXIES = proxies(os.environ.get("YUMIAO_TRUSTED_PROXIES") or "0")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Scripts, styles and pictures of our own host and nothing else; no inline script or style, no frame, no plugin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "yumiao.config.errors.csrf_failure"
WITH_GALLERY = False
# Fonts of the office's own, for characters that ours lack.
FONTS = Path(os.environ["YUMIAO_FONTS"]) if os.environ.get("YUMIAO_FONTS") else None
# The handbook's files: in the source tree, or where they were put.
DOCS = Path(os.environ.get("YUMIAO_DOCS") or Path(__file__).resolve().parents[4] / "docs")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["yumiao.config.uploads.NoFile"]
# What went wrong, by address and kind, never a value somebody typed: personal data has no place in a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},  # said by `config.errors` instead
        "yumiao": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = [
    "yumiao.access.passwords.BoundedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
