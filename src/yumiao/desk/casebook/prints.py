"""The path, the blank handbook and the record of a case on paper. Must not know: requests, rights, SQL."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.admission.path import Edition, Terms
from yumiao.admission.path_page import before_in_words, papers_in_words, terms_in_words
from yumiao.admission.sheets import BOXES, TITLE, handbook_of
from yumiao.kernel.periods import on_paper
from yumiao.press.booklets import Blank, Booklet, Leaf
from yumiao.press.documents import Section, print_document


def path_pdf(edition: Edition, bounds: Terms, *, unit: str, on: date, code: str) -> bytes:
    """The path as its page shows it, on A4."""
    head = (_("步骤"), _("由谁办理"), _("前置步骤"), _("期限"), _("要求"), _("材料"), _("依据"))
    widths = (2.4, 2, 1.4, 2, 3.4, 3, 2)
    stages = [
        Section(
            _("第 %(number)s 阶段　%(title)s") % {"number": stage.number, "title": stage.title},
            head=head,
            rows=[
                (
                    f"{one.number}. {one.title}", one.who, before_in_words(one), one.term or "—", one.says or "—", papers_in_words(edition, one),
                    one.citation,
                )
                for one in edition.steps_of(stage.number)
            ],
            widths=widths,
        )
        for stage in edition.stages
    ]  # fmt: skip
    terms = Section(
        _("期限和数量（本县现行）"), head=(_("内容"), _("规定")), rows=terms_in_words(bounds), widths=(3, 1)
    )
    note = _("%(title)s，依据%(document)s，自%(day)s起施行。") % {
        "title": edition.title, "document": edition.document, "day": on_paper(edition.since),
    }  # fmt: skip
    return print_document(_("发展党员的程序"), [*stages, terms], unit=unit, on=on, code=code, note=note)


def booklet_of(edition: Edition, bounds: Terms, *, unit: str, paper: str) -> Booklet:
    """The blank handbook of the county; `paper`: the number of the county paper on which the edition was introduced."""
    made = handbook_of(edition, bounds)
    papers = Section(
        _("材料目录"), head=(_("编号"), _("材料"), _("要求"), _("存放"), _("签名"), _("盖章"), _("步骤")),
        rows=made.papers, widths=(0.8, 3.6, 1.2, 1.8, 2.2, 0.8, 1),
    )  # fmt: skip
    terms = Section(_("期限和数量（本县现行）"), head=(_("内容"), _("规定")), rows=made.terms, widths=(3, 1))
    lines = [edition.title, _("依据：%(document)s") % {"document": edition.document}]
    if paper:
        lines.append(_("本县启用文件：%(number)s") % {"number": paper})
    return Booklet(
        title=TITLE, by=unit, lines=lines, boxes=BOXES,
        front=[Section(_("填写说明"), paragraphs=made.notes), papers, terms],
        leaves=[
            Leaf(one.heading, one.stage, [Blank(row.label, row.given, row.lines) for row in one.rows], one.signers, one.notes)
            for one in made.sheets
        ],
    )  # fmt: skip
