"""The rows of a body as a page shows them and as its form sends them back. Must not know: who may, how an answer is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.admission.joint_queries import Batch, answers_of, people_of, rows_of
from yumiao.admission.joint_services import AnswerDraft
from yumiao.admission.models import JointReviewAnswer, JointReviewBody
from yumiao.desk.joint.listing import line_of
from yumiao.desk.joint.signing import LONGEST_REFERENCE, LONGEST_TEXT, Line
from yumiao.kernel.identity import scrub
from yumiao.units.queries import Tree

SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Somebody on the page of a body; `answer` is what it said of him, without the text; `typed`: what was sent and not taken."""

    line: Line
    answer: str
    label: str
    typed: AnswerDraft | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the rows of a body; `page` counts from 1."""

    rows: Sequence[AnswerRow]
    page: int
    pages: int
    total: int
    answered: int


def shown(
    batch: Batch, body: JointReviewBody, tree: Tree, page: int, *, with_numbers: bool, typed: Mapping[uuid.UUID, AnswerDraft] | None = None
) -> Shown:  # fmt: skip
    """The rows of one page, with whole numbers where a reading of them is recorded."""
    every = list(rows_of(batch.review.pk))
    have = answers_of(body.pk)
    pages = max(1, -(-len(every) // SIZE))
    at = min(max(page, 1), pages)
    people = people_of(every[(at - 1) * SIZE : at * SIZE], with_numbers=with_numbers)
    rows = []
    for one in people:
        said = have.get(one.row.pk)
        label = str(JointReviewAnswer.Answer(said.answer).label) if said else ""
        rows.append(AnswerRow(line_of(one, tree), said.answer if said else "", label, (typed or {}).get(one.row.uid)))
    return Shown(rows, at, pages, len(every), len(have))


def page_of(get: QueryDict) -> int:
    """The page an address names."""
    said = get.get("page", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len("9999") else 1


def drafts_of(post: QueryDict) -> tuple[dict[uuid.UUID, AnswerDraft], list[str]]:
    """What a form says of its rows, those left open not among them; and what cannot be read of it."""
    drafts: dict[uuid.UUID, AnswerDraft] = {}
    faults: list[str] = []
    for name in post:
        kind, _dash, said = name.partition("-")
        answer = post.get(name, "")
        if kind != "answer" or not answer:
            continue
        try:
            uid = uuid.UUID(said)
        except ValueError:
            continue
        text, reference = post.get(f"text-{said}", "").strip(), post.get(f"reference-{said}", "").strip()
        if answer not in JointReviewAnswer.Answer.values:
            faults.append(_("答复应从所列各项中选择。"))
        elif len(text) > LONGEST_TEXT or len(reference) > LONGEST_REFERENCE:
            most = {"text": LONGEST_TEXT, "reference": LONGEST_REFERENCE}
            faults.append(_("情况说明最多 %(text)s 个字，文号最多 %(reference)s 个字。") % most)
        drafts[uid] = AnswerDraft(answer, scrub(text), scrub(reference))
    return drafts, list(dict.fromkeys(faults))
