"""Login sessions in a table of our own: each names its account, so that one query brings both and all of somebody's can be ended.

They end after half an hour without a request, and after twelve hours whatever happens. Must not know: passwords, pages.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yumiao.access.models import Account, LoginSession
from yumiao.access.permissions import WITHOUT_SECOND_FACTOR
from yumiao.access.readers import Reader
from yumiao.journal.acts import head_beside, with_head
from yumiao.journal.chain import Head

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
SEEN_EVERY: Final = timedelta(minutes=1)
FRESH: Final = timedelta(minutes=5)

SHORTEST_KEY, LONGEST_KEY = 8, 40
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
RIGHTS: Final = "rights"
FACTOR: Final = "factor"
FRESH_AT: Final = "fresh_at"


class SessionStore(DatabaseStore):
    """Django's database sessions, with the account beside the data and times that a save does not move."""

    row: LoginSession | None = None
    head: Head | None = None  # of the record, as it stood when the row was read
    browser: str = ""  # what a new row says of the browser

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _validate_session_key(self, key: str | None) -> bool:
        """Letters and digits: for a cookie that holds a NUL PostgreSQL would not even look."""
        return key is not None and SHORTEST_KEY <= len(key) <= LONGEST_KEY and key.isalnum()

    def _get_session_from_db(self) -> LoginSession | None:
        now = timezone.now()
        # the times are compared here: every request asks, and the shorter the question the sooner it is put together
        found = list(with_head(LoginSession.objects.select_related("account").filter(pk=self.session_key)))
        self.row = next((row for row in found if row.expire_date > now and row.seen_at > now - IDLE), None)
        if self.row is None:
            self._session_key = None
        self.head = head_beside(self.row) if self.row else None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        key, now = str(self._get_or_create_session_key()), timezone.now()  # type: ignore[attr-defined]
        if self.row is None or self.row.session_key != key:
            self.row = LoginSession(session_key=key, expire_date=now + LONGEST, created_at=now, seen_at=now)
        self.row.session_data = self.encode(data)
        self.row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        self.row.browser = self.browser or self.row.browser
        return self.row

    def flush(self) -> None:
        super().flush()
        self.row = None


def account_of(session: SessionStore) -> Account | None:
    """Who is signed in: the account beside the session, while it is active and its password is the one that was given."""
    proof = session.get(HASH_SESSION_KEY, "")
    account = session.row.account if session.row and SESSION_KEY in session else None
    if account is None or not account.is_active:
        return None
    return account if constant_time_compare(proof, account.get_session_auth_hash()) else None


def signed_in_values(reader: Reader, *, factor: bool, now: datetime) -> dict[str, Any]:
    """What a session holds of somebody who has just signed in; `factor`: with a second one."""
    account = reader.account
    assert account is not None
    return {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        RIGHTS: rights_digest(reader),
        FACTOR: factor,
        FRESH_AT: int(now.timestamp()),
    }


def rights_digest(reader: Reader) -> str:
    """Equal exactly when the appointments in force, and those acted by for others, are the same ones."""
    held = sorted(f"{one.role}|{one.unit.id}" for one in reader.own)
    held += sorted(f"{one.role}|{one.unit.id}|{' '.join(sorted(one.permissions))}" for one in reader.lent)
    return hashlib.sha256("\n".join(held).encode()).hexdigest()


def needs_factor(reader: Reader, *, is_demo: bool) -> bool:
    """Whether the reader's roles ask for a second factor; in the demo, where nobody is real, they do not."""
    return not is_demo and not reader.roles <= WITHOUT_SECOND_FACTOR


def still_holds(session: SessionStore, reader: Reader, *, is_demo: bool) -> bool:
    """Whether the session was opened with the rights the reader has today, and with the proof they ask for."""
    if session.get(RIGHTS) != rights_digest(reader):
        return False
    return bool(session.get(FACTOR)) or not needs_factor(reader, is_demo=is_demo)


def is_fresh(session: SessionStore, *, now: datetime) -> bool:
    """Whether the last proof of who sits there is at most five minutes old."""
    age = int(now.timestamp()) - int(session.get(FRESH_AT, 0))
    return 0 <= age <= FRESH.total_seconds()


def prove(session: SessionStore, *, now: datetime) -> None:
    """From now on the last proof counts as given at this moment."""
    session[FRESH_AT] = int(now.timestamp())


def keep(session: SessionStore, account: Account) -> None:
    """Let the session go on under a password that was just changed, with a new key."""
    session.cycle_key()
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()


def see(session: SessionStore, *, now: datetime) -> None:
    """Note that the session is in use; writes at most once a minute."""
    row = session.row
    if row is not None and now - row.seen_at >= SEEN_EVERY:
        LoginSession.objects.filter(pk=row.pk).update(seen_at=now)
        row.seen_at = now


def sessions_of(account: Account, *, now: datetime) -> list[LoginSession]:
    """Where somebody is signed in, the latest used first."""
    open_ones = LoginSession.objects.filter(account=account, expire_date__gt=now, seen_at__gt=now - IDLE)
    return list(open_ones.order_by("-seen_at"))


def end_session(account: Account, uid: uuid.UUID) -> int:
    """End one session of an account; gives how many, 0 where it is another's or gone."""
    ended, _ = LoginSession.objects.filter(account=account, uid=uid).delete()
    return ended


def end_sessions(account: Account, *, but: SessionStore | None = None) -> int:
    """End all sessions of an account, `but` one; gives how many."""
    kept = but.session_key if but else None
    ended, _ = LoginSession.objects.filter(account=account).exclude(session_key=kept or "").delete()
    return ended


def prune(*, now: datetime) -> None:
    """Remove sessions that have run out."""
    LoginSession.objects.filter(expire_date__lt=now).delete()
