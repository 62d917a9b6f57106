"""The API attacked by what its own description says: well-said and badly said requests, every check, nothing may be found."""

from __future__ import annotations

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.api.tokens import Machines, machines
from tests.cast import Cast, cast
from yumiao.api.endpoints import Endpoint
from yumiao.api.openapi import description
from yumiao.desk.api.endpoints import ENDPOINTS

pytestmark = [pytest.mark.db, pytest.mark.embedded, pytest.mark.slow]
__all__ = ["cast", "machines"]
EXAMPLES = 25


def test_the_description_is_valid_openapi() -> None:
    validate(description(ENDPOINTS))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["well_said", "badly_said"])
@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: one.name)
def test_nothing_is_found(cast: Cast, machines: Machines, one: Endpoint, mode: GenerationMode) -> None:
    # the transport in process does not undo compression
    headers = {"Authorization": f"Bearer {machines().secret}", "Accept-Encoding": "identity"}
    config = SchemathesisConfig.from_dict({"base-url": "http://testserver", "headers": headers})
    described = schemathesis.openapi.from_dict(description(ENDPOINTS), config=config)
    described.app = WSGIHandler()
    asked = 0

    @hypothesis.settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True)
    @hypothesis.given(case=described[one.address]["GET"].as_strategy(generation_mode=mode))
    def attack(case: schemathesis.Case) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate()

    attack()
    assert asked > 0
