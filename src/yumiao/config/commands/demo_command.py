"""`yumiao demo`: the demo county, made by the same import as any other."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from gettext import gettext as _

from yumiao.access.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, VILLAGE, Person, make_demo_accounts
from yumiao.config.folder import Profile
from yumiao.config.installation import prepare
from yumiao.config.running import progress, progress_done, say
from yumiao.desk.demo.beside import record_watched
from yumiao.desk.demo.bylaws import record_bylaws
from yumiao.desk.demo.case_history import record_cases
from yumiao.desk.demo.case_reviews import record_reviews
from yumiao.desk.demo.doubles import enter_doubles
from yumiao.desk.demo.headers import name_headers
from yumiao.desk.demo.issues import issue_quarters
from yumiao.desk.demo.movements import record_movements
from yumiao.desk.demo.posts import record_demo_posts
from yumiao.desk.demo.reforms import reform_demo_county
from yumiao.desk.demo.register import reconcile_demo_township
from yumiao.desk.demo.workbook import demo_workbook
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.facts import ALIVE
from yumiao.people.models import PersonRecord


def run(options: Namespace) -> int:
    """0 when the county stands there, also when it stood there before."""
    installation = prepare(Profile.DEMO)
    progress(_("正在生成演示县"))
    workbook = demo_workbook(scale=options.scale)
    result = import_workbook(workbook, today=installation.today, actor=installation.actor, progress=progress)
    progress_done()
    if result.checked.faults:
        for note in result.checked.faults[:20]:
            say(f"{note.sheet} {note.row} {note.column} {note.reason}")
        return 1
    record_bylaws(actor=installation.actor)
    record_cases(actor=installation.actor)
    record_reviews(actor=installation.actor)
    issue_quarters(actor=installation.actor)
    name_headers(actor=installation.actor)
    record_demo_posts(actor=installation.actor)
    reform_demo_county(actor=installation.actor)
    member = _somebody_in(VILLAGE, installation.today)
    make_demo_accounts(member=member, actor=installation.actor, today=installation.today)
    record_watched(actor=installation.actor)
    record_movements(actor=installation.actor)
    enter_doubles(actor=installation.actor)
    reconcile_demo_township(actor=installation.actor)
    counts = ", ".join(f"{title} {len(notes.rows)}" for title, notes in result.checked.sheets.items())
    done = _("演示县已生成") if result.written else _("演示县已在这里，没有变化")
    print(_("{done}（{folder}）：{counts}").format(done=done, folder=installation.folder.root, counts=counts))
    print(_("演示县的“今天”固定为 {today}。接着可运行 yumiao ledger。").format(today=installation.today))
    names = "、".join(f"{one.username}（{one.role.label}）" for one in DEMO_ACCOUNTS)
    print(_("演示账号：{names}；密码都是 {password}。").format(names=names, password=DEMO_PASSWORD))
    return 0


def _somebody_in(code: str, today: date) -> Person:
    """The first member the demo has in that branch."""
    rows = PersonRecord.objects.on(today).filter(
        person__belongings__unit__code=code, person__belongings__struck=ALIVE, person__memberships__struck=ALIVE
    )
    uid, name = rows.order_by("person").values_list("person__uid", "name")[0]
    return Person(uid, name)
