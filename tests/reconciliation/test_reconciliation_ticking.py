"""Ticking off and closing: two at once, what was said to be mended and is not, what a closed report shows and opens."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.importing_pages import shown, texts
from tests.reconciliation.registers import begun, book, member, page, sent
from yumiao.journal.acts import act
from yumiao.journal.bulk import recorded
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Refused, Stale
from yumiao.kernel.periods import on_paper
from yumiao.people.models import PersonRecord
from yumiao.reconciliation.keeping import opened_kept
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.rules import Deed
from yumiao.reconciliation.services import Closing, close, tick

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]
__all__ = ["cast"]


def differing(cast: Cast, **changed: Any) -> tuple[Comparison, str]:
    """A comparison in which member 1 is of the other sex, and the address of that difference."""
    made = begun(cast, member(1, 性别="女", **changed), member(2), member(3), member(4))
    return made, f"/reconciliation/{made.uid}/row/?row=differs.{cast.people[1]}.sex"


def said(cast: Cast, who: Any, address: str, deed: str, note: str = "", shown: int = 0) -> Any:
    return cast.client(who).post(address, {"deed": deed, "note": note, "shown": str(shown)})


def mend(cast: Cast, **attributes: Any) -> None:
    """Correct the record of member 1."""
    record = PersonRecord.objects.alive().get(person=cast.person(1))
    with act(Verb.PERSON_CORRECTED, actor=cast.actor(cast.clerk_a)) as current:
        current.data |= {"fields": list(attributes)}
        current.strike(PersonRecord, [record.pk])
        names = recorded(PersonRecord)
        values = {name: getattr(record, name) for name in names} | attributes
        current.insert(PersonRecord, names, [tuple(values[name] for name in names)])


def closed(cast: Cast, made: Comparison, who: Any = None) -> Any:
    address = f"/reconciliation/{made.uid}/report/"
    return cast.client(who or cast.clerk_a).post(address, {"once": str(uuid.uuid4())}, follow=True)


def counted(made: Comparison) -> dict[str, int]:
    said = Entry.objects.filter(verb="reconciliation_closed").latest("seq").data
    return {name: int(count) for name, count in re.findall(r'"(\w+)":\s*(\d+)', said)}


def test_of_two_who_tick_the_same_off_at_once_one_is_told_and_nothing_is_overwritten(cast: Cast) -> None:
    _made, address = differing(cast)
    assert 'name="shown" value="0"' in cast.client(cast.officer).get(address).content.decode()
    assert said(cast, cast.clerk_a, address, "register", "").status_code == 302
    late = said(cast, cast.officer, address, "left", "核对过户口簿")
    assert (late.status_code, Tick.objects.get().deed) == (409, "register")
    told = shown(late)
    assert ("他人已记下处理结果" in told, "他人：已按本系统更正全国系统" in told, "您：情况属实，不改" in told) == (
        True,
        True,
        True,
    )
    body = late.content.decode()
    assert ('name="shown" value="1"' in body, 'value="核对过户口簿"' in body) == (True, True)
    assert said(cast, cast.officer, address, "left", "核对过户口簿", shown=1).status_code == 302
    kept = Tick.objects.get()
    assert (kept.deed, kept.version, kept.by_label) == ("left", 2, cast.actor(cast.officer).label)


def test_a_click_sent_twice_is_one_tick(cast: Cast) -> None:
    _made, address = differing(cast)
    assert [said(cast, cast.clerk_a, address, "register").status_code for _time in range(2)] == [302, 302]
    assert Tick.objects.get().version == 1


def test_the_service_tells_who_was_overtaken_and_who_comes_after_the_closing(cast: Cast) -> None:
    made, _address = differing(cast)
    key = f"differs.{cast.people[1]}.sex"
    clerk, officer = cast.actor(cast.clerk_a), cast.actor(cast.officer)
    tick(made, key, Deed.LEFT, "核对过", shown=0, today=cast.today, actor=clerk)
    with pytest.raises(Stale) as stale:
        tick(made, key, Deed.REGISTER_CORRECTED, "", shown=0, today=cast.today, actor=officer)
    assert [one.label for one in stale.value.differences] == ["处理结果", "说明"]
    kept = opened_kept(Comparison.objects.get())

    def closing() -> Closing:
        # nobody can tick anything off any more while it is counted
        return Closing({"rows": [], "totals": {"done": Tick.objects.count()}}, kept)

    close(made, closing, cast.unit(TOWN), today=cast.today, actor=clerk)
    with pytest.raises(Refused):
        tick(made, key, Deed.REGISTER_CORRECTED, "", shown=1, today=cast.today, actor=officer)
    with pytest.raises(Refused):
        close(made, closing, cast.unit(TOWN), today=cast.today, actor=officer)
    assert counted(made)["done"] == 1


def test_what_was_ticked_off_before_the_closing_is_in_its_figures_though_the_page_was_older(cast: Cast) -> None:
    made, address = differing(cast)
    page(cast, f"/reconciliation/{made.uid}/report/")
    said(cast, cast.officer, address, "left", "核对过户口簿")
    closed(cast, made)
    assert (counted(made)["done"], counted(made)["open"]) == (1, 3)  # 6, 7 and 8 are not in the register


def test_what_is_said_to_be_mended_here_and_differs_still_is_flagged_everywhere(cast: Cast) -> None:
    made, address = differing(cast)
    said(cast, cast.clerk_a, address, "here")
    listed = f"/reconciliation/{made.uid}/?state="
    assert "两边仍不一致" in page(cast, address)
    assert ("共 1 项" in page(cast, listed + "still"), "没有这样的差异" in page(cast, listed + "done")) == (True, True)
    assert "记为更正仍不一致" in page(cast, listed + "still")
    report = page(cast, f"/reconciliation/{made.uid}/report/")
    assert "1 项记为已更正、仍不一致" in report
    mend(cast, sex="f")
    assert "没有这样的差异" in page(cast, listed + "still")


def test_the_figures_of_who_was_compared_open_their_people(cast: Cast) -> None:
    made, _address = differing(cast)
    report = page(cast, f"/reconciliation/{made.uid}/report/")
    for kind, number in (("compared", 7), ("agreeing", 3)):
        assert f'?kind={kind}"' in report.replace("&amp;", "&")
        opened = cast.client(cast.clerk_a).get(f"/reconciliation/{made.uid}/?kind={kind}")
        assert (f"共 {number} 人" in shown(opened), len(texts(opened))) == (True, number)
    of_village = cast.client(cast.clerk_a).get(f"/reconciliation/{made.uid}/?kind=compared&branch={VILLAGE}")
    assert {row[1] for row in texts(of_village)} == {cast.unit(VILLAGE).name}
    sheet = cast.client(cast.clerk_a).post(
        f"/exports/reconciliation/{made.uid}/?kind=agreeing", {"usual": "check", "words": ""}
    )
    cells = [cell.value for row in load_workbook(io.BytesIO(sheet.content)).active for cell in row]
    assert cells.count("完全一致") == 3


def test_a_closed_report_shows_what_it_was_closed_with_whatever_is_mended_after(cast: Cast) -> None:
    made, address = differing(cast)
    closed(cast, made)
    listed = f"/reconciliation/{made.uid}/"
    before = [page(cast, f"{listed}?{query}") for query in ("kind=differs", "kind=agreeing", "state=open")]
    mend(cast, name="韦禾新", sex="f")
    after = [page(cast, f"{listed}?{query}") for query in ("kind=differs", "kind=agreeing", "state=open")]
    counts = [[re.findall(r"共 \d+ [人项]", one) for one in pages] for pages in (before, after)]
    assert counts[0] == counts[1] == [["共 1 项"], ["共 3 人"], ["共 4 项"]]
    assert "办结，按办结时的情况显示" in after[0]
    assert ("记下处理结果" in page(cast, address), said(cast, cast.officer, address, "register").status_code) == (
        False,
        409,
    )


def test_closing_keeps_what_differs_and_nothing_else_of_the_file(cast: Cast) -> None:
    made, _address = differing(cast)
    assert len(opened_kept(made).read.rows) == 4
    closed(cast, made)
    kept = opened_kept(Comparison.objects.get())
    assert (kept.read.rows, kept.closed is not None and len(kept.closed.findings)) == ([], 4)


def test_a_townships_comparison_takes_its_own_part_of_the_countys_export(cast: Cast) -> None:
    everybody = [member(place) for place in range(1, 7)]
    made = begun(cast, *everybody, who="clerk_a")
    whole = begun(cast, *everybody, member(99), who="officer", unit=COUNTY)
    assert (made.outside, whole.outside) == (1, 0)
    assert "竹溪村党支部" not in page(cast, f"/reconciliation/{made.uid}/?kind=compared")
    assert "竹溪村党支部" in page(cast, f"/reconciliation/{whole.uid}/?kind=compared", "officer")


def duties(cast: Cast, who: str) -> list[tuple[str, str]]:
    body = page(cast, "/", who)
    return [
        (title, url.replace("&amp;", "&"))
        for url, title in re.findall(r'<a class="what" href="([^"]+)">([^<]*对账[^<]*)</a>', body)
    ]


def test_a_home_lists_what_is_not_closed_with_a_count_that_opens_its_rows(cast: Cast) -> None:
    made, address = differing(cast)
    open_ones = f"/reconciliation/{made.uid}/?state=open"
    assert duties(cast, "clerk_a") == [(f"与全国系统对账（{on_paper(cast.today)}）还有 4 项未处理", open_ones)]
    assert "共 4 项" in page(cast, open_ones)
    said(cast, cast.clerk_a, address, "register")
    assert duties(cast, "clerk_a") == [(f"与全国系统对账（{on_paper(cast.today)}）还有 3 项未处理", open_ones)]
    assert duties(cast, "clerk_b") == []
    below = f"/reconciliation/?state=open&below={COUNTY}"
    assert duties(cast, "officer") == [("下级有 1 次与全国系统对账未办结", below)]
    begun(cast, member(1), who="officer", unit=COUNTY)
    begun(cast, member(5), who="clerk_b", unit=OTHER_TOWN)
    assert {title for title, _url in duties(cast, "officer")} == {
        f"与全国系统对账（{on_paper(cast.today)}）未办结",
        "下级有 2 次与全国系统对账未办结",
    }
    assert "共 2 次" in page(cast, below, "officer")
    closed(cast, made)
    assert duties(cast, "clerk_a") == []


def test_a_reconciliation_with_nothing_left_asks_to_be_closed(cast: Cast) -> None:
    made = begun(cast, *(member(place) for place in range(1, 5)))
    Tick.objects.bulk_create(
        Tick(comparison=made, key=one.key, deed="left", note="已核对", by_label="甲", on=cast.today)
        for one in opened_kept(Comparison.objects.get()).first
    )
    assert duties(cast, "clerk_a") == [
        (f"与全国系统对账（{on_paper(cast.today)}）可以办结", f"/reconciliation/{made.uid}/report/")
    ]
    Comparison.objects.update(made_on=cast.today - timedelta(days=30))
    assert duties(cast, "clerk_a") == []


def test_a_report_goes_out_as_a_table_with_its_totals(cast: Cast) -> None:
    made, _address = differing(cast)
    browser = cast.client(cast.clerk_a)
    cells = load_workbook(io.BytesIO(browser.get(f"/reconciliation/{made.uid}/report/table/").content)).active
    rows = [[cell.value for cell in row] for row in cells]
    assert [row for row in rows if row[0] == "合计" or "合计" in row][-1].count(None) < len(rows[0])
    assert any("仍不一致" in row for row in rows)
    assert sent(cast, "clerk_a", book(member(1))).status_code == 200
