"""Days as clerks write them, and what a form says of a field that is wrong."""

from datetime import date

import pytest
from django import forms

from yumiao.ui.typed import DayField

pytestmark = pytest.mark.db  # forms need the settings, which pure tests do without


class Example(forms.Form):
    on = DayField(label="日期")
    name = forms.CharField(label="姓名", max_length=3)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲")])


def faults(**typed: str) -> dict[str, list[str]]:
    return {name: list(said) for name, said in Example(typed).errors.items()}


@pytest.mark.parametrize(
    "typed",
    ["2026-03-05", "2026-3-5", "2026/3/5", "2026.3.5", "2026年3月5日", " ２０２６-０３-０５ ", "2026年03月05日"],
)
def test_a_day_may_be_written_in_every_usual_way(typed: str) -> None:
    form = Example({"on": typed, "name": "李明", "kind": "a"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["2026-02-30", "明年", "20260305", "2026-03", "05/03/2026"])
def test_a_day_that_the_calendar_lacks_or_nobody_can_read_is_said_with_an_example(typed: str) -> None:
    said = "日期应写成 2026-10-31 的形式，并且是历法上有的一天。"
    assert faults(on=typed, name="李明", kind="a") == {"on": [said]}


def test_what_is_missing_is_said_in_plain_words() -> None:
    assert faults() == {"on": ["没有填写。"], "name": ["没有填写。"], "kind": ["没有选择。"]}


def test_what_is_too_long_or_not_offered_is_said_with_both_facts() -> None:
    assert faults(on="2026-03-05", name="李明清河", kind="乙") == {
        "name": ["最多 3 个字，现有 4 个。"],
        "kind": ["没有“乙”这一项，应从所列各项中选择。"],
    }
