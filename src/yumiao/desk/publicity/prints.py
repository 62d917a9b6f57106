"""A notice on paper and as a file to be edited, and its result sheet. Must not know: requests, rights."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document
from yumiao.press.words import make_docx
from yumiao.publicity.queries import Posted

_SEAL = "（盖章）"


def title_of(one: Posted) -> str:
    return str(one.notice.get_kind_display())


def notice_sections(one: Posted, unit: str) -> list[Section]:
    """What hangs on the board: no number, no address."""
    record = one.record
    unit_of_days = _("个工作日") if record.in_working_days else _("天")
    words = {
        "first": on_paper(record.posted_on), "last": on_paper(record.closes_on), "days": record.days, "unit": unit_of_days,
    }  # fmt: skip
    opening = (
        _(
            "根据发展党员工作有关规定，现将下列同志的情况予以公示，接受党员、群众监督。公示自%(first)s张贴，截至%(last)s二十四时，共 %(days)s %(unit)s。"
        )
        % words
    )
    how = _(
        "公示期间，对公示人员有异议的，可以通过来访、来信、来电等方式向%(receiver)s反映，电话：%(phone)s；也可以拨打 12380 举报电话。"
        "反映情况应当实事求是，提倡署真实姓名；对反映人予以保密。"
    ) % {"receiver": record.receiver, "phone": record.phone}
    head = (_("姓名"), _("性别"), _("出生年月"), _("学历"), _("职业"), _("培养联系人或者介绍人"), _("时间"))
    rows = [
        (
            said.name, said.sex, said.born, said.education, said.occupation, said.helpers,
            "；".join(f"{what} {day}" for what, day in said.days),
        )
        for _person, said in one.people
    ]  # fmt: skip
    return [
        Section(paragraphs=[opening]),
        Section(head=head, rows=rows, widths=(1.6, 1, 1.8, 1.4, 2, 2.4, 5)),
        Section(paragraphs=[how], notes=[f"{unit}{_SEAL}　　{on_paper(record.posted_on)}"]),
    ]


def notice_pdf(one: Posted, unit: str, *, code: str = "") -> bytes:
    """The notice to be sealed and posted."""
    return print_document(title_of(one), notice_sections(one, unit), unit=unit, on=one.record.posted_on, code=code)


def notice_docx(one: Posted, unit: str) -> bytes:
    """The same to be edited."""
    return make_docx(title_of(one), notice_sections(one, unit), unit=unit, on=one.record.posted_on)


def result_sections(one: Posted, unit: str, concluded: int) -> list[Section]:
    """What came of the notice, for the file: how many objections, all concluded or not; never who said what."""
    record = one.record
    pairs = [
        (_("公示单位"), unit), (_("公示人员"), one.names), (_("张贴地点"), record.place), (_("网上公示"), _("是") if record.is_online else _("否")),
        (_("期间"), f"{on_paper(record.posted_on)}—{on_paper(record.closes_on)}"), (_("收到异议"), _("%(count)s 件") % {"count": one.count}),
        (_("已办结"), _("%(count)s 件") % {"count": concluded}),
    ]  # fmt: skip
    said = (
        _("公示期满，没有收到异议。")
        if not one.count
        else _("公示期间收到异议 %(count)s 件，办结 %(done)s 件，未办结 %(open)s 件。")
        % {"count": one.count, "done": concluded, "open": one.count - concluded}
    )
    sign = _("经办人（签名）：＿＿＿＿＿＿　　党组织负责人（签名）：＿＿＿＿＿＿　（盖章）")
    return [Section(pairs=pairs), Section(_("公示结果"), paragraphs=[said], notes=[sign])]


def result_pdf(one: Posted, unit: str, *, on: date, code: str = "") -> bytes:
    """The result sheet."""
    return print_document(
        _("公示结果登记表"), result_sections(one, unit, one.count - one.open_count), unit=unit, on=on, code=code
    )
