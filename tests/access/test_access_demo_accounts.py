"""The demo's accounts: one for every role, at units the demo has; never anywhere else."""

from __future__ import annotations

import uuid
from random import Random

import pytest

from tests.cast import Cast, cast
from yumiao.access.demo_accounts import DEMO_ACCOUNTS, Person, make_demo_accounts
from yumiao.access.models import Account
from yumiao.access.permissions import Role
from yumiao.access.rules import USERNAME, fits
from yumiao.desk.demo.county import SEED
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.tree import grow_tree

pytestmark = pytest.mark.db
__all__ = ["cast"]


def test_there_is_one_for_every_role() -> None:
    assert sorted({one.role for one in DEMO_ACCOUNTS}) == sorted(Role)


def test_names_are_good_and_units_stand_in_the_demo_and_fit() -> None:
    kinds = {unit.code: unit.kind for unit in grow_tree(Figures.at(1), Random(SEED)).units}
    assert [one.username for one in DEMO_ACCOUNTS if USERNAME.fullmatch(one.username) is None] == []
    assert [one.role for one in DEMO_ACCOUNTS if not fits(role=one.role, kind=kinds[one.unit])] == []


def test_a_real_county_gets_none(cast: Cast) -> None:
    before = Account.objects.count()
    with pytest.raises(RuntimeError):
        make_demo_accounts(member=Person(uuid.uuid4(), "韦"), actor=cast.operator, today=cast.today)
    assert Account.objects.count() == before
