"""What every template may call: links, static files, translation, fresh form numbers, spelled days and shares.

Must not know: the pages, the reader. A missing value is an error, never an empty place on a page.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from yumiao.ui import spelling


def environment(**options: Any) -> Environment:
    """A Jinja2 environment made of Django's `options` (loader, autoescape, reload) and what is described above."""
    made = Environment(  # noqa: S701 Django's engine passes autoescape on
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
    return reverse(name, args=args, kwargs=kwargs)


def fresh() -> str:
    """A number for one filling-in of a form, by which a second click is known."""
    return str(uuid4())
