"""`yumiao createadmin`: the accounts at the county itself, opened from the machine before anybody can sign in."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant
from yumiao.access.permissions import Role
from yumiao.access.readers import tree_of
from yumiao.access.rules import objections_to_account
from yumiao.config.folder import Profile
from yumiao.config.installation import Installation, data_folder, opened, prepare
from yumiao.config.running import MISUSE, say
from yumiao.journal.acts import last
from yumiao.kernel.objections import Refused
from yumiao.sheets.columns import CellFault
from yumiao.units.columns import UNITS
from yumiao.units.queries import UnitOnDay
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
    role = ROLES[options.role]
    is_new = data_folder().profile is None
    if is_new and not _names_county(options):
        say(FIRST)
        return MISUSE
    # a name that cannot be taken founds no county
    if objections := objections_to_account(options.name.lower(), is_taken=False, role=role, names_person=False):
        raise Refused(objections)
    installation = prepare(Profile.REAL) if is_new else opened()
    county = _county(options, installation)
    if county is None:
        return MISUSE
    invited = invite(
        username=options.name,
        display_name=options.display_name or options.name,
        grant=Grant(role, county, since=installation.today),
        actor=installation.actor,
        today=installation.today,
    )
    text = _("账号 {name} 已开设，任职：{unit} {role}。")
    say(text.format(name=invited.account.username, unit=county.name, role=role.label))
    say(_("开户码只显示这一次，7 天内有效。在登录页选“输入开户码或者重置码”，设定密码："))
    print(invited.code)
    return 0


def _names_county(options: Namespace) -> bool:
    return bool(options.county.strip() and options.code.strip())


def _county(options: Namespace, installation: Installation) -> UnitOnDay | None:
    """The county itself, founded where there is none yet; None where that was said wrongly."""
    standing = tree_of(installation.today, last()).root
    if standing is not None:
        wanted = (options.county.strip() or standing.name, options.code.strip() or standing.code)
        if wanted == (standing.name, standing.code):
            return standing
        text = _("这里的县级组织是 {code} {name}。请去掉 --county 和 --code，或用 YUMIAO_DATA 指向另一处。")
        say(text.format(code=standing.code, name=standing.name))
        return None
    if not _names_county(options):
        say(FIRST)
        return None
    try:
        code, name = (
            column.parse(wanted.strip())
            for column, wanted in zip(UNITS.columns[:2], (options.code, options.county), strict=True)
        )
    except CellFault as fault:
        say(_("--county 或 --code 填写有误：{reason}。").format(reason=fault.reason))
        return None
    found_county(code=str(code), name=str(name), actor=installation.actor)
    return tree_of(installation.today, last()).root
