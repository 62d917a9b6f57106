"""What every act must leave behind: the timelines that models promise, checked in SQL over the subjects it touched.

`verify` runs the same queries over everything: one definition, two ranges.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, models

from yumiao.journal.facts import ALIVE, Lasting
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import FOREVER


class Broken(Exception):
    """An act would leave a timeline with an overlap, a gap or no open row; a defect of the service, so everything is rolled back."""


def check(touched: Iterable[type[Lasting]], *, seq: int, is_undoing: bool = False) -> None:
    """Raise `Broken` for the first promise broken by the subjects that entry `seq` touched.

    An act that undoes another may leave subjects without any live row: they are as if they had never been entered. So may one that
    merges two: what is known of the one is known of the other from then on.
    """
    for model in touched:
        if found := problems(model, seq=seq, undoing=seq if is_undoing else 0):
            raise Broken(f"{model._meta.db_table}: {found[0]}")


def problems(model: type[Lasting], *, seq: int | None = None, undoing: int = 0, limit: int = 20) -> list[str]:
    """Broken promises of `model`'s timeline, of the subjects that entry `seq` touched or (None) of all.

    `undoing` is the number of an act that undoes another and is not appended yet.
    """
    line = model.timeline
    if line is None:
        return []
    table = model._meta.db_table
    by = ", ".join(f'"{_column(model, name)}"' for name in line.by)
    touched, parameters = "", list[Any]()
    if seq is not None:
        first = f'"{_column(model, line.by[0])}"'
        touched = f' AND {first} IN (SELECT {first} FROM "{table}" WHERE entered = %s OR struck = %s)'  # noqa: S608
        parameters = [seq, seq]
    wrong = ["following < until"]
    if line.gapless:
        wrong.append("following > until")
    if line.endless:
        wrong.append(f"(following IS NULL AND until < '{_text(FOREVER)}')")
    query = (
        f"SELECT {by}, since, until, following FROM ("  # noqa: S608
        f"SELECT {by}, since, until, LEAD(since) OVER (PARTITION BY {by} ORDER BY since) AS following"
        f' FROM "{table}" WHERE struck = {ALIVE}{touched}) AS line WHERE {" OR ".join(wrong)} LIMIT {limit}'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found = cursor.fetchall()
        if line.endless:
            # a subject whose rows were all struck has no line that could be looked at: only an act that undoes another leaves one
            cursor.execute(
                f'SELECT {by} FROM "{table}" WHERE TRUE{touched} GROUP BY {by} HAVING MAX(struck) < {ALIVE}'  # noqa: S608
                f" AND MAX(struck) NOT IN (SELECT seq FROM journal_entry WHERE undoes IS NOT NULL OR verb = '{Verb.PEOPLE_MERGED}')"
                f" AND MAX(struck) <> %s LIMIT {limit}",
                [*parameters, undoing],
            )
            found += cursor.fetchall()
    return [" ".join(str(value) for value in row) for row in found]


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def _text(day: date) -> str:
    return day.isoformat()
