"""What the registry leaves to be done stands at home for whoever may do it; from a number the form is two clicks away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests import lived
from tests.cast import COUNTY, OTHER_TOWN, TOWN, Cast, cast
from tests.ledger.rows import write_case
from yumiao.bylaws.services import record_days_off
from yumiao.desk.doubles.queue import queue
from yumiao.desk.membership.duties import term_duties
from yumiao.journal import memory
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import add_months
from yumiao.people.candidates import COMPARED
from yumiao.talent.models import Talent
from yumiao.talent.services import TalentDraft, record_talents

pytestmark = pytest.mark.db
__all__ = ["cast"]


def test_from_a_number_the_form_is_two_clicks_away_and_begins_in_the_field_that_is_missing(cast: Cast) -> None:
    lived.enter_twice(cast)
    clerk = cast.client(cast.clerk_a)
    home = clerk.get("/").content.decode()
    assert f'href="/people/gaps/?unit={TOWN}"' in home and "人员信息有 1 处缺漏或不一致" in home
    page = clerk.get(f"/people/gaps/?unit={TOWN}").content.decode()
    listed = f"/people/?unit={TOWN}&amp;gap=no_education"
    assert f'href="{listed}"' in page and "共 1 处" in page
    rows = clerk.get(listed.replace("&amp;", "&")).content.decode()
    (form,) = set(re.findall(r"/people/[0-9a-f-]{36}/correct/\?field=education", rows))
    shown = clerk.get(form).content.decode()
    assert re.findall(r'<input[^>]*autofocus[^>]*id="(\w+)"', shown) == ["id_education"]
    person = clerk.get(form.partition("correct/")[0]).content.decode()
    assert f'href="{form}"' in person


@pytest.mark.parametrize("field", ["", "seen", "nothing", "__class__"])
def test_a_field_that_is_none_begins_nowhere(cast: Cast, field: str) -> None:
    page = cast.client(cast.clerk_a).get(f"/people/{cast.people[1]}/correct/?field={field}").content.decode()
    assert "autofocus" not in page


def test_who_may_decide_has_the_pairs_at_home_and_the_line_opens_as_many(cast: Cast) -> None:
    lived.enter_twice(cast)
    clerk = cast.client(cast.clerk_a)
    count = len(queue(cast.reader(cast.clerk_a), cast.unit(TOWN)))
    home = clerk.get("/").content.decode()
    assert (f"{count} 对疑似重复人员须核对" in home, f'href="/people/doubles/?unit={TOWN}"' in home) == (True, True)
    assert f"共 {count} 对" in clerk.get(f"/people/doubles/?unit={TOWN}").content.decode()
    assert "疑似重复人员须核对" not in cast.client(cast.secretary_a).get("/").content.decode()


def test_the_queue_is_compared_anew_only_after_an_act_on_people(cast: Cast) -> None:
    place = memory.touched(cast.reader(cast.officer).head, *COMPARED)
    record_days_off(days=[(cast.today, False, "盘王节")], source="县政府通知", actor=cast.operator)
    assert memory.touched(cast.reader(cast.officer).head, *COMPARED) == place
    lived.leave(cast, 8)
    assert memory.touched(cast.reader(cast.officer).head, *COMPARED) == place
    lived.enter_twice(cast)
    assert memory.touched(cast.reader(cast.officer).head, *COMPARED) != place


def test_a_term_that_was_set_for_a_member_stands_at_home_in_its_last_month(cast: Cast) -> None:
    lived.correct_in_term(cast, 1)
    unit, tree = cast.unit(TOWN), cast.tree
    ends = add_months(cast.today, 6)
    (duty,) = term_duties(unit, tree, ends - timedelta(days=31))
    assert (duty.rule, duty.title, duty.due_on) == ("DISP-03", f"{lived.name(cast, 1)}的限期改正期满", ends)
    assert duty.link == f"/people/{cast.people[1]}/changes/"
    assert term_duties(unit, tree, ends - timedelta(days=32)) == []
    assert len(term_duties(unit, tree, ends + timedelta(days=400))) == 1
    assert term_duties(cast.unit(OTHER_TOWN), tree, ends) == term_duties(cast.unit(COUNTY), tree, ends) == []


def test_a_member_whose_cultivation_or_place_in_the_pool_never_ended_is_counted_and_listed(cast: Cast) -> None:
    """What the person's own page says of him as WBK-09, for the township too; the form of correction does not mend it."""
    member, today = cast.person(8).pk, cast.today
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.operator) as current:
        record_talents(current, [TalentDraft(member, next(iter(Talent.Category)).value, today)])
        write_case(current, member, {1: today})
    clerk = cast.client(cast.clerk_a)
    page = clerk.get("/people/gaps/").content.decode()
    for gap, label in (("also_cultivated", "已是党员，培养没有结束"), ("also_talent", "已是党员，仍在人才库")):
        assert label in page
        rows = clerk.get(f"/people/?gap={gap}").content.decode()
        assert (lived.name(cast, 8) in rows, "共 1 人" in rows, "/correct/?field=" in rows) == (True, True, False)
    assert "已是党员" not in cast.client(cast.clerk_b).get("/people/gaps/").content.decode()
