"""Many cases read into values at once, for lists, duties and previews. Reads only; must not know who looks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet

from yumiao.admission.case_file import Around, Read, read_around
from yumiao.admission.models import Case

AT_ONCE: Final = 500  # so many cases a statement: their ids fit what either database takes


def read_cases(ids: Collection[int]) -> dict[int, Read]:
    """The cases with these ids, by id; an id that is none is left out. Three statements for every five hundred."""
    found: dict[int, Read] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        found |= {
            one.around.case: one for one in read_rows(Case.objects.filter(pk__in=wanted[start : start + AT_ONCE]))
        }
    return found


def read_rows(rows: QuerySet[Case]) -> list[Read]:
    """The cases a query finds, in its order. One statement for the query, two for every five hundred cases."""
    arounds = [Around(*row) for row in rows.values_list("pk", "uid", "person_id", "person__uid")]
    parts = (arounds[start : start + AT_ONCE] for start in range(0, len(arounds), AT_ONCE))
    return [one for part in parts for one in read_around(part)]
