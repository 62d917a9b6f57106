"""`yumiao daysoff`: the county's own days off and make-up days, beside the national table."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.bylaws.queries import calendar, own_days
from yumiao.bylaws.services import record_days_off
from yumiao.config.installation import opened
from yumiao.config.running import MISUSE, say
from yumiao.config.tables import table


def run(options: Namespace) -> int:
    """List the county's own days, or record some."""
    installation = opened()
    if options.days:
        record_days_off(
            days=[(one, options.working, options.name) for one in options.days],
            source=options.source,
            actor=installation.actor,
            whole_year=options.whole_year,
        )
        print(_("已登记 {count} 天。").format(count=len(options.days)))
        return 0
    if options.name or options.source or options.working or options.whole_year is not None:
        say(_("没有写明日期，什么也没有登记。例：yumiao daysoff 2026-11-11 --name 盘王节 --source 自治条例"))
        return MISUSE
    years = sorted(calendar().years)
    print(_("放假安排可用的年度：{first} 至 {last}；缺少的年度不推算工作日。").format(first=years[0], last=years[-1]))
    rows = [(one.day, _("补班") if one.is_working else _("放假"), one.name, one.source) for one in own_days()]
    print(table((_("日期"), _("安排"), _("名称"), _("依据")), rows) if rows else _("本县没有另行登记的日子。"))
    return 0
