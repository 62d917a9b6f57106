"""How passwords are kept, and which are refused.

Hashing is bounded: so many at once, so much memory each, so that a rush of sign-ins cannot take the machine. Must not know: requests, sessions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yumiao.access.models import Account

SHORTEST: Final = 10
LONGEST: Final = 128  # a hash of a megabyte of text would be work for nothing
OWN_WORDS: Final = ("育苗", "yumiao")
AT_ONCE: Final = 2
PATIENCE: Final = 10.0  # seconds a sign-in waits for its turn

_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """So many are signing in at this moment that one would wait too long."""


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


class BoundedArgon2(Argon2PasswordHasher):
    """Argon2id, 2 passes over 46 MiB in one lane; never more than `AT_ONCE` at a time in one process. Raises `Busy`."""

    time_cost = 2
    memory_cost = 46 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> Any:
        with _turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turn():
            return super().verify(password, encoded)


def faults(password: str, account: Account) -> list[str]:
    """Why `password` cannot be that of `account`; empty means it can. Length counts, kinds of characters do not."""
    found = []
    if len(password) < SHORTEST:
        found.append(_("密码至少 {count} 个字符，可以用一句话。").format(count=SHORTEST))
    if len(password) > LONGEST:
        found.append(_("密码最多 {count} 个字符。").format(count=LONGEST))
    if any(word in _plain(password) for word in _own_words(account)):
        found.append(_("密码不能含有本人姓名、登录名或本系统的名称。"))
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        found.append(_("这个密码太常见，容易被猜中。"))
    if len(password) >= SHORTEST and len(set(password)) <= 3:
        found.append(_("密码不能只用两三个字符重复组成。"))
    return found


def _own_words(account: Account) -> list[str]:
    words = (*OWN_WORDS, account.username, account.display_name)
    return [_plain(word) for word in words if len(word) > 1]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
