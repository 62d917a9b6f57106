"""Changes of the tree for machines: reforms that were carried out, and who carries on whose record. They name no person.

Must not know: SQL, how an answer is written.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT
from yumiao.desk.reforms.queries import carried_out
from yumiao.desk.reforms.resources import REFORMS, SUCCESSIONS, reform_values, succession_values
from yumiao.desk.reforms.successions import links_of

_NEED: Final = Permission.UNIT_READ


def _reforms(call: Call) -> Answer:
    found = carried_out(call.reader, _NEED)
    page = call.page_of(found, key=lambda one: (one.seq,), values=lambda one: reform_values([one])[0])
    return Answer(call.reader.today, page)


def _successions(call: Call) -> Answer:
    found = links_of(call.reader.tree, call.scope(_NEED))
    page = call.page_of(found, key=lambda one: (one.id,), values=lambda one: succession_values([one])[0])
    return Answer(call.reader.today, page)


API_REFORMS: Final = Endpoint(
    name="api_reforms",
    below="reforms/",
    title=gettext_lazy("组织变更"),
    note=gettext_lazy(
        "令牌范围内实施过的合并、拆分、新设、撤销、更名、调整，一次一条，先实施的在前；撤销了的写明由哪一条撤销。"
    ),
    need=_NEED,
    resource=REFORMS,
    answer=_reforms,
)
API_SUCCESSIONS: Final = Endpoint(
    name="api_successions",
    below="successions/",
    title=gettext_lazy("组织的前身和承接"),
    note=gettext_lazy("有效的变更里，每个撤销或者拆分的组织由谁承接，一对一条。承接的组织今天在令牌范围内的才有。"),
    need=_NEED,
    resource=SUCCESSIONS,
    answer=_successions,
    parameters=(UNIT,),
)
