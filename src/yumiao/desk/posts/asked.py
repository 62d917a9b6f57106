"""What an address of the two lists asks for. Must not know: the tree, who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from yumiao.posts.rules import TermState, Title

LONGEST: Final = 60


class Held(StrEnum):
    """Which posts a list shows."""

    NOW = "now"
    LAPSED = "lapsed"
    SOON = "soon"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return str(_HELD[self])


_HELD: Final = {
    Held.NOW: gettext_lazy("在任"),
    Held.LAPSED: gettext_lazy("须办理免职"),
    Held.SOON: gettext_lazy("选派期满或六个月内期满"),
    Held.ENDED: gettext_lazy("已免职"),
}
STRUCTURE: Final = "structure"  # a state of the list of terms: units whose numbers advise something


@dataclass(frozen=True, slots=True)
class PostsAsked:
    """The conditions of the list of posts; what no address may say is as if not said."""

    unit: str = ""
    title: Title | None = None
    held: Held = Held.NOW
    q: str = ""

    @classmethod
    def parsed(cls, said: Mapping[str, str]) -> Self:
        title, held = said.get("title", ""), said.get("held", "")
        return cls(
            _shown(said.get("unit", "")),
            Title(title) if title in list(Title) else None,
            Held(held) if held in list(Held) else Held.NOW,
            _shown(said.get("q", "")),
        )

    @property
    def query(self) -> str:
        said = {"unit": self.unit, "title": self.title or "", "q": self.q}
        said["held"] = "" if self.held is Held.NOW else self.held
        return urlencode({name: value for name, value in said.items() if value})

    def but(self, **changes: object) -> Self:
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class TermsAsked:
    """The conditions of the list of terms; `state` is empty for every unit."""

    unit: str = ""
    state: str = ""

    @classmethod
    def parsed(cls, said: Mapping[str, str]) -> Self:
        state = said.get("state", "")
        return cls(_shown(said.get("unit", "")), state if state in (*TermState, STRUCTURE) else "")

    @property
    def query(self) -> str:
        said = {"unit": self.unit, "state": self.state}
        return urlencode({name: value for name, value in said.items() if value})

    def but(self, **changes: object) -> Self:
        return replace(self, **changes)  # type: ignore[arg-type]


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if text.isprintable() and len(text) <= LONGEST else ""
