"""An import taken back: the county is as it was, nobody sees what it brought, and it can come in again."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest

from tests.desk.county_cells import (
    COMMUNITY,
    OTHER_TOWN,
    TODAY,
    TOWN,
    VILLAGE,
    County,
    applicant,
    member,
    number,
    person,
    plan,
    talent,
)
from tests.desk.county_facts import CLERK, all_facts, counts, look, people_facts, taken
from yumiao.desk.proof import findings
from yumiao.desk.workbook.exporting import County as Exported
from yumiao.desk.workbook.undoing import obstacles, undo_import
from yumiao.journal.acts import AlreadyDone, act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Range, Scope
from yumiao.ledger.queries import ledger
from yumiao.people.models import Belonging, Person, PersonRecord
from yumiao.people.queries import known_people
from yumiao.units.models import Unit
from yumiao.units.queries import standing

pytestmark = pytest.mark.db

WHY = "误传了工作簿"
NOTHING: Any = ({}, {}, set())


def exported() -> list[list[dict[str, Any]]]:
    county = Exported()
    return [list(rows) for rows in (county.units(), county.members(), county.cases(), county.talents(), county.plans())]


def last() -> int:
    return Entry.objects.latest("seq").seq


def undo(seq: int, **how: Any) -> int:
    return undo_import(seq, **{"actor": CLERK, "reason": WHY, **how})


def corrected() -> County:
    """A later workbook that adds and corrects in every table."""
    county = County()
    county["组织"][4]["组织名称"] = "石桥新村党总支"
    county["组织"][3]["组织类别"] = "社区党支部"
    county["组织"][1]["所属片区"] = "第3片区"
    county.add(
        "组织", {"组织代码": "001.001.004", "组织名称": "新塘村党支部", "组织类别": "村党支部", "上级组织代码": TOWN}
    )
    county["党员"][0] |= {
        "手机号码": "12399999999",
        "学历": "本科",
        "出生日期": date(1980, 5, 7),
        "与证件不一致说明": "档案记载",
    }
    county["党员"][6]["入党时所在党支部代码"] = COMMUNITY
    joined = {"人员类别": "预备党员", "入党日期": date(2026, 10, 1), "转正日期": None}
    county.add("党员", member(11, "001.001.004"), person(22, COMMUNITY, date(1995, 2, 3)) | joined)
    del county["发展培养"][1]
    county["发展培养"][0]["培养联系人二"] = number(3)
    county["发展培养"][0]["确定为发展对象日期"] = date(2025, 11, 1)
    county.add("发展培养", applicant(24))
    county["人才库"][0]["人才类别"] = "退役军人"
    county.add("人才库", talent(33, COMMUNITY))
    county["发展计划"][0]["计划发展党员数"] = 9
    county.add("发展计划", plan(OTHER_TOWN, 4))
    return county


def test_an_undone_first_import_leaves_an_empty_county_that_nobody_sees() -> None:
    taken(County())
    seq = undo(last())
    assert (all_facts(), known_people(), list(standing()), exported()) == (NOTHING, {}, [], [[], [], [], [], []])
    assert ledger(TODAY).total.members == 0
    assert list(findings()) == []
    assert (Unit.objects.count(), Person.objects.count()) == (10, 12)
    entry = Entry.objects.get(seq=seq)
    assert (entry.verb, entry.undoes, entry.reason) == ("import_undone", seq - 1, WHY)
    assert json.loads(entry.data)["struck"]["people_personrecord"][0] == 12


def test_what_was_undone_imports_again_and_the_county_is_the_same() -> None:
    taken(County())
    before, went_out = all_facts(), exported()
    undo(last())
    assert counts(look(County()), "党员") == (7, 0, 0, 0)
    taken(County())
    assert (all_facts(), exported()) == (before, went_out)
    assert list(findings()) == []
    assert (Unit.objects.count(), Person.objects.count()) == (10, 24)
    assert counts(look(County()), "发展培养") == (0, 0, 3, 0)


def test_an_undone_correction_gives_back_every_value_it_replaced() -> None:
    taken(County())
    before, went_out = all_facts(), exported()
    taken(corrected())
    assert all_facts() != before
    undo(last())
    assert (all_facts(), exported()) == (before, went_out)
    assert list(findings()) == []
    taken(corrected())
    undo(last())
    assert all_facts() == before
    assert list(findings()) == []


def test_the_last_import_goes_first_and_then_the_one_before() -> None:
    taken(County())
    first = last()
    taken(corrected())
    second = last()
    with pytest.raises(Refused) as refused:
        undo(first)
    (objection,) = refused.value.objections
    assert objection.rule == "WBK-18"
    assert objection.text == f"其后的登记建立在本次导入之上：第 {second} 条“导入工作簿”（{CLERK.label}）"
    undo(second)
    assert obstacles(first) == []
    undo(first)
    assert all_facts() == NOTHING
    assert list(findings()) == []


def test_a_row_that_came_back_by_an_undo_and_was_struck_again_is_known_by_who_struck_it_last() -> None:
    taken(County())
    first = last()
    taken(corrected())
    undo(last())
    taken(corrected())
    third = last()
    assert [obstacle.seq for obstacle in obstacles(first)] == [third]
    undo(third)
    undo(first)
    assert all_facts() == NOTHING


@pytest.mark.parametrize("hangs_on", ["person", "unit"])
def test_an_import_cannot_be_undone_while_a_later_fact_hangs_on_what_it_brought(hangs_on: str) -> None:
    taken(County())
    first = last()
    county = County().only("组织", "党员" if hangs_on == "person" else "发展计划")
    if hangs_on == "person":
        county["党员"][0]["学历"] = "本科"
    else:
        county.add("发展计划", plan(VILLAGE, 1))
    taken(county)
    assert [obstacle.seq for obstacle in obstacles(first)] == [last()]


def test_an_import_that_corrected_somebody_stands_while_nobody_worked_on_the_same_person() -> None:
    taken(County())
    county = County()
    county["党员"][0]["学历"] = "本科"
    taken(county)
    correction = last()
    county["党员"][1]["学历"] = "本科"
    taken(county)
    assert obstacles(correction) == []
    undo(correction)
    assert people_facts()[number(1)]["record"][0][7] == "大专"
    assert people_facts()[number(2)]["record"][0][7] == "本科"
    assert list(findings()) == []


def test_work_on_somebody_whose_birth_day_it_corrected_stands_on_the_correction() -> None:
    county = County()
    county["党员"][6] |= {"出生日期": date(1980, 5, 6)}
    taken(county)
    county["党员"][6] |= {"出生日期": date(1980, 5, 20), "与证件不一致说明": "档案记载"}
    taken(county)
    correction = last()
    county["党员"][6]["入党时所在党支部代码"] = COMMUNITY
    taken(county)
    assert [obstacle.seq for obstacle in obstacles(correction)] == [last()]


def test_a_later_setting_stands_on_an_import() -> None:
    taken(County())
    first = last()
    with act(Verb.SETTING_CHANGED, actor=CLERK):
        pass
    assert [obstacle.seq for obstacle in obstacles(first)] == [first + 1]


def test_an_appointment_at_a_unit_it_brought_stands_on_an_import() -> None:
    from yumiao.access.models import Account, Appointment

    taken(County())
    first = last()
    account = Account.objects.create(username="clerk", display_name="盘云舟", password="!")
    with act(Verb.APPOINTMENT_GRANTED, actor=CLERK) as current:
        unit = Unit.objects.get(code=TOWN).pk
        names = ("since", "until", "account_id", "role", "unit_id")
        current.insert(Appointment, names, [(TODAY, FOREVER, account.pk, "township_clerk", unit)])
    assert [obstacle.seq for obstacle in obstacles(first)] == [first + 1]


def test_an_account_of_a_person_it_brought_stands_on_an_import() -> None:
    from yumiao.access.models import Account

    taken(County())
    uid = Person.objects.latest("id").uid
    Account.objects.create(username="member", display_name="韦禾", password="!", person_uid=uid)
    assert [obstacle.text for obstacle in obstacles(last())] == ["本次导入的人员已开通 1 个账号"]


def test_an_import_is_undone_once_and_a_form_sent_twice_is_one_act() -> None:
    taken(County())
    first, once = last(), uuid.uuid4()
    seq = undo(first, once=once)
    with pytest.raises(AlreadyDone) as done:
        undo(first, once=once)
    assert done.value.seq == seq
    with pytest.raises(Refused) as refused:
        undo(first)
    assert refused.value.objections[0].text == f"本次导入已由第 {seq} 条撤销"
    assert last() == seq


def test_only_imports_are_undone() -> None:
    taken(County())
    seq = undo(last())
    for other in (seq, seq + 1, 0):
        with pytest.raises(OutOfScope):
            undo(other)
    assert last() == seq


def test_an_import_that_touched_what_lies_outside_is_not_there_for_an_importer_of_a_part() -> None:
    taken(County())
    county = County()
    county["党员"][0]["学历"] = "本科"
    taken(county)
    tree = standing()
    inside, outside = (Scope((Range.below(tree.by_code[code].path),), TODAY) for code in (TOWN, OTHER_TOWN))
    with pytest.raises(OutOfScope):
        undo(last(), within=outside)
    assert undo(last(), within=inside) == last()


def test_a_subject_left_without_rows_by_any_other_act_is_still_a_defect() -> None:
    from yumiao.journal.closing import Broken

    taken(County())
    with pytest.raises(Broken), act(Verb.PREPARED, actor=CLERK) as current:
        current.strike(Belonging, [Belonging.objects.latest("id").pk])
    with pytest.raises(Broken), act(Verb.PREPARED, actor=CLERK) as current:
        current.strike(PersonRecord, [PersonRecord.objects.latest("id").pk])
