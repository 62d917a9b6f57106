"""Append-only in the database itself: whoever holds a connection cannot change what was written, and what lets them is named."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_migrate

from tests.journal.small_county import DAY, as_workbook, cells
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal import triggers
from yumiao.journal.facts import ALIVE, kinds
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.people.models import Belonging, PersonRecord
from yumiao.units.models import Unit

pytestmark = pytest.mark.db


@pytest.fixture
def county(clerk) -> None:
    assert import_workbook(as_workbook(cells()), today=DAY, actor=clerk).written
    record_reading(What.EXPORT, actor=clerk, subject_kind="county", subject=None, count=28)


def refused(sql: str) -> bool:
    """Whether the database refuses the statement because of a trigger of ours."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return triggers.REFUSED in str(error)
    return False


def test_no_filled_table_takes_a_delete_or_a_change_of_any_column_but_struck(county) -> None:
    let = []
    for model in kinds():
        table = model._meta.db_table
        if not model._default_manager.exists():
            continue
        changes = [f'UPDATE "{table}" SET "{f.column}" = "{f.column}"' for f in model._meta.local_concrete_fields]
        let += [sql for sql in (*changes, f'DELETE FROM "{table}"') if not refused(sql)]
    assert let == []


def test_the_orm_is_refused_too(county) -> None:
    for change in (
        lambda: PersonRecord.objects.update(name="他人"),
        lambda: Belonging.objects.all().delete(),
        lambda: Entry.objects.update(reason="另有理由"),
        lambda: Unit.objects.filter(code="001").update(code="002"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_fact_is_struck_once_and_neither_again_nor_brought_back(county) -> None:
    strike = "UPDATE people_personrecord SET struck = 9 WHERE id = (SELECT MIN(id) FROM people_personrecord)"
    assert not refused(strike)
    assert refused(strike)
    assert refused(strike.replace("= 9", f"= {ALIVE}"))


def test_a_fact_is_not_changed_under_cover_of_striking_it(county) -> None:
    assert refused("UPDATE people_personrecord SET struck = 9, name = '他人'")
    assert refused("UPDATE people_personrecord SET struck = 9, entered = 1, birth_number = NULL, born_on = NULL")


def test_a_row_cannot_be_replaced_or_the_table_emptied_at_once(county, database_vendor) -> None:
    if database_vendor == "sqlite":
        assert refused("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry")
    else:
        assert refused("TRUNCATE journal_entry")
        assert refused("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE people_person CASCADE")


def test_all_triggers_stand_after_migrating() -> None:
    assert triggers.missing() == []


def test_a_dropped_trigger_is_named_and_made_again_by_the_next_migration() -> None:
    name = "units_placement_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON units_placement"))
    assert triggers.missing() == [name]
    post_migrate.send(
        sender=apps.get_app_config("journal"), app_config=apps.get_app_config("journal"), using="default", verbosity=0
    )
    assert triggers.missing() == []


def test_a_rebuilt_table_gets_its_triggers_back(database_vendor) -> None:
    """What a migration does on SQLite: a new table takes the name of the old one, and the old triggers go with it."""
    if database_vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE rebuilt AS SELECT * FROM ledger_quota")
            cursor.execute("DROP TABLE ledger_quota")
            cursor.execute("ALTER TABLE rebuilt RENAME TO ledger_quota")
    else:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE rebuilt (LIKE ledger_quota INCLUDING ALL)")
            cursor.execute("DROP TABLE ledger_quota")
            cursor.execute("ALTER TABLE rebuilt RENAME TO ledger_quota")
    assert {name.rpartition("_no_")[0] for name in triggers.missing()} == {"ledger_quota"}
    triggers.install()
    assert triggers.missing() == []


def test_a_trigger_with_another_text_is_named() -> None:
    name, vendor = "people_membership_no_update", connection.vendor
    with connection.cursor() as cursor:
        if vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON people_membership WHEN 0 BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON people_membership FOR EACH ROW"
                " WHEN (false) EXECUTE FUNCTION journal_refuse()"
            )
    assert triggers.missing() == [name]


def test_a_condition_widened_by_one_column_is_named(database_vendor) -> None:
    name = "people_membership_no_update"
    model = next(model for model in kinds() if model._meta.db_table == "people_membership")
    made = triggers.definitions(model, "fact", database_vendor)[name]
    part = ' AND NEW."age_years" IS OLD."age_years"'
    if database_vendor == "postgresql":
        part = ' AND NOT (NEW."age_years" IS DISTINCT FROM OLD."age_years")'
    assert part in made
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if database_vendor == "sqlite" else " ON people_membership"))
        cursor.execute(made.replace(part, ""))
    assert triggers.missing() == [name]


def test_a_trigger_that_hangs_on_another_table_is_named(database_vendor) -> None:
    name = "people_tie_no_delete"
    with connection.cursor() as cursor:
        if database_vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON people_person BEGIN SELECT 1; END")
        else:
            cursor.execute(f"DROP TRIGGER {name} ON people_tie")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE DELETE ON people_person FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
            )
    assert triggers.missing() == [name]


def test_a_disabled_trigger_or_a_function_without_effect_is_named(database_vendor) -> None:
    if database_vendor == "sqlite":
        assert triggers.missing() == []  # SQLite cannot disable one: it stands or it does not
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_tie DISABLE TRIGGER people_tie_no_delete")
        assert triggers.missing() == ["people_tie_no_delete"]
        cursor.execute(
            "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
        )
    assert len(triggers.missing()) == 3 * len(kinds())
