"""How the facts of one person become those of another, within an open act: rows are struck and written anew. No row is lost.

Generic over the tables `relations` names. Must not know: what any of them says, who decided.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from yumiao.desk.doubles.relations import ON_IDENTITIES, How, Relation, of_group, of_kind
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids, recorded
from yumiao.journal.facts import ALIVE, Fact
from yumiao.people.models import Person

Row = dict[str, Any]
Change = Callable[[type[Fact], Row], None]


@dataclass(frozen=True, slots=True)
class Carrying:
    """What is known of `gone` becomes known of `into`; `change` may alter a row before it is written on `into`."""

    act: Act
    gone: Person
    into: Person
    change: Change

    def chosen(self, group: str, *, gone_holds: bool) -> None:
        """Of a group of tables what the one says, whole; where `into` says nothing, what `gone` says."""
        tables = [_column(name) for name in of_group(group)]
        standing = [(model, column, self._rows(model, column, self.into)) for model, column in tables]
        holds = gone_holds or not any(rows for _model, _column, rows in standing)
        for model, column, rows in standing:
            leaving = self._rows(model, column, self.gone)
            _strike(self.act, model, leaving)
            if holds:
                _strike(self.act, model, rows)
                self._write(model, leaving)
            else:
                self._write_changed(model, rows)

    def carried(self) -> None:
        """Everything that goes over beside what stands there already."""
        for name, relation in of_kind(How.CARRIED):
            model, column = _column(name)
            standing = self._rows(model, column, self.into)
            leaving = self._rows(model, column, self.gone)
            _strike(self.act, model, leaving)
            self._write(model, [row for row in leaving if not self._collides(row, standing, relation)])

    def pointed(self) -> None:
        """Others' facts that name `gone` name `into`, but for what would name the same twice, or a person to himself."""
        both = {self.gone.pk, self.into.pk}
        for name, _relation in of_kind(How.POINTED):
            model, column = _column(name)
            rows = [row for row in self._rows(model, column, self.gone) if row["person_id"] not in both]
            _strike(self.act, model, rows)
            twice = model._default_manager.filter(struck=ALIVE, **{column: self.into.pk})
            named = [row for row in twice.values() if row["person_id"] not in both]
            again = [row for row in rows if model.__name__ != "Tie" or not _named_by(row, named)]
            self._write(model, again)

    def cases(self, *, gone_holds: bool) -> None:
        """What hangs on the identities of `gone` hangs on new ones of `into`, or is taken back; papers of what is taken back stay where they lie."""
        for name, _relation in of_kind(How.CASES):
            identity, column = _column(name)
            leaving = list(identity._default_manager.filter(**{column: self.gone.pk}).order_by("pk").values())
            facts = [one for one in _hanging(identity) if issubclass(one[0], Fact)]
            rows = [(model, key, _alive(model, key, [one["id"] for one in leaving])) for model, key in facts]
            standing = identity._default_manager.filter(**{column: self.into.pk}).values_list("pk", flat=True)
            there = [(model, key, _alive(model, key, list(standing))) for model, key in facts]
            holds = gone_holds or not any(found for _model, _key, found in there)
            lost = rows if not holds else [*rows, *there]
            for model, _key, found in lost:
                _strike(self.act, model, found)
            if holds and any(found for _model, _key, found in rows):
                ids = self._copied(identity, leaving, {column: {self.gone.pk: self.into.pk}})
                for model, key, found in rows:
                    self._write(model, [{**row, key: ids[row[key]]} for row in found])
                self._with_it(identity, ids)

    def _with_it(self, identity: type[Any], ids: Mapping[int, int]) -> None:
        """Identities that hang on copied ones are copied too, with their facts: papers in the slots of a case."""
        for model, key in _hanging(identity):
            if issubclass(model, Fact) or model is identity:
                continue
            rows: list[Row] = list(model._default_manager.filter(**{f"{key}__in": ids}).order_by("pk").values())
            own = [one for one in _hanging(model) if one[0] is model]
            new = self._copied(model, rows, {key: ids}, among=[column for _model, column in own])
            for fact, column in _hanging(model):
                if issubclass(fact, Fact):
                    known = _alive(fact, column, list(new))
                    _strike(self.act, fact, known)
                    self._write(fact, [{**row, column: new[row[column]]} for row in known])

    def _copied(
        self,
        identity: type[Any],
        rows: Sequence[Row],
        changed: Mapping[str, Mapping[int, int]],
        among: Sequence[str] = (),
    ) -> dict[int, int]:
        """The identities once more under new ids and addresses; `changed` and `among` themselves name others now. Returns the ids, old to new."""
        ids = dict(zip((one["id"] for one in rows), new_ids(identity, len(rows)), strict=True))
        names = recorded(identity)
        values = [{**one, "id": ids[one["id"]]} for one in rows]
        for one in values if "uid" in names else ():
            one["uid"] = uuid.uuid4()
        for one in values:
            one |= {column: other[one[column]] for column, other in changed.items()}
            one |= {column: ids[one[column]] for column in among if one[column] is not None}
        self.act.insert(identity, names, [tuple(one[name] for name in names) for one in values])
        return ids

    def _rows(self, model: type[Fact], column: str, person: Person) -> list[Row]:
        rows: Iterable[Any] = model._default_manager.filter(struck=ALIVE, **{column: person.pk}).order_by("pk").values()
        return list(rows)

    def _write(self, model: type[Fact], rows: Sequence[Row]) -> None:
        """Rows with `into` wherever they name `gone`."""
        names = recorded(model)
        columns = [field.attname for field in model._meta.local_concrete_fields if field.related_model is Person]
        for row in rows:
            row |= {column: self.into.pk for column in columns if row[column] == self.gone.pk}
            self.change(model, row)
        self.act.insert(model, names, [tuple(row[name] for name in names) for row in rows])

    def _write_changed(self, model: type[Fact], rows: Sequence[Row]) -> None:
        """Rows of `into` that `change` alters, corrected."""
        altered = [{**row} for row in rows]
        for row in altered:
            self.change(model, row)
        changed = [(row, new) for row, new in zip(rows, altered, strict=True) if row != new]
        _strike(self.act, model, [row for row, _new in changed])
        self._write(model, [new for _row, new in changed])

    def _collides(self, row: Row, standing: Collection[Row], relation: Relation) -> bool:
        """Whether `into` has a fact of the same kind at the same time, or the row would name a person to himself."""
        if row.get("other_id") in (self.gone.pk, self.into.pk):
            return True
        is_event = "since" not in row
        return any(
            (bool(relation.by) if is_event else _same_time(row, one))
            and all(row[name] == one[name] for name in relation.by)
            for one in standing
        )


def _column(name: str) -> tuple[type[Any], str]:
    """The model and the column of `app.Model.field`."""
    app, model, field = name.split(".")
    return apps.get_model(app, model), f"{field}_id"


def _hanging(identity: type[Any]) -> list[tuple[type[Any], str]]:
    """The tables, facts or identities, that go with an identity, each with the column that names it."""
    going = [_column(name) for name, how in ON_IDENTITIES.items() if how is How.CASES]
    return [
        (model, key) for model, key in going if model._meta.get_field(key.removesuffix("_id")).related_model is identity
    ]


def _alive(model: type[Fact], key: str, identities: Collection[int]) -> list[Row]:
    rows: Iterable[Any] = (
        model._default_manager.filter(struck=ALIVE, **{f"{key}__in": identities}).order_by("pk").values()
    )
    return list(rows) if identities else []


def _strike(act: Act, model: type[Fact], rows: Sequence[Row]) -> None:
    act.strike(model, [row["id"] for row in rows])


def _same_time(one: Row, other: Row) -> bool:
    """Whether two facts last at one time; what happened on a day stands beside everything."""
    return "since" in one and bool(one["since"] < other["until"] and other["since"] < one["until"])


def _named_by(row: Row, named: Sequence[Row]) -> bool:
    return any(
        row["person_id"] == one["person_id"] and row["kind"] == one["kind"] and _same_time(row, one) for one in named
    )
