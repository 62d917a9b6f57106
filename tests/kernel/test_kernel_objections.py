import pytest

from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused, Severity

EARLY = Objection("DEV-01", "申请时未满18岁", "《中国共产党章程》第一条")
FUTURE = Objection("DEV-21", "日期不能晚于今天")


def test_an_objection_blocks_unless_told_otherwise():
    assert FUTURE.severity is Severity.BLOCK
    assert (FUTURE.source, FUTURE.next_step) == ("", "")


def test_a_refusal_states_every_reason_at_once():
    refused = Refused([EARLY, FUTURE])
    assert refused.objections == (EARLY, FUTURE)
    assert str(refused) == "申请时未满18岁；日期不能晚于今天"


def test_a_refusal_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError, match="reasons"):
        Refused([])


def test_the_three_ways_to_decline_are_told_apart():
    ways = (Refused, OutOfScope, NotAllowed)
    assert [issubclass(a, b) for a in ways for b in ways if a is not b] == [False] * 6
