"""`yumiao serve`: the pages, on this machine or behind a proxy."""

from __future__ import annotations

import errno
import ipaddress
import os
import secrets
import socket
import sys
from argparse import Namespace
from gettext import gettext as _
from pathlib import Path

from django.conf import settings
from django.db import connections

from yumiao.config.folder import Profile
from yumiao.config.installation import Installation, opened
from yumiao.config.running import MISUSE, say
from yumiao.config.static_files import collect_static
from yumiao.reconciliation.services import forget_over


def run(options: Namespace) -> int:
    """Serve until stopped; 2 when the address is taken or not allowed."""
    if settings.LOOPBACK_ONLY and not _is_loopback(options.host):
        say(_("本机方式只在本机提供页面。对外提供请使用 yumiao.config.settings.production，并设在代理之后。"))
        return MISUSE
    if obstacle := _obstacle(options.host, options.port):
        say(obstacle.format(host=options.host, port=options.port))
        return MISUSE
    installation = opened()
    sign_lastingly()
    forget_over(installation.today)
    collect_static(installation.folder)
    _greet(installation, options)
    _become_server(options)
    return 0


def sign_lastingly() -> None:
    """Sign cookies with the key of this machine, unless one is given from outside."""
    if settings.LOOPBACK_ONLY and not os.environ.get("YUMIAO_SECRET_KEY"):
        settings.SECRET_KEY = lasting_secret(settings.FOLDER.keys / "pages")


def lasting_secret(file: Path) -> str:
    """The key that signs cookies on this machine, made at the first start: whoever is signed in stays so over a restart."""
    if not file.exists():
        partial = file.with_name(f".{file.name}.{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(50), encoding="ascii")
        partial.replace(file)
    return file.read_text(encoding="ascii")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _obstacle(host: str, port: int) -> str:
    """Why nothing can be served at this address, empty where nothing stands against it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return _("{host}:{port} 已被占用。请停下另一个程序，或用 --port 换一个端口。")
            if error.errno == errno.EACCES:
                return _("没有权限使用端口 {port}。请用 --port 换一个 1024 或更大的端口。")
            return _("{host} 不是本机的地址。请用 --host 写明本机的一个地址，如 127.0.0.1。")
    return ""


def _spelled(host: str) -> str:
    """An address as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def _greet(installation: Installation, options: Namespace) -> None:
    """Where the pages are, and in the demo who may sign in."""
    print(
        _("页面已就绪：http://{host}:{port}/ （按 Ctrl+C 停下）").format(
            host=_spelled(options.host), port=options.port
        ),
        flush=True,
    )
    if installation.profile is Profile.DEMO:
        from yumiao.access.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
        from yumiao.access.models import Account
        from yumiao.config.tables import table

        names = dict(Account.objects.values_list("username", "display_name"))
        rows = [(one.username, one.role.label, names.get(one.username, "")) for one in DEMO_ACCOUNTS]
        print(table((_("登录名"), _("任职"), _("姓名")), rows))
        print(_("密码都是 {password}；演示县不要求动态口令。").format(password=DEMO_PASSWORD), flush=True)


def _become_server(options: Namespace) -> None:
    """This process has done its part; what stands above the pages from here on holds gunicorn alone."""
    connections.close_all()
    words = [_spelled(options.host), options.port, options.workers, options.threads, settings.FOLDER.tmp]
    sys.stdout.flush()
    # -P: what lies in the folder one happens to stand in is not for this program to load
    command = [sys.executable, "-P", "-m", "yumiao.config.supervisor", *map(str, words)]
    os.execv(sys.executable, command)  # noqa: S606 our own
