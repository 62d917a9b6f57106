"""`yumiao doctor`: is the installation as it should be? `--mend` brings tables and triggers up to date."""

from __future__ import annotations

import sqlite3
import stat
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import gettext as _

from django.conf import settings
from django.db import connection

from yumiao import __version__
from yumiao.config.folder import DataFolder, Profile
from yumiao.config.installation import NotReady, data_folder, migrate, opened, pending_migrations
from yumiao.config.running import REFUSED
from yumiao.files import store
from yumiao.journal import triggers
from yumiao.journal.models import Reading
from yumiao.journal.readings import What
from yumiao.people.services import rebuild_name_tokens
from yumiao.ui.spelling import moment
from yumiao.vault.keys import KeysMissing, loose_files, ring

OK, WARNING, BAD = "正常", "注意", "不符"
SHOWN_FILES = 5
OLD_BACKUP = 2  # days: one a day is asked for, and one may fail
Line = tuple[str, str]


def run(options: Namespace) -> int:
    """0 when nothing is bad; warnings alone do not count."""
    folder = data_folder()
    if options.mend and folder.profile is not None:
        migrate()
        triggers.install()
        rebuild_name_tokens()
        store.sweep()
    lines = [*_folder(folder), *_beside(), *_keys(folder), *_database(folder)]
    if folder.profile is not None and not any(grade == BAD for grade, _text in lines):
        lines += _files()
    for grade, text in lines:
        print(f"{grade}  {text}")
    return REFUSED if any(grade == BAD for grade, _text in lines) else 0


def _folder(folder: DataFolder) -> Iterator[Line]:
    yield OK, _("育苗 {version}，数据目录 {root}").format(version=__version__, root=folder.root)
    if folder.restoring.exists() and folder.profile is None:
        yield BAD, _("这里的恢复没有完成，数据还不能使用；再次运行同一条 yumiao restore 命令")
        return
    if folder.profile is None:
        yield BAD, _("数据目录还没有建立；运行 yumiao createadmin、yumiao import 或者 yumiao demo")
        return
    yield OK, _("用途：{profile}").format(profile=folder.profile.label)
    if stat.S_IMODE(folder.root.stat().st_mode) & 0o077:
        yield BAD, _("数据目录可被他人读取；运行 chmod 700 {root}").format(root=folder.root)


def _beside() -> Iterator[Line]:
    """Folders that the environment names beside the data."""
    if settings.FONTS is not None and not settings.FONTS.is_dir():
        yield WARNING, _("YUMIAO_FONTS 所指的文件夹不存在：{folder}").format(folder=settings.FONTS)
    if not settings.DOCS.is_dir():
        yield WARNING, _("手册文件所在的文件夹不存在：{folder}；请用 YUMIAO_DOCS 指明").format(folder=settings.DOCS)


def _keys(folder: DataFolder) -> Iterator[Line]:
    if folder.profile is None:
        return
    try:
        yield OK, _("密钥共 {count} 个版本").format(count=len(ring().masters))
    except KeysMissing as error:
        yield BAD, str(error)
        return
    for file in loose_files(folder.keys):
        yield BAD, _("密钥文件可被他人读取；运行 chmod 600 {file}").format(file=file)
    if folder.keys.is_relative_to(folder.root):
        yield WARNING, _("密钥与数据放在一起，拿走数据目录的人也拿走了密钥；建议用 YUMIAO_KEYS 另放，并封存两份副本")


def _database(folder: DataFolder) -> Iterator[Line]:
    if folder.profile is None:
        return
    if connection.vendor == "sqlite":
        mode = "WAL" if settings.SQLITE_MAY_WAL else _("回滚日志（此版本的 SQLite 不宜用 WAL）")
        yield OK, f"SQLite {sqlite3.sqlite_version}，{mode}"
    else:
        yield OK, f"PostgreSQL {connection.pg_version // 10000}"  # type: ignore[attr-defined]
    if pending_migrations():
        yield BAD, _("数据库的结构比程序旧；先用原来的程序备份，再运行 yumiao doctor --mend")
        return
    try:
        opened()
    except NotReady as error:
        yield BAD, str(error)
        return
    except KeysMissing:
        pass  # said with the keys; the triggers do not need them
    missing = triggers.missing()
    if missing:
        yield BAD, _("触发器缺失或被改动：{names}；运行 yumiao doctor --mend 重建").format(names="、".join(missing))
    else:
        yield OK, _("只增不改的触发器齐全")
    if folder.profile is Profile.REAL:
        made = Reading.objects.filter(what=What.BACKUP).order_by("-id").values_list("at", flat=True).first()
        yield last_backup(made, datetime.now(UTC))


def _files() -> Iterator[Line]:
    """Scans whose files are gone, and files that no scan knows of."""
    lost = [uid for _entry, uid in store.lost(whole=False)]
    if lost:
        names = "、".join(str(uid) for uid in lost[:SHOWN_FILES])
        yield (
            BAD,
            _("有 {count} 份扫描件的文件缺失或者长度不符：{names}；请从备份恢复").format(count=len(lost), names=names),
        )
    else:
        yield OK, _("扫描件的文件齐全")
    if orphans := store.orphans():
        yield (
            WARNING,
            _("有 {count} 个文件没有对应的登记，是中断的上传留下的；运行 yumiao doctor --mend 清除").format(
                count=len(orphans)
            ),
        )


def last_backup(made: datetime | None, now: datetime) -> Line:
    """When the last backup was made, a warning where that is too long ago."""
    if made is None:
        return WARNING, _("从未备份；请运行 yumiao backup 文件，并设为每天一次")
    said, days = _("最近一次备份：{moment}").format(moment=moment(made)), (now - made).days
    if days > OLD_BACKUP:
        return WARNING, _("{said}，已过 {days} 天；应每天一次").format(said=said, days=days)
    return OK, said
