"""Letters of the demo's political reviews, open, overdue and answered, and the ranges of 志愿书 its townships were handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from yumiao.admission.form_services import hand_forms, void_form
from yumiao.admission.inquiry_services import Draft, follow, send
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.desk.demo.case_facts import FORM_PREFIX, Way
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Act

HANDED: Final = date(2024, 1, 15)
RANGE: Final = 120
ADDRESSEES: Final = ("省机械厂党委", "南城市东湖区街道党工委", "县第二中学党支部", "邻县榕江镇党委")


def hand_ranges(act: Act, forms: Mapping[int, int], first: Mapping[int, int]) -> None:
    """A range for every township that gave out forms; `first`: its beginning, `forms`: the next to be given. In one of them two are void."""
    used = [unit for unit, number in sorted(forms.items()) if number > first[unit]]
    for unit in used:
        said = (f"{FORM_PREFIX}{first[unit]:06d}", f"{FORM_PREFIX}{first[unit] + RANGE - 1:06d}")
        hand_forms(act, unit, *said, on=HANDED, note="")
    if used:
        number = forms[used[-1]]
        void_form(act, (FORM_PREFIX, number), on=date(2026, 9, 8), why="spoilt", reason="姓名填写错误，换发", case=None)
        void_form(
            act, (FORM_PREFIX, number + 1), on=date(2026, 9, 15), why="lost", reason="雨水浸湿，登记作废", case=None
        )


def write_letters(act: Act, ways: Sequence[Way]) -> None:
    """For targets whose review goes on or is done: answered ones, one reminded, two without an answer after the day due."""
    targets = [way for way in ways if any(one.step == 7 for one in way.steps) and way.township]
    for place, way in enumerate(targets[:14]):
        reviewed = next((one.on for one in way.steps if one.step == 10), None)
        sent = (reviewed or DEMO_DAY) - timedelta(days=20 if reviewed or place % 2 else 75)
        about, kind = ("family", "letter") if place % 3 else ("employer", "visit")
        draft = Draft(kind, about, ADDRESSEES[place % 4], way.township, sent, sent + timedelta(days=30))
        uid = send(act, way.case, draft)
        letter = Inquiry.objects.values_list("pk", flat=True).get(uid=uid)
        if reviewed:
            answered = InquiryEvent.What.ANSWERED
            follow(act, letter, answered, reviewed - timedelta(days=2), finding=InquiryEvent.Finding.CLEAR)
        elif place % 4 == 0:
            follow(act, letter, InquiryEvent.What.REMINDED, DEMO_DAY - timedelta(days=12), note="电话催办")
