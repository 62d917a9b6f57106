"""`yumiao setting`: the county's settings, their change and its preview."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.queries import history, settings_on
from yumiao.bylaws.services import change_setting
from yumiao.config.installation import Installation, opened
from yumiao.config.running import MISUSE, say
from yumiao.config.tables import table
from yumiao.desk.setting_preview import preview_setting
from yumiao.kernel.periods import on_screen

SHOWN = 40


def run(options: Namespace) -> int:
    """List all, show one key's history, preview a change, or make it."""
    installation = opened()
    if options.key is None:
        settings = settings_on(options.since or installation.today)
        rows = [
            (key.name, key.title, key.shown(settings.texts.get(key.name, key.default)), key.shown(key.default))
            for key in KEYS.values()
        ]
        print(table((_("名称"), _("含义"), _("现值"), _("默认")), rows))
        return 0
    if options.key not in KEYS:
        say(_("没有名为 {key} 的参数；运行 yumiao setting 查看全部。").format(key=options.key))
        return MISUSE
    if options.value is None:
        _show(options.key)
        return 0
    return _change(options, installation)


def _show(key: str) -> None:
    declared = KEYS[key]
    print(f"{key}  {declared.title}")
    print(_("默认 {default}，可取 {bounds}").format(default=declared.shown(declared.default), bounds=declared.bounds))
    for period in history(key):
        until = on_screen(period.until) or _("今后")
        paper = f"{period.paper.issuing_body} {period.paper.number}《{period.paper.title}》"
        print(f"  {on_screen(period.since)} – {until}  {period.value}  {paper}  {period.reason}")


def _change(options: Namespace, installation: Installation) -> int:
    wanted = {
        "key": options.key,
        "value": options.value,
        "since": options.since or installation.today,
        "paper_number": options.paper,
        "issuing_body": options.body,
        "reason": options.reason,
        "today": installation.today,
    }
    changes = preview_setting(**wanted)
    print(
        _("将改变 {count} 处").format(count=len(changes))
        if options.preview
        else _("改变了 {count} 处").format(count=len(changes))
    )
    if changes:
        rows = [(change.code, change.what, change.before, change.after) for change in changes[:SHOWN]]
        print(table((_("组织代码"), _("事项"), _("调整前"), _("调整后")), rows))
    if len(changes) > SHOWN:
        print(_("…… 另有 {count} 处").format(count=len(changes) - SHOWN))
    if not options.preview:
        change_setting(**wanted, actor=installation.actor)
        print(
            _("已调整 {key} = {value}，自 {since} 起。").format(
                key=options.key, value=options.value, since=wanted["since"]
            )
        )
    return 0
