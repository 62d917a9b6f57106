"""How often something may be tried: counted in the database, by keyed digests, in windows that begin with the first try.

No weapon: who comes from a browser that signed in to the account before is counted apart from strangers, see `Origin`.
Must not know: what is tried.
"""

from __future__ import annotations

import ipaddress
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from yumiao.access.models import RateWindow
from yumiao.vault import cells

KEPT: Final = timedelta(days=1)


class TooMany(Exception):
    """Tried too often; `minutes` (at least 1) until it may be tried again; `why` in Chinese where it is not that somebody guesses."""

    def __init__(self, minutes: int, why: str = "") -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes, self.why = minutes, why


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries within a time."""

    kind: str
    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit for one key."""

    limit: Limit
    key: str

    @property
    def keyed(self) -> bytes:
        return cells.keyed(f"rate-{self.limit.kind}", self.key)


QUARTER: Final = timedelta(minutes=15)
BY_SOURCE: Final = Limit("source", 100, timedelta(hours=1))
BY_PAIR: Final = Limit("pair", 5, QUARTER)
BY_ACCOUNT: Final = Limit("account", 10, QUARTER)
BY_BROWSER: Final = Limit("browser", 5, QUARTER)
CODE_BY_PAIR: Final = Limit("code-pair", 5, QUARTER)
CODE_BY_ACCOUNT: Final = Limit("code-account", 10, QUARTER)
CODE_BY_BROWSER: Final = Limit("code-browser", 5, QUARTER)
INVITATION: Final = Limit("invitation", 20, timedelta(hours=1))
TOKEN: Final = Limit("token", 20, QUARTER)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try comes from: its source address, and the id of its browser if that signed in to the account before."""

    source: str
    known_browser: str = ""


def of_password(name: str, origin: Origin) -> list[Counted]:
    """What a password tried for an account name counts against, the widest key first.

    A known browser counts against itself alone, so strangers can neither lock it out through the account nor through its address.
    """
    account = normalised(name)
    if origin.known_browser:
        return [Counted(BY_BROWSER, f"{account}|{origin.known_browser}")]
    pair = f"{account}|{origin.source}"
    return [Counted(BY_SOURCE, origin.source), Counted(BY_PAIR, pair), Counted(BY_ACCOUNT, account)]


def of_code(name: str, origin: Origin) -> list[Counted]:
    """What a one-time or recovery code tried for an account counts against."""
    account = normalised(name)
    if origin.known_browser:
        return [Counted(CODE_BY_BROWSER, f"{account}|{origin.known_browser}")]
    return [Counted(CODE_BY_PAIR, f"{account}|{origin.source}"), Counted(CODE_BY_ACCOUNT, account)]


def of_invitation(origin: Origin) -> list[Counted]:
    """What an invitation code that was tried counts against."""
    return [Counted(INVITATION, origin.source)]


def of_token(source: str) -> list[Counted]:
    """What a token that is none counts against."""
    return [Counted(TOKEN, source)]


def take(tries: Iterable[Counted], *, now: datetime) -> int:
    """Count one try against each key and give how many are left. Raises `TooMany` at the first that is used up, before the later are touched.

    It counts before the answer is known: however many come at once, no more than the limit get one.
    """
    left = []
    with transaction.atomic():
        for one in tries:
            window = _counted(one, now)
            left.append(one.limit.most - window.count)
            if left[-1] < 0:
                break
    if left[-1] < 0:
        raise TooMany(max(1, math.ceil((window.since_at + one.limit.within - now) / timedelta(minutes=1))))
    return min(left)


@transaction.atomic
def give_back(tries: Iterable[Counted]) -> None:
    """A try that was right counts for nothing."""
    for one in tries:
        RateWindow.objects.filter(kind=one.limit.kind, keyed=one.keyed, count__gt=0).update(count=F("count") - 1)


def _counted(one: Counted, now: datetime) -> RateWindow:
    window, is_new = RateWindow.objects.select_for_update().get_or_create(
        kind=one.limit.kind, keyed=one.keyed, defaults={"since_at": now, "count": 0}
    )
    if window.since_at + one.limit.within <= now:
        window.since_at, window.count = now, 0
    # beyond the limit nothing is counted: a window ends, however long somebody goes on trying
    window.count = min(window.count + 1, one.limit.most + 1)
    window.save(update_fields=["since_at", "count"])
    if is_new:
        RateWindow.objects.filter(since_at__lt=now - KEPT).delete()
    return window


def normalised(name: str) -> str:
    """An account's name as it is looked up: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def source_of(request: HttpRequest) -> str:
    """The address a request came from; forwarded addresses count only from as many proxies as the installation trusts."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = getattr(settings, "TRUSTED_PROXIES", 0)
    said = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    forwarded = [part.strip() for part in said.split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        address = forwarded[-proxies]
    return _network(address)


def _network(address: str) -> str:
    """One IPv4 address, or the /64 an IPv6 host can choose from at will."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
