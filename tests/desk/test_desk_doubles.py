"""People entered twice: every relation is thought of, two records become one and two again, and nobody stands in two branches or none."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.cast import COMMUNITY, FAR_VILLAGE, OTHER_TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import FIRST_BRANCH, County, Row, applicant, fifteen, member, number, person, talent
from tests.desk.county_facts import all_facts
from yumiao.desk.doubles import merging
from yumiao.desk.doubles.queue import queue, turns
from yumiao.desk.doubles.relations import ON_IDENTITIES, RELATIONS
from yumiao.desk.doubles.sides import to_choose
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.lists import people_list
from yumiao.desk.proof import findings
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.facts import Identity
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.objections import OutOfScope, Refused, Stale
from yumiao.ledger.queries import ledger
from yumiao.people.doubles import Ground
from yumiao.people.models import Belonging, KeptApart, Membership, Merged, Person, Statement, Tie, Transfer
from yumiao.people.queries import whole_numbers_of

pytestmark = pytest.mark.db
__all__ = ["cast"]
WHY = "核对了身份证和户口簿"
NAME = member(2)["姓名"]
BORN = date(1980, 5, 6)


def take(cast: Cast, title: str, *rows: Row) -> None:
    county = County().only(title)
    county[title][:] = list(rows)
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults


def twin(cast: Cast, title: str, row: Row) -> uuid.UUID:
    """uid of a second record, taken in by a row of a sheet."""
    take(cast, title, row)
    return Person.objects.latest("pk").uid


def second_member(cast: Cast, **cells: Any) -> uuid.UUID:
    """Member 2 once more, under another number, in another branch."""
    return twin(cast, "党员", member(12) | {"姓名": NAME, "所在党支部代码": VILLAGE} | cells)


def facts(cast: Cast, uid: uuid.UUID) -> Facts:
    return facts_of(Person.objects.get(uid=uid).pk, uid, cast.today)


def merge(cast: Cast, one: uuid.UUID, other: uuid.UUID, **from_gone: bool) -> int:
    """Merge, each piece from the record that goes on unless said otherwise."""
    reader = cast.reader(cast.officer)
    pair = merging.pair_of(reader, one, other)
    choices = {
        piece: pair.gone.uid if from_gone.get(piece) else pair.kept.uid for piece in to_choose(pair.kept, pair.gone)
    }
    return merging.merge(reader, pair, choices, reason=WHY)


def listed(cast: Cast, q: str) -> list[uuid.UUID]:
    return [row.uid for row in people_list(cast.reader(cast.officer), Filter(q=q)).rows]


def naming(target: type[models.Model]) -> Iterator[str]:
    """Every column that points at a model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.related_model is target:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def test_somebody_has_thought_of_every_relation_to_a_person() -> None:
    assert set(naming(Person)) == set(RELATIONS)


def test_somebody_has_thought_of_what_hangs_on_identities_that_hang_on_a_person() -> None:
    identities = {name.split(".")[1] for name in (*RELATIONS, *ON_IDENTITIES)}
    found = {
        name
        for model in apps.get_models()
        if issubclass(model, Identity) and model.__name__ in identities
        for name in naming(model)
    }
    assert found == set(ON_IDENTITIES)


def test_who_was_entered_twice_is_found_by_name_and_birth(cast: Cast) -> None:
    other = second_member(cast)
    pairs = [pair for pair in queue(cast.reader(cast.officer)) if pair.ground is Ground.NAME_AND_BIRTH]
    ids = Person.objects.filter(uid__in=(cast.people[2], other)).order_by("pk").values_list("pk", flat=True)
    assert [(pair.one, pair.other) for pair in pairs] == [tuple(ids)]


def test_a_former_number_of_fifteen_digits_is_that_of_its_eighteen(cast: Cast) -> None:
    take(cast, "党员", member(13) | {"姓名": "蓝远山", "原身份证号码": fifteen(member(2)["公民身份号码"])})
    pairs = [pair for pair in queue(cast.reader(cast.officer)) if pair.ground is Ground.NUMBER]
    assert len(pairs) == 1


def test_a_choice_that_is_not_made_is_asked_for(cast: Cast) -> None:
    other = second_member(cast)
    reader = cast.reader(cast.officer)
    pair = merging.pair_of(reader, cast.people[2], other)
    assert to_choose(pair.kept, pair.gone) == ["identity", "phone", "belonging", "membership"]
    with pytest.raises(Refused, match="还没有选定以哪一份为准：公民身份号码、手机号码、所在组织、党籍"):
        merging.merge(reader, pair, {}, reason=WHY)
    assert Merged.objects.count() == 0


@pytest.mark.parametrize("belonging, branch", [(False, FIRST_BRANCH), (True, VILLAGE)])
def test_the_merged_stands_in_the_branch_that_was_chosen_and_nowhere_else(
    cast: Cast, belonging: bool, branch: str
) -> None:
    other = second_member(cast)
    merge(cast, cast.people[2], other, belonging=belonging)
    standing = Belonging.objects.open().filter(person__uid__in=(cast.people[2], other))
    assert [cast.tree.by_id[one.unit_id].code for one in standing] == [branch]
    assert list(standing.values_list("person__uid", flat=True)) == [cast.people[2]]
    assert list(findings()) == []


def test_one_of_each_is_left_and_the_chosen_number_is_sealed_for_who_goes_on(cast: Cast) -> None:
    other = second_member(cast, 学历="本科")
    before = Membership.objects.alive().count()
    merge(cast, cast.people[2], other, identity=True, education=True)
    kept = cast.person(2)
    assert whole_numbers_of(kept) == {"identity": number(12), "phone": member(2)["手机号码"]}
    assert facts(cast, cast.people[2]).record.education == "本科"
    assert (listed(cast, NAME), listed(cast, other.hex)) == ([cast.people[2]], [])
    assert Membership.objects.alive().count() == before - 1
    assert list(findings()) == []


def test_a_birth_date_that_was_chosen_changes_the_age_at_admission_and_is_stated(cast: Cast) -> None:
    born = date(1980, 5, 16)
    other = second_member(cast, 出生日期=born, 公民身份号码=number(12, born), 入党日期=date(2015, 5, 10))
    merge(cast, cast.people[2], other, born_on=True, membership=True)
    found = facts(cast, cast.people[2])
    assert (found.record.born_on, found.membership.age_years if found.membership else None) == (born, 34)
    stated = Statement.objects.alive().filter(person=cast.person(2)).values_list("field", "value", "reason")
    assert list(stated) == [("born_on", "1980-05-06", WHY)]
    assert list(findings()) == []


def test_what_only_the_other_has_goes_over(cast: Cast) -> None:
    row = talent(33, 联系老党员=number(1)) | person(14, COMMUNITY) | {"姓名": NAME}
    other = twin(cast, "人才库", row)
    merge(cast, cast.people[2], other)
    found = facts(cast, cast.people[2])
    assert ([one.word for one in found.talents], [tie.kind for tie in found.ties]) == (["wealth_leader"], ["veteran"])
    assert facts(cast, other).records[-1].struck is not None
    assert list(findings()) == []


def test_a_cultivation_goes_over_under_a_case_of_its_own(cast: Cast) -> None:
    row = applicant(33, COMMUNITY) | {"姓名": NAME, "出生日期": BORN, "公民身份号码": number(15)}
    other = twin(cast, "发展培养", row)
    merge(cast, cast.people[2], other)
    case = facts(cast, cast.people[2]).case
    assert case is not None
    assert (sorted(case.steps), facts(cast, other).cases) == ([1, 3], {})


def test_who_is_a_contact_under_both_names_is_one_contact(cast: Cast) -> None:
    other = second_member(cast)
    take(cast, "发展培养", applicant(34, 培养联系人一=number(2), 培养联系人二=number(12)))
    merge(cast, cast.people[2], other)
    ties = Tie.objects.open().filter(other__uid__in=(cast.people[2], other), kind="contact")
    assert list(ties.values_list("other__uid", "position")) == [(cast.people[2], 1)]


def test_a_number_that_was_merged_away_brings_nobody_in_again(cast: Cast) -> None:
    row = member(12) | {"姓名": NAME, "所在党支部代码": VILLAGE}
    seq = merge(cast, cast.people[2], twin(cast, "党员", row))
    county = County().only("党员")
    county["党员"][:] = [row]

    def said(today: date) -> list[str]:
        checked = import_workbook(county.workbook(), today=today, actor=cast.operator).checked
        return [note.reason for note in checked.faults]

    before = Person.objects.count()
    assert [text.partition("（")[0] for text in said(cast.today)] == [
        "以此号码登记的档案已并入另一份，请删去本行，或者改填保留的号码"
    ]
    assert Person.objects.count() == before
    merging.take_decision_back(cast.reader(cast.officer), seq, reason=WHY)
    assert said(cast.today) == []


def test_undone_everything_is_as_it_was_and_both_are_found(cast: Cast) -> None:
    other = second_member(cast, 学历="本科", 姓名=NAME + "甲")
    before, lines = all_facts(), ledger(cast.today).as_json()
    seq = merge(cast, cast.people[2], other, name=True, identity=True, belonging=True, membership=True)
    assert all_facts() != before
    merging.take_decision_back(cast.reader(cast.officer), seq, reason=WHY)
    assert (all_facts(), ledger(cast.today).as_json()) == (before, lines)
    assert (listed(cast, NAME + "甲"), len(listed(cast, "weihe"))) == ([other], len(listed(cast, "韦禾")))
    assert list(findings()) == []


def test_a_decision_is_undone_once_and_not_while_something_stands_on_it(cast: Cast) -> None:
    reader = cast.reader(cast.officer)
    seq = merge(cast, cast.people[2], second_member(cast, 学历="本科"), education=True)
    take(cast, "党员", member(2, FIRST_BRANCH, 学历="高中"))
    with pytest.raises(Refused, match="其后的登记建立在这项判定之上"):
        merging.take_decision_back(reader, seq, reason=WHY)
    again = merge(cast, cast.people[3], twin(cast, "党员", member(15) | {"姓名": member(3)["姓名"]}))
    merging.take_decision_back(cast.reader(cast.officer), again, reason=WHY)
    with pytest.raises(Refused, match="这项判定已由第"):
        merging.take_decision_back(cast.reader(cast.officer), again, reason=WHY)


def test_two_who_were_kept_apart_come_up_again_when_a_name_changes(cast: Cast) -> None:
    other = second_member(cast)

    def asked() -> int:
        reader = cast.reader(cast.officer)
        ids = list(Person.objects.filter(uid__in=(cast.people[2], other)).values_list("pk", flat=True))
        return turns(reader, *ids).place

    assert asked() > 0
    reader = cast.reader(cast.officer)
    seq = merging.keep_apart(reader, merging.pair_of(reader, cast.people[2], other), reason=WHY)
    assert asked() == 0
    take(cast, "党员", member(12, 学历="本科") | {"姓名": NAME, "所在党支部代码": VILLAGE})
    assert asked() == 0
    take(cast, "党员", member(12) | {"姓名": NAME[:2] + "甲", "所在党支部代码": VILLAGE})
    assert asked() > 0
    merging.take_decision_back(cast.reader(cast.officer), seq, reason=WHY)
    assert KeptApart.objects.alive().count() == 0


def test_who_was_overtaken_sees_what_stands_now(cast: Cast) -> None:
    other = second_member(cast)
    reader = cast.reader(cast.officer)
    pair = merging.pair_of(reader, cast.people[2], other)
    take(cast, "党员", member(2, FIRST_BRANCH, 学历="本科"))
    with pytest.raises(Stale) as stale:
        merging.merge(reader, pair, {}, reason=WHY)
    assert [(one.label, one.yours, one.standing) for one in stale.value.differences] == [("学历", "大专", "本科")]


def test_a_clerk_judges_only_where_both_stand_in_his_township(cast: Cast) -> None:
    other = second_member(cast, 所在党支部代码=FAR_VILLAGE)
    for part in ("clerk_a", "clerk_b", "secretary_a"):
        with pytest.raises(OutOfScope):
            merging.pair_of(cast.reader(getattr(cast, part)), cast.people[2], other)
    with pytest.raises(OutOfScope):
        merging.pair_of(cast.reader(cast.officer), other, other)


def test_the_record_with_an_account_goes_on_and_two_accounts_stop(cast: Cast) -> None:
    other = second_member(cast)
    account = cast.member
    account.person_uid = other
    account.save()
    pair = merging.pair_of(cast.reader(cast.officer), cast.people[2], other)
    assert (pair.kept.uid, pair.gone.uid) == (other, cast.people[2])
    cast.secretary_a.person_uid = cast.people[2]
    cast.secretary_a.save()
    with pytest.raises(Refused, match="两份档案的本人都已开户"):
        merge(cast, cast.people[2], other)


def test_the_pages_lead_from_the_queue_to_one_record_and_back(cast: Cast) -> None:
    other = second_member(cast)
    client, one = cast.client(cast.clerk_a), cast.people[2]
    assert NAME in client.get("/people/doubles/?ground=2").content.decode()
    address = f"/people/doubles/{one}/{other}/"
    page = client.get(address).content.decode()
    assert (page.count('type="radio"'), number(2) in page, Reading.objects.filter(subject=other).count()) == (
        8,
        False,
        1,
    )
    assert client.post(address, {"reason": WHY}).status_code == 400
    choices = {piece: str(one) for piece in ("identity", "phone", "belonging", "membership")}
    once = uuid.uuid4()
    for _ in range(2):
        answer = client.post(address, {**choices, "reason": WHY, "once": once})
        assert (answer.status_code, answer["Location"]) == (302, f"/people/{one}/")
    assert Merged.objects.alive().count() == 1
    gone = client.get(f"/people/{other}/")
    assert (gone.status_code, gone["Location"]) == (302, f"/people/{one}/")
    assert client.get(f"/people/{other}/print/").status_code == 302
    assert cast.client(cast.officer).get(f"/people/{other}/looks/").status_code == 404
    assert cast.client(cast.clerk_b).get(f"/people/{other}/").status_code == 404
    assert Reading.objects.filter(what="refused").exclude(actor=cast.clerk_b.uid).count() == 0
    assert f"/people/doubles/merged/{other}/" in client.get(f"/people/{one}/").content.decode()
    assert "12300000012"[:3] in client.get(f"/people/doubles/merged/{other}/").content.decode()
    seq = Entry.objects.latest("seq").seq
    assert f"/people/doubles/undo/{seq}/" in client.get("/people/doubles/?ground=decided").content.decode()
    assert client.post(f"/people/doubles/undo/{seq}/", {"reason": WHY}).status_code == 302
    assert client.get(f"/people/{other}/").status_code == 200


@pytest.mark.parametrize("more", [1, 3])
def test_the_queue_takes_the_same_statements_for_few_and_many(
    cast: Cast, more: int, django_assert_num_queries: Any
) -> None:
    rows = [member(40 + place) | {"姓名": NAME} for place in range(more)]
    take(cast, "党员", *rows)
    client = cast.client(cast.officer)
    client.get("/people/doubles/")
    with django_assert_num_queries(3):
        client.get("/people/doubles/?ground=2")


def test_a_transfer_on_its_way_is_finished_first_and_the_page_leads_there(cast: Cast) -> None:
    other = second_member(cast)
    one = cast.people[2]
    given = {"to": OTHER_TOWN, "on": cast.today.isoformat(), "valid_days": "90"}
    assert cast.client(cast.clerk_a).post(f"/people/{other}/transfer/", given).status_code == 302
    page = cast.client(cast.officer).get(f"/people/doubles/{one}/{other}/").content.decode()
    transfer = Transfer.objects.get()
    assert f"正在转接（{transfer.letter}）" in page
    assert f'href="/transfers/{transfer.uid}/"' in page
