"""What an address of the API may be asked with: every parameter declared once, read strictly, described from the same declaration.

Nothing is left out quietly: an unknown, repeated or malformed parameter is a fault, and all faults are told at once. Must not know: which
endpoints there are, who asks.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST: Final = 200  # rows of one answer
USUAL: Final = 100
Words = str | Promise


class Fault(NamedTuple):
    """What is wrong with one parameter."""

    parameter: str
    reason: str


class Faulty(Exception):
    """Parameters that cannot be read."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.parameter}: {fault.reason}" for fault in faults))
        self.faults = faults


class Said(Protocol):
    """The parameters of an address: names, and every value said for a name."""

    def __iter__(self) -> Iterator[str]: ...

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `schema` is JSON Schema of its value, `wrong` says what it should have been; `read` raises `ValueError`."""

    name: str
    meaning: Words
    schema: Mapping[str, Any]
    wrong: Words
    read: Callable[[str], Any]
    usual: Any = None
    labels: Mapping[str, Words] = field(default_factory=dict)

    @property
    def explained(self) -> str:
        """What it means, and what each of its values means."""
        said = ((value, str(label)) for value, label in self.labels.items())
        values = "；".join(value if value == label else f"{value} {label}" for value, label in said)
        return f"{self.meaning}：{values}" if values else str(self.meaning)

    def description(self, *, in_path: bool = False) -> dict[str, Any]:
        """The parameter in OpenAPI."""
        schema = dict(self.schema) | ({} if self.usual is None else {"default": self.usual})
        place = {"name": self.name, "in": "path" if in_path else "query", "required": in_path}
        return {**place, "description": self.explained, "schema": schema}


def text(name: str, meaning: Words, pattern: str, wrong: Words) -> Parameter:
    """A text that the whole `pattern` fits; the pattern must mean the same to Python and to ECMAScript."""
    whole = re.compile(pattern)

    def read(said: str) -> str:
        if whole.fullmatch(said) is None:
            raise ValueError(said)
        return said

    return Parameter(name, meaning, {"type": "string", "pattern": f"^{pattern}$"}, wrong, read)


def choice(name: str, meaning: Words, labels: Mapping[str, Words]) -> Parameter:
    """One of the keys of `labels`, each explained by its label."""

    def read(said: str) -> str:
        if said not in labels:
            raise ValueError(said)
        return said

    wrong = gettext_lazy("应是所列的值之一")
    return Parameter(name, meaning, {"type": "string", "enum": list(labels)}, wrong, read, labels=labels)


def flag(name: str, meaning: Words) -> Parameter:
    """`true` or `false`."""
    values = {"true": True, "false": False}

    def read(said: str) -> bool:
        if said not in values:
            raise ValueError(said)
        return values[said]

    return Parameter(name, meaning, {"type": "boolean"}, gettext_lazy("应写 true 或 false"), read)


def number(name: str, meaning: Words, *, least: int, most: int, usual: int | None = None) -> Parameter:
    """A whole number, both bounds included."""
    digits = re.compile(r"[1-9][0-9]{0,5}")

    def read(said: str) -> int:
        if digits.fullmatch(said) is None or not least <= int(said) <= most:
            raise ValueError(said)
        return int(said)

    wrong = gettext_lazy("应是规定范围内的整数")
    return Parameter(name, meaning, {"type": "integer", "minimum": least, "maximum": most}, wrong, read, usual)


def day(name: str, meaning: Words) -> Parameter:
    """A day of the calendar as 2024-03-05."""
    written = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def read(said: str) -> date:
        if written.fullmatch(said) is None:
            raise ValueError(said)
        return date.fromisoformat(said)

    wrong = gettext_lazy("日期应写成 2024-03-05 的形式，并且是历法上有的一天")
    return Parameter(name, meaning, {"type": "string", "format": "date"}, wrong, read)


def uid(name: str, meaning: Words) -> Parameter:
    """An identity as records carry it."""
    return Parameter(name, meaning, {"type": "string", "format": "uuid"}, gettext_lazy("应是编号"), uuid.UUID)


def code(name: str, meaning: Words) -> Parameter:
    """The code of a unit."""
    return text(name, meaning, r"[^\x00-\x20\x7f/]{1,60}", gettext_lazy("应是组织代码，如 001.003"))


UNIT: Final = code("unit", gettext_lazy("组织代码：只要这个组织及以下"))
DAY: Final = day("day", gettext_lazy("统计日期；不写就是今天"))
LIMIT: Final = number("limit", gettext_lazy("一次最多几条"), least=1, most=MOST, usual=USUAL)
AFTER: Final = text(
    "after",
    gettext_lazy("从哪里接着读：照抄上一次回答里的 next，不要自己编"),
    r"[0-9A-Za-z_-]{1,1000}",
    gettext_lazy("应照抄上一次回答里的 next"),
)
PAGING: Final = (LIMIT, AFTER)


def parsed(declared: Sequence[Parameter], said: Said) -> dict[str, Any]:
    """The value of every declared parameter, its usual one where nothing was said. Raises `Faulty` with everything that is wrong."""
    known = {one.name: one for one in declared}
    faults = [Fault(name[:60], _("没有这个参数")) for name in said if name not in known]
    values = {one.name: one.usual for one in declared}
    for name, one in known.items():
        found = said.getlist(name)
        if len(found) > 1:
            faults.append(Fault(name, _("只能写一次")))
        elif found:
            try:
                values[name] = one.read(found[0])
            except ValueError:
                faults.append(Fault(name, str(one.wrong)))
    if faults:
        raise Faulty(faults)
    return values
