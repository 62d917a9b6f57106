"""The parts of the handbook's chapter on the API that come from the declarations; a test compares the file with them.

Must not know: requests, what an endpoint answers.
"""

from __future__ import annotations

from collections.abc import Iterable

from yumiao.api.endpoints import Endpoint
from yumiao.api.parameters import Parameter


def endpoint_table(endpoints: Iterable[Endpoint]) -> str:
    """Every address with what it answers, what it asks for, and by what it may be narrowed."""
    head = "| 地址 | 内容 | 所需权限 | 参数 |\n|---|---|---|---|\n"
    return head + "\n".join(
        f"| `{one.address}` | {one.title} | {one.need.label} | {_names(one.declared)} |" for one in endpoints
    )


def parameter_table(endpoints: Iterable[Endpoint]) -> str:
    """Every parameter once, in the order of the addresses: those of the path, then those after the question mark."""
    found: dict[tuple[str, str], Parameter] = {}
    for one in endpoints:
        for part in (*one.parts, *one.declared):
            found.setdefault((part.name, part.explained), part)
    rows = "\n".join(f"| `{one.name}` | {one.explained} |" for one in found.values())
    return f"| 参数 | 含义 |\n|---|---|\n{rows}"


def _names(parameters: Iterable[Parameter]) -> str:
    return "、".join(f"`{one.name}`" for one in parameters) or "—"
