"""Runs a command and turns what may go wrong into one plain sentence and an exit status; no trace of the code reaches the person."""

from __future__ import annotations

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yumiao.kernel.objections import Refused

MISUSE = 2
REFUSED = 1
INTERRUPTED = 130


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
    import django

    django.setup()
    try:
        command: Callable[[Namespace], int] = importlib.import_module(module).run
        status = command(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # whoever read the output has seen enough; nothing more may be written to it, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say(_("已中断，什么也没有写入。"))
        return INTERRUPTED
    except Exception as error:
        told = _tell(error)
        if told is None:
            raise
        return told
    finally:
        progress_done()


def _tell(error: Exception) -> int | None:
    """Say what went wrong; None for what nobody expected."""
    from django.core.exceptions import ImproperlyConfigured
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
        case OutOfScope() | NotReady() | KeysMissing() | MissingYear() | Unreadable() | ImproperlyConfigured():
            say(str(error))
        case DatabaseError():
            text = _("数据库没有完成这次操作，什么也没有写入（{error}）。请检查磁盘空间和数据库服务后重试。")
            say(text.format(error=type(error).__name__))
        case OSError():
            text = _("文件读写失败：{error}。请检查磁盘空间、路径和权限后重试。")
            say(text.format(error=error.strerror or type(error).__name__))
        case _unexpected:
            return None
    return MISUSE


def _tell_refusal(refused: Refused) -> None:
    for objection in refused.objections:
        text = _("不能办理：{text}（{rule}，{source}）")
        say(text.format(text=objection.text, rule=objection.rule, source=objection.source))
        if objection.next_step:
            say(_("下一步：{next_step}").format(next_step=objection.next_step))
