"""Runs a command and turns what may go wrong into one plain sentence and an exit status; no trace of the code reaches the person."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yumiao.kernel.objections import Refused

MISUSE = 2
REFUSED = 1
INTERRUPTED = 130

OS_REASONS = {
    errno.ENOENT: _("文件夹或文件不存在"),
    errno.EACCES: _("没有权限"),
    errno.EPERM: _("没有权限"),
    errno.EROFS: _("磁盘是只读的"),
    errno.ENOSPC: _("磁盘已满"),
    errno.EDQUOT: _("超出磁盘配额"),
    errno.EFBIG: _("文件过大"),
    errno.EISDIR: _("指定的是文件夹"),
    errno.ENOTDIR: _("路径中有一段不是文件夹"),
}


def say(text: str = "") -> None:
    """A note to the person, beside the output."""
    print(text, file=sys.stderr)


def progress(text: str) -> None:
    """What is being done, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text} …", end="", file=sys.stderr, flush=True)


def progress_done() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def run(module: str, options: Namespace) -> int:
    """The exit status of the command in `module`: its own, 1 when rules refuse, 2 when it cannot be done as asked."""
    os.umask(0o077)  # whatever is written holds personal data: for its owner only
    try:
        if fault := _fault_of_settings():
            say(fault)
            return MISUSE
        command: Callable[[Namespace], int] = importlib.import_module(module).run
        status = command(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # whoever read the output has seen enough; nothing more may be written to it, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say(_("已中断。没有办完的，什么也没有写入；可以再次运行同样的命令。"))
        return INTERRUPTED
    except Exception as error:
        told = _tell(error)
        if told is None:
            raise
        return told
    finally:
        progress_done()


def _fault_of_settings() -> str:
    """Load the settings; what is unsafe or misspelled in them, empty where nothing is."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    wanted = os.environ["DJANGO_SETTINGS_MODULE"]
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return str(error)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{wanted}.".startswith(f"{error.name}."):
            raise
        text = _("没有名为 {wanted} 的设置。对外提供用 yumiao.config.settings.production，本机使用不设。")
        return text.format(wanted=wanted)
    return ""


def _tell(error: Exception) -> int | None:
    """Say what went wrong; None for what nobody expected."""
    from django.db import DatabaseError

    from yumiao.config.installation import NotReady
    from yumiao.kernel.objections import OutOfScope, Refused
    from yumiao.kernel.workdays import MissingYear
    from yumiao.sheets.reading import Unreadable
    from yumiao.vault.keys import KeysMissing

    match error:
        case Refused():
            _tell_refusal(error)
            return REFUSED
        case OutOfScope() | NotReady() | KeysMissing() | MissingYear() | Unreadable():
            say(str(error))
        case DatabaseError():
            say(_("数据库没有完成这次操作，什么也没有写入。请检查磁盘空间、数据库服务和 YUMIAO_DATABASE_URL 后重试。"))
        case OSError():
            text = _("文件读写失败：{reason}{place}。请检查磁盘空间、路径和权限后重试。")
            reason = OS_REASONS.get(error.errno or 0, _("系统拒绝了这次读写"))
            say(text.format(reason=reason, place=_place(error)))
        case _unexpected:
            return None
    return MISUSE


def _place(error: OSError) -> str:
    """The path somebody meant: where a file was to be renamed to, and not the partial file of ours beside it."""
    if not error.filename:
        return ""
    path = Path(os.fsdecode(error.filename2 or error.filename))
    return f"（{path.parent if path.name.startswith('.') else path}）"


def _tell_refusal(refused: Refused) -> None:
    for objection in refused.objections:
        text = _("不能办理：{text}（{rule}，{source}）")
        say(text.format(text=objection.text, rule=objection.rule, source=objection.source))
        if objection.next_step:
            say(_("下一步：{next_step}").format(next_step=objection.next_step))
