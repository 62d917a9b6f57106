"""Machines with real tokens: `from tests.api.tokens import machines` gives the fixture."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest
from django.test import Client

from tests.api.asking import Machine
from tests.cast import COUNTY, Cast
from yumiao.access import tokens
from yumiao.access.permissions import Permission
from yumiao.access.token_rules import GRANTABLE

Machines = Callable[..., Machine]


@pytest.fixture
def machines(cast: Cast) -> Machines:
    """A machine of the county officer's: `machines()` sees all he may give, `machines(unit=…, permissions=…)` a part of it."""
    tokens.pace.forget()  # ids of a test that was undone are given again

    def machine(*, unit: str = COUNTY, permissions: Collection[Permission] = GRANTABLE) -> Machine:
        _token, secret = tokens.issue_token(
            reader=cast.reader(cast.officer),
            unit=cast.unit(unit),
            permissions=permissions,
            name="驾驶舱",
            until=cast.today + timedelta(days=30),
        )
        return Machine(Client(raise_request_exception=False), secret)

    return machine
