"""Two lists side by side."""

from __future__ import annotations

from datetime import date

from yumiao.reconciliation.rules import Finding, Here, Kind, There, compare, last_day

SAID = {"name": "韦青", "sex": "男", "born_on": "1980-05-06", "branch": "云岭村党支部"}


def here(person: int = 1, key: str = "a", *, is_member: bool = True, **values: str) -> Here:
    return Here(person, f"p{person}", 10, key, {**SAID, **values}, is_member)


def there(row: int = 2, key: str = "a", branches: tuple[int, ...] = (10,), **values: str) -> There:
    return There(row, key, "998001********0017" if key else "", {**SAID, **values}, frozenset(branches))


def said(ours: list[Here], theirs: list[There]) -> list[tuple[str, str, str, str]]:
    return [(one.kind.value, one.field, one.here, one.there) for one in compare(ours, theirs).findings]


def test_who_says_the_same_on_both_sides_is_no_difference() -> None:
    found = compare([here()], [there()])
    assert (found.findings, found.compared, found.agreeing) == ((), {10: 1}, {10: 1})


def test_each_field_that_differs_is_one_difference() -> None:
    assert said([here()], [there(name="韦靑", sex="女")]) == [
        ("differs", "name", "韦青", "韦靑"),
        ("differs", "sex", "男", "女"),
    ]


def test_what_the_register_does_not_say_is_no_difference_and_what_we_lack_is_one() -> None:
    assert said([here(education="大专")], [there()]) == []
    assert said([here()], [there(education="大专")]) == [("differs", "education", "", "大专")]


def test_a_branch_is_compared_by_the_units_its_name_may_mean() -> None:
    assert said([here()], [there(branches=(9, 10), branch="同名党支部")]) == []
    assert said([here()], [there(branches=(), branch="没有的党支部")]) == []
    assert said([here()], [there(branches=(9,), branch="石桥村党支部")]) == [
        ("differs", "branch", "云岭村党支部", "石桥村党支部")
    ]


def test_who_is_on_one_list_alone_is_said_once() -> None:
    strange = there(key="b", name="黄岭", branch="云岭村党支部")
    assert said([here()], [strange]) == [("here", "", "", ""), ("there", "", "", "云岭村党支部")]


def test_who_is_no_member_here_is_there_alone_and_lacks_nothing_if_he_is_not_there() -> None:
    (found,) = compare([here(is_member=False)], [there()]).findings
    assert (found.kind, found.uid, found.row) == (Kind.THERE_ONLY, "p1", 2)
    assert compare([here(is_member=False)], []).findings == ()


def test_name_and_birth_date_say_who_may_be_the_same() -> None:
    assert said([here()], [there(key="", sex="女")]) == [("maybe", "number", "", ""), ("maybe", "sex", "男", "女")]
    assert said([here()], [there(key="b")])[0] == ("maybe", "number", "", "998001********0017")


def test_they_do_not_where_two_are_called_so_or_the_birth_date_is_not_known() -> None:
    assert [kind for kind, *_rest in said([here(), here(2, "c")], [there(key="")])] == ["here", "here", "there"]
    assert [kind for kind, *_rest in said([here()], [there(key=""), there(3, "")])] == ["here", "there", "there"]
    assert [kind for kind, *_rest in said([here(born_on="")], [there(key="", born_on="")])] == ["here", "there"]


def test_who_is_matched_by_number_is_nobody_elses_double() -> None:
    assert said([here()], [there(), there(3, "")]) == [("there", "", "", "云岭村党支部")]


def test_a_difference_is_known_again_without_any_value_of_anybody() -> None:
    assert Finding(Kind.DIFFERS, "sex", 1, "p1", 10, 2, "韦青", "", "男", "女").key == "differs.p1.sex"
    assert Finding(Kind.THERE_ONLY, row=7, name="黄岭").key == "there.7."


def test_a_comparison_opens_on_thirty_days() -> None:
    assert last_day(date(2026, 10, 31)) == date(2026, 11, 29)
