"""The small tree, written."""

from __future__ import annotations

import pytest


@pytest.fixture
def units() -> dict[str, int]:
    """Ids of the units of `small_tree`, by code."""
    from tests.ledger.rows import write_units, writing
    from tests.ledger.small_tree import KINDS, spots

    with writing() as current:
        return write_units(current, KINDS, spots(KINDS))
