"""What stands around a page: functions, tree, account, foot. One value `frame`, made by whoever knows the reader.

Must not know: the reader, the routes. Labels and addresses come ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class NavItem:
    """A function in the side or the dock; `icon` is a name of `ui/sprite.html`, `count` work that waits there."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the account menu; `post` for what changes something, such as signing out."""

    label: str
    url: str
    method: Literal["get", "post"] = "get"


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A line of `ui/tree.html`; without `twist_url` it has nothing below it. `mark` is a kind of state, or empty."""

    label: str
    url: str
    twist_url: str | None = None
    is_open: bool = False
    is_current: bool = False
    mark: str = ""
    mark_word: str = ""
    children: tuple[TreeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything `ui/base.html` shows around `main`; what is empty is left out."""

    office: str = ""
    nav: tuple[NavItem, ...] = ()
    tree: Markup | Literal[""] = ""
    account_label: str = ""
    account_menu: tuple[MenuItem, ...] = ()
    search_url: str | None = None
    search_text: str = ""
    dock: tuple[NavItem, ...] = ()
    foot: tuple[str, ...] = ()
    notice: str = ""
    theme: Literal["", "light", "dark"] = ""
