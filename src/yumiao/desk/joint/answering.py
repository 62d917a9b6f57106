"""The use cases of answers: on the page, out of a workbook, from a letter. Each is one act; rules and seats are asked again under the lock.

Must not know: requests, forms, how a workbook is opened.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yumiao.access.readers import Reader
from yumiao.admission.gate_rules import REV_22
from yumiao.admission.gates import CLEAR
from yumiao.admission.joint_queries import Batch, answers_of, bodies_of, concluded_rows, rows_of
from yumiao.admission.joint_rules import JNT_03, JNT_05, answer_objection
from yumiao.admission.joint_services import AnswerDraft, answer, follow
from yumiao.admission.models import JointReviewAnswer, JointReviewBody, JointReviewCase, JointReviewEvent
from yumiao.desk.joint.acting import body_of
from yumiao.journal.acts import Act, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused

Came = JointReviewAnswer.Came


@dataclass(frozen=True, slots=True)
class Answering:
    """By whom and how answers come in: `on` is the day of the letter or of today."""

    reader: Reader
    came: str
    on: date


def own_body(reader: Reader, uid: uuid.UUID) -> tuple[JointReviewBody, Batch]:
    """A body the reader answers for today. Raises `OutOfScope` for any other, as for none."""
    found, batch = body_of(uid)
    if reader.account is None or found.body not in bodies_of(reader.account.pk, reader.today):
        raise OutOfScope("没有这一批联审。")
    return found, batch


def give(
    uid: uuid.UUID, drafts: Mapping[uuid.UUID, AnswerDraft], *, by: Answering, once: uuid.UUID | None = None
) -> int:  # fmt: skip
    """Write down what a body answers about these rows (by their uids). Returns how many. Raises `Refused`, `OutOfScope`, `AlreadyDone`."""
    with act(Verb.JOINT_REVIEW_ANSWERED, actor=by.reader.actor, once=once) as current:
        body, batch = own_body(by.reader, uid) if by.came == Came.PAGE else body_of(uid)
        return _give(current, body, batch, drafts, by)


def give_rest(uid: uuid.UUID, *, by: Answering, once: uuid.UUID | None = None) -> int:
    """Answer every row that has no answer as clear. Returns how many. Raises as `give`."""
    with act(Verb.JOINT_REVIEW_ANSWERED, actor=by.reader.actor, once=once) as current:
        body, batch = own_body(by.reader, uid)
        have = answers_of(body.pk)
        drafts = {one.uid: AnswerDraft(CLEAR) for one in rows_of(batch.review.pk) if one.pk not in have}
        return _give(current, body, batch, drafts, by)


def _give(
    current: Act, body: JointReviewBody, batch: Batch, drafts: Mapping[uuid.UUID, AnswerDraft], by: Answering
) -> int:  # fmt: skip
    rows = {one.uid: one for one in rows_of(batch.review.pk)}
    if set(drafts) - set(rows):
        raise OutOfScope("没有这一行。")
    have, concluded = answers_of(body.pk), concluded_rows(batch.review.pk)
    wanted = {rows[uid].pk: one for uid, one in drafts.items() if _says_more(one, have.get(rows[uid].pk))}
    found = list(_against(batch, {rows[uid]: one for uid, one in drafts.items() if rows[uid].pk in wanted}, by))
    if concluded & set(wanted):
        found.append(JNT_05.objection("其中有已经作出结论的人员", "有新情况的，另行函告县委组织部。"))
    if not wanted:
        found.append(JNT_03.objection("没有填写新的答复", "选择答复后再保存。"))
    if found:
        raise Refused(found)
    answer(current, body.pk, wanted, have, on=by.on, came=by.came)
    if by.came == Came.WORKBOOK:
        follow(current, [body.pk], JointReviewEvent.What.RETURNED, by.reader.today)
    current.data |= {"joint_review": batch.review.uid.hex, "joint_body": body.uid.hex, "count": len(wanted)}
    current.data["on"] = by.on.isoformat()
    return len(wanted)


def _says_more(one: AnswerDraft, before: JointReviewAnswer | None) -> bool:
    """What was answered is shown without its text: sent back as it was shown, it says nothing new."""
    return before is None or before.answer != one.answer or bool(one.text or one.reference)


def _against(batch: Batch, drafts: Mapping[JointReviewCase, AnswerDraft], by: Answering) -> list[Objection]:
    found: list[Objection] = []
    if batch.is_closed:
        found.append(JNT_05.objection("本批已经办结"))
    if not batch.record.sent_on <= by.on <= by.reader.today:
        found.append(JNT_05.objection("答复日期应在发出以后、今天以前"))
    own = by.reader.account.person_uid if by.reader.account else None
    for row, one in drafts.items():
        if own is not None and row.case.person.uid == own:
            found.append(REV_22.objection(f"第 {row.position} 行是您本人的事项", "请由其他人员答复。"))
        if (wrong := answer_objection(one.answer, one.text)) is not None:
            found.append(
                Objection(wrong.rule, f"第 {row.position} 行：{wrong.text}", wrong.source, next_step=wrong.next_step)
            )
    return found
