"""Whatever is changed, removed or added behind the program's back is found, and the entry it belongs to is named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models

from tests.journal.tampering import another, as_stored, forge_entry, relink, run, said_by, seen, set_value, shift
from yumiao.desk.proof import findings
from yumiao.journal import bulk, chain
from yumiao.journal.acts import act, last
from yumiao.journal.facts import ALIVE, Fact, kinds
from yumiao.journal.models import Entry, Reading
from yumiao.journal.proof import Finding
from yumiao.journal.verbs import Verb
from yumiao.ledger.models import Quota
from yumiao.people.models import PersonRecord
from yumiao.units.models import UnitRecord

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("lived_in_county")]

TABLES = sorted(kinds(), key=lambda model: model._meta.db_table)
ROWS = [model for model in TABLES if model not in (Entry, Reading)]
LAST = 10


def entries(found: list[Any]) -> list[int]:
    """The entries named, in the order of naming."""
    return [finding.seq for finding in found if finding.seq is not None]


def names(model: type[models.Model]) -> str:
    return model._meta.db_table


def test_a_record_that_nobody_touched_is_whole() -> None:
    assert list(findings()) == []
    assert last().seq == LAST
    assert [names(model) for model in TABLES if not model._default_manager.exists()] == []


@pytest.mark.parametrize("seq", [1, 5, LAST])
def test_any_changed_column_of_an_entry_is_found_and_that_entry_named_first(seq: int) -> None:
    row, named = Entry.objects.get(seq=seq), {}
    for field in Entry._meta.local_concrete_fields:
        value = 99 if field.attname == "seq" else another(field, getattr(row, field.attname), random.Random(seq))
        found = entries(seen(lambda f=field, v=value: set_value(Entry, seq, f.column, as_stored(f, v))))
        named[field.attname] = {found[0], min(found)}
    assert named == {column: {seq} for column in named}


@pytest.mark.parametrize("key", [1, 2, 3])
def test_any_changed_column_of_a_reading_is_found(key: int) -> None:
    row = Reading.objects.get(pk=key)
    for field in Reading._meta.local_concrete_fields:
        value = 99 if field.attname == "id" else another(field, getattr(row, field.attname), random.Random(key))
        found = seen(lambda f=field, v=value: set_value(Reading, key, f.column, as_stored(f, v)))
        assert found[0].text.startswith(f"查阅记录第 {key} 条"), field.attname


def told(found: list[Finding], seq: int, model: type[models.Model]) -> bool:
    """Whether the entry is named with the table."""
    return any(finding.seq == seq and f"（{names(model)}）" in finding.text for finding in found)


def columns(model: type[models.Model]) -> list[str]:
    """What a row says: all but the id of a fact or a log, which the database hands out and nothing points to."""
    return [*bulk.recorded(model), "entered", *(["struck"] if issubclass(model, Fact) else [])]


def test_any_changed_column_of_any_table_is_found_with_the_entry_that_wrote_the_row() -> None:
    rows = [(model, model._default_manager.order_by("pk").last()) for model in ROWS]
    unseen = []
    for place in range(max(len(columns(model)) for model in ROWS)):
        changes = [(model, row, columns(model)[place]) for model, row in rows if place < len(columns(model))]
        found = seen(lambda changes=changes: [change(*one) for one in changes])
        for model, row, column in changes:
            if not told(found, LAST if column == "struck" else row.entered, model):
                unseen.append((names(model), column))
    assert unseen == []


def change(model: type[models.Model], row: Any, column: str) -> None:
    field = model._meta.get_field(column)
    value = LAST if column == "struck" else another(field, getattr(row, column), random.Random(column))
    set_value(model, row.pk, field.column, as_stored(field, value))


@pytest.mark.parametrize("part", [0, 0.5, 1], ids=["first", "middle", "last"])
def test_a_removed_row_of_any_table_is_found(part: float) -> None:
    gone = []
    for model in ROWS:
        rows = list(model._default_manager.order_by("pk"))
        gone.append((model, rows[int(part * (len(rows) - 1))]))
    found = seen(lambda: [run(f'DELETE FROM "{names(model)}" WHERE id = %s', row.pk) for model, row in gone])
    assert [names(model) for model, row in gone if not told(found, row.entered, model)] == []


def test_a_row_added_to_an_entry_is_found_in_any_table() -> None:
    rows = [(model, model._default_manager.order_by("pk").last()) for model in ROWS]
    found = seen(lambda: [model._default_manager.bulk_create([forged_row(model, row)]) for model, row in rows])
    assert [names(model) for model, row in rows if not told(found, row.entered, model)] == []


_DISTINGUISHING = {
    "uid", "code", "keyed", "year", "day", "number", "key", "period", "body",
    "person_id", "unit_id", "account_id", "case_id", "transfer_id", "meeting_id", "motion_id", "paper_id", "predecessor_id",
    "notice_id", "objection_id", "finding_id", "order_id", "review_id", "review_case_id", "audit_id", "sampled_id",
}  # fmt: skip


def forged_row(model: type[models.Model], row: Any) -> models.Model:
    """A row of the same entry that differs where the table allows no second one."""
    values = {field.attname: getattr(row, field.attname) for field in model._meta.local_concrete_fields}
    for name, value in values.items():
        if name in _DISTINGUISHING:
            values[name] = another(model._meta.get_field(name), value, random.Random(name))
    return model(**{**values, "id": row.pk + 1000})


@pytest.mark.parametrize("seq", [1, 5, LAST])
def test_a_removed_entry_is_named(seq: int) -> None:
    settle()
    found = seen(lambda: run("DELETE FROM journal_entry WHERE seq = %s", seq))
    assert entries(found)[0] == seq


@pytest.mark.parametrize("key", [1, 2, 3])
def test_a_removed_reading_is_found(key: int) -> None:
    settle()
    assert seen(lambda: run("DELETE FROM journal_reading WHERE id = %s", key)) != []


def settle() -> None:
    """What happens after a commit, which tests inside one transaction never see."""
    chain.ENTRIES.settle(last())
    row = Reading.objects.order_by("id").last()
    assert row is not None
    chain.READINGS.settle(chain.Head(row.pk, bytes(row.hash)))


def cut(since: int) -> None:
    """Remove the acts from `since` on with everything they wrote and struck."""
    for model in ROWS:
        run(f'DELETE FROM "{names(model)}" WHERE entered >= %s', since)
        if issubclass(model, Fact):
            run(f'UPDATE "{names(model)}" SET struck = %s WHERE struck >= %s AND struck < %s', ALIVE, since, ALIVE)
    run("DELETE FROM journal_entry WHERE seq >= %s", since)


@pytest.mark.parametrize("since", [1, 2, 4, LAST])
def test_a_tail_cut_with_all_its_rows_is_found(since: int) -> None:
    settle()
    assert entries(seen(lambda: cut(since))) == [since]


def test_the_moment_between_announcing_and_committing_is_no_cut_tail() -> None:
    assert seen(lambda: cut(LAST)) == []


def test_an_entry_forged_at_the_end_with_a_right_hash_is_found() -> None:
    settle()
    assert entries(seen(lambda: forge_entry(LAST + 1, last().hash))) == [LAST + 1]


@pytest.mark.parametrize("seq", [2, 5, LAST])
def test_an_entry_forged_in_the_middle_is_found(seq: int) -> None:
    def forge() -> None:
        shift(seq)
        forge_entry(seq, bytes(Entry.objects.get(seq=seq - 1).hash))

    assert entries(seen(forge))[0] == seq + 1


@pytest.mark.parametrize("seq", [2, 5, LAST])
def test_an_entry_forged_in_the_middle_with_every_later_hash_made_right_is_found(seq: int) -> None:
    def forge() -> None:
        shift(seq)
        forge_entry(seq, bytes(Entry.objects.get(seq=seq - 1).hash))
        relink(seq)

    found = entries(seen(forge))
    assert LAST + 1 in found


def test_a_changed_entry_with_every_hash_made_right_is_found() -> None:
    def forge() -> None:
        set_value(Entry, 5, "actor_label", "他人")
        relink(5)

    assert seen(forge) != []


def test_two_entries_that_changed_places_are_found() -> None:
    def swap() -> None:
        for seq, other in ((4, 98), (5, 4), (98, 5)):
            run("UPDATE journal_entry SET seq = %s WHERE seq = %s", other, seq)

    assert entries(seen(swap))[0] == 4


def test_a_strike_moved_to_another_row_is_found() -> None:
    struck = PersonRecord.objects.exclude(struck=ALIVE).order_by("pk")[0]
    other = PersonRecord.objects.alive().filter(entered=1).order_by("-pk")[0]

    def move() -> None:
        set_value(PersonRecord, struck.pk, "struck", ALIVE)
        set_value(PersonRecord, other.pk, "struck", struck.struck)

    run_free_of_unique_indexes(move, struck)


def run_free_of_unique_indexes(move: Any, struck: PersonRecord) -> None:
    # only one row may be open: the right one gives way first
    def whole() -> None:
        run("UPDATE people_personrecord SET struck = 8 WHERE person_id = %s AND struck = %s", struck.person_id, ALIVE)
        move()

    assert struck.struck in entries(seen(whole))


def test_a_quota_struck_in_place_of_another_is_found() -> None:
    struck = Quota.objects.exclude(struck=ALIVE).get()
    [entered] = Quota.objects.alive().values_list("entered", flat=True)

    def move() -> None:
        set_value(Quota, struck.pk, "year", 2025)
        set_value(Quota, struck.pk, "struck", ALIVE)

    assert {struck.entered, struck.struck} <= set(entries(seen(move)))
    assert entered == struck.struck


def test_an_entry_that_says_other_counts_is_found() -> None:
    said = said_by(2)
    said["written"].pop("ledger_quota")

    def forge() -> None:
        set_value(Entry, 2, "data", chain.canonical(said))
        relink(2)

    assert any(finding.seq == 2 and "ledger_quota" in finding.text for finding in seen(forge))


@pytest.mark.parametrize(
    "data", ["", "[]", "null", '{"written": 3}', '{"written": {"ledger_quota": 1}}', "{"], ids=repr
)
def test_an_entry_whose_data_are_no_longer_what_they_were_is_named(data: str) -> None:
    assert entries(seen(lambda: set_value(Entry, 5, "data", data)))[0] == 5


def test_values_that_no_column_of_theirs_can_hold_are_found(database_vendor) -> None:
    """SQLite takes anything anywhere; PostgreSQL refuses it before there is something to find."""
    if database_vendor == "postgresql":
        assert connection.vendor == "postgresql"
        return
    for column in ("at", "actor", "hash", "prev", "subject"):
        found = seen(lambda column=column: set_value(Entry, 5, column, "2026-13-45"))
        assert entries(found)[0] == 5, column
    record = UnitRecord.objects.order_by("pk")[0]
    for column in ("since", "until", "unit_id", "entered"):
        found = seen(lambda column=column: set_value(UnitRecord, record.pk, column, "2026-13-45"))
        assert record.entered in entries(found), column


def test_an_old_head_file_put_back_is_found(clerk) -> None:
    head = Path(settings.HEAD_FILE)
    shutil.copy(head, head.with_name("kept"))
    for _ in range(2):
        with act(Verb.PREPARED, actor=clerk):
            pass
    settle()
    shutil.move(head.with_name("kept"), head)
    assert entries(list(findings())) == [LAST + 1]


@pytest.mark.parametrize("name", ["head", "head-readings"])
@pytest.mark.parametrize("place", [0, 15, 60, 120, 200, -3])
def test_an_altered_head_file_is_found(name: str, place: int) -> None:
    head = Path(settings.HEAD_FILE).with_name(name)
    content = bytearray(head.read_bytes())
    content[place] = ord("7") if content[place] != ord("7") else ord("8")
    head.write_bytes(content)
    assert ["头文件被改动" in finding.text for finding in findings()] == [True]


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b"null", b"{}", "{\u4e00}".encode()], ids=repr)
def test_a_head_file_that_holds_something_else_is_found(content: bytes) -> None:
    Path(settings.HEAD_FILE).write_bytes(content)
    assert ["头文件被改动" in finding.text for finding in findings()] == [True]


@pytest.mark.parametrize("name", ["head", "head-readings"])
def test_a_missing_head_file_is_found(name: str) -> None:
    Path(settings.HEAD_FILE).with_name(name).unlink()
    assert ["头文件缺失" in finding.text for finding in findings()] == [True]


def test_the_head_file_of_one_chain_does_not_serve_for_the_other() -> None:
    head = Path(settings.HEAD_FILE)
    shutil.copy(head.with_name("head-readings"), head)
    assert any("头文件被改动" in finding.text for finding in findings())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_twenty_five_random_mutations_are_all_found(seed: int) -> None:
    chance = random.Random(seed)
    unseen, tried = [], 0
    for _ in range(25):
        model = chance.choice(ROWS)
        row = chance.choice(list(model._default_manager.order_by("pk")))
        column = chance.choice([*bulk.recorded(model), "entered"])
        field = model._meta.get_field(column)
        value = another(field, getattr(row, column), chance)
        try:
            found = seen(lambda m=model, r=row, f=field, v=value: set_value(m, r.pk, f.column, as_stored(f, v)))
        except IntegrityError:
            continue  # a constraint of the table was in the way
        tried += 1
        if row.entered not in entries(found):
            unseen.append((names(model), row.pk, column))
    assert unseen == []
    assert tried >= 20
