"""The rule book on paper. Must not know: requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.bylaws.words import CONFIDENCES, SEVERITIES, Word, in_force
from yumiao.press.documents import Section, print_document
from yumiao.rulebook import Rule

Floor = tuple[str, Word, Sequence[Rule]]


def rules_pdf(floors: Sequence[Floor], *, unit: str, day: date, code: str) -> bytes:
    """Rules floor by floor: id, title, what it says, on what it stands, since when, how grave."""
    count = sum(len(rules) for _name, _title, rules in floors)
    return print_document(
        _("规则手册"),
        [
            Section(str(title), head=_head(), rows=[_row(one) for one in rules], widths=(1.5, 5, 3, 1.8))
            for _name, title, rules in floors
        ],
        unit=unit,
        on=day,
        code=code,
        note=_("共 {count} 条。每条规则所附的例子在每次检查程序时都实际运行。").format(count=count),
    )


def _head() -> tuple[str, ...]:
    return _("编号"), _("规则"), _("依据"), _("效力")


def _row(rule: Rule) -> tuple[str, ...]:
    stands = f"{rule.citation}（{CONFIDENCES[rule.confidence]}；{in_force(rule.since, rule.until)}）"
    return rule.id, f"{rule.title}\n{rule.text}", stands, str(SEVERITIES[rule.severity])
