"""People for machines: the list under the page's conditions, and one person. Numbers are masked, and every look is on record.

Must not know: SQL, how an answer is written.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint, Missing
from yumiao.api.paging import Page
from yumiao.api.parameters import UNIT, Fault, Faulty, choice, flag, number, text, uid
from yumiao.desk.people import api_rows as rows
from yumiao.desk.people import listing
from yumiao.desk.people.dossier import person_for
from yumiao.desk.people.facts import facts_of
from yumiao.desk.people.filters import JUNIOR, SCHOOLINGS, UNLISTED, UNSAID, Filter, Kind, schooling_label
from yumiao.desk.people.listing import Key
from yumiao.desk.people.lists import asked_of
from yumiao.desk.refusals import refusal_on_record
from yumiao.people.names import is_number, plain
from yumiao.people.queries import whole_numbers_of

CONDITIONS: Final = (
    UNIT,
    choice("kind", gettext_lazy("类别，培养中的逐级包含"), {kind.value: kind.label for kind in Kind if kind.value}),
    choice("sex", gettext_lazy("性别"), {"m": gettext_lazy("男"), "f": gettext_lazy("女")}),
    text(
        "age",
        gettext_lazy("今天的周岁，两头都算：26-35、-25（及以下）、76-（及以上），unknown 是出生日期不详"),
        r"(unknown|-[1-9][0-9]?|[1-9][0-9]?-([1-9][0-9]?)?)",
        gettext_lazy("应写成 26-35、-25、76- 或 unknown"),
    ),
    choice(
        "schooling",
        gettext_lazy("学历"),
        {one: schooling_label(one) for one in (*SCHOOLINGS, JUNIOR, UNLISTED, UNSAID)},
    ),
    number("admitted", gettext_lazy("哪一年入党，并计入所问的组织"), least=1921, most=2099),
    flag("young", gettext_lazy("年轻；与 admitted 一起问，是入党时年轻")),
    text(
        "q",
        gettext_lazy("姓名中的几个字；不能用号码查"),
        r"[^\x00-\x1f\x7f0-9]{1,60}",
        gettext_lazy("应是姓名或姓名的一部分，不能有数字"),
    ),
)


def _people(call: Call) -> Answer:
    reader = call.reader
    asked = _filter(call)
    wanted = asked_of(reader, asked)
    found = listing.page(wanted, after=Key(*call.after) if call.after else None, size=call.limit)
    key = found.rows[-1].key if found.has_next else None
    values = [rows.row_values(row, reader.tree, wanted.day) for row in found.rows]
    page = Page(values, (key.path, key.name, key.person) if key else None)
    return Answer(wanted.day, call.on_record(page))


def _filter(call: Call) -> Filter:
    """The conditions as the page has them. A name that is none would be no condition, and answer with everybody."""
    said = call.asked
    if said["q"] and is_number(said["q"]):
        raise Faulty([Fault("q", _("不能用号码查"))])
    if said["q"] and not plain(said["q"]):
        raise Missing(_("没有这样的姓名。"))
    return Filter(
        unit=said["unit"] or "",
        kind=Kind(said["kind"] or ""),
        sex=said["sex"] or "",
        age=said["age"] or "",
        schooling=said["schooling"] or "",
        admitted=said["admitted"],
        young=bool(said["young"]),
        q=plain(said["q"] or ""),
    )


def _person(call: Call) -> Answer:
    reader, asked = call.reader, call.asked["uid"]
    with refusal_on_record(call.request, asked):
        person = person_for(reader, asked)
    facts, numbers = facts_of(person.pk, asked, reader.today), whole_numbers_of(person)
    values = rows.person_values(facts, numbers, reader.tree)
    call.recorded("person", asked, 1)
    return Answer(reader.today, item=values)


PEOPLE: Final = Endpoint(
    name="api_people",
    below="people/",
    title=gettext_lazy("人员"),
    note=gettext_lazy("令牌范围内今天的人员，按组织、姓名排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=rows.LISTED,
    answer=_people,
    parameters=CONDITIONS,
)
PERSON: Final = Endpoint(
    name="api_person",
    below="people/<uuid:uid>/",
    title=gettext_lazy("一个人员"),
    note=gettext_lazy("号码掩码。每一次读取都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=rows.PERSON,
    answer=_person,
    parts=(uid("uid", gettext_lazy("人员编号")),),
    is_list=False,
)
