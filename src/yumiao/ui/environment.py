"""What every template may call: links, static files, translation, fresh form numbers, spelled days and shares.

Must not know: the pages, the reader. A missing value is an error, never an empty place on a page.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from yumiao.ui import spelling
from yumiao.ui.addresses import reverse


class Spoken(Environment):
    """An environment that translates plain texts once, when a template is compiled: pages are in one language, that of the settings."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = _Translation().visit(super()._parse(source, name, filename))
        return template


class _Translation(NodeTransformer):
    """Puts the text itself for a call such as `_("今日")`; texts with values are translated when they are shown."""

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        is_plain = len(call.args) == 1 and not (call.kwargs or call.dyn_args or call.dyn_kwargs)
        if not is_plain or not isinstance(call.node, nodes.Name) or call.node.name != "_":
            return call
        text = call.args[0]
        return nodes.Const(gettext(text.value) % {}, lineno=call.lineno) if isinstance(text, nodes.Const) else call


def environment(**options: Any) -> Environment:
    """A Jinja2 environment made of Django's `options` (loader, autoescape, reload) and what is described above."""
    made = Spoken(
        **{
            **options,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": ["jinja2.ext.i18n"],
        }
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"url": url, "static": static, "fresh": fresh}
    made.filters |= {
        "day": spelling.day,
        "short_day": spelling.short_day,
        "month": spelling.month,
        "iso": spelling.iso,
        "moment": spelling.moment,
        "share": spelling.share,
    }
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route; `NoReverseMatch` where there is none."""
    return reverse(name, args, kwargs)


def fresh() -> str:
    """A number for one filling-in of a form, by which a second click is known."""
    return str(uuid4())
