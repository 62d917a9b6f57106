"""`yumiao createadmin`: the accounts at the county itself, opened from the machine before anybody can sign in."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant
from yumiao.access.permissions import Role
from yumiao.access.readers import tree_of
from yumiao.config.installation import opened
from yumiao.config.running import MISUSE, say
from yumiao.journal.acts import last

ROLES = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
    "county": Role.COUNTY_OFFICER,
}


def run(options: Namespace) -> int:
    """0 when the account is there; its one-time code goes to standard output, once."""
    installation = opened()
    root = tree_of(installation.today, last()).root
    if root is None:
        say(_("还没有组织。先运行 yumiao import 工作簿.xlsx 导入本县的组织，再开设账号。"))
        return MISUSE
    invited = invite(
        username=options.name,
        display_name=options.display_name or options.name,
        grant=Grant(ROLES[options.role], root, since=installation.today),
        actor=installation.actor,
        today=installation.today,
    )
    say(
        _("账号 {name} 已开设，任职：{unit} {role}。").format(
            name=invited.account.username, unit=root.name, role=ROLES[options.role].label
        )
    )
    say(_("开户码只显示这一次，7 天内有效。在登录页选“输入开户码”，设定密码："))
    print(invited.code)
    return 0
