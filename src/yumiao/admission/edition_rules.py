"""The rules on introducing an edition of the path and on moving open cases to one, as objects with examples that run. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from yumiao.bylaws.rules import Paper
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

_SINCE: Final = date(2026, 1, 1)
LONGEST_REASON: Final = 200
EDT_01 = Rule(
    id="EDT-01", title="启用版本以县级文件为依据",
    text="启用发展党员程序的一个版本，应当以已登记的县级文件为依据；该文件在启用首日应当有效。", source=HANDBOOK, article="EDT-01", since=_SINCE,
    confidence=Confidence.DEFAULT, holds=lambda *, since, in_force_from, in_force_until: in_force_from <= since < in_force_until,
    passing=(
        {"since": date(2026, 3, 1), "in_force_from": date(2026, 3, 1), "in_force_until": FOREVER},
        {"since": date(2026, 12, 31), "in_force_from": date(2026, 3, 1), "in_force_until": date(2027, 1, 1)},
    ),
    failing=(
        {"since": date(2026, 2, 28), "in_force_from": date(2026, 3, 1), "in_force_until": FOREVER},
        {"since": date(2027, 1, 1), "in_force_from": date(2026, 3, 1), "in_force_until": date(2027, 1, 1)},
    ),
    words={"since": "启用首日", "in_force_from": "文件生效日", "in_force_until": "文件失效日"},
)  # fmt: skip
EDT_02 = Rule(
    id="EDT-02", title="不早于版本施行之日",
    text="县里启用一个版本的首日，不得早于该版本所依据的规定施行之日。", source=HANDBOOK, article="EDT-02", since=_SINCE,
    confidence=Confidence.DEFAULT, holds=lambda *, since, in_force: since >= in_force,
    passing=(
        {"since": date(2026, 1, 1), "in_force": date(2026, 1, 1)},
        {"since": date(2026, 6, 1), "in_force": date(2014, 5, 28)},
    ),
    failing=(
        {"since": date(2025, 12, 31), "in_force": date(2026, 1, 1)},
        {"since": date(2014, 5, 27), "in_force": date(2014, 5, 28)},
    ),
    words={"since": "启用首日", "in_force": "版本施行日"},
)  # fmt: skip
EDT_03 = Rule(
    id="EDT-03", title="演示用的版本只在演示县启用",
    text="为演示和测试虚构的版本，不得在正式数据中启用，也不得转换到这样的版本。", source=HANDBOOK, article="EDT-03", since=_SINCE,
    confidence=Confidence.DEFAULT, holds=lambda *, is_example, is_demo: is_demo or not is_example,
    passing=({"is_example": False, "is_demo": False}, {"is_example": True, "is_demo": True}),
    failing=({"is_example": True, "is_demo": False}, {"is_example": 1, "is_demo": 0}),
    words={"is_example": "虚构的版本", "is_demo": "演示县"},
)  # fmt: skip
EDT_04 = Rule(
    id="EDT-04", title="启用不溯及既往",
    text="启用版本的首日不得早于登记当日：已经开始的发展培养按开始时的版本办理，需要改变的逐件或者成批转换。", source=HANDBOOK, article="EDT-04",
    since=_SINCE, confidence=Confidence.DEFAULT, holds=lambda *, since, today: since >= today,
    passing=(
        {"since": date(2026, 6, 30), "today": date(2026, 6, 30)},
        {"since": date(2027, 1, 1), "today": date(2026, 6, 30)},
    ),
    failing=(
        {"since": date(2026, 6, 29), "today": date(2026, 6, 30)},
        {"since": date(2026, 1, 1), "today": date(2026, 6, 30)},
    ),
    words={"since": "启用首日", "today": "办理日"},
)  # fmt: skip
EDT_05 = Rule(
    id="EDT-05", title="只转换到已经启用的版本",
    text="正在办理的发展培养，只能转换到本县已经启用过的版本；转换后可以再转换回来。", source=HANDBOOK, article="EDT-05", since=_SINCE,
    confidence=Confidence.DEFAULT, holds=lambda *, edition, introduced: edition in introduced,
    passing=(
        {"edition": "2014", "introduced": ("2014",)},
        {"edition": "2014", "introduced": ("2014", "2027")},
    ),
    failing=({"edition": "2027", "introduced": ("2014",)}, {"edition": "2027", "introduced": ()}),
    words={"edition": "版本", "introduced": "已启用的版本"},
)  # fmt: skip
EDT_06 = Rule(
    id="EDT-06", title="转换的结果与预览一致",
    text="转换按预览的数字办理：预览以后案卷有变动，数字不再一致的，不转换，重新预览。", source=HANDBOOK, article="EDT-06", since=_SINCE,
    confidence=Confidence.DEFAULT, holds=lambda *, shown, now: tuple(shown) == tuple(now),
    passing=({"shown": (12, 3), "now": (12, 3)}, {"shown": (0, 0), "now": (0, 0)}),
    failing=({"shown": (12, 3), "now": (12, 4)}, {"shown": (12, 3), "now": (13, 3)}),
    words={"shown": "预览的数字", "now": "现在的数字"},
)  # fmt: skip
RULES: Final = (EDT_01, EDT_02, EDT_03, EDT_04, EDT_05, EDT_06)


def introducing_objections(
    *, since: date, today: date, in_force: date, paper: Paper | None, reason: str, is_example: bool, is_demo: bool, in_use: bool
) -> list[Objection]:  # fmt: skip
    """Everything against letting new cases begin under an edition from a day on."""
    found = []
    if paper is None:
        found.append(EDT_01.objection("没有选择依据的县级文件", "先登记县级文件，再回到这里。"))
    elif not EDT_01.holds(since=since, in_force_from=paper.in_force_from, in_force_until=paper.in_force_until):
        found.append(EDT_01.objection(f"{paper.number}在{on_paper(since)}无效", "改选文件或者改首日。"))
    if not EDT_02.holds(since=since, in_force=in_force):
        found.append(
            EDT_02.objection(
                f"启用首日 {on_paper(since)}早于版本施行日 {on_paper(in_force)}", f"最早为{on_paper(in_force)}。"
            )
        )
    if not EDT_03.holds(is_example=is_example, is_demo=is_demo):
        found.append(EDT_03.objection("这个版本是为演示虚构的"))
    if not EDT_04.holds(since=since, today=today):
        found.append(
            EDT_04.objection(f"启用首日 {on_paper(since)}早于今天 {on_paper(today)}", f"最早为{on_paper(today)}。")
        )
    if in_use:
        found.append(EDT_04.objection(f"{on_paper(since)}起本来就按这个版本开始，不用再启用"))
    if not reason.strip():
        found.append(EDT_04.objection("没有写明理由", "写明启用的理由。"))
    return found


def moving_objections(
    *, edition: str, introduced: frozenset[str], is_example: bool, is_demo: bool, count: int, reason: str
) -> list[Objection]:
    """Everything against moving so many cases to an edition."""
    found = []
    if not EDT_03.holds(is_example=is_example, is_demo=is_demo):
        found.append(EDT_03.objection("这个版本是为演示虚构的"))
    if not EDT_05.holds(edition=edition, introduced=introduced):
        found.append(EDT_05.objection("这个版本还没有启用", "先启用这个版本，再转换正在办理的。"))
    if not count:
        found.append(EDT_05.objection("没有可以转换的发展培养"))
    if not reason.strip():
        found.append(EDT_05.objection("没有写明理由", "写明转换的理由。"))
    return found
