"""The comparison is made within the request, where the test's own transaction is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk.importing_pages import clear


@pytest.fixture
def _in_this_process(settings: Any) -> Iterator[None]:
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()
