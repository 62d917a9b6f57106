"""The use cases of a batch of joint review: send, take back, remind, give and end seats. Each is one act; rules are asked again under the lock.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.models import Account
from yumiao.access.permissions import GRANTS, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.access.sections import Section
from yumiao.admission.case_files import read_cases
from yumiao.admission.grant_services import write_grant
from yumiao.admission.joint_queries import Batch, batches, seats_on, standing
from yumiao.admission.joint_rules import JNT_01, JNT_04, calendar_objections, wanted
from yumiao.admission.joint_services import end_seat, follow, give_seat, send_batch, take_back_batch
from yumiao.admission.models import Case, JointReviewBody, JointReviewEvent
from yumiao.bylaws.keys import BODIES
from yumiao.bylaws.memory import settings_of
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.desk.joint.concerned import bodies_asked, days_of, months_of
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused

AFTER: Final = timedelta(days=60)
"""So long after the day of answer the sender reads what was answered."""
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Sending:
    """A batch as it is asked for: the uids of its cases; which bodies work in a workbook."""

    round: str
    cases: Collection[uuid.UUID]
    offline: Collection[str] = ()
    note: str = ""


def send(sending: Sending, *, reader: Reader, once: uuid.UUID | None = None) -> uuid.UUID:
    """Send one batch to every body of the county's setting; whoever sends may read what is answered. Returns its uid.

    Raises `Refused`, `journal.acts.AlreadyDone`.
    """
    assert reader.account is not None
    today, settings = reader.today, settings_of(reader.today, reader.head)
    with act(Verb.JOINT_REVIEW_SENT, actor=reader.actor, once=once) as current:
        days, calendar = days_of(settings), calendar_of(reader.head)
        ids = _cases(sending, months_of(settings), today)
        bodies = bodies_asked(today, reader.head)
        found = calendar_objections(today, days, calendar)
        if not ids:
            found.append(JNT_01.objection("名单中没有人员", "选择要送审的人员。"))
        if not bodies:
            found.append(JNT_01.objection("参数中没有联审的部门", "在“县级文件和参数”里设置部门。"))
        if found:
            raise Refused(found)
        due_on = calendar.add_working_days(today, days)
        offline = {body: body in sending.offline for body in bodies}
        uid = send_batch(current, sending.round, ids, offline, sent_on=today, due_on=due_on, note=sending.note)
        write_grant(
            current, ids, account=reader.account.pk, section=Section.JOINT_REVIEW, purpose="部门联审", since=today, until=due_on + AFTER,
            by=reader.account.pk,
        )  # fmt: skip
        current.subject_kind, current.subject = "unit", reader.home.uid if reader.home else None
        current.data |= {
            "joint_review": uid.hex, "round": sending.round, "count": len(ids), "on": today.isoformat(), "until": due_on.isoformat(),
        }  # fmt: skip
    return uid


def _cases(sending: Sending, months: int, today: date) -> list[int]:
    """The cases in the order asked for, each still wanted for the round. Raises `Refused`."""
    by_uid = dict(Case.objects.filter(uid__in=list(sending.cases)).values_list("uid", "pk"))
    reads = read_cases(by_uid.values())
    ids = [by_uid[uid] for uid in dict.fromkeys(sending.cases) if uid in by_uid]
    wrong = []
    for pk in ids:
        said = wanted(reads[pk].file, months=months, today=today)
        if not JNT_01.holds(is_wanted=said is not None and said.round == sending.round):
            wrong.append(reads[pk].around.name)
    if wrong:
        names = "、".join(wrong[:FEW]) + ("等" if len(wrong) > FEW else "")
        text = f"{names} {len(wrong)} 人正在联审、结果仍然有效，或者没有办到这一步"
        raise Refused([JNT_01.objection(text, "刷新名单后重新选择。")])
    return ids


def take_back(uid: uuid.UUID, *, reader: Reader, reason: str, once: uuid.UUID | None = None) -> None:
    """Take a batch back that nobody has answered. Raises `Refused`, `OutOfScope`."""
    with act(Verb.JOINT_REVIEW_TAKEN_BACK, actor=reader.actor, reason=reason, once=once) as current:
        batch = batch_of(uid)
        if not JNT_04.holds(answers=batch.answered):
            raise Refused([JNT_04.objection(f"已有 {batch.answered} 条答复", "不能收回；有误的人员由部门更正答复。")])
        take_back_batch(current, batch.review.pk)
        current.subject_kind, current.subject = "unit", reader.home.uid if reader.home else None
        current.data |= {"joint_review": uid.hex, "round": batch.review.round, "count": batch.asked}


def remind(body: uuid.UUID, *, reader: Reader, note: str, once: uuid.UUID | None = None) -> None:
    """Write down that a body was reminded. Raises `Refused`, `OutOfScope`."""
    with act(Verb.JOINT_REVIEW_FOLLOWED, actor=reader.actor, once=once) as current:
        one, batch = body_of(body)
        part = next(part for part in batch.parts if part.body.pk == one.pk)
        if not part.missing:
            raise Refused([Objection(rule="REV-13", text="该部门已经全部答复", next_step="不需要催办。")])
        follow(current, [one.pk], JointReviewEvent.What.REMINDED, reader.today, note)
        current.data |= {"joint_review": batch.review.uid.hex, "joint_body": body.hex, "on": reader.today.isoformat()}


def exported(body: JointReviewBody, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Write down that a workbook was handed to a body. Raises `AlreadyDone`."""
    with act(Verb.JOINT_REVIEW_FOLLOWED, actor=reader.actor, once=once) as current:
        follow(current, [body.pk], JointReviewEvent.What.EXPORTED, reader.today)
        current.data |= {"joint_body": body.uid.hex, "on": reader.today.isoformat()}


def batch_of(uid: uuid.UUID) -> Batch:
    """The batch of that uid. Raises `OutOfScope` where there is none, or it was taken back."""
    found = batches(standing().filter(uid=uid))
    if not found:
        raise OutOfScope("没有这一批联审。")
    return found[0]


def body_of(uid: uuid.UUID) -> tuple[JointReviewBody, Batch]:
    """A body of a batch that stands, and the batch. Raises `OutOfScope`."""
    found = JointReviewBody.objects.filter(uid=uid).select_related("review").first()
    if found is None:
        raise OutOfScope("没有这一批联审。")
    return found, batch_of(found.review.uid)


@dataclass(frozen=True, slots=True)
class Seated:
    """Who may answer for a body, by name and unit."""

    account: int
    uid: uuid.UUID
    name: str


def reviewers(reader: Reader) -> Sequence[Seated]:
    """Every account that may answer joint reviews today, once."""
    found: dict[int, str] = {}
    for account, held in holdings(reader.today, reader.head).items():
        for one in held:
            if one.giver is None and Permission.JOINT_ANSWER in GRANTS[one.role]:
                found[account] = one.name
    uids = dict(Account.objects.filter(pk__in=found, is_active=True).values_list("pk", "uid"))
    return [Seated(pk, uids[pk], name) for pk, name in sorted(found.items(), key=lambda one: one[1]) if pk in uids]


def seat(account: uuid.UUID, body: str, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Let somebody answer for a body from today. Raises `Refused`, `OutOfScope`."""
    found = {one.uid: one for one in reviewers(reader)}
    if account not in found or body not in BODIES:
        raise OutOfScope("没有这个账号。")
    with act(Verb.SEAT_GIVEN, actor=reader.actor, once=once) as current:
        if seats_on(reader.today).filter(account=found[account].account, body=body).exists():
            raise Refused([Objection(rule="REV-12", text="该账号已经是这个部门的联审员")])
        give_seat(current, found[account].account, body, reader.today)
        current.subject_kind, current.subject = "account", account
        current.data["on"] = reader.today.isoformat()


def unseat(account: uuid.UUID, body: str, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Let it end today: from now on the account answers nothing for the body. Raises `OutOfScope`."""
    with act(Verb.SEAT_ENDED, actor=reader.actor, once=once) as current:
        found = seats_on(reader.today).filter(account__uid=account, body=body).first()
        if found is None:
            raise OutOfScope("没有这个联审员。")
        end_seat(current, found, reader.today)
        current.subject_kind, current.subject = "account", account
        current.data["on"] = reader.today.isoformat()
