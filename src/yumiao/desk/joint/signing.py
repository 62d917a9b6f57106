"""The list that goes to a department in a workbook, and what became of it when it comes back: every row bears a signature of its own.

Pure but for the keys. Must not know: how a workbook is written or read, requests.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from yumiao.admission.joint_rules import JNT_07, answer_objection
from yumiao.admission.joint_services import AnswerDraft
from yumiao.admission.models import JointReviewAnswer
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection
from yumiao.vault.cells import signature

HEADER: Final = ("序号", "行码", "姓名", "性别", "公民身份号码", "居住地", "答复", "情况说明", "文号")
CODE, NAME, SEX, NUMBER, HOME, ANSWER, TEXT, REFERENCE = range(1, 9)
WORDS: Final = {str(label): value for value, label in JointReviewAnswer.Answer.choices}
LONGEST_TEXT, LONGEST_REFERENCE = 1000, 100
_SHORT: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is sent: only these four things of a person (REV-15)."""

    uid: uuid.UUID
    position: int
    name: str
    sex: str
    number: str
    home: str


@dataclass(slots=True)
class Returned:
    """What came back: answers by row, faults of single rows, and what happened to the list itself."""

    drafts: dict[uuid.UUID, AnswerDraft] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    altered: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    blank: int = 0

    @property
    def unclear(self) -> int:
        """How many rows say anything but that nothing was found."""
        return sum(one.answer != JointReviewAnswer.Answer.CLEAR for one in self.drafts.values())

    def objections(self) -> list[Objection]:
        """Why the whole is refused: each kind with its rows as the workbook counts them, missing ones by their place on the list."""
        said = (
            (self.altered, "第 {rows} 行的名单内容被改动"), (self.added, "第 {rows} 行不在原来的名单中"), (self.doubled, "第 {rows} 行与前面的行重复"),
            (self.missing, "缺少原名单序号 {rows} 的人员"),
        )  # fmt: skip
        return [
            JNT_07.objection(words.format(rows="、".join(map(str, rows))), "请部门在原工作簿上重新填写，不改动名单。")
            for rows, words in said
            if rows
        ]


def code_of(body: uuid.UUID, line: Line) -> str:
    """`0007-…`: the place on the list, and the signature of who stands there for which body."""
    said = "\x1f".join(["joint-row", body.hex, line.uid.hex, line.name, line.sex, line.number, line.home])
    return f"{line.position:04d}-{signature(said.encode())[:_SHORT]}"


def manifest_of(batch: uuid.UUID, body: uuid.UUID, lines: Sequence[Line]) -> tuple[str, ...]:
    """Which list of which batch for which body it is, how long, and the signature of the whole."""
    count = str(len(lines))
    return batch.hex, body.hex, count, _whole(batch.hex, body.hex, count)


def _whole(batch: str, body: str, count: str) -> str:
    return signature("\x1f".join(["joint-book", batch, body, count]).encode())


def is_ours(said: Sequence[str], batch: uuid.UUID, body: uuid.UUID) -> bool:
    """Whether a manifest is of this batch and body, and unaltered."""
    return len(said) == len(("batch", "body", "count", "signature")) and (
        said[0] == batch.hex and said[1] == body.hex and said[3] == _whole(*said[:3])
    )


def compared(
    rows: Iterable[tuple[int, Sequence[str]]], uids: Mapping[int, uuid.UUID], body: uuid.UUID
) -> Returned:  # fmt: skip
    """Rows as they came back (with their number in the workbook) against the list (uids by position)."""
    found, seen = Returned(), set[int]()
    for number, cells in rows:
        given = [*cells, *[""] * (len(HEADER) - len(cells))]
        position = _position(given[CODE])
        if position is None or position not in uids:
            if any(given):
                found.added.append(number)
            continue
        if position in seen:
            found.doubled.append(number)
            continue
        seen.add(position)
        line = Line(uids[position], position, given[NAME], given[SEX], given[NUMBER], given[HOME])
        if code_of(body, line) != given[CODE]:
            found.altered.append(number)
            continue
        _take(found, number, line.uid, given)
    found.missing = sorted(set(uids) - seen)
    return found


def _position(code: str) -> int | None:
    head = code.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) == len("0000") else None


def _take(found: Returned, number: int, uid: uuid.UUID, given: Sequence[str]) -> None:
    word, text, reference = (given[place].strip() for place in (ANSWER, TEXT, REFERENCE))
    if not word and not text and not reference:
        found.blank += 1
        return
    if word not in WORDS:
        found.faults.append(f"第 {number} 行：答复应从下拉列表中选择")
        return
    if len(text) > LONGEST_TEXT or len(reference) > LONGEST_REFERENCE:
        found.faults.append(f"第 {number} 行：情况说明最多 {LONGEST_TEXT} 字，文号最多 {LONGEST_REFERENCE} 字")
        return
    wrong = answer_objection(WORDS[word], text)
    if wrong is not None:
        found.faults.append(f"第 {number} 行：{wrong.text}")
        return
    found.drafts[uid] = AnswerDraft(WORDS[word], scrub(text), scrub(reference))
