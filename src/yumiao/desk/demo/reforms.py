"""The demo county's changes of the tree: a branch for the weeks of the flood, a merger that the demo township has asked for, a split in a draft."""

from __future__ import annotations

from datetime import date
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.reforms.doing import carry_out
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.reforms.stepping import suggested_code
from yumiao.journal.acts import Actor
from yumiao.kernel.scope import EVERYTHING, Scope
from yumiao.units import drafts
from yumiao.units.changes import Close, Found, Merge, Split
from yumiao.units.models import Reform, ReformDraft
from yumiao.units.queries import Tree, tree
from yumiao.units.reforming import Paper

TOWNSHIP: Final = "001.032"
MERGED: Final = ("001.032.007", "001.032.008")
NEXT_TOWNSHIP: Final = "001.031"
DIVIDED: Final = "001.031.003"
TEMPORARY: Final = Found("001.801", "防汛一线临时党支部", "机关党支部", "001")
FOUNDED: Final = Paper("设立防汛临时党支部", "青岚组发〔2026〕17号", date(2026, 5, 28), date(2026, 6, 1))
CLOSED: Final = Paper("撤销防汛临时党支部", "青岚组发〔2026〕33号", date(2026, 9, 25), date(2026, 10, 1))
WHO: Final = "覃若木"


def reform_demo_county(*, actor: Actor) -> None:
    """Carry one out and leave one asked for; a second run finds them there."""
    if Reform.objects.exists() or ReformDraft.objects.exists():
        return
    now = tree(DEMO_DAY)
    county = Scope((EVERYTHING,), DEMO_DAY)
    for step, paper in ((TEMPORARY, FOUNDED), (Close(TEMPORARY.code), CLOSED)):
        carry_out(Reforming((step,)), paper, actor=actor, today=DEMO_DAY, scope=county)
    code, first = suggested_code(now, now.by_code[TOWNSHIP]), now.by_code[MERGED[0]]
    steps = (Found(code, "雁榕村党支部", first.kind.label, TOWNSHIP), Merge(MERGED, code))
    ReformDraft.objects.create(
        unit_id=now.by_code[TOWNSHIP].id,
        title="两村合并方案",
        steps=drafts.written(steps),
        state=ReformDraft.State.REQUESTED,
        made_by_label=WHO,
        made_on=date(2026, 10, 19),
        changed_on=date(2026, 10, 26),
        note="已经乡镇党委会议研究同意，请批准。",
    )
    _begin_split(now)


def _begin_split(now: Tree) -> None:
    """A draft of the next township, at which somebody is still at work."""
    township = now.by_code[NEXT_TOWNSHIP]
    code = suggested_code(now, township)
    steps = (Found(code, "新杉党支部", now.by_code[DIVIDED].kind.label, NEXT_TOWNSHIP), Split(DIVIDED, (DIVIDED, code)))
    ReformDraft.objects.create(
        unit_id=township.id,
        title="易地搬迁安置点单设党支部方案",
        steps=drafts.written(steps),
        state=ReformDraft.State.DRAFTING,
        made_by_label=WHO,
        made_on=date(2026, 10, 27),
        changed_on=date(2026, 10, 27),
    )
