from datetime import date
from enum import StrEnum

import pytest

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.rulebook import Confidence, Rule, Rulebook, examples_that_disagree, render


class Sex(StrEnum):
    FEMALE = "女"


def is_within_a_year(months: int) -> bool:
    return months <= 12


def rule(**changes):
    settled = {
        "id": "DEV-07",
        "title": "期限",
        "text": "不超过一年。",
        "source": "《示例细则》",
        "article": "第七条",
        "since": date(2014, 6, 11),
        "holds": is_within_a_year,
        "passing": ({"months": 0}, {"months": 12}),
        "failing": ({"months": 13}, {"months": 24}),
        "confidence": Confidence.VERIFIED,
        "words": {"months": "月数"},
    }
    return Rule(**settled | changes)


@pytest.mark.parametrize("rule_id", ["", "DEV", "dev-07", "DEV07", "DEV-007", "DEV-07B", " DEV-07"])
def test_a_rule_needs_a_proper_id(rule_id):
    with pytest.raises(ValueError, match="is no rule id"):
        rule(id=rule_id)


@pytest.mark.parametrize("rule_id", ["DEV-07", "WRN-04b", "PUB-1", "DUES-17"])
def test_the_ids_of_the_handbook_are_proper(rule_id):
    assert rule(id=rule_id).id == rule_id


@pytest.mark.parametrize("name", ["title", "text", "source"])
def test_a_rule_needs_its_words_and_its_source(name):
    with pytest.raises(ValueError, match=f"DEV-07 has no {name}"):
        rule(**{name: " "})


@pytest.mark.parametrize("name", ["passing", "failing"])
def test_a_rule_needs_two_examples_of_each_kind(name):
    with pytest.raises(ValueError, match=f"DEV-07 needs at least 2 {name} examples"):
        rule(**{name: ({"months": 1},)})


def test_a_rule_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before it begins"):
        rule(until=date(2014, 6, 11))


@pytest.mark.parametrize(
    ("on", "is_in_force"),
    [
        (date(2014, 6, 10), False),
        (date(2014, 6, 11), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_a_rule_is_in_force_up_to_the_day_it_ends(on, is_in_force):
    assert rule(until=date(2024, 1, 1)).in_force(on) is is_in_force


def test_a_rule_without_an_end_stays_in_force():
    assert rule().in_force(FOREVER) is True


def test_an_objection_carries_the_article_and_the_severity():
    objection = rule(severity=Severity.WARN).objection("已满13个月", next_step="写明理由")
    assert objection == Objection("DEV-07", "已满13个月", "《示例细则》第七条", Severity.WARN, "写明理由")


def test_a_proved_rule_has_no_examples_that_disagree():
    assert examples_that_disagree(rule()) == []


def test_every_example_that_disagrees_is_named():
    wrong = rule(passing=({"months": 12}, {"months": 13}), failing=({"months": 12}, {"months": 14}))
    assert examples_that_disagree(wrong) == [
        "DEV-07: passing example 2 is not passing: {'months': 13}",
        "DEV-07: failing example 1 is not failing: {'months': 12}",
    ]


def test_a_rulebook_finds_a_rule_by_its_id():
    first, second = rule(), rule(id="DEV-08")
    book = Rulebook([second, first])
    assert book.by_id("DEV-07") is first
    assert list(book) == [second, first]
    assert len(book) == 2
    with pytest.raises(KeyError):
        book.by_id("DEV-09")


def test_an_id_used_twice_is_refused():
    with pytest.raises(ValueError, match="DEV-07 is in the rulebook twice"):
        Rulebook([rule(), rule()])


def test_the_page_says_everything_in_plain_words():
    page = render([rule(until=date(2024, 1, 1))])
    assert page == (
        "# 规则手册\n"
        "\n"
        "本页由程序中的规则生成，请勿手工修改。每条规则都写明依据和施行时间，所附例子在每次检查时都会实际运行。\n"
        "\n"
        "## DEV 发展党员的时间要求\n"
        "\n"
        "### DEV-07 期限\n"
        "\n"
        "不超过一年。\n"
        "\n"
        "- 依据：《示例细则》第七条（已查到原文）\n"
        "- 施行时间：自2014年6月11日起施行，自2024年1月1日起停止施行\n"
        "- 效力：不得办理\n"
        "- 符合：月数：0\n"
        "- 符合：月数：12\n"
        "- 不符合：月数：13\n"
        "- 不符合：月数：24\n"
    )


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (date(2024, 3, 5), "2024-03-05"),
        (FOREVER, "不限"),
        (True, "是"),
        (False, "否"),
        (None, "无"),
        (Sex.FEMALE, "女"),
        (("乙", "甲"), "乙、甲"),
        (frozenset({3, 1, 2}), "1、2、3"),
        ({"谈话": date(2024, 3, 5)}, "谈话 2024-03-05"),
        ((), "无"),
    ],
)
def test_an_example_is_written_as_a_clerk_would(value, word):
    page = render([rule(passing=({"value": value}, {}), words={"value": "情况"})])
    assert f"- 符合：情况：{word}\n- 符合：无条件\n" in page


def test_a_rule_that_always_was_says_so():
    assert "- 施行时间：一直施行\n" in render([rule(since=BEGIN)])


def test_the_page_does_not_depend_on_the_order_of_the_rules():
    rules = [rule(), rule(id="WRN-01"), rule(id="DEV-01"), rule(id="EDGE-01")]
    page = render(rules)
    assert page == render(reversed(rules))
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings == [
        "# 规则手册",
        "## DEV 发展党员的时间要求",
        "### DEV-01 期限",
        "### DEV-07 期限",
        "## EDGE",
        "### EDGE-01 期限",
        "## WRN 底线、预警线和指导线",
        "### WRN-01 期限",
    ]
