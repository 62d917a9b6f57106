"""The second factor: one-time codes of an authenticator (RFC 6238), and recovery codes that stand in for it once.

The secret lies sealed, recovery codes as keyed digests. Must not know: requests, pages, how often somebody may try.
"""

from __future__ import annotations

import base64
import secrets
import unicodedata
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.crypto import constant_time_compare

from yumiao.access.models import Account, RecoveryCode, SecondFactor
from yumiao.vault import cells

ISSUER: Final = "育苗"
DIGITS: Final = 6
STEP: Final = 30  # seconds
DRIFT: Final = (-1, 0, 1)  # steps a clock may be off
SECRET: Final = 20  # bytes
RECOVERY_CODES: Final = 10
RECOVERY_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without look-alikes
RECOVERY_LENGTH: Final = 10


class WrongCode(Exception):
    """The code is not one of this account, has run out, or was used before; `left` tries remain, where somebody counts them."""

    left = 0


def is_enrolled(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).exists()


def begin(account: Account) -> None:
    """Make a new secret for an account that has none confirmed; one that was never confirmed is void."""
    version, cell = cells.seal(base64.b32encode(secrets.token_bytes(SECRET)).decode(), about=_about(account))
    SecondFactor.objects.filter(account=account, confirmed_at__isnull=True).delete()
    SecondFactor.objects.get_or_create(account=account, defaults={"cell": cell, "key_version": version})


def unconfirmed_secret(account: Account) -> str | None:
    """The secret to show while it is being enrolled, in base32; None once it is confirmed, or before it was made."""
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=True).first()
    return _secret(account, factor) if factor else None


def address(account: Account, secret: str) -> str:
    """What the QR code says: the otpauth address of the secret."""
    return _totp(secret).get_provisioning_uri(account.username, ISSUER)


def confirm(account: Account, code: str, *, now: datetime) -> list[str]:
    """Take the first code of a new secret; from then on it counts. Gives fresh recovery codes. Raises `WrongCode`."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(account=account, confirmed_at__isnull=True).first()
        if factor is None:
            raise WrongCode
        _take_step(account, factor, code, now)
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=now)
        return renew_recovery_codes(account)


def verify(account: Account, code: str, *, now: datetime) -> None:
    """Take a one-time code or a recovery code, each once. Raises `WrongCode`."""
    plain = _plain(code)
    if len(plain) == RECOVERY_LENGTH:
        _take_recovery_code(account, plain, now)
        return
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()
    if factor is None:
        raise WrongCode
    _take_step(account, factor, plain, now)


def renew_recovery_codes(account: Account) -> list[str]:
    """Ten new recovery codes, to be shown once; the earlier ones are void."""
    codes = ["".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(account=account, keyed=_keyed(account, code)) for code in codes)
    half = RECOVERY_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def recovery_codes_left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()


def _take_step(account: Account, factor: SecondFactor, code: str, now: datetime) -> None:
    totp, step = _totp(_secret(account, factor)), int(now.timestamp()) // STEP
    given = _plain(code)
    matching = [
        step + off for off in DRIFT if constant_time_compare(given, totp.generate((step + off) * STEP).decode())
    ]
    # one statement looks and takes: of two who send the same code at once, one is refused
    if not any(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=one).update(last_step=one) for one in matching):
        raise WrongCode


def _take_recovery_code(account: Account, code: str, now: datetime) -> None:
    unused = RecoveryCode.objects.filter(account=account, used_at__isnull=True, keyed=_keyed(account, code))
    if not unused.update(used_at=now):
        raise WrongCode


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303 RFC 6238; authenticators know no other


def _secret(account: Account, factor: SecondFactor) -> str:
    return cells.unseal(bytes(factor.cell), about=_about(account), version=factor.key_version)


def _about(account: Account) -> str:
    return f"access_secondfactor|{account.uid.hex}"


def _keyed(account: Account, code: str) -> bytes:
    return cells.keyed("recovery-code", f"{account.uid.hex}|{code}")


def _plain(code: str) -> str:
    """As it was meant: whatever width, case and spaces it was typed with."""
    return "".join(one for one in unicodedata.normalize("NFKC", code).upper() if one.isalnum())
