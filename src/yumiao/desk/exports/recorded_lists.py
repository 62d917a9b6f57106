"""The lists of who may what and who did what: accounts, entries, readings. Must not know: how a file is written, requests."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.endings import SOON
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import Wanted, all_accounts
from yumiao.access.readers import Reader
from yumiao.desk.accounts import resources as accounts_resources
from yumiao.desk.exports.going import LIMITS, Going, page_of
from yumiao.desk.journal import resources as journal_resources
from yumiao.desk.journal.filters import EntriesAsked, ReadingsAsked
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.kernel.resources import Resource

_LONGEST: Final = 60


def accounts(reader: Reader, get: QueryDict) -> Going:
    wanted = _wanted(reader, get)
    scope = reader.scope(Permission.ACCOUNT_READ)
    found = all_accounts(scope, reader.tree, wanted, today=reader.today, most=LIMITS.rows + 1)
    said = (
        _("姓名或登录名：{text}").format(text=wanted.name) if wanted.name else "",
        wanted.role.label if wanted.role else "",
        wanted.unit.name if wanted.unit else "",
        _("任职 {days} 日内到期").format(days=SOON.days) if wanted.is_ending else "",
    )
    return Going(
        resource=accounts_resources.RESOURCE,
        title=_("账号和任职名册"),
        unit=reader.home,
        day=reader.today,
        conditions=[words for words in said if words],
        count=len(found),
        is_of_people=True,
        rows=lambda most: accounts_resources.rows(found[:most]),
        back=page_of("accounts", get),
    )


def _wanted(reader: Reader, get: QueryDict) -> Wanted:
    """As the page reads its address; a unit that the reader does not see is none."""
    code, role = get.get("unit", ""), get.get("role", "")
    unit = reader.tree.by_code.get(code)
    if code and (unit is None or not reader.may_at(Permission.ACCOUNT_READ, unit)):
        raise OutOfScope("没有找到这个组织，或不在您的管理范围内。")
    name = get.get("q", "").replace("\0", "").strip()
    is_known = role in list(Role) and len(name) <= _LONGEST
    return Wanted(name[:_LONGEST], Role(role) if is_known else None, unit, bool(get.get("ending")))


def entries(reader: Reader, get: QueryDict) -> Going:
    _at_the_county(reader)
    asked = EntriesAsked.of(get)
    rows = asked.rows().order_by("-seq")
    words = [word for word, _url in asked.chips(get)]
    return _recorded(
        reader,
        journal_resources.ENTRIES,
        rows,
        words,
        page_of("journal", get),
        lambda most: journal_resources.entry_rows(list(rows[:most]), reader),
    )


def readings(reader: Reader, get: QueryDict) -> Going:
    _at_the_county(reader)
    asked = ReadingsAsked.of(get)
    rows = asked.rows().order_by("-id")
    words = [word for word, _url in asked.chips(get)]
    return _recorded(
        reader,
        journal_resources.READINGS,
        rows,
        words,
        page_of("readings", get),
        lambda most: journal_resources.reading_rows(list(rows[:most]), reader),
    )


def _recorded(reader: Reader, declared: Resource, rows: QuerySet[Any], words: list[str], back: str, read: Any) -> Going:
    return Going(
        resource=declared,
        title=declared.title,
        unit=reader.tree.root,
        day=reader.today,
        conditions=words,
        count=rows.count(),
        is_of_people=False,
        rows=read,
        back=back,
    )


def _at_the_county(reader: Reader) -> None:
    root = reader.tree.root
    if root is None or not reader.may_at(Permission.JOURNAL_READ, root):
        raise NotAllowed(_("全程纪实记录全县的变动，由县级有权人员查看。"))
