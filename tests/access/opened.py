"""The cast with accounts that were opened: each can sign in by a password nobody needs to know."""

from __future__ import annotations

import pytest

from tests.cast import Cast


@pytest.fixture(autouse=True)
def opened(cast: Cast) -> None:
    for account in cast.accounts.values():
        account.password = "opened"
        account.save(update_fields=["password"])
