"""What a notice says, over which days it stands, what a conclusion has to say. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yumiao.publicity.rules import (
    Published,
    Window,
    conclusion_objections,
    posting_objections,
    read_back,
    written,
)

ON = date(2026, 3, 2)
WINDOW = Window(ON, 5, True, date(2026, 3, 9), "村务公开栏", "0000-1234567", "青石镇党委")
SAID = Published(name="蓝向阳", sex="男", born="1996年2月", days=(("递交入党申请书", "2024年1月10日"),))


def test_what_was_posted_is_read_back_as_it_was() -> None:
    assert read_back(written(SAID)) == SAID
    assert read_back("{}") == Published(name="")


@pytest.mark.parametrize(
    ("window", "said", "today", "rules"),
    [
        (WINDOW, (SAID,), ON, []),
        (WINDOW, (), ON, ["PUB-5"]),
        (WINDOW, (replace(SAID, occupation="998001199602149018"),), ON, ["PUB-5"]),
        (replace(WINDOW, posted_on=date(2026, 3, 3)), (SAID,), ON, ["PUB-6"]),
        (WINDOW, (SAID,), date(2026, 5, 1), []),
    ],
)
def test_posting(window: Window, said: tuple[Published, ...], today: date, rules: list[str]) -> None:
    assert [one.rule for one in posting_objections(window, said, today)] == rules


@pytest.mark.parametrize(
    ("on", "text", "told_on", "untold", "rules"),
    [
        (ON, "经走访核实不属实", ON, "", []),
        (ON, "经走访核实不属实", None, "案件正在侦查", []),
        (ON, "经走访核实不属实", None, " ", ["PUB-9"]),
        (ON, "不实", ON, "", ["PUB-9"]),
        (date(2026, 3, 1), "经走访核实不属实", ON, "", ["PUB-10"]),
        (date(2026, 3, 4), "经走访核实不属实", ON, "", ["PUB-10"]),
        (ON, "经走访核实不属实", date(2026, 3, 4), "", ["PUB-10"]),
    ],
)
def test_a_conclusion(on: date, text: str, told_on: date | None, untold: str, rules: list[str]) -> None:
    found = conclusion_objections(
        received_on=ON, on=on, today=date(2026, 3, 3), text=text, told_on=told_on, untold=untold
    )
    assert [one.rule for one in found] == rules
