"""Taking an entry back: its rows are struck, the rows it struck are written again, and it is told what stands in the way.

Generic over all tables: which fact hangs on which identity is read from the models. It must not know what any of them says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from yumiao.journal.acts import Act
from yumiao.journal.bulk import recorded
from yumiao.journal.chain import canonical
from yumiao.journal.facts import ALIVE, Fact, Identity, Lasting, kinds
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb

BLOCK = 900  # SQLite's bound on parameters of one statement


def standing_on(seq: int) -> list[int]:
    """Numbers of the later entries that stand on entry `seq`, which must go before it can be taken back.

    An entry stands on it that struck one of its rows, wrote a fact about something it brought in, worked on something whose facts it
    changed, ended what a row that would be written again speaks of, or changed a setting. Entries taken back, and the acts that took
    them back, stand on nothing.
    """
    cancelled, (wrote, struck) = _cancelled(), _touched(seq)
    found = set(Entry.objects.filter(seq__gt=seq, verb=Verb.SETTING_CHANGED).values_list("seq", flat=True))
    changed = {identity: _changed(identity, seq, wrote | struck) for identity in _identities()}
    for model in _facts():
        if model in wrote:
            found |= _written(model, seq, cancelled)[1]
        for field, identity in _hanging(model):
            if identity in wrote:
                found |= _later(model, seq, **{f"{field}__entered": seq})
            if _lives_with(model, identity):
                found |= _later_on(model, field, changed[identity], seq)
            if issubclass(model, Lasting) and model in struck:
                found |= _ended_since(model, field, identity, seq)
    return sorted(found - set(cancelled) - set(cancelled.values()))


def take_back(act: Act, seq: int) -> None:
    """Strike what entry `seq` wrote and write anew what it struck, within an open act that undoes it; nothing may stand on it."""
    cancelled, (wrote, struck) = _cancelled(), _touched(seq)
    act.undoes = seq
    for model in _facts():
        names = recorded(model)
        rows = model._default_manager.filter(struck=seq).order_by("pk").values_list(*names)
        again = list(rows) if model in struck else []
        act.strike(model, _written(model, seq, cancelled)[0] if model in wrote else ())
        act.insert(model, names, again)
    for derive in _derivers:
        derive(act)


_derivers: list[Callable[[Act], None]] = []


def after_undoing(derive: Callable[[Act], None]) -> None:
    """Have `derive` called within every act that takes one back: it writes what follows from rows written again."""
    if derive not in _derivers:
        _derivers.append(derive)


def _cancelled() -> dict[int, int]:
    """Entries that were taken back, with the entry that did it."""
    rows = Entry.objects.exclude(undoes=None).values_list("undoes", "seq")
    return {undone: by for undone, by in rows if undone is not None}


def _touched(seq: int) -> tuple[set[type[models.Model]], set[type[models.Model]]]:
    """The tables of which the entry wrote and struck rows, as it says itself: all others need no look."""
    said = json.loads(Entry.objects.values_list("data", flat=True).get(seq=seq))
    wrote, struck = (
        {model for model in kinds() if model._meta.db_table in said.get(key, ())} for key in ("written", "struck")
    )
    return wrote, struck


def _facts() -> Iterator[type[Fact]]:
    for model in kinds():
        if issubclass(model, Fact):
            yield model


def _identities() -> Iterator[type[Identity]]:
    for model in kinds():
        if issubclass(model, Identity):
            yield model


def _written(model: type[Fact], seq: int, cancelled: dict[int, int]) -> tuple[list[int], set[int]]:
    """The live rows that entry `seq` wrote, and the entries that struck others of them.

    A row struck by an entry that was itself taken back lives on in the row written in its place.
    """
    names = recorded(model)
    rows = model._default_manager.filter(entered=seq)
    live = list(rows.filter(struck=ALIVE).values_list("id", flat=True))
    strikers: set[int] = set()
    gone = list(rows.exclude(struck=ALIVE).values_list("struck", *names))
    while gone:
        replaced: dict[int, set[str]] = defaultdict(set)
        for struck, *values in gone:
            if struck in cancelled:
                replaced[cancelled[struck]].add(canonical(values))
            else:
                strikers.add(struck)
        gone = []
        for restored, wanted in replaced.items():
            for row, struck, *values in model._default_manager.filter(entered=restored).values_list(
                "id", "struck", *names
            ):
                if canonical(values) in wanted:
                    live.append(row) if struck == ALIVE else gone.append((struck, *values))
    return live, strikers


def _ended_since(model: type[Lasting], field: str, identity: type[Identity], seq: int) -> set[int]:
    """Entries after `seq` that ended an identity before rows about it end that `seq` struck."""
    again: dict[int, date] = {}
    for one, until in model._default_manager.filter(struck=seq).order_by().values_list(field, "until").distinct():
        again[one] = max(until, again.get(one, until))
    found: set[int] = set()
    for line, about in _lives(identity) if again else ():
        lived: dict[int, tuple[date, int]] = {}
        for start in range(0, len(again), BLOCK):
            rows = line._default_manager.filter(struck=ALIVE, **{f"{about}__in": list(again)[start : start + BLOCK]})
            for one, until, entered in rows.order_by("until").values_list(about, "until", "entered"):
                lived[one] = (until, entered)
        found |= {entered for one, (until, entered) in lived.items() if until < again[one] and entered > seq}
    return found


def _lives(identity: type[Identity]) -> Iterator[tuple[type[Lasting], str]]:
    """The tables that say over which time an identity stands: one line for each, without a gap, which may end."""
    for model in _facts():
        if issubclass(model, Lasting) and (line := model.timeline) and line.gapless and not line.endless:
            field, about = next(_hanging(model), ("", None))
            if about is identity and _lives_with(model, identity) and line.by == (field,):
                yield model, field


def _hanging(model: type[models.Model]) -> Iterator[tuple[str, type[Identity]]]:
    """The columns of a table that point at identities."""
    for field in model._meta.local_concrete_fields:
        other = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(other, type) and issubclass(other, Identity):
            yield field.name, other


def _lives_with(model: type[models.Model], identity: type[Identity]) -> bool:
    """Whether both are of one app: only there values are kept that were computed from an identity's other facts."""
    return model._meta.app_label == identity._meta.app_label


def _changed(identity: type[Identity], seq: int, touched: set[type[models.Model]]) -> list[int]:
    """Identities, older than the entry, of whose own facts it struck or wrote one; a fact is about what it names first."""
    found: set[int] = set()
    for model in _facts():
        field, about = next(_hanging(model), ("", None))
        if model in touched and about is identity and _lives_with(model, identity):
            rows = model._default_manager.filter(Q(entered=seq) | Q(struck=seq), **{f"{field}__entered__lt": seq})
            found |= set(rows.values_list(field, flat=True))
    return sorted(found)


def _later(model: type[Fact], seq: int, **where: Any) -> set[int]:
    """Entries after `seq` that wrote or struck such rows."""
    rows = model._default_manager.filter(**where).order_by()
    wrote = rows.filter(entered__gt=seq).values_list("entered", flat=True).distinct()
    struck = rows.filter(struck__gt=seq, struck__lt=ALIVE).values_list("struck", flat=True).distinct()
    return {*wrote, *struck}


def _later_on(model: type[Fact], field: str, subjects: list[int], seq: int) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(subjects), BLOCK):
        found |= _later(model, seq, **{f"{field}__in": subjects[start : start + BLOCK]})
    return found
