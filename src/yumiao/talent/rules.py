"""2+1: who may be the veteran and the mentor of a talent (TAL-02). Pure."""

from __future__ import annotations

from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_years
from yumiao.rulebook import Confidence, Rule

STANDING = 10  # years; what the article calls 老党员 is not defined, this is the handbook's reading

WORDS = {"full_since": "成为正式党员日期", "on": "指定日期"}
TAL_02 = Rule(
    id="TAL-02",
    title="“2+1”培源联系",
    text="对人才库人员由乡镇党委指定 1 名老党员（党龄满十年的正式党员）和 1 名联村导师联系培养；两人不能是同一人，也不能是本人。",
    source="江华瑶族自治县“引选留”育苗法",
    article="",
    since=date(2023, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.ARTICLE,
    words=WORDS,
    holds=lambda *, full_since, on: full_since is not None and add_years(full_since, STANDING) <= on,
    passing=(
        {"full_since": date(2016, 5, 1), "on": date(2026, 5, 1)},
        {"full_since": date(1990, 7, 1), "on": date(2026, 5, 1)},
    ),
    failing=({"full_since": date(2016, 5, 2), "on": date(2026, 5, 1)}, {"full_since": None, "on": date(2026, 5, 1)}),
)
RULES = (TAL_02,)
