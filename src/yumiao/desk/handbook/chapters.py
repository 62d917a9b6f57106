"""The chapters of the handbook: which files of `docs/` they are, for whom, and how their Markdown becomes HTML.

Raw HTML in a file is shown as text. Must not know: requests, who reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from yumiao.access.permissions import ROLE_LABELS, Role
from yumiao.ui.addresses import reverse

_FILE = re.compile(r"(?:\.\./)?(?:roles/)?([\w-]+)\.md(#.*)?")
SCROLLED: Final = (
    '<div class="scroll scroll-x" tabindex="0">'  # a wide table moves by itself on a phone, and by keyboard
)
_ANCHOR = re.compile(r"\s*\{#([\w-]+)\}$")
_PICTURE = re.compile(r"(?:\.\./)?pictures/([\w-]+)\.png")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: `name` in addresses, its title, its place below `docs/`; `role` says whose work it tells of.

    `is_technical`: for whoever installs the system or connects another to it; it names things as programs do.
    """

    name: str
    title: str | Promise
    file: str
    role: Role | None = None
    is_technical: bool = False

    @property
    def path(self) -> Path:
        return Path(settings.DOCS) / self.file


_ROLES: Final = tuple(
    Chapter(role.value.replace("_", "-"), label, f"roles/{role.value.replace('_', '-')}.md", role)
    for role, label in ROLE_LABELS.items()
)
CHAPTERS: Final[Mapping[str, Chapter]] = {
    one.name: one
    for one in (
        Chapter("start", gettext_lazy("开始使用"), "start.md"),
        *_ROLES,
        Chapter("api", gettext_lazy("数据接口"), "api.md", is_technical=True),
        Chapter("operations", gettext_lazy("安装和运行"), "operations.md", is_technical=True),
        Chapter("status", gettext_lazy("党籍状况和变动"), "status.md"),
        Chapter("steps", gettext_lazy("发展党员的程序"), "steps.md"),
        Chapter("permissions", gettext_lazy("权限"), "permissions.md"),
        Chapter("glossary", gettext_lazy("术语表"), "glossary.md", is_technical=True),
    )
}


@dataclass(frozen=True, slots=True)
class Text:
    """A chapter ready to be shown: its body, and its sections as (anchor, heading)."""

    body: Markup
    sections: tuple[tuple[str, str], ...]


def text_of(chapter: Chapter) -> Text | None:
    """The chapter's text; None where the handbook was not installed."""
    try:
        found = chapter.path.stat()
    except OSError:
        return None
    return _text(chapter.path, found.st_mtime_ns)


_STANDING: Final = {"text-align:center": "mid", "text-align:right": "num", "text-align:left": ""}


@cache
def _text(path: Path, _changed: int) -> Text:
    tokens = _markdown().parse(path.read_text(encoding="utf-8"))
    tokens = tokens[_after_title(tokens) :]
    sections: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        if style := token.attrs.pop("style", ""):  # how a column of a table stands: the pages allow classes, no styles
            token.attrSet("class", _STANDING[str(style)])
        if token.type == "heading_open":
            heading = tokens[place + 1]
            anchor = _named(heading) or (f"s{len(sections) + 1}" if token.tag == "h2" else "")
            if anchor:
                token.attrSet("id", anchor)
            if token.tag == "h2":
                sections.append((anchor, heading.content))
        for inner in token.children or ():
            _turn(inner)
    html = _markdown().renderer.render(tokens, _markdown().options, {})
    html = html.replace("<table>", f'{SCROLLED}<table class="table">').replace("</table>", "</table></div>")
    html = html.replace("<pre>", '<pre tabindex="0">')
    return Text(Markup(html), tuple(sections))  # noqa: S704 made by the renderer, which escapes; raw HTML is off


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _after_title(tokens: list[Token]) -> int:
    """The page shows the title itself."""
    return 3 if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" else 0


def _named(heading: Token) -> str:
    """The anchor that a heading names itself, as in `一节 {#anchor}`, taken out of it; empty for one that names none."""
    if (found := _ANCHOR.search(heading.content)) is None or not heading.children:
        return ""
    heading.content = heading.content[: found.start()]
    heading.children[-1].content = _ANCHOR.sub("", heading.children[-1].content)
    return found[1]


def _turn(token: Token) -> None:
    """Links between files become links between pages, pictures are asked for here; a file that is no chapter is left as its name."""
    if token.type == "link_open" and (found := _FILE.fullmatch(str(token.attrs.get("href", "")))):
        name, anchor = found.groups()
        known = {"rules": reverse("rules")} | {one: reverse("chapter", args=[one]) for one in CHAPTERS}
        if name in known:
            token.attrSet("href", known[name] + (anchor or ""))
    elif token.type == "image" and (found := _PICTURE.fullmatch(str(token.attrs.get("src", "")))):
        token.attrSet("src", reverse("handbook_picture", args=[found[1]]))
        token.attrSet("class", "picture")
        token.attrSet("loading", "lazy")


def picture_of(name: str) -> Path | None:
    """The file of a picture; None where there is none."""
    return next((path for path in (Path(settings.DOCS) / "pictures").glob("*.png") if path.stem == name), None)
