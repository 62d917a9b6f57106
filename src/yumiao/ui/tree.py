"""The tree of the side column as ready markup, so that it can be kept between requests.

Must not know: which units there are, what a mark means.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.template import engines
from jinja2 import Template
from markupsafe import Markup

from yumiao.ui.engine import Templates
from yumiao.ui.frame import TreeNode


def rendered_tree(nodes: Sequence[TreeNode], heading: str) -> Markup:
    """`nodes` in the order given, open ones with their children."""
    return Markup(_template().module.tree(nodes, heading))  # type: ignore[attr-defined]  # noqa: S704 rendered with autoescape


@cache
def _template() -> Template:
    engine = next(engine for engine in engines.all() if isinstance(engine, Templates))
    return engine.env.get_template("ui/tree.html")
