"""The template engine: Jinja2, finding `<app>/templates/<app>/*.html` as Django's own does.

Must not know: what the templates show. What they may call is in `environment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.backends.jinja2 import Jinja2


class Templates(Jinja2):
    """`BACKEND = "yumiao.ui.engine.Templates"`; without an `environment` of its own it takes that of this package."""

    app_dirname = "templates"

    def __init__(self, params: Mapping[str, Any]) -> None:
        options = {"environment": "yumiao.ui.environment.environment", **params["OPTIONS"]}
        super().__init__({**params, "OPTIONS": options})
