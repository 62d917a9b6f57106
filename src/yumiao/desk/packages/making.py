"""One package per person: what goes in, in which order, bound into one PDF, and the same papers in a ZIP, with a signed list.

Must not know: requests, forms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.admission.case_file import Read
from yumiao.admission.models import Review
from yumiao.admission.paper_queries import Paper, papers_of
from yumiao.admission.paper_rules import SEALED
from yumiao.admission.review_queries import findings_of, reviews_of
from yumiao.desk.casebook import record
from yumiao.desk.gates.beside import round_lines
from yumiao.files import store
from yumiao.files.models import Scan
from yumiao.kernel.periods import on_paper
from yumiao.meetings.queries import votes_about
from yumiao.press.bound import Bound, Part, Placed, attach, bind
from yumiao.press.documents import Section, print_document
from yumiao.press.manifests import (
    FRONT,
    KIND,
    LIST,
    READ_ME,
    SIGNATURE,
    canonical,
    digests,
    fingerprint,
    packed,
    public_key,
    signed,
)
from yumiao.publicity.models import Notice
from yumiao.units.queries import Tree
from yumiao.vault.keys import key_for

SEED: Final = "dossier-signature"
HOW: Final = """本包是一人一档的综合资料手册，附全部材料和清单。
校验：在装有本系统的任一台电脑上运行  yumiao verify-dossier 文件名
不需要数据库和密钥；要确认是哪个县出具的，向出具单位问清密钥标记，加上  --key 密钥标记（不要只看封面）
任何一页、一份材料被改动、缺少、多出、调换，都会指出。
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the package; `file`: its name in the archive. Of a paper its slot, its digest, its pages; a sealed one lies elsewhere."""

    kind: str
    title: str
    content: bytes
    slot: str = ""
    on: date | None = None
    file: str = ""
    sha256: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A package: the book, the archive, the digest of its list."""

    book: bytes
    archive: bytes
    digest: str
    pages: int
    key: str


def sign_seed() -> bytes:
    """The seed of the county's signature under packages; it stays with the first key, as the other signatures do."""
    return key_for(SEED, 1)[1]


def county_key() -> str:
    """The fingerprint to compare a package's with."""
    return fingerprint(public_key(sign_seed()))


def make(read: Read, tree: Tree, *, on: date, with_sealed: bool, months: int) -> Made:
    """The package as the record stands, dated `on`. Raises `files.store.Lost` where a scan is gone."""
    items = list(_items(read, tree, on=on, with_sealed=with_sealed, months=months))
    unit = tree.by_id.get(read.around.unit)
    name = unit.name if unit else ""
    parts = [Part(f"{one.slot} {one.title}".strip(), one.content) for one in items]
    bound = bind(lambda placed, whole: _front(read, name, items, placed, whole, on), parts)
    files = [(FRONT, bound.front), *((one.file, one.content) for one in items)]
    manifest = canonical(_manifest(read, items, bound, on) | {"files": digests(files)})
    signature = signed(manifest, sign_seed())
    book = attach(bound.content, [(LIST, manifest), (SIGNATURE, signature)])
    archive = packed([*files, (LIST, manifest), (SIGNATURE, signature), (READ_ME, HOW.encode())])
    return Made(book, archive, hashlib.sha256(manifest).hexdigest(), bound.pages, county_key())


def _manifest(read: Read, items: Sequence[Item], bound: Bound, on: date) -> dict[str, Any]:
    return {
        "kind": KIND,
        "case": str(read.around.uid),
        "edition": read.file.path.key,
        "made_on": on.isoformat(),
        "items": [
            {
                "kind": one.kind, "title": one.title, "slot": one.slot, "on": one.on.isoformat() if one.on else "", "file": one.file,
                "sha256": one.sha256, "first": place.first, "count": place.count,
            }
            for one, place in zip(items, bound.placed, strict=True)
        ],
        "pages": list(bound.digests),
    }  # fmt: skip


def _front(read: Read, unit: str, items: Sequence[Item], placed: Sequence[Placed], whole: int, on: date) -> bytes:
    """Cover and catalogue."""
    rows = [
        (str(at), one.slot, one.title, on_paper(one.on) if one.on else "", str(place.first), str(place.count))
        for at, (one, place) in enumerate(zip(items, placed, strict=True), 1)
    ]
    cover = [
        (_("姓名"), read.around.name), (_("所在党支部"), unit), (_("程序版本"), read.file.path.title), (_("页数"), str(whole)),
        (_("装订日期"), on_paper(on)), (_("签名密钥标记"), county_key()),
    ]  # fmt: skip
    head = (_("序号"), _("编号"), _("题名"), _("日期"), _("页次"), _("页数"))
    sections = [
        Section(pairs=cover, notes=[_("用 yumiao verify-dossier 可以查验本册：任何一页改动、缺少、多出都会指出。")]),
        Section(_("卷内目录"), head=head, rows=rows, widths=(1, 1, 6, 2.6, 1.2, 1.2)),
    ]
    return print_document(_("发展党员综合资料手册"), sections, unit=unit, on=on)


def _items(read: Read, tree: Tree, *, on: date, with_sealed: bool, months: int) -> Iterator[Item]:
    unit = tree.by_id.get(read.around.unit)
    name = unit.name if unit else ""

    def sheet(at: int, title: str, sections: Sequence[Section]) -> Item:
        return Item("sheet", title, print_document(title, sections, unit=name, on=on), file=f"{at:02d}_{title}.pdf")

    yield sheet(1, record.title(), record.sections_of(read, tree))
    papers = sorted(papers_of(read.around.case), key=lambda one: (one.slot, one.dated_on or date.max, one.id))
    listed = []
    for at, one in enumerate(papers, 2):
        item = _paper(at, one, name, on, with_sealed=with_sealed)
        listed.append((one, item))
        yield item
    after = len(papers) + 2
    yield sheet(after, _("公示、联审、表决情况"), _beside(read, months))
    yield sheet(after + 1, _("三级审查情况"), _reviews(read))
    yield sheet(after + 2, _("材料摘要清单"), [_digests(listed)])


def _paper(at: int, one: Paper, unit: str, on: date, *, with_sealed: bool) -> Item:
    content = store.read(Scan.objects.get(pk=one.scan))
    digest = hashlib.sha256(content).hexdigest()
    if one.slot in SEALED and not with_sealed:
        said = [(_("编号"), one.slot), (_("题名"), one.title), (_("页数"), str(one.pages)), (_("摘要"), digest)]
        sheet = print_document(_("密封材料，另存"), [Section(pairs=said)], unit=unit, on=on)
        file = f"{at:02d}_{one.slot}_密封材料另存.pdf"
        return Item("sealed", one.title, sheet, one.slot, one.dated_on, file, digest, one.pages)
    name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in one.title)[:40]
    return Item(
        "paper", one.title, content, one.slot, one.dated_on, f"{at:02d}_{one.slot}_{name}.pdf", digest, one.pages
    )


def _beside(read: Read, months: int) -> list[Section]:
    notices = [
        (str(Notice.Kind(one.kind).label), on_paper(one.posted_on), on_paper(one.closes_on))
        for one in read.file.notices
    ]
    votes = [(one.said, on_paper(one.on)) for one in votes_about([read.around.person])]
    return [
        _table(_("公示"), (_("事项"), _("张贴日期"), _("截止日期")), notices, (3, 2, 2)),
        _table(
            _("部门联审"), (_("轮次"), _("情况")), [one[:2] for one in round_lines(read.file.rounds, months)], (2, 5)
        ),
        _table(_("表决"), (_("结果"), _("日期")), votes, (5, 2)),
    ]


def _table(heading: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[float, ...]) -> Section:
    return Section(heading, head=head if rows else (), rows=rows, widths=widths, notes=() if rows else (_("没有记录"),))


def _reviews(read: Read) -> list[Section]:
    rows = [
        (
            str(Review.Point(one.review.point).label), str(Review.Outcome(one.review.outcome).label), on_paper(one.review.reviewed_on), one.by,
            one.review.note + ("" if one.is_live else _("（其后重新审查）")),
        )
        for one in reviews_of(read.around.case)
    ]  # fmt: skip
    found = [
        (one.record.text, str(one.record.get_grade_display()), _("已验收") if one.is_settled else _("待整改"))
        for one in findings_of(read.around.case)
    ]
    return [
        _table(_("审查"), (_("环节"), _("结论"), _("日期"), _("审查人"), _("意见")), rows, (3, 1.6, 2.4, 2.4, 4)),
        _table(_("发现的问题"), (_("问题"), _("性质"), _("整改")), found, (6, 1.6, 1.6)),
    ]


def _digests(listed: Sequence[tuple[Paper, Item]]) -> Section:
    rows = [(item.slot, item.title, str(paper.pages), item.sha256) for paper, item in listed]
    return _table(_("材料"), (_("编号"), _("题名"), _("页数"), "SHA-256"), rows, (1, 4, 1, 8))
