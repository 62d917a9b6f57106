"""`yumiao createadmin`: the accounts at the county itself, opened from the machine before anybody can sign in."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant
from yumiao.access.permissions import Role
from yumiao.access.readers import tree_of
from yumiao.config.folder import Profile
from yumiao.config.installation import data_folder, opened, prepare
from yumiao.config.running import MISUSE, say
from yumiao.journal.acts import last
from yumiao.units.services import found_county

FIRST = _("还没有组织。请加上 --county 名称 --code 代码（与县工作簿中的一致），或先运行 yumiao import 工作簿.xlsx。")
ROLES = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
    "county": Role.COUNTY_OFFICER,
}


def run(options: Namespace) -> int:
    """0 when the account is there; its one-time code goes to standard output, once."""
    is_new = data_folder().profile is None
    if is_new and not options.county:
        say(FIRST)
        return MISUSE
    installation = prepare(Profile.REAL) if is_new else opened()
    if options.county and tree_of(installation.today, last()).root is None:
        if not options.code.strip():
            say(FIRST)
            return MISUSE
        found_county(code=options.code.strip(), name=options.county.strip(), actor=installation.actor)
    root = tree_of(installation.today, last()).root
    if root is None:
        say(FIRST)
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
