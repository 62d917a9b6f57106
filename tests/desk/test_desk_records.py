"""What records lack, with the people behind each number; and a record corrected with its reason, as the rules allow."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest

from tests.cast import TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import FIRST_BRANCH, SECOND_BRANCH, County, Row, member, number
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.gaps import Gap
from yumiao.desk.people.listing import gaps_of
from yumiao.desk.people.lists import asked_of, people_list
from yumiao.desk.proof import findings
from yumiao.desk.records.correcting import (
    Correction,
    Unchanged,
    correct,
    number_of,
    number_row,
    standing_record,
)
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.models import Entry
from yumiao.kernel.identity import IdentityNumber, check_digit, mask_identity, parse
from yumiao.kernel.objections import Refused, Stale
from yumiao.people.models import Membership, PersonRecord, PersonSecret, Statement
from yumiao.people.services import Attributes

pytestmark = pytest.mark.db
__all__ = ["cast"]
WHY = "核对了入党志愿书"
NAME = member(2)["姓名"]


def take(cast: Cast, *rows: Row) -> None:
    county = County().only("党员")
    county["党员"][:] = list(rows)
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults


def lacking(cast: Cast, part: str = "officer", unit: str = "") -> dict[Gap, int]:
    found = gaps_of(asked_of(cast.reader(getattr(cast, part)), Filter(unit=unit)))
    return {gap: count for gap, count in found.items() if count}


def listed(cast: Cast, gap: Gap) -> list[str]:
    return [row.name for row in people_list(cast.reader(cast.officer), Filter(gap=gap)).rows]


def corrected(
    cast: Cast,
    place: int = 2,
    *,
    explanation: str = "",
    seen: int = 0,
    other: dict[str, Any] | None = None,
    **said: Any,
) -> int:
    person = cast.person(place)
    record = standing_record(person)
    fields = {
        name: getattr(record, name) for name in ("name", "sex", "born_on", "ethnicity", "education", "occupation")
    }
    wanted = Correction(Attributes(**(fields | said)), explanation, seen or record.pk, **(other or {}))
    return correct(person, wanted, today=cast.today, actor=cast.actor(cast.officer), reason=WHY)


def test_each_thing_that_is_missing_or_odd_is_counted_with_its_people(cast: Cast) -> None:
    take(
        cast,
        member(2, FIRST_BRANCH, 民族=None, 学历="党校大专班", 职业="护林员", 转正日期=None),
        member(3, SECOND_BRANCH, 出生日期=date(1980, 5, 7), 与证件不一致说明="档案为准", 职业=None),
    )
    found = {
        Gap.DIFFERS: 1, Gap.ODD_EDUCATION: 1, Gap.ODD_OCCUPATION: 1,
    }  # fmt: skip
    counts = lacking(cast)
    assert {gap: counts.get(gap, 0) for gap in found} == found
    assert {gap: len(listed(cast, gap)) for gap in counts} == counts
    assert listed(cast, Gap.DIFFERS) == [member(3)["姓名"]]


def test_an_empty_education_and_a_full_member_without_a_day_of_confirmation_are_found(cast: Cast) -> None:
    take(cast, member(41, 学历=None, 民族=None, 职业=None, 转正日期=None))
    assert [listed(cast, gap) for gap in (Gap.NO_EDUCATION, Gap.NO_ETHNICITY, Gap.NO_OCCUPATION)] == [
        [member(41)["姓名"]]
    ] * 3
    assert listed(cast, Gap.NO_CONFIRMATION) == [member(41)["姓名"]]


def test_a_persons_page_says_what_the_record_lacks_and_leads_to_the_form(cast: Cast) -> None:
    take(cast, member(2, FIRST_BRANCH, 学历="党校班"))
    address = f"/people/{cast.people[2]}/"
    page = cast.client(cast.clerk_a).get(address).content.decode()
    assert ("学历不在代码表" in page, f"{address}correct/" in page) == (True, True)
    seen = cast.client(cast.secretary_a).get(f"/people/{cast.people[1]}/").content.decode()
    assert ("不在代码表" in seen, "correct/" in seen) == (False, False)


def test_a_clerk_counts_his_township_and_a_branch_its_own(cast: Cast) -> None:
    take(cast, member(2, FIRST_BRANCH, 学历="党校班"), member(5, 学历="党校班", 所在党支部代码="001.002.001"))
    assert lacking(cast)[Gap.ODD_EDUCATION] == 2
    assert lacking(cast, unit=TOWN)[Gap.ODD_EDUCATION] == 1
    assert lacking(cast, "clerk_a")[Gap.ODD_EDUCATION] == 1
    assert Gap.ODD_EDUCATION not in lacking(cast, unit=VILLAGE)


def test_the_page_leads_from_a_number_to_its_people_in_two_statements(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    take(cast, member(2, FIRST_BRANCH, 学历="党校班"))
    client = cast.client(cast.clerk_a)
    page = client.get("/people/gaps/").content.decode()
    assert "/people/?gap=odd_education" in page
    assert NAME in client.get("/people/?gap=odd_education").content.decode()
    with django_assert_num_queries(1):
        client.get("/people/gaps/")


def test_a_correction_changes_what_it_says_and_keeps_what_was(cast: Cast) -> None:
    seq = corrected(cast, education="大学本科", occupation="务农", name="韦禾清")
    record = standing_record(cast.person(2))
    assert (record.name, record.education, record.occupation) == ("韦禾清", "本科", "农牧渔民")
    assert PersonRecord.objects.filter(person=cast.person(2), struck=seq, name=NAME).count() == 1
    found = [row.name for row in people_list(cast.reader(cast.officer), Filter(q="weiheqing")).rows]
    assert found == ["韦禾清"]
    entry = Entry.objects.get(seq=seq)
    assert (entry.verb, entry.reason, entry.subject) == ("person_corrected", WHY, cast.people[2])
    assert list(findings()) == []


def test_a_birth_date_other_than_the_number_says_needs_an_explanation(cast: Cast) -> None:
    born = date(1979, 5, 6)
    with pytest.raises(Refused, match="出生日期与公民身份号码不一致"):
        corrected(cast, born_on=born)
    corrected(cast, born_on=born, explanation="以档案为准")
    stated = Statement.objects.alive().filter(person=cast.person(2)).values_list("field", "value", "reason")
    ages = Membership.objects.alive().filter(person=cast.person(2)).values_list("age_years", flat=True)
    assert (list(stated), list(ages)) == ([("born_on", "1980-05-06", "以档案为准")], [36])
    corrected(cast, born_on=date(1980, 5, 6))
    assert Statement.objects.alive().filter(person=cast.person(2)).count() == 0
    assert list(findings()) == []


@pytest.mark.parametrize(
    "said, why",
    [
        ({"born_on": date(2000, 1, 1)}, "未满十八周岁"),
        ({"born_on": date(2999, 1, 1)}, "晚于"),
        ({"name": "<韦>"}, "姓名不能含有"),
    ],
)
def test_a_rule_stops_a_correction(cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        corrected(cast, explanation="以档案为准", **said)


def fields_of(seq: int) -> list[str]:
    fields: list[str] = json.loads(Entry.objects.get(seq=seq).data)["fields"]
    return fields


def numbered(place: int) -> IdentityNumber:
    return parse(number(place))


def another(place: int, born: str = "19800506") -> IdentityNumber:
    """A number nobody has, of the same sex as everybody of an even place."""
    first17 = f"999001{born}9{place:02d}"
    return parse(first17 + check_digit(first17))


def test_a_wrong_number_is_put_right_and_the_person_is_found_by_it(cast: Cast) -> None:
    person, right = cast.person(2), another(20)
    row = number_row(person)
    seq = corrected(cast, other={"number": right, "seen_number": row})
    assert (number_of(person), fields_of(seq)) == (right, ["number"])
    assert PersonSecret.objects.filter(person=person, struck=seq).values_list("pk", flat=True).get() == row
    assert list(findings()) == []
    with pytest.raises(Stale) as stale:
        corrected(cast, other={"number": another(22), "seen_number": row})
    assert [(one.label, one.standing) for one in stale.value.differences] == [
        ("公民身份号码", mask_identity(right.number))
    ]


def test_a_number_of_somebody_else_is_refused_and_leads_to_the_doubles(cast: Cast) -> None:
    with pytest.raises(Refused, match="已登记在另一份档案上"):
        corrected(cast, other={"number": numbered(4), "seen_number": number_row(cast.person(2))})


def test_a_number_that_says_another_birth_date_needs_an_explanation(cast: Cast) -> None:
    given = {"number": another(20, born="19790506"), "seen_number": number_row(cast.person(2))}
    with pytest.raises(Refused, match="出生日期与公民身份号码不一致"):
        corrected(cast, other=given)
    corrected(cast, explanation="以档案为准", other=given)
    assert Statement.objects.alive().filter(person=cast.person(2)).count() == 1


def test_a_day_of_confirmation_nobody_entered_is_entered_once(cast: Cast) -> None:
    take(cast, member(41, FIRST_BRANCH, 转正日期=None))
    cast.people[41] = PersonRecord.objects.open().get(name=member(41)["姓名"]).person.uid
    joined = Membership.objects.alive().get(person=cast.person(41)).membership_on
    on = date(joined.year + 1, joined.month, joined.day)
    for wrong, why in ((date(joined.year - 1, 1, 1), "转正日期早于入党日期"), (date(2999, 1, 1), "晚于")):
        with pytest.raises(Refused, match=why):
            corrected(cast, 41, other={"confirmed_on": wrong})
    page = cast.client(cast.clerk_a).get(f"/people/{cast.people[41]}/correct/").content.decode()
    seq = corrected(cast, 41, other={"confirmed_on": on})
    member_now = Membership.objects.alive().get(person=cast.person(41))
    assert (member_now.full_member_on, member_now.confirmation_stated_on) == (on, on)
    assert ('name="confirmed_on"' in page, fields_of(seq)) == (True, ["confirmed_on"])
    with pytest.raises(Refused, match="没有待补的转正日期"):
        corrected(cast, 41, other={"confirmed_on": on})
    assert Gap.NO_CONFIRMATION not in lacking(cast)
    assert list(findings()) == []


def test_the_form_says_what_is_wrong_with_a_number_and_never_shows_it(cast: Cast) -> None:
    client, address = cast.client(cast.clerk_a), f"/people/{cast.people[2]}/correct/"
    record, typed = standing_record(cast.person(2)), number(2)[:-1] + ("0" if number(2)[-1] != "0" else "1")
    said = {"name": NAME, "sex": "f", "born_on": "1980-05-06", "seen": record.pk, "seen_number": 0, "reason": WHY}
    page = client.post(address, said | {"number": typed}).content.decode()
    assert ("校验码不符" in page, typed in page) == (True, False)


def test_nothing_changed_writes_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(Unchanged):
        corrected(cast, ethnicity="汉")
    assert Entry.objects.count() == before


def test_who_was_overtaken_sees_both(cast: Cast) -> None:
    seen = standing_record(cast.person(2)).pk
    corrected(cast, education="高中")
    with pytest.raises(Stale) as stale:
        corrected(cast, education="本科", seen=seen)
    assert [(one.label, one.yours, one.standing) for one in stale.value.differences] == [("学历", "本科", "高中")]


def test_the_form_corrects_once_and_tells_what_is_wrong(cast: Cast) -> None:
    client, address = cast.client(cast.clerk_a), f"/people/{cast.people[2]}/correct/"
    record = standing_record(cast.person(2))
    said = {"name": NAME, "sex": "f", "born_on": "1980-05-06", "ethnicity": "13", "education": "大专", "reason": WHY}
    said |= {"occupation": "农民", "seen": record.pk, "seen_number": 0, "once": uuid.uuid4()}
    assert client.post(address, said | {"reason": ""}).status_code == 400
    assert [client.post(address, said).status_code for _ in range(2)] == [302, 302]
    assert standing_record(cast.person(2)).ethnicity == "瑶族"
    page = client.get(address).content.decode()
    assert ('value="瑶族"' in page, number(2) in page) == (True, False)
    assert cast.client(cast.secretary_a).get(address).status_code == 403
    assert cast.client(cast.clerk_b).get(address).status_code == 404


def test_the_code_tables_stand_on_a_page(cast: Cast) -> None:
    page = cast.client(cast.secretary_a).get("/rules/codes/").content.decode()
    assert [word in page for word in ("基诺族", "维族", "GB/T 3304", "农牧渔民")] == [True] * 4


@pytest.mark.parametrize("q", ["weihe", "WeiHe", "wei he", "wh", "w", "韦禾"])
def test_pinyin_and_initials_find_people_in_lists_and_the_search(cast: Cast, q: str) -> None:
    client = cast.client(cast.clerk_a)
    for address in (f"/search/?q={q}", f"/people/?q={q}"):
        assert NAME in client.get(address).content.decode()
    assert NAME not in client.get("/people/?q=weihx").content.decode()
