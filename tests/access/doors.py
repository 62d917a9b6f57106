"""What tests at the doors need: a password, an enrolled authenticator, the code it shows at a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast, open_accounts
from tests.desk.county_cells import County
from yumiao.kernel.periods import today_in_china

if TYPE_CHECKING:
    from yumiao.access.models import Account

PASSWORD = "四月的稻田里有三只白鹭"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # where hashing itself is not what is tested


def give_password(account: Account, password: str = PASSWORD) -> Account:
    account.set_password(password)
    account.save()
    return account


def code_at(secret: str, at: datetime) -> str:
    """What the authenticator shows."""
    from yumiao.access.factors import _totp

    return _totp(secret).generate(int(at.timestamp())).decode()


def enrolled(account: Account, at: datetime) -> str:
    """The secret of an authenticator enrolled for `account` at a moment, whose code is used up by that."""
    from yumiao.access import factors

    factors.begin(account)
    secret = factors.unconfirmed_secret(account)
    assert secret is not None
    factors.confirm(account, code_at(secret, at), now=at)
    return secret


@pytest.fixture
def few(db: None) -> Cast:
    """A county of units alone and a few of the cast: an officer, two clerks, and somebody without a post."""
    from yumiao.access.models import OPERATOR, Account
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.journal.acts import Actor

    today = today_in_china(datetime.now(UTC))
    account = Account.objects.create(username=OPERATOR, display_name="命令行", password="!")
    operator = Actor(account.uid, OPERATOR)
    assert import_workbook(County().only("组织").workbook(), today=today, actor=operator).written
    made = Cast({}, today, operator)
    open_accounts(made, ("officer", "clerk_a", "clerk_b", "outsider"))
    return made
