"""What not recognising some admissions would move, before it is decided: members, admissions counted, the lines. Writes nothing.

Must not know: requests, forms, who may decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.lines import Counts, counts_by_person
from yumiao.ledger.memory import counts_of, ledger_of
from yumiao.ledger.queries import assessed
from yumiao.people.models import Attribution, Belonging

Moved = tuple[str, str, str]
POOL = Counts._fields.index("talents")  # who is in the pool of talents stays in it


def moved(reader: Reader, people: Collection[int]) -> list[Moved]:
    """(what of which unit, before, after) of everything that would differ today without these people's memberships."""
    before, after = ledger_of(reader.today, reader.head), _without(reader, people)
    found = [
        (_("%(unit)s：%(what)s") % {"unit": unit, "what": what}, one, other)
        for unit, what, one, other in (*_villages(before, after), *_townships(before, after))
        if one != other
    ]
    total = _("全县党员人数")
    return [*found, (total, _people(before.total.members), _people(after.total.members))]


def _without(reader: Reader, people: Collection[int]) -> Ledger:
    """The ledger of today as it would be if these people counted nowhere."""
    counts = counts_of(reader.today, reader.head)
    by_path = dict(counts.by_path)
    for path in _paths(reader, people):
        each = counts_by_person(counts.day, counts.settings, path)
        gone = Counts.total([each[person] for person in people if person in each])
        have = by_path.get(path, Counts())
        by_path[path] = Counts(
            *(
                value if place == POOL else value - less
                for place, (value, less) in enumerate(zip(have, gone, strict=True))
            )
        )
    return assessed(replace(counts, by_path=by_path))


def _paths(reader: Reader, people: Collection[int]) -> list[str]:
    """Where these people stand and for which units their admissions count today."""
    asked = list(people)
    units = set(Belonging.objects.on(reader.today).filter(person__in=asked).values_list("unit", flat=True))
    units |= set(Attribution.objects.on(reader.today).filter(person__in=asked).values_list("unit", flat=True))
    return sorted(reader.tree.by_id[unit].path for unit in units if unit in reader.tree.by_id)


def _villages(before: Ledger, after: Ledger) -> Iterator[tuple[str, str, str, str]]:
    for one, other in zip(before.villages, after.villages, strict=True):
        for what, old, new in zip(_words_of_village(), _of_village(one), _of_village(other), strict=True):
            yield one.unit.name, what, old, new


def _words_of_village() -> tuple[str, ...]:
    return (
        _("党员人数"),
        _("本年发展"),
        _("上年发展"),
        _("前年发展"),
        _("底线"),
        _("年内底线"),
        _("预警线"),
        _("等次"),
    )


def _of_village(one: Village) -> tuple[str, ...]:
    counts = one.counts
    numbers = (counts.members, counts.this_year, counts.last_year, counts.year_before)
    risk = _("年内须发展") if one.is_at_risk else _("不需要")
    return (*map(_people, numbers), one.bottom.label, risk, one.warned.label, one.grade.label)


def _townships(before: Ledger, after: Ledger) -> Iterator[tuple[str, str, str, str]]:
    for one, other in zip(before.townships, after.townships, strict=True):
        for what, old, new in zip(
            (_("本年发展"), _("指导线"), _("等次")), _of_township(one), _of_township(other), strict=True
        ):
            yield one.unit.name, what, old, new


def _of_township(one: Township) -> tuple[str, ...]:
    verdict = {None: _("本年度没有发展，不评"), True: _("达到"), False: _("未达到")}[one.guidance_met]
    said = _("%(verdict)s（%(share)s）") % {"verdict": verdict, "share": one.young_share}
    return _people(one.counts.this_year), said, one.grade.label


def _people(count: int) -> str:
    return _("%(count)s 名") % {"count": count}
