"""What stands beside the steps of the demo's cases: notices, joint reviews, reviews with what they found, orders, objections, old files.

All admissions of the year in villages were looked through by the county, and 28 files came back: as the county reported. Without chance.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Model

from yumiao.admission import models
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.admission.review_rules import LEVELS, NEEDED, POINTS, checks_of
from yumiao.admission.review_services import write_findings, write_review
from yumiao.bylaws.queries import calendar
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.publicity.candidates import published
from yumiao.desk.reviews.changes import saw
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.bulk import new_ids, recorded
from yumiao.journal.verbs import Verb
from yumiao.oversight.models import Finding, Order, OrderEvent, OrderFinding, OrderRecord
from yumiao.oversight.services import FindingDraft
from yumiao.people.models import Attribution
from yumiao.publicity.rules import Window
from yumiao.publicity.services import post_notice
from yumiao.units.queries import Tree, tree

SHOWN: Final = ("001.031", "001.032")
RETURNED: Final = 28
SETTLED: Final = 20  # of those that came back, put right and accepted
BODIES: Final = ("discipline", "court", "procuratorate", "police")
IRREGULAR: Final = (
    ("A09", 7, "缺少群众意见"), ("A07", 6, "培养教育考察登记表没有写明考察意见"), ("A02", 2, "谈话记录没有签名"), ("A17", 15, "计票单没有计票人签名"),
    ("A04", 3, "会议记录没有写明应到和实到人数"), ("A13", 11, "结业证明没有盖章"),
)  # fmt: skip
"""(slot, step, what was found)."""
PRINCIPLE: Final = ("A01", 1, "递交入党申请书时未满十八周岁")
"""Of those that came back and were so young."""
UNSIGNED: Final = ("A16", 14, "入党志愿书的支部大会决议没有支部书记签名，由他人代签")
"""Of the next: a breach of principle as well."""


def write(done: Act, model: type[Model], *rows: Mapping[str, Any]) -> None:
    """Rows by the names of their columns; what one does not name has its default."""
    names = recorded(model)
    found = [tuple(row.get(name, model._meta.get_field(name).get_default()) for name in names) for row in rows]  # type: ignore[union-attr]
    done.insert(model, names, found)


def record_reviews(*, actor: Actor) -> None:
    """Record them once; a second run finds them there."""
    if models.Review.objects.exists():
        return
    units = tree(DEMO_DAY)
    reads = read_cases(models.StepRecord.objects.alive().filter(step__gte=4).values_list("case_id", flat=True))
    admitted = dict(Attribution.objects.open().values_list("person", "unit"))
    shown = [one for one in reads.values() if _is_shown(one, units)]
    audited = [one for one in reads.values() if _is_audited(one, units, admitted)]
    others = [one for one in audited if one not in shown]
    with act(Verb.PREPARED, actor=actor, reason="按纸质档案补登公示、联审和审查") as done:
        done.data["profile"] = "demo"
        _notices(done, sorted([*shown, *others], key=lambda one: not _is_near(one, units)), units)
        _rounds(done, shown)
    again = read_cases([one.around.case for one in [*shown, *audited]])
    with act(Verb.PREPARED, actor=actor, reason="按纸质档案补登三级审查") as done:
        done.data["profile"] = "demo"
        _reviews(done, [again[one.around.case] for one in shown])
        _audits(done, [again[one.around.case] for one in audited], units)
    _settle(actor=actor)


def _is_shown(one: Read, units: Tree) -> bool:
    place = units.by_id.get(one.around.unit)
    return place is not None and place.code.startswith(SHOWN)


def _is_near(one: Read, units: Tree) -> bool:
    """In the township whose clerk is shown first: what waits is laid there."""
    place = units.by_id.get(one.around.unit)
    return place is not None and place.code.startswith(SHOWN[1])


def _is_audited(one: Read, units: Tree, admitted: Mapping[int, int]) -> bool:
    """Admitted in a village this year, and approved. `admitted`: where each admission counts."""
    place, met = units.by_id.get(admitted.get(one.around.person, 0)), one.file.last(15)
    is_passed = met is not None and met.is_passed and one.file.on(17) is not None and one.file.ended_on is None
    return place is not None and bool(place.village) and is_passed and met is not None and met.on.year == DEMO_DAY.year


def _notices(done: Act, reads: Iterable[Read], units: Tree) -> None:
    """Of every meeting that was held a notice that was over; of those who wait for one, one has it running, one over, one none."""
    days, waiting, head = calendar(), 0, last()
    for one in reads:
        for kind, after, step in (("admission", 13, 15), ("confirmation", 17, 23)):
            since, held = one.file.on(after), one.file.on(step)
            posted = None
            if since is not None and held is not None:
                posted = max(since, held - timedelta(days=14))
            elif since is not None and kind == "admission" and one.file.ended_on is None:
                posted = (date(2026, 10, 26), date(2026, 10, 19), None)[waiting % 3]
                waiting += 1
            if posted is None or posted < (since or posted) or (held and days.publicity_ends(posted, 5) >= held):
                continue
            unit = units.by_id[one.around.unit]
            window = Window(
                posted,
                5,
                True,
                days.publicity_ends(posted, 5),
                "村务公开栏",
                "0000-6112380",
                units.by_id[unit.township].name if unit.township else unit.name,
                posted > date(2026, 9, 1),
            )
            said = published(one, kind, unit.name, ground_of(one.file.path, DEMO_DAY, head))
            pk, _uid = post_notice(done, unit.id, kind, window, [(one.around.person, said)])
            write(
                done,
                models.CaseNotice,
                {"id": new_ids(models.CaseNotice, 1)[0], "notice_id": pk, "case_id": one.around.case},
            )


def _rounds(done: Act, reads: Sequence[Read]) -> None:
    """Two batches of activists, one of targets for each half year, and one of targets that is not answered by everybody yet."""
    activists = [one for one in reads if one.file.on(4) and not one.file.on(15)]
    early = [one for one in activists if (one.file.on(4) or DEMO_DAY) < date(2026, 3, 1)]
    later = [one for one in activists if date(2026, 3, 1) <= (one.file.on(4) or DEMO_DAY) < date(2026, 9, 1)]
    _batch(done, "activist", date(2026, 3, 9), early)
    _batch(done, "activist", date(2026, 9, 7), later)
    halves: dict[tuple[int, int], list[Read]] = defaultdict(list)
    for one in reads:
        seen = one.file.on(13)
        if seen is not None and seen >= date(2024, 7, 1):
            halves[seen.year, seen.month > 6].append(one)
    for (_year, _half), some in sorted(halves.items()):
        _batch(done, "target", min(one.file.on(12) or DEMO_DAY for one in some), some)
    waiting = [one for one in reads if one.file.on(12) and not one.file.on(13)]
    _batch(done, "target", date(2026, 10, 20), waiting, is_open=True)


def _batch(done: Act, round_: str, sent: date, reads: Sequence[Read], *, is_open: bool = False) -> None:
    """One letter to the four bodies; of one that is open the police has not answered and one answer is not clear."""
    if not reads:
        return
    serial = models.JointReview.objects.filter(year=sent.year).count() + 1
    (review,) = new_ids(models.JointReview, 1)
    write(
        done,
        models.JointReview,
        {"id": review, "uid": uuid.uuid4(), "round": round_, "year": sent.year, "serial": serial},
    )
    write(done, models.JointReviewRecord, {"review_id": review, "sent_on": sent, "due_on": sent + timedelta(days=14)})
    bodies = new_ids(models.JointReviewBody, len(BODIES))
    write(
        done, models.JointReviewBody,
        *({"id": pk, "uid": uuid.uuid4(), "review_id": review, "body": body, "is_offline": body == "court"} for pk, body in zip(bodies, BODIES, strict=True)),
    )  # fmt: skip
    cases = new_ids(models.JointReviewCase, len(reads))
    rows = [
        {"id": pk, "uid": uuid.uuid4(), "review_id": review, "case_id": one.around.case, "position": at}
        for at, (pk, one) in enumerate(zip(cases, reads, strict=True), 1)
    ]
    write(done, models.JointReviewCase, *rows)
    answers = []
    for body, name in zip(bodies, BODIES, strict=True):
        if is_open and name == "police":
            continue
        for at, pk in enumerate(cases):
            said = "cannot_determine" if is_open and name == "court" and at == 0 else "no_adverse_record"
            came = "workbook" if name == "court" else "page"
            day = sent + timedelta(days=3)
            answers.append(
                {"uid": uuid.uuid4(), "body_id": body, "review_case_id": pk, "answer": said, "answered_on": day, "came": came}
            )  # fmt: skip
    write(done, models.JointReviewAnswer, *answers)


def _reviews(done: Act, reads: Iterable[Read]) -> None:
    """Every point a shown case has passed; the last one of the year is left to the audit, and of who stands before a point every third waits."""
    for turn, one in enumerate(reads):
        for point in POINTS:
            if point == "county_17" or any(one.file.on(step) is None for step in NEEDED[point]):
                continue
            guarded = {"village_12": 12, "township_13": 13, "county_13": 13, "township_17": 17, "county_24": 25}[point]
            held = one.file.on(guarded)
            if held is None and (turn % 3 == 0 or LEVELS[point] == "county"):
                continue
            before = max(day for step in NEEDED[point] if (day := one.file.on(step)) is not None)
            _approve(done, one, point, held - timedelta(days=1) if held and held > before else before)


def _approve(done: Act, one: Read, point: str, on: date, outcome: str = "approved", note: str = "") -> None:
    now = saw(one, point)
    answers = {key: "yes" for key, _text in checks_of(point)}
    write_review(
        done,
        one.around.case,
        point,
        outcome=outcome,
        on=on,
        digest=now.digest,
        seen=now.text,
        answers=answers,
        note=note,
    )


def _audits(done: Act, reads: Sequence[Read], units: Tree) -> None:
    """The county's review of every admission of the year; 28 came back, in an order a township."""
    ordered = sorted(reads, key=lambda one: one.around.case)
    young = [one for one in ordered if one.file.born_on and (one.file.on(1) or DEMO_DAY) < _eighteen(one.file.born_on)]
    rest = [one for one in ordered if one not in young]
    step = max(len(rest) // (RETURNED - len(young)), 1)
    near = [one for one in rest[1:] if _is_near(one, units)][:1]  # the township that is shown first has an order too
    back = [*young, rest[0], *near, *(one for one in rest[step::step] if one not in near)][:RETURNED]
    chosen = {one.around.case for one in back}
    for one in ordered:
        approved = one.file.on(17) or DEMO_DAY
        on = min(approved + timedelta(days=10), DEMO_DAY)
        _approve(done, one, "county_17", on, "returned" if one.around.case in chosen else "approved")
    found = defaultdict(list)
    for at, one in enumerate(back):
        slot, number, text = (
            PRINCIPLE if one in young else UNSIGNED if at == len(young) else IRREGULAR[at % len(IRREGULAR)]
        )
        grade = "principle" if at <= len(young) else "irregular"
        draft = FindingDraft(grade=grade, text=text, step=number, slot=slot, rule="DEV-01" if one in young else "")
        on = min((one.file.on(17) or DEMO_DAY) + timedelta(days=10), DEMO_DAY)
        write_findings(
            done,
            one.around.case,
            "county_17",
            [draft],
            unit=one.around.unit,
            person=one.around.person,
            source=Finding.Source.REVIEW,
            on=on,
        )
        unit = units.by_id[one.around.unit]
        found[unit.township or unit.id].append((one.around.case, on))
    _orders(done, found, units)


def _eighteen(born: date) -> date:
    return born.replace(year=born.year + 18, day=min(born.day, 28))


def _orders(done: Act, found: Mapping[int, Sequence[tuple[int, date]]], units: Tree) -> None:
    """One order a township over what was found there; those of the first townships are put right."""
    root, days, settled = units.root, calendar(), 0
    assert root is not None
    findings = dict(models.CaseFinding.objects.filter(point="county_17").values_list("case_id", "finding_id"))
    for serial, (township, some) in enumerate(sorted(found.items()), 1):
        (pk,) = new_ids(Order, 1)
        issued = min(max(on for _case, on in some), DEMO_DAY)
        due = days.add_working_days(issued, 10)
        number = {
            "id": pk,
            "uid": uuid.uuid4(),
            "unit_id": township,
            "issuer_id": root.id,
            "year": DEMO_DAY.year,
            "serial": serial,
        }
        write(done, Order, number)
        write(
            done,
            OrderRecord,
            {"order_id": pk, "issued_on": issued, "due_on": due, "text": "逐份补正，写明真实日期，不得倒签。"},
        )
        write(done, OrderFinding, *({"order_id": pk, "finding_id": findings[case]} for case, _on in some))
        if settled + len(some) <= SETTLED and due < DEMO_DAY:
            settled += len(some)
            for what, on, note in (
                ("submitted", due - timedelta(days=3), "已逐份补正"),
                ("accepted", min(due, DEMO_DAY), "核对无误"),
            ):
                write(done, OrderEvent, {"order_id": pk, "what": what, "happened_on": on, "note": note})


def _settle(*, actor: Actor) -> None:
    """What was put right was looked at again and passed."""
    accepted = OrderEvent.objects.alive().filter(what="accepted").values("order")
    findings = OrderFinding.objects.alive().filter(order__in=accepted).values("finding")
    cases = models.CaseFinding.objects.filter(finding__in=findings).values_list("case_id", flat=True)
    reads = read_cases(cases)
    with act(Verb.PREPARED, actor=actor, reason="整改后重新审查") as done:
        done.data["profile"] = "demo"
        for one in sorted(reads.values(), key=lambda read: read.around.case):
            _approve(done, one, "county_17", DEMO_DAY - timedelta(days=2), note="整改后通过")
