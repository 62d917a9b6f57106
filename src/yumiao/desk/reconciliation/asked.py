"""What the address of a comparison's page asks for, and the list as it goes out. Must not know: templates, files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.reconciliation.findings import (
    AGREES,
    DONE,
    KINDS,
    NOWHERE,
    OPEN,
    RESOURCE,
    Found,
    Row,
    fetched,
    found_of,
    values_of,
)
from yumiao.kernel.objections import OutOfScope
from yumiao.reconciliation.rules import Kind

FAULTS = "faults"


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` None is all of them; `branch` a unit's code, or `NOWHERE`; `state` one of three, or empty. Or the file's faults."""

    kind: Kind | None
    branch: str
    state: str
    is_faults: bool = False

    @classmethod
    def parsed(cls, get: QueryDict, found: Found) -> Asked:
        """What is none is passed over."""
        said, branch, state = get.get("kind", ""), get.get("branch", ""), get.get("state", "")
        kind = Kind(said) if said in list(Kind) else None
        known = branch == NOWHERE or branch in {unit.code for unit in found.branches}
        return cls(kind, branch if known else "", state if state in (OPEN, DONE, AGREES) else "", said == FAULTS)

    def rows(self, found: Found) -> list[Row]:
        return [] if self.is_faults else found.narrowed(self.kind, self.branch, self.state)


def going(reader: Reader, get: QueryDict, uid: uuid.UUID) -> Going:
    """The differences of one kind as they go out."""
    found = found_of(reader, fetched(reader, uid))
    asked = Asked.parsed(get, found)
    if asked.is_faults:
        raise OutOfScope("没有这样的清单。")
    rows = asked.rows(found)
    states: dict[str, Any] = {OPEN: _("未处理"), DONE: _("已处理"), AGREES: _("已一致")}
    unit = reader.tree.by_code.get(asked.branch)
    words = [
        *([str(KINDS[asked.kind])] if asked.kind else []),
        *([unit.name] if unit else []),
        *([states[asked.state]] if asked.state else []),
    ]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=found.unit,
        day=reader.today,
        conditions=words,
        count=len(rows),
        is_of_people=True,
        rows=lambda most: values_of(rows[:most]),
        back=page_of("reconciliation", get, str(uid)),
    )
