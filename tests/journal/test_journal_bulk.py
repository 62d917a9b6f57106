"""Writing many rows at once, and what the planner is told afterwards."""

from __future__ import annotations

from contextlib import ExitStack

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.abuse.program import SERVER
from yumiao.journal.bulk import refresh_statistics

pytestmark = pytest.mark.db


def test_statistics_are_those_of_our_own_tables_and_wait_for_nobody_in_another_database() -> None:
    with ExitStack() as held:
        if SERVER:  # somebody else on this server is in the middle of the same, with the tables all databases share
            held.enter_context(psycopg.connect(SERVER)).execute("ANALYZE pg_database")
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
        with CaptureQueriesContext(connection) as said:
            refresh_statistics()
    ours = ", ".join(sorted(f'"{model._meta.db_table}"' for model in apps.get_models()))
    assert [query["sql"] for query in said] == ([f"ANALYZE {ours}"] if SERVER else [])
