"""What an address of the API may be asked with: everything strictly, every fault at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from yumiao.api.parameters import AFTER, DAY, LIMIT, UNIT, Faulty, Parameter, choice, flag, parsed, text

pytestmark = pytest.mark.db
KIND = choice("kind", "类别", {"member": "党员", "target": "发展对象"})
YOUNG = flag("young", "年轻")
Q = text("q", "姓名", r"[^0-9\x00-\x1f]{1,5}", "应是姓名")
ALL = (KIND, YOUNG, Q, DAY, UNIT, LIMIT, AFTER)


def read(query: str) -> dict[str, Any]:
    """What was said, without what was not."""
    return {name: value for name, value in parsed(ALL, QueryDict(query)).items() if value is not None}


def wrong(query: str) -> list[str]:
    with pytest.raises(Faulty) as found:
        parsed(ALL, QueryDict(query))
    return [fault.parameter for fault in found.value.faults]


def test_what_is_not_said_has_its_usual_value() -> None:
    assert read("") == {"limit": 100}


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("kind=member", {"kind": "member"}),
        ("young=true", {"young": True}),
        ("young=false", {"young": False}),
        ("q=韦禾", {"q": "韦禾"}),
        ("day=2024-02-29", {"day": date(2024, 2, 29)}),
        ("unit=001.032", {"unit": "001.032"}),
        ("limit=1", {"limit": 1}),
        ("limit=200", {"limit": 200}),
    ],
)
def test_what_is_said_well_is_read(query: str, value: dict[str, Any]) -> None:
    assert read(query) == {"limit": 100} | value


@pytest.mark.parametrize(
    "query",
    [
        *("kind=", "kind=Member", "kind=member ", "young=1", "young=True", "young="),
        *("day=2023-02-29", "day=2024-2-9", "day=20240209", "day=", "day=0000-01-01", "day=２０２４-02-09"),
        *("limit=0", "limit=201", "limit=", "limit=1.0", "limit=-1", "limit=01", "limit=+5", "limit=1e2", "limit=٣"),
        *(
            "unit=",
            "unit=a b",
            "unit=0/1",
            "unit=" + "1" * 61,
            "q=110",
            "q=",
            "q=%00",
            "q=六个字太长了",
            "after=",
            "after=a.b",
        ),
        *("unit=001%0A", "day=2024-02-09%0A", "kind=member&kind=target", "limit=5&limit=5"),
    ],
)
def test_what_is_said_badly_is_a_fault_of_that_parameter(query: str) -> None:
    assert wrong(query) == [query.partition("=")[0]]


def test_an_unknown_parameter_is_a_fault() -> None:
    assert wrong("on=2024-01-01") == ["on"]
    assert wrong("Unit=001") == ["Unit"]


def test_every_fault_is_told_at_once() -> None:
    assert wrong("x=1&kind=y&limit=0&unit=1&unit=2") == ["x", "kind", "unit", "limit"]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_parameter_describes_itself(one: Parameter) -> None:
    found = one.description()
    assert (found["name"], found["in"], found["required"]) == (one.name, "query", False)
    assert found["description"]
