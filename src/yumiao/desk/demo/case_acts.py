"""What clerks of the demo did with single cases, each as they would have entered it: late entries, returns, rests, an exemption."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from yumiao.admission.asked import Asked, Ground
from yumiao.admission.history import CaseFile
from yumiao.admission.models import Case, StepRecord
from yumiao.desk.demo.case_facts import Way
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import ground_of
from yumiao.journal.acts import Actor, last

LATE: Final = "纸质记录事后补登"
RETURNS: Final = (
    ("papers", "函调材料没有盖章，重新政治审查"),
    ("procedure", "没有听取群众意见，补充后重新办理"),
    ("mistake", "日期登记错误"),
)


def act_on_cases(ways: Sequence[Way], *, actor: Actor) -> None:
    """Two late entries that wait, three returns, two rests, one exemption with the training it is for."""
    uids = dict(Case.objects.filter(pk__in=[way.case for way in ways]).values_list("pk", "uid"))
    who = recording.Deciding(actor, None)
    held = {way.case: {one.step for one in way.steps} for way in ways}
    applied = dict(
        StepRecord.objects.alive().filter(case__in=list(uids), step=1, occurrence=1).values_list("case_id", "held_on")
    )
    _late([way for way in ways if not way.steps], uids, applied, who)
    targets = [way for way in ways if 7 in held[way.case] and 15 not in held[way.case]]
    returned = [way for way in targets if 10 in held[way.case]][:3]
    for way, (why, reason) in zip(returned, RETURNS, strict=False):
        recording.send_back(uids[way.case], 10, why=why, reason=reason, who=who, ground_for=_ground)
    untrained = [way for way in targets if 11 not in held[way.case]]
    _exempt(untrained[:1], uids, who)
    resting = [way for way in ways if 6 in held[way.case] and way not in targets and 15 not in held[way.case]]
    for place, way in enumerate(resting[-2:]):
        since = max(max(one.on for one in way.steps), date(2026, 9, 1))
        reason = ("外出务工，暂不培养考察", "正在接受组织调查")[place]
        recording.rest(uids[way.case], since, counts=not place, reason=reason, who=who, today=DEMO_DAY)


def _ground(file: CaseFile) -> Ground:
    return ground_of(file.path, DEMO_DAY, last())


def _late(ways: Sequence[Way], uids: dict[int, uuid.UUID], applied: dict[int, date], who: recording.Deciding) -> None:
    """Talks held long ago and written down only now: one in each of the two townships."""
    seen: set[int] = set()
    for way in ways:
        on = applied[way.case] + timedelta(days=18)
        if way.township in seen or on > DEMO_DAY - timedelta(days=40):
            continue
        seen.add(way.township)
        asked = Asked(step=2, on=on, people="支部书记", reason=LATE)
        recording.record(uids[way.case], asked, who=who, ground_for=_ground)


def _exempt(ways: Sequence[Way], uids: dict[int, uuid.UUID], who: recording.Deciding) -> None:
    for way in ways:
        case, on = uids[way.case], date(2026, 10, 26)
        recording.exempt(
            case, 11, "DEV-09", on=date(2026, 10, 22), by="樟泉镇党委", document="樟泉党发〔2026〕31号",
            reason="防汛值守，集中培训缩短为两天，余下内容自学", who=who, today=DEMO_DAY,
        )  # fmt: skip
        asked = Asked(step=11, on=on, days=2, hours=Decimal(16), place="镇党校", reason="经批准缩短")
        recording.record(case, asked, who=who, ground_for=_ground)
