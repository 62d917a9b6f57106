"""Orders on paper and to be edited: 限期整改通知书, 整改情况报告, and 责任追究移交函. Must not know: requests, rights."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.rectification.reach import Seen
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document
from yumiao.press.words import make_docx


def title_of(what: str) -> str:
    return _("整改情况报告") if what == "report" else _("限期整改通知书")


def sections_of(order: Seen, what: str) -> list[Section]:
    """The notice, or the report that answers it."""
    rows = [
        (str(at), one.text, str(one.get_grade_display()), one.slot or "")
        for at, one in enumerate(order.one.findings, 1)
    ]
    listed = Section(_("问题"), head=(_("序号"), _("问题"), _("性质"), _("材料")), rows=rows, widths=(1, 7, 1.6, 1.2))
    if what == "report":
        events = [(str(one.get_what_display()), on_paper(one.happened_on), one.note) for one in order.one.events]
        head = (_("事项"), _("日期"), _("说明")) if events else ()
        notes = () if events else (_("还没有报送。"),)
        done = Section(_("整改经过"), head=head, rows=events, widths=(1.6, 2, 6), notes=notes)
        whose = Section(pairs=[(_("编号"), order.number), (_("整改组织"), order.unit.name)])
        return [whose, listed, done, _signed(order.unit.name)]
    said = _("%(unit)s：经审查，你单位发展党员工作中存在下列问题，请于%(day)s前整改完毕，书面报告整改情况。") % {
        "unit": order.unit.name, "day": on_paper(order.one.term.until),
    }  # fmt: skip
    more = [order.one.record.text] if order.one.record.text else []
    return [Section(pairs=[(_("编号"), order.number)], paragraphs=[said, *more]), listed, _signed(order.issuer.name)]


def _signed(name: str) -> Section:
    return Section(notes=[_("%(unit)s（盖章）　　　　年　月　日") % {"unit": name}])


def order_pdf(order: Seen, what: str, *, on: date) -> bytes:
    """To be signed and sealed."""
    return print_document(title_of(what), sections_of(order, what), unit=order.issuer.name, on=on)


def order_docx(order: Seen, what: str, *, on: date) -> bytes:
    """The same to be edited."""
    return make_docx(title_of(what), sections_of(order, what), unit=order.issuer.name, on=on)
