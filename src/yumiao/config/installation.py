"""Opening the installation behind a command: the data folder, its keys, the database with its tables, the account that acts.

A folder and a database know what they are for (demo or real): the folder by its `profile`, the database by its first entry.
"""

from __future__ import annotations

import getpass
import json
import os
import uuid
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from yumiao.access.models import OPERATOR, Account
from yumiao.config import clock
from yumiao.config.folder import DataFolder, Profile
from yumiao.journal import chain
from yumiao.journal.acts import Actor, act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.vault.keys import make_first_key, ring


class NotReady(Exception):
    """The installation cannot be used as it is; the text says why and what to do."""


class BeginningLost(NotReady):
    """The first entry, which says what the database is for, is gone or altered: only `verify` goes on from here."""

    def __init__(self) -> None:
        super().__init__(_("全程纪实的第一条缺失或被改动。请运行 yumiao verify 查明，并从备份恢复。"))


class _Older(NotReady):
    """The program was changed for a newer one; what stands in the database is upgraded when somebody says so, after a backup."""

    def __init__(self) -> None:
        super().__init__(
            _("数据库的结构比程序旧。请先用原来的程序运行 yumiao backup，再用新程序运行 yumiao doctor --mend 升级。")
        )


@dataclass(frozen=True, slots=True)
class Installation:
    """What a command works with."""

    folder: DataFolder
    profile: Profile
    actor: Actor

    @property
    def today(self) -> date:
        return clock.today(self.profile)


def data_folder() -> DataFolder:
    folder: DataFolder = settings.FOLDER
    return folder


def prepare(profile: Profile) -> Installation:
    """Open the installation, making whatever is not there yet. Running it again, also after a crash, changes nothing."""
    folder = data_folder()
    _refuse_other(folder.profile, profile)
    with folder.locked():
        _refuse_unfinished(folder)
        folder.prepare(profile)
        if pending_migrations():
            if _announced():
                raise _Older
            migrate()
        standing = _profile_of_database()
        if standing is None:
            make_first_key(folder.keys)
            with act(Verb.PREPARED, actor=Actor(None, _system_label())) as done:
                Account.objects.create(username=OPERATOR, display_name=_("命令行"), password="!")  # noqa: S106
                done.data["profile"] = profile.value
        _refuse_other(standing, profile)
    return opened()


def opened() -> Installation:
    """Open an installation that is there. Raises `NotReady` or `vault.keys.KeysMissing`."""
    folder = data_folder()
    _refuse_unfinished(folder)
    profile = folder.profile
    if profile is None:
        raise NotReady(
            _(
                "这里还没有数据（{folder}）。请先运行 yumiao createadmin 设立县并开设账号，或运行 yumiao import 工作簿.xlsx；"
                "演示用 yumiao demo。已有数据的，请核对 YUMIAO_DATA。"
            ).format(folder=folder.root)
        )
    if pending_migrations():
        raise _Older
    standing = _profile_of_database()
    if standing is None:
        raise NotReady(_("数据库是空的。请先运行 yumiao import 工作簿.xlsx，或运行 yumiao demo 生成演示县。"))
    _refuse_other(standing, profile)
    ring()
    for file in (chain.ENTRIES, chain.READINGS):
        file.tidy()
    account = Account.objects.get_by_natural_key(OPERATOR)
    return Installation(folder, profile, operator(account.uid))


def operator(uid: uuid.UUID) -> Actor:
    """Who acts at the command line: the operator's account under the system user's name."""
    return Actor(uid, _system_label())


def migrate() -> None:
    """Bring tables and triggers up to date, all or nothing: a process that dies on the way leaves no table without its triggers."""
    # SQLite can turn its foreign keys off outside a transaction only, and rebuilds tables with them off
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, interactive=False)


def pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _system_label() -> str:
    """The command line with the system user's name, or the user's number where the system knows no name for it."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return _("命令行（{name}）").format(name=name)


def _profile_of_database() -> Profile | None:
    """What the first entry says the database is for; None before there was one. Raises `BeginningLost`."""
    first = Entry.objects.order_by("seq").values_list("data", flat=True).first()
    try:
        if first is not None:
            return Profile(json.loads(first)["profile"])
    except (ValueError, TypeError, KeyError):
        raise BeginningLost from None
    if _announced():
        raise BeginningLost
    return None


def _announced() -> bool:
    """Whether the data folder says that the database holds entries, however badly it says so."""
    try:
        announced = chain.ENTRIES.read()
    except (ValueError, TypeError, KeyError):
        return True
    return announced is not None and announced[0].seq > 0


def _refuse_unfinished(folder: DataFolder) -> None:
    if folder.restoring.exists():
        raise NotReady(_("这里的恢复没有完成，数据还不能使用。请再次运行同一条 yumiao restore 命令。"))


def _refuse_other(standing: Profile | None, wanted: Profile) -> None:
    if standing is not None and standing is not wanted:
        raise NotReady(
            _(
                "这里存放的是{standing}数据，不能放入{wanted}数据。请用 YUMIAO_DATA（和 YUMIAO_DATABASE_URL）指向另一处。"
            ).format(standing=standing.label, wanted=wanted.label)
        )
