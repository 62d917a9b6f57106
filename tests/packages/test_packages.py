"""One package per person through its page: what goes in, who may, sealed papers, the same twice; and the archive handed over."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image

from tests.cast import Cast, cast
from tests.cultivation.held import case_of
from yumiao.access.sections import Section
from yumiao.admission.grant_services import write_grant
from yumiao.admission.models import Case, Handover, Package
from yumiao.admission.paper_rules import Checked
from yumiao.admission.paper_services import put_in
from yumiao.admission.relative_services import Named, replace_relatives
from yumiao.desk.packages.duties import handover_duties
from yumiao.desk.proof import findings
from yumiao.files import store
from yumiao.files.intake import take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.press.manifests import FRONT, LIST, check

__all__ = ["cast"]
pytestmark = pytest.mark.db


def archived(cast: Cast, place: int = 31, *, last: int = 25) -> uuid.UUID:
    """A case that went the whole way, the archive three days ago."""
    today = cast.today
    days = {1: 1300, 2: 1290, 3: 1200, 4: 1190, 5: 1190, 7: 800, 8: 790, 9: 780, 10: 770, 11: 760, 12: 740, 13: 730, 14: 720, 15: 710,
            16: 700, 17: 690, 18: 680, 19: 685, 20: 660, 21: 600, 22: 350, 23: 330, 24: 300, 25: 3}  # fmt: skip
    steps: dict[int, Any] = {step: today - timedelta(days=ago) for step, ago in days.items() if step <= last}
    steps[6] = [today - timedelta(days=ago) for ago in (1000, 820)]
    return case_of(cast, place, steps)


def put(cast: Cast, case: uuid.UUID, slot: str, step: int, title: str, shade: int) -> None:
    """A paper of one photographed page."""
    picture = io.BytesIO()
    noise = Image.effect_noise((400, 560), 40).point(lambda value: (value + shade) % 256)
    noise.convert("RGB").save(picture, "JPEG", quality=50)
    taken, uid = take_in([picture.getvalue()]), uuid.uuid4()
    store.put(uid, taken.content)
    checked = Checked(
        title=title,
        dated_on=date(2024, 3, 5),
        is_signed=True,
        is_stamped=True,
        is_dated=True,
        is_legible=True,
        is_of_person=True,
    )
    with act(Verb.PAPER_ADDED, actor=cast.operator) as done:
        pk = Case.objects.get(uid=case).pk
        scan = write_scan(done, uid, cast.unit("001.001.001").id, taken, cast.today)
        put_in(done, case=pk, step=step, occurrence=1, slot=slot, scan=scan, checked=checked, supplements=None)


def package(cast: Cast, case: uuid.UUID, who: str = "clerk_a", file: str = "zip", **more: str) -> Any:
    return cast.client(cast.accounts[who]).post(f"/cases/{case}/package/", {"file": file, **more})


def test_a_package_holds_every_paper_in_order_and_is_the_same_twice(cast: Cast) -> None:
    case = archived(cast)
    put(cast, case, "A16", 14, "入党志愿书", 20)
    put(cast, case, "A01", 1, "入党申请书", 90)
    put(cast, case, "A12", 10, "政治审查结论", 160)
    once = str(uuid.uuid4())
    first, again = package(cast, case, once=once), package(cast, case, once=once)
    assert (first.content, Package.objects.count()) == (again.content, 1)
    found = check(first.content)
    assert (found.problems, found.papers, found.digest) == ((), 2, Package.objects.get().digest)
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        names = archive.namelist()
        said = archive.read(LIST).decode()
    assert names[:4] == [FRONT, "01_发展党员全程纪实表.pdf", "02_A01_入党申请书.pdf", "03_A12_密封材料另存.pdf"]
    assert ('"kind":"sealed"' in said, "政治审查结论" in said) == (True, True)
    book = package(cast, case, file="pdf")
    assert (book["Content-Type"], check(book.content).problems) == ("application/pdf", ())
    page = cast.client(cast.clerk_a).get(f"/cases/{case}/package/").content.decode()
    assert (found.digest[:16] in page, found.key in page, "密封" in page) == (True, True, True)
    assert Entry.objects.filter(verb="package_made").count() == 2
    assert list(findings()) == []


def test_the_sealed_paper_goes_in_for_who_was_granted_it(cast: Cast) -> None:
    case = archived(cast)
    put(cast, case, "A12", 10, "政治审查结论", 160)
    with act(Verb.SECTION_GRANTED, actor=cast.operator) as done:
        write_grant(
            done, [Case.objects.get(uid=case).pk], account=cast.clerk_a.pk, section=Section.POLITICAL_REVIEW, purpose="装订归档",
            since=cast.today, until=cast.today + timedelta(days=5), by=cast.officer.pk,
        )  # fmt: skip
    assert check(package(cast, case).content).papers == 1
    assert check(package(cast, case, "officer").content).papers == 0
    from yumiao.journal.models import Reading

    looks = Reading.objects.filter(what__in=("section", "print")).order_by("pk").values_list("actor", "what")
    assert list(looks) == [
        (cast.clerk_a.uid, "section"), (cast.clerk_a.uid, "print"), (cast.officer.uid, "print"),
    ]  # fmt: skip


def test_whoever_stands_near_gets_the_sealed_paper_by_no_grant(cast: Cast) -> None:
    case = archived(cast)
    put(cast, case, "A12", 10, "政治审查结论", 160)
    kin = cast.person(7)
    with act(Verb.PREPARED, actor=cast.operator) as done:
        done.data["profile"] = "demo"
        pk = Case.objects.get(uid=case).pk
        replace_relatives(done, pk, [Named("sibling", "某某", "clear", kin.pk)])
        write_grant(
            done, [pk], account=cast.clerk_a.pk, section=Section.POLITICAL_REVIEW, purpose="装订归档", since=cast.today,
            until=cast.today + timedelta(days=5), by=cast.officer.pk,
        )  # fmt: skip
    type(cast.clerk_a).objects.filter(pk=cast.clerk_a.pk).update(person_uid=kin.uid)
    answer = package(cast, case)
    from yumiao.journal.models import Reading

    looks = Reading.objects.filter(what="section").count()
    assert (answer.status_code, check(answer.content).papers, looks) == (200, 0, 0)


def test_a_case_without_papers_makes_a_package_too_and_who_may_not_makes_none(cast: Cast) -> None:
    case = archived(cast)
    assert check(package(cast, case).content).problems == ()
    refused = {
        who: package(cast, case, who).status_code for who in ("secretary_a", "clerk_b", "auditor", "member", "reviewer")
    }
    assert refused == {"secretary_a": 403, "clerk_b": 404, "auditor": 403, "member": 403, "reviewer": 403}


def test_a_scan_that_is_gone_is_told_and_nothing_is_made(cast: Cast) -> None:
    case = archived(cast)
    put(cast, case, "A01", 1, "入党申请书", 90)
    from yumiao.files.models import Scan

    store.drop(Scan.objects.get().uid)
    answer = package(cast, case)
    assert (answer.status_code, "从备份恢复" in answer.content.decode(), Package.objects.count()) == (409, True, 0)


def test_the_archive_goes_to_who_keeps_it_with_a_list(cast: Cast) -> None:
    case, early = archived(cast), archived(cast, 21, last=24)
    unit = cast.unit("001.001")
    assert [one.rule for one in handover_duties(cast.reader(cast.clerk_a), unit)] == ["STP-25"]
    form = {
        "handed_on": cast.today.isoformat(), "holder": "乡镇党委（党员档案）", "giver": "李青山", "receiver": "盘云舟", "copies": "1",
    }  # fmt: skip
    browser, address = cast.client(cast.clerk_a), f"/cases/{case}/handover/"
    assert browser.post(address, form).status_code == 409  # papers are missing and nobody said why
    assert browser.post(f"/cases/{early}/handover/", form | {"reason": "另行补齐"}).status_code == 409
    late = {"reason": "另行补齐", "handed_on": (cast.today - timedelta(days=9)).isoformat()}
    assert browser.post(address, form | late).status_code == 409
    assert browser.post(address, form | {"reason": "材料另行补齐"}).status_code == 302
    assert handover_duties(cast.reader(cast.clerk_a), unit) == []
    listed = browser.get("/handovers/?state=done").content.decode()
    assert ("盘云舟" in listed, Handover.objects.alive().count()) == (True, 1)
    prints = [browser.get(f"{address}{what}/").content[:4] for what in ("pdf", "docx")]
    assert prints == [b"%PDF", b"PK\x03\x04"]
    assert browser.post(f"{address}take-back/", {"reason": "登记错误，重新移交"}).status_code == 302
    assert Handover.objects.alive().count() == 0
    assert cast.client(cast.clerk_b).get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 21, 22)[:count]:
        archived(cast, place)
    browser = cast.client(cast.clerk_a)
    browser.get("/handovers/")
    with django_assert_num_queries(9):
        assert browser.get("/handovers/").content.decode().count('<tr role="row">') == count + 1
