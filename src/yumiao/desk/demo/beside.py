"""What the demo's accounts are in the middle of: objections, grants, answers of bodies, old files, referrals, cross-reviews, archives.

Each stands at another point, so that every list has something to do and something that is done. Without chance.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from yumiao.access.models import Account
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission import models
from yumiao.admission.audit_rules import LACKING, UNPROVEN, Audited, Decided
from yumiao.admission.audit_services import record_audits, record_recognitions
from yumiao.admission.case_files import read_cases
from yumiao.admission.gates import CONTINUE
from yumiao.admission.grant_services import write_grant
from yumiao.admission.joint_queries import answers_of
from yumiao.admission.joint_services import AnswerDraft, ConclusionDraft, answer, conclude, follow, give_seat
from yumiao.admission.package_services import write_handover, write_package
from yumiao.admission.relative_services import Named, replace_relatives
from yumiao.admission.review_services import write_opinion
from yumiao.desk.demo.case_papers import Drawn, drawn
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.dossier.recording import Deciding
from yumiao.desk.packages.making import make
from yumiao.desk.reviews.drawing import draw_for_peers
from yumiao.files import store
from yumiao.files.intake import take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.bulk import new_ids
from yumiao.journal.verbs import Verb
from yumiao.oversight.models import FindingRecord, Referral
from yumiao.oversight.services import FindingDraft, ReferralDraft, close_referral, record_finding, refer
from yumiao.people.models import Membership
from yumiao.publicity.services import Told, add_photo, name_investigator, receive
from yumiao.publicity.services import conclude as conclude_objection
from yumiao.units.queries import tree

SHOWN: Final = "001.032"
VILLAGE: Final = "001.032.006"
JOINT_MONTHS: Final = 12
SEED: Final = "第2026120期"
EACH: Final = 3
PETITION_DUE: Final = date(2026, 11, 11)


def record_watched(*, actor: Actor) -> None:
    """Record them once; a second run finds them there."""
    if models.BodySeat.objects.exists():
        return
    names = ("lianshen", "ganshi", "linzhen", "xianwei")
    accounts = {one.username: one for one in Account.objects.filter(username__in=names)}
    with act(Verb.PREPARED, actor=actor, reason="演示：部门联审员、异议和授权") as done:
        done.data["profile"] = "demo"
        give_seat(done, accounts["lianshen"].pk, "police", date(2026, 1, 4))
        _objections(done, accounts)
        _photograph(done)
        _answers(done, accounts)
        _family(done, accounts)
    with act(Verb.PREPARED, actor=actor, reason="演示：旧档案审核、责任追究、归档移交") as done:
        done.data["profile"] = "demo"
        _old_files(done)
        _referrals(done)
        _archives(done)
    _peers(accounts["xianwei"])
    with act(Verb.PREPARED, actor=actor, reason="演示：责任追究结果、交叉互审意见") as done:
        done.data["profile"] = "demo"
        _answered(done)


def _objections(done: Act, accounts: Mapping[str, Account]) -> None:
    """One that somebody looks into, one that nobody does yet, one that is concluded."""
    ties = list(
        models.CaseNotice.objects.select_related("notice__unit", "case").order_by("-notice__records__posted_on", "pk")[
            :3
        ]
    )
    said = (
        ("letter", date(2026, 10, 28), Told("邻居", "反映其在外期间参加过赌博")),
        ("visit", date(2026, 10, 24), Told("不愿署名的村民", "反映其承包的林地与集体有争议")),
        ("phone", date(2026, 9, 29), Told("", "反映其未参加村里的义务投劳")),
    )
    found = []
    for tie, (channel, on, told) in zip(ties, said, strict=False):
        pk, _uid = receive(
            done, unit=tie.notice.unit_id, person=tie.case.person_id, notice=tie.notice_id, channel=channel, on=on, told=told
        )  # fmt: skip
        (row,) = new_ids(models.CaseObjection, 1)
        done.insert(models.CaseObjection, ("id", "objection_id", "case_id"), [(row, pk, tie.case_id)])
        found.append((pk, tie.case_id))
    for at, (pk, case) in enumerate((found[0], found[2])):
        since = (date(2026, 10, 29), date(2026, 9, 30))[at]
        who = "ganshi" if ties[2 * at].notice.unit.code.startswith(SHOWN) else "linzhen"
        name_investigator(
            done, pk, accounts[who].pk, since=since, due_on=(PETITION_DUE, date(2026, 10, 16))[at], reason=""
        )
        _grant(
            done,
            accounts,
            case,
            Section.OBJECTORS,
            "调查异议",
            since=since,
            until=PETITION_DUE + timedelta(days=30),
            to=who,
        )
    conclude_objection(
        done, found[2][0], on=date(2026, 10, 3), outcome="unfounded", effect="continue",
        text="经查投劳登记和走访五户群众，本人当期外出务工，已经请假并补工，反映的情况不属实。", told_on=date(2026, 10, 3), untold="",
    )  # fmt: skip


def _grant(
    done: Act, accounts: Mapping[str, Account], case: int, section: Section, purpose: str, *, since: date, until: date, to: str = "ganshi"
) -> None:  # fmt: skip
    write_grant(
        done, [case], account=accounts[to].pk, section=section, purpose=purpose, since=since, until=until, by=accounts["xianwei"].pk
    )  # fmt: skip


def _photograph(done: Act) -> None:
    """The notice that runs, photographed where it hangs."""
    tie = models.CaseNotice.objects.select_related("notice").order_by("-notice__records__posted_on", "pk")[0]
    page = Drawn("公示", "张贴在村务公开栏，公示五个工作日。\n受理单位和电话附后。", date(2026, 10, 26), 3)
    taken = take_in([drawn(page)])
    uid = uuid.uuid4()
    store.put(uid, taken.content)
    add_photo(done, tie.notice_id, write_scan(done, uid, tie.notice.unit_id, taken, DEMO_DAY))


def _answers(done: Act, accounts: Mapping[str, Account]) -> None:
    """Of the batch that runs one answer is adverse and nobody has concluded; of an earlier one somebody has. The police is reminded."""
    batches = list(models.JointReview.objects.order_by("records__sent_on", "pk"))
    running, earlier = batches[-1], next(one for one in batches if one.round == "activist")
    texts = (
        (running, "任村文书期间违规领取误工补贴，2025年3月已经退回并受到批评教育。", "青纪函〔2026〕15号"),
        (earlier, "2019年因超速行驶受过处罚，已经缴清。", "青公交决字〔2019〕207号"),
    )
    for batch, text, reference in texts:
        body = models.JointReviewBody.objects.get(review=batch, body="discipline" if batch == running else "police")
        row = models.JointReviewCase.objects.filter(review=batch).order_by("position")[1]
        have = answers_of(body.pk)
        on = have[row.pk].answered_on
        answer(done, body.pk, {row.pk: AnswerDraft("adverse_record", text, reference)}, have, on=on, came="page")
        _grant(
            done, accounts, row.case_id, Section.JOINT_REVIEW, "对联审结果作出结论", since=on, until=DEMO_DAY + timedelta(days=60)
        )  # fmt: skip
        if batch == earlier:
            said = ConclusionDraft(
                CONTINUE,
                on + timedelta(days=6),
                "系一般交通违法，已经缴清罚款，不影响继续培养。",
                on + timedelta(days=7),
            )
            conclude(done, row, said)
    waits = models.JointReviewBody.objects.get(review=running, body="police")
    follow(done, [waits.pk], "reminded", date(2026, 10, 29), "电话催办")


def _family(done: Act, accounts: Mapping[str, Account]) -> None:
    """The family of somebody whose political review was held, and a reader of it."""
    row = (
        models.StepRecord.objects.alive()
        .filter(step=10, case__person__belongings__unit__code__startswith=SHOWN)
        .order_by("-held_on", "case")[0]
    )
    named = (("spouse", "蓝秋叶"), ("parent", "盘有福"), ("parent", "黄月桂"), ("sibling", "盘春生"))
    replace_relatives(done, row.case_id, [Named(relation, name, "clear") for relation, name in named])
    for section in (Section.FAMILY, Section.POLITICAL_REVIEW):
        _grant(
            done, accounts, row.case_id, section, "复核政治审查材料", since=date(2026, 10, 20), until=date(2026, 11, 20)
        )


def _old_files(done: Act) -> None:
    """Of the oldest members of the demo village: one file is whole, one lacks a paper, of one the membership was decided, one waits."""
    some = list(
        Membership.objects.alive().filter(person__belongings__unit__code=VILLAGE, membership_on__lt=date(1995, 1, 1))
        .order_by("membership_on", "person").distinct()[:4]
    )  # fmt: skip
    said = (
        Audited(date(2026, 6, 15), UNPROVEN, missing=("A01", "A16"), text="原乡档案室受潮，入党志愿书下落不明"),
        Audited(date(2026, 6, 16), UNPROVEN, missing=("A16",), text="只有党员登记表，没有入党志愿书"),
        Audited(date(2026, 6, 17), LACKING, missing=("A02",), text="没有谈话记录"),
        Audited(date(2026, 6, 18), "complete"),
    )
    record_audits(done, [(one.person_id, audited) for one, audited in zip(some, said, strict=True)])
    decided = Decided(
        "recognised", date(2026, 9, 18), "中共青岚县委组织部", "青组干〔2026〕41号", "有1983年党员登记表、历年党费收据和两名老党员证明，认定党员身份。",
        date(2026, 9, 21),
    )  # fmt: skip
    record_recognitions(done, [(some[0].person_id, some[0].cycle)], decided)
    unit = tree(DEMO_DAY).by_code[VILLAGE]
    draft = FindingDraft(grade="irregular", text="档案中没有入党谈话记录，补写情况说明", slot="A02")
    record_finding(done, draft, unit=unit.id, person=some[2].person_id, source="audit", found_on=date(2026, 6, 17))


def _referrals(done: Act) -> None:
    """The breaches of principle are handed over to the body that decides who answers for them."""
    grave = list(FindingRecord.objects.alive().filter(grade="principle").order_by("found_on", "pk")[:2])
    for at, record in enumerate(grave):
        on = min(record.found_on + timedelta(days=5), DEMO_DAY)
        draft = ReferralDraft(
            referred_on=on, body="县纪委监委机关", people="时任党支部书记、镇党委组织委员", reason="未满十八周岁接收入党申请，审查把关不严。",
            document=f"青组函〔2026〕{18 + at}号",
        )  # fmt: skip
        refer(done, record.finding_id, draft)


def _archives(done: Act) -> None:
    """Of those archived in the demo township the first has gone to its keeper, with a package; the others wait."""
    archived = (
        models.StepRecord.objects.alive().filter(step=25, case__person__belongings__unit__code__startswith=SHOWN)
        .order_by("held_on", "case").values_list("case_id", flat=True)
    )  # fmt: skip
    units = tree(DEMO_DAY)
    reads = read_cases(archived[:1])
    for one in reads.values():
        made = make(one, units, on=DEMO_DAY, with_sealed=False, months=JOINT_MONTHS)
        write_package(done, one.around.case, on=DEMO_DAY, digest=made.digest, pages=made.pages, size=len(made.archive))
        package = models.Package.objects.get(case=one.around.case)
        write_handover(
            done, one.around.case, package=package.pk, on=DEMO_DAY, holder="县人才服务中心流动人员档案室", giver="盘云舟", receiver="何静安", copies=1, note=""
        )  # fmt: skip


def _peers(officer: Account) -> None:
    """The clerks of two townships look at cases of each other's."""
    reader = Reader(officer, DEMO_DAY, last())
    root = reader.tree.root
    assert root is not None
    day = date(2026, 10, 27)
    draw_for_peers(reader, root, DEMO_DAY.year, SEED, EACH, who=Deciding(reader.actor, officer.person_uid), today=day)


def _answered(done: Act) -> None:
    """What became of the first referral, and what one of the clerks thinks of a case."""
    first = Referral.objects.alive().order_by("pk")[0]
    on = min(first.referred_on + timedelta(days=20), DEMO_DAY)
    close_referral(done, first, "对有关责任人批评教育，责令作出书面检查。", on)
    sampled = models.SampledCase.objects.filter(account__username="ganshi").order_by("pk")[0]
    write_opinion(
        done, sampled.pk, on=date(2026, 10, 29), is_sound=False, text="支部大会的票数与到会人数不一致，建议核对计票单。"
    )  # fmt: skip
