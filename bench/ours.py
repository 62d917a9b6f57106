"""What the project does, stage by stage, each through the function that its command calls.

Runs in a process with a data folder of its own; must not print.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from bench.cost import Cost, timed
from bench.job import Job, Stages

if TYPE_CHECKING:
    from yumiao.config.installation import Installation

COMMAND = [sys.executable, "-m", "yumiao.config.command"]


def prepare(job: Job) -> Stages:
    """Tables, triggers, first key, first entry."""
    _set_up()
    from yumiao.config.folder import Profile
    from yumiao.config.installation import prepare

    yield "prepare", timed(lambda: prepare(Profile.DEMO))[1]


def take_in(job: Job) -> Stages:
    """The workbook into an empty county: read, checked, written and committed."""
    installation = _opened()
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.sheets.reading import read_workbook

    workbook, cost = timed(lambda: read_workbook(job.workbook))
    yield "read", cost
    begun, told = Cost.now(), []
    result = import_workbook(
        workbook, today=installation.today, actor=installation.actor, progress=lambda _said: told.append(Cost.now())
    )
    ended = Cost.now()
    if not result.written:
        raise SystemExit(f"the import wrote nothing, {len(result.checked.faults)} faults")
    _checking, writing = told
    yield "check", writing.since(begun)
    yield "write", ended.since(writing)


def again(job: Job) -> Stages:
    """The same workbook once more: everything compared, nothing to write."""
    installation = _opened()
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.sheets.reading import read_workbook

    workbook = read_workbook(job.workbook)
    result, cost = timed(lambda: import_workbook(workbook, today=installation.today, actor=installation.actor))
    if result.written:
        raise SystemExit("the second import wrote something")
    yield "again", cost


def lines(job: Job) -> Stages:
    """The statements of the lines, the ledger with every verdict and list as a document, a part of it, one village explained."""
    day = _opened().today
    from yumiao.bylaws.queries import settings_on
    from yumiao.ledger.explanation import explain
    from yumiao.ledger.lines import counts_by_path
    from yumiao.ledger.queries import ledger

    settings, whole = settings_on(day), ledger(day)
    township, village = whole.townships[0].unit.subtree, whole.villages[0].unit.code
    yield from job.repeated("lines", lambda: counts_by_path(day, settings))
    yield from job.repeated("ledger", lambda: ledger(day).as_json())
    yield from job.repeated("township", lambda: ledger(day, within=township).as_json())
    yield from job.repeated("explain", lambda: explain(village, day).as_json())


def paper(job: Job) -> Stages:
    """The ledger and the two lists of the county, counted and set as one PDF."""
    day = _opened().today
    from yumiao.ledger.prints import ledger_pdf
    from yumiao.ledger.queries import ledger

    yield from job.repeated("ledger_pdf", lambda: ledger_pdf(ledger(day), ""))


def statistics(job: Job) -> Stages:
    """A table of the whole county by age, and the balance of the year; each with the tree, and nothing kept from the run before."""
    day = _opened().today
    from yumiao.access.readers import tree_of
    from yumiao.desk.statistics.balance import balance
    from yumiao.desk.statistics.reading import Subject, counts
    from yumiao.desk.statistics.tables import Table, table
    from yumiao.journal.acts import last
    from yumiao.journal.chain import Head
    from yumiao.people.statistics import AGE

    numbers, known = count(last().seq + 1), last().hash

    def by_age() -> Table:
        head = Head(next(numbers), known)
        units = tree_of(day, head)
        assert units.root is not None
        return table("", Subject.MEMBERS, units.root, day, units, counts(Subject.MEMBERS, AGE, day, head), AGE)

    def of_the_year() -> Table:
        head = Head(next(numbers), known)
        unit = tree_of(day, head).root
        assert unit is not None
        return balance(unit, date(day.year - 1, 12, 31), day, head)

    yield from job.repeated("statistics", by_age)
    yield from job.repeated("balance", of_the_year)


def export(job: Job) -> Stages:
    """All members with their whole numbers, and the other four sheets."""
    installation = _opened()
    from yumiao.desk.workbook.exporting import export_workbook

    target = installation.folder.root / "export.xlsx"
    yield "export", timed(lambda: export_workbook(target, actor=installation.actor, purpose="bench"))[1]


def verify(job: Job) -> Stages:
    """The whole record proved."""
    _opened()
    from yumiao.desk.proof import findings

    found, cost = timed(lambda: list(findings()))
    if found:
        raise SystemExit(found[0].text)
    yield "verify", cost


def backup(job: Job) -> Stages:
    """The whole record into one sealed file."""
    installation = _opened()
    from yumiao.config.backup.writing import back_up

    yield "backup", timed(lambda: back_up(job.target, installation, lambda _said: None))[1]


def restore(job: Job) -> Stages:
    """The file into an empty place, tables made on the way, and everything proved."""
    _set_up()
    from yumiao.config.backup.restoring import restore
    from yumiao.config.installation import data_folder

    with job.target.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        yield "restore", timed(lambda: restore(source, digest, data_folder(), lambda _said: None))[1]


def extent(job: Job) -> Stages:
    """No measurement: how many rows stand in the project's tables, and how wide they are on average."""
    _opened()
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("yumiao.")]
    sizes = [(model._default_manager.count(), len(model._meta.concrete_fields)) for model in models]
    job.facts["rows"] = sum(rows for rows, _width in sizes)
    job.facts["columns"] = round(sum(rows * width for rows, width in sizes) / job.facts["rows"])
    yield from ()


def help_page(job: Job) -> Stages:
    """`yumiao --help` from start to end."""
    yield from job.repeated("help_page", lambda: _call("--help"))


def whole_command(job: Job) -> Stages:
    """`yumiao import` from start to end in a new data folder, tables made on the way."""
    from yumiao.desk.demo.days import DEMO_DAY

    yield "whole_command", timed(lambda: _call("import", str(job.workbook), "--on", DEMO_DAY.isoformat()))[1]


def _call(*arguments: str) -> None:
    done = subprocess.run([*COMMAND, *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr.strip() or done.stdout.strip())


def _set_up() -> None:
    import django

    django.setup()


def _opened() -> Installation:
    _set_up()
    from yumiao.config.installation import opened

    return opened()


OURS = {
    work.__name__: work
    for work in (
        prepare,
        take_in,
        again,
        lines,
        paper,
        statistics,
        export,
        backup,
        restore,
        verify,
        extent,
        help_page,
        whole_command,
    )
}
