"""The demo county's doubles: people of two villages entered once more by hand, without a number, so that there is something to judge and mend.

They are drawn from the people that are there, without chance, so that every demo county is the same.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.people.models import Belonging, Person, PersonRecord, PersonSecret
from yumiao.people.services import Attributes, PersonDraft, register_people
from yumiao.units.models import Unit

VILLAGE: Final = "001.032.006"
NEXT_VILLAGE: Final = "001.032.002"
FAR_VILLAGE: Final = "001.001.002"
SINCE: Final = date(2026, 9, 1)


def enter_doubles(*, actor: Actor) -> None:
    """Enter them once; a second run finds them there."""
    if Person.objects.exclude(pk__in=PersonSecret.objects.values("person")).exists():
        return
    with act(Verb.PREPARED, actor=actor, reason="按纸质名册补登") as done:
        done.data["profile"] = "demo"
        register_people(
            done,
            [
                _again(VILLAGE, 1, NEXT_VILLAGE),
                _again(NEXT_VILLAGE, 2, VILLAGE, days=1),
                _again(VILLAGE, 2, FAR_VILLAGE),
            ],
        )


def _again(code: str, place: int, entered_at: str, *, days: int = 0) -> PersonDraft:
    """Somebody of a village once more, at another: education and occupation are not known, the birth date off by so many days."""
    here = Belonging.objects.open().filter(unit__code=code).order_by("person").values("person")
    record = PersonRecord.objects.open().filter(person__in=here).exclude(born_on=None).order_by("person")[place]
    assert record.born_on is not None
    other_day = record.born_on + timedelta(days=days if record.born_on.day == 1 else -days)
    attributes = Attributes(record.name, record.sex, other_day, record.ethnicity)
    return PersonDraft(attributes, {}, Unit.objects.get(code=entered_at).pk, SINCE, {})
