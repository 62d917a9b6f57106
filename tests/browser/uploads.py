"""Workbooks of the demo's clerk on their way in: one that was checked, one that is being checked for as long as these tests run; and
exports of the register: one that is being compared as long, one whose process died.

Must not know: pages.
"""

from __future__ import annotations

import fcntl
import json
import os
from functools import cache
from pathlib import Path

from tests.browser.served import Served

TOWNSHIP, VILLAGE = "001.032", "001.032.006"
_PREVIEWED, _RUNNING = "三月新发展党员.xlsx", "全镇党员花名册.xlsx"
_COMPARING, _STOPPED = "全国系统党员名册.xlsx", "全国系统党员名册（旧）.xlsx"
_PROGRAM = """
import tempfile
import uuid
from datetime import date
from pathlib import Path

import django

django.setup()
from django.conf import settings

from tests.desk.county_cells import County, member
from yumiao.access.models import Account
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.imports.starting import start
from yumiao.desk.imports.store import REGISTER, Phase, store
from yumiao.desk.imports.work import CHECK
from yumiao.journal.acts import last

clerk = Account.objects.get(username={account!r})
county = County().only("党员")
county.headers["党员"] = (*county.headers["党员"], "特长")
county["党员"][:] = [
    member(701, {village!r}, 特长="养蜂"),
    member(702, {village!r}, 学历="速成班"),
    member(703, {village!r}, 性别="？"),
    member(704, {village!r}, 入党日期="去年"),
]
with tempfile.TemporaryDirectory() as folder:
    content = county.file(Path(folder) / "county.xlsx").read_bytes()
checked, running = (store([content], name=name, owner=clerk.uid) for name in {names!r})
reader = Reader(clerk, date(2026, 10, 31), last())
settings.IMPORTS_RUN_APART = False
start(checked, CHECK, actor=reader.actor, within=reader.scope(Permission.WORKBOOK_IMPORT), today=reader.today)
running.put_state(Phase.CHECKING, done=2140, total=3860)
for name in {registers!r}:
    register = store([content], name=name, owner=clerk.uid, kind=REGISTER)
    register.write_json("job", {{"run": "1", "step": "reconcile", "unit": {township!r}, "once": str(uuid.uuid4())}})
    register.put_state(Phase.CHECKING)
"""


@cache
def _stored(county: Served, account: str) -> dict[str, Path]:
    """The folders of both by name of the file; whoever holds the lock of one is at work on it."""
    names = {"names": (_PREVIEWED, _RUNNING), "registers": (_COMPARING, _STOPPED)}
    program = _PROGRAM.format(account=account, village=VILLAGE, township=TOWNSHIP, **names)
    assert county.run_python(program) == 0
    metas = list((county.folder / "tmp" / "uploads").glob("*/meta.json"))
    folders = {json.loads(meta.read_text(encoding="utf-8"))["name"]: meta.parent for meta in metas}
    for name in (_RUNNING, _COMPARING):
        lock = os.open(folders[name] / "lock", os.O_WRONLY | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)  # held until this process ends
    return folders


def preview(county: Served, account: str) -> str:
    """The page of the workbook that was checked: rows that are good, rows that are refused, a strange column."""
    return f"/import/{_stored(county, account)[_PREVIEWED].name}/"


def running(county: Served, account: str) -> str:
    """The page of the one that is being checked."""
    return f"/import/{_stored(county, account)[_RUNNING].name}/"


def comparing(county: Served, account: str) -> str:
    """The page of the register's export that is being compared."""
    return f"/reconciliation/uploads/{_stored(county, account)[_COMPARING].name}/"


def stopped(county: Served, account: str) -> str:
    """The page of the one whose process died."""
    return f"/reconciliation/uploads/{_stored(county, account)[_STOPPED].name}/"
