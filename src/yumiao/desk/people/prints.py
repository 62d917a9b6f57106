"""A person's sheet: what the page says, numbers masked. Must not know: requests, rights."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.people.dossier import Dossier
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document

_NONE = "无"


def person_pdf(page: Dossier, *, day: date, code: str) -> bytes:
    """Basics, membership, ties, contradictions and everything dated, the latest first; empty boxes say 无."""
    basics = [*page.basics, *page.numbers, (_("所在组织"), page.unit_label)]
    ties = [(tie.label, tie.name, tie.unit_name, on_paper(tie.since)) for tie in page.ties]
    sections = [
        Section(_("基本情况"), pairs=[(label, given or _(_NONE)) for label, given in basics]),
        Section(_("党籍"), pairs=[(label, given or _(_NONE)) for label, given in page.membership]),
        Section(
            _("联系培养"),
            head=(_("关系"), _("姓名"), _("所在组织"), _("开始日期")) if ties else (),
            rows=ties,
            widths=(2, 2, 4, 2),
            notes=() if ties else (_(_NONE),),
        ),
        Section(
            _("前后不一致之处"),
            head=(_("内容"), _("规则"), _("怎样处理")) if page.objections else (),
            rows=[(one.text, one.rule, one.next_step) for one in page.objections],
            widths=(5, 1.5, 4),
            notes=() if page.objections else (_(_NONE),),
        ),
        Section(
            _("经过"),
            head=(_("日期"), _("事项"), _("说明"), _("纪实条目")) if page.events else (),
            rows=[(on_paper(one.on), one.title, one.note, str(one.known.entry)) for one in page.events],
            widths=(2.4, 3.4, 3.4, 1.2),
            notes=() if page.events else (_(_NONE),),
        ),
    ]
    return print_document(
        _("{name}基本情况表").format(name=page.name),
        [one for one in sections if _says(one)],
        unit=page.unit_label,
        on=day,
        code=code,
    )


def _says(section: Section) -> bool:
    return bool(section.pairs or section.rows or section.notes)
