"""Papers as they stand in the slots of cases. Reads only; must not know who looks, nor the bytes of a scan."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from yumiao.admission.models import PaperCheck, StepPaper
from yumiao.admission.paper_rules import Checked, Filed
from yumiao.journal.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of a case that was not taken back. `by`, `by_label`, `at`, `entered`: who put it in, when, by which entry.

    `supplements`: the uid of what it supplements.
    """

    id: int
    uid: uuid.UUID
    case: int
    case_uid: uuid.UUID
    step: int
    occurrence: int
    slot: str
    scan: int
    scan_uid: uuid.UUID
    size: int
    pages: int
    check: int
    checked: Checked
    supplements: uuid.UUID | None
    entered: int
    by: uuid.UUID | None
    by_label: str
    at: datetime

    @property
    def title(self) -> str:
        return self.checked.title

    @property
    def dated_on(self) -> date | None:
        return self.checked.dated_on

    @property
    def filed(self) -> Filed:
        return Filed(self.slot, self.checked)


_CHECK = ("title", "dated_on", "is_signed", "is_stamped", "is_dated", "is_legible", "is_of_person", "explanation")
_PAPER = (
    "paper_id", "paper__uid", "paper__case_id", "paper__step", "paper__occurrence", "paper__slot", "paper__scan_id", "paper__scan__uid",
    "paper__scan__size", "paper__scan__pages", "id", "paper__supplements__uid", "paper__case__uid", "paper__entered",
)  # fmt: skip


def papers_of(case: int) -> list[Paper]:
    """The papers of a case, by slot and in the order they were put in; two queries."""
    return _papers(case=case)


def paper_by(uid: uuid.UUID) -> Paper | None:
    """The paper of that uid, unless it was taken back."""
    return next(iter(_papers(uid=uid)), None)


def papers_by(ids: Iterable[int]) -> list[Paper]:
    """Papers by their ids, those that were taken back left out."""
    return _papers(pk__in=list(ids))


def _papers(**conditions: object) -> list[Paper]:
    rows = PaperCheck.objects.alive().filter(**{f"paper__{name}": value for name, value in conditions.items()})
    found = list(rows.order_by("paper__slot", "paper_id").values_list(*_PAPER, *_CHECK))
    entries = {row[13] for row in found}
    said = Entry.objects.filter(seq__in=entries).values_list("seq", "actor", "actor_label", "at") if entries else ()
    by = {seq: (actor, label, at) for seq, actor, label, at in said}
    return [_paper(row, by[row[13]]) for row in found]


def _paper(row: tuple[object, ...], by: tuple[uuid.UUID | None, str, datetime]) -> Paper:
    names = (
        "id", "uid", "case", "step", "occurrence", "slot", "scan", "scan_uid", "size", "pages", "check", "supplements", "case_uid", "entered",
    )  # fmt: skip
    given: dict[str, object] = dict(zip(names, row, strict=False))
    checked = Checked(**dict(zip(_CHECK, row[14:], strict=True)))  # type: ignore[arg-type]
    return Paper(**given, checked=checked, by=by[0], by_label=by[1], at=by[2])  # type: ignore[arg-type]


def filed_of(case: int) -> list[Filed]:
    """The papers of a case as the rules look at them; one query."""
    rows = PaperCheck.objects.alive().filter(paper__case=case).values_list("paper__slot", *_CHECK)
    return [Filed(slot, Checked(*said)) for slot, *said in rows]


def standing() -> dict[int, list[tuple[int, int, str]]]:
    """By scan: every paper that stands, with its case and slot."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    rows = PaperCheck.objects.alive().values_list("paper__scan_id", "paper_id", "paper__case_id", "paper__slot")
    for scan, paper, case, slot in rows:
        found.setdefault(scan, []).append((paper, case, slot))
    return found


def was_there(uid: uuid.UUID) -> StepPaper | None:
    """The paper of that uid, taken back or not."""
    return StepPaper.objects.filter(uid=uid).select_related("case", "scan").first()
