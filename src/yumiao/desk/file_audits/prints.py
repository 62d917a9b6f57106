"""The announcement of a decision on memberships, on paper and as a file: names and units, never a number. Must not know: requests, rights."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.models import Recognition
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Belonging
from yumiao.people.queries import named
from yumiao.press.documents import Section, print_document
from yumiao.press.words import make_docx


def title_of(one: Recognition) -> str:
    """What stands above it."""
    if one.decision == Recognition.Decision.NOT_RECOGNISED:
        return _("关于不予承认党员身份的通报")
    return _("关于认定党员身份的通知")


def sections_of(together: Sequence[Recognition], reader: Reader) -> list[Section]:
    """What was decided by whom and why, about whom, and where to appeal."""
    one = together[0]
    is_ended = one.decision == Recognition.Decision.NOT_RECOGNISED
    said = _("经审核党员档案，%(reason)s。%(body)s决定（%(document)s），自%(day)s起%(what)s下列 %(count)s 名同志：") % {
        "reason": one.reason.rstrip("。"),
        "body": one.body,
        "document": one.document,
        "day": on_paper(one.decided_on),
        "what": _("对党员身份不予承认的，为") if is_ended else _("认定党员身份的，为"),
        "count": len(together),
    }
    appeal = _("对决定不服的，可以向本级或者上级党组织提出申诉，有关党组织应当受理或者转交，不得扣压。")
    then = (
        _("上列人员不再计入党员人数；其接收不再计入当年发展党员数。")
        if is_ended
        else _("上列人员的党员身份有效，党龄连续计算。")
    )
    return [
        Section(paragraphs=[said]),
        Section(head=[_("序号"), _("姓名"), _("所在党组织")], rows=_rows(together, reader), widths=[1, 3, 6]),
        Section(paragraphs=[then, appeal]),
    ]


def _rows(together: Sequence[Recognition], reader: Reader) -> list[list[str]]:
    people = [one.person_id for one in together]
    names = named(people)
    units = dict(Belonging.objects.open().filter(person__in=people).values_list("person", "unit"))
    found = []
    for place, person in enumerate(people, 1):
        unit = reader.tree.by_id.get(units.get(person, 0))
        found.append([str(place), names[person].name if person in names else "", unit.name if unit else ""])
    return found


def announcement_pdf(together: Sequence[Recognition], reader: Reader) -> bytes:
    """For the seal and the board."""
    one = together[0]
    code = _("纪实第 %(seq)s 条") % {"seq": one.entered}
    sections = sections_of(together, reader)
    return print_document(title_of(one), sections, unit=one.body, on=one.decided_on, code=code, note=one.document)


def announcement_docx(together: Sequence[Recognition], reader: Reader) -> bytes:
    """The same to be edited."""
    one = together[0]
    sections = sections_of(together, reader)
    return make_docx(title_of(one), sections, unit=one.body, on=one.decided_on, note=one.document)
