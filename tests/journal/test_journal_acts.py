"""Acts: one number, one entry, all or nothing; what was written is struck at most once."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from yumiao.access.models import Account, Invitation, LoginSession, RateWindow, RecoveryCode, SecondFactor, TokenSecret
from yumiao.journal import bulk, chain, closing
from yumiao.journal.acts import Act, act, last
from yumiao.journal.closing import Broken
from yumiao.journal.facts import ALIVE, Derived, kinds
from yumiao.journal.models import Entry, Reading
from yumiao.journal.readings import What, record_reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import FOREVER
from yumiao.ledger.models import Quota
from yumiao.people.models import Belonging, Person
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.units.models import Placement, ReformDraft, Unit, UnitRecord

pytestmark = pytest.mark.db

BELONGING = ("since", "until", "person_id", "unit_id", "since_known")
PLACEMENT = (
    "since", "until", "unit_id", "parent_id", "path", "depth", "village_id", "township_id", "position", "since_known",
)  # fmt: skip
QUOTA = bulk.recorded(Quota)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def write_unit(current: Act, code: str = "001") -> int:
    unit = bulk.new_ids(Unit, 1)[0]
    current.insert(Unit, bulk.recorded(Unit), [(unit, uuid.uuid4(), code, date(1, 1, 1))])
    return unit


def write_person(current: Act) -> int:
    person = bulk.new_ids(Person, 1)[0]
    current.insert(Person, bulk.recorded(Person), [(person, uuid.uuid4())])
    return person


def write_belongings(clerk: Any, *spans: tuple[date, date]) -> None:
    with act(Verb.PREPARED, actor=clerk) as current:
        unit, person = write_unit(current), write_person(current)
        current.insert(Belonging, BELONGING, [(since, until, person, unit, True) for since, until in spans])


def write_placements(clerk: Any, *spans: tuple[date, date], code: str = "001") -> None:
    with act(Verb.PREPARED, actor=clerk) as current:
        unit = write_unit(current, code)
        path = f"{unit:06d}"
        rows = [(since, until, unit, None, path, 1, None, None, 1, True) for since, until in spans]
        current.insert(Placement, PLACEMENT, rows)


def write_quota(clerk: Any) -> int:
    with act(Verb.PREPARED, actor=clerk) as current:
        current.insert(Quota, QUOTA, [quota_row(write_unit(current))])
    return Quota.objects.get().pk


def quota_row(unit: int, planned: int = 8) -> tuple[Any, ...]:
    values = {"unit_id": unit, "year": 2026, "planned": planned}
    return tuple(values.get(name) for name in QUOTA)


def test_an_act_that_raises_leaves_nothing(clerk) -> None:
    write_quota(clerk)
    head, announced = last(), chain.ENTRIES.read()
    with pytest.raises(RuntimeError), act(Verb.PREPARED, actor=clerk) as current:
        current.strike(Quota, [write_unit(current, "002") + 1000])
    assert last() == head
    assert chain.ENTRIES.read() == announced
    assert Unit.objects.count() == 1


def test_an_act_that_breaks_a_timeline_leaves_nothing(clerk) -> None:
    with pytest.raises(Broken):
        write_belongings(clerk, (MAY, JUNE))
    assert (Entry.objects.count(), Unit.objects.count(), Person.objects.count()) == (0, 0, 0)
    assert chain.ENTRIES.read() is None


def test_acts_are_numbered_without_gaps_also_after_one_that_failed(clerk) -> None:
    for code in ("001", None, "002"):
        try:
            with act(Verb.PREPARED, actor=clerk) as current:
                write_unit(current, code or "003")
                assert code is not None
        except AssertionError:
            continue
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert list(Unit.objects.order_by("code").values_list("code", "entered")) == [("001", 1), ("002", 2)]


def test_an_entry_follows_the_hash_of_the_entry_before(clerk) -> None:
    for _ in range(3):
        with act(Verb.PREPARED, actor=clerk):
            pass
    pairs = [(bytes(prev), bytes(digest)) for prev, digest in Entry.objects.order_by("seq").values_list("prev", "hash")]
    assert [prev for prev, _ in pairs] == [bytes(32), pairs[0][1], pairs[1][1]]


def test_the_head_file_holds_the_head_before_and_after(clerk) -> None:
    write_quota(clerk)
    before = last()
    with act(Verb.PREPARED, actor=clerk):
        pass
    assert chain.ENTRIES.read() == (before, last())


def test_the_head_file_is_for_its_owner_only(clerk, settings) -> None:
    write_quota(clerk)
    assert Path(settings.HEAD_FILE).stat().st_mode & 0o777 == 0o600


def test_an_entry_tells_what_was_written_and_what_was_struck(clerk) -> None:
    quota = write_quota(clerk)
    with act(Verb.PREPARED, actor=clerk, reason="计划调整") as current:
        current.strike(Quota, [quota])
        current.insert(Quota, QUOTA, [quota_row(Unit.objects.get().pk, planned=9)])
    entry = Entry.objects.get(seq=2)
    said = json.loads(entry.data)
    assert (entry.actor_label, entry.reason) == (clerk.label, "计划调整")
    assert said == {
        "written": {"ledger_quota": list(bulk.tally_of(Quota, 2))},
        "struck": {"ledger_quota": list(bulk.tally_struck(Quota, 2))},
    }
    assert (said["written"]["ledger_quota"][0], said["struck"]["ledger_quota"][0]) == (1, 1)


def test_a_struck_row_stays_readable_as_it_was_known(clerk) -> None:
    quota = write_quota(clerk)
    with act(Verb.PREPARED, actor=clerk) as current:
        current.strike(Quota, [quota])
    assert Quota.objects.alive().count() == 0
    assert [row.pk for row in Quota.objects.known_at(1)] == [quota]
    assert list(Quota.objects.known_at(2)) == []


def test_striking_twice_in_one_act_raises(clerk) -> None:
    quota = write_quota(clerk)
    with pytest.raises(RuntimeError, match="struck before"), act(Verb.PREPARED, actor=clerk) as current:
        [current.strike(Quota, [quota]) for _ in range(2)]
    assert Quota.objects.get().struck == ALIVE


def test_striking_what_another_act_struck_raises_and_leaves_nothing(clerk) -> None:
    quota = write_quota(clerk)
    with act(Verb.PREPARED, actor=clerk) as current:
        current.strike(Quota, [quota])
    with pytest.raises(RuntimeError, match="1 rows were struck before"), act(Verb.PREPARED, actor=clerk) as current:
        current.strike(Quota, [quota])
    assert (Entry.objects.count(), Quota.objects.get().struck) == (2, 2)


def test_striking_nothing_says_nothing(clerk) -> None:
    with act(Verb.PREPARED, actor=clerk) as current:
        assert current.strike(Quota, []) == 0
    assert json.loads(Entry.objects.get().data) == {}


def test_values_in_another_order_are_refused(clerk) -> None:
    with pytest.raises(ValueError, match="Belonging is written as"), act(Verb.PREPARED, actor=clerk) as current:
        current.insert(Belonging, tuple(reversed(BELONGING)), [])


@pytest.mark.parametrize(
    "spans",
    [
        [(MAY, JULY), (JUNE, FOREVER)],
        [(MAY, JUNE), (JULY, FOREVER)],
        [(MAY, JUNE)],
    ],
    ids=["overlap", "gap", "no open row"],
)
def test_a_belonging_must_be_one_unbroken_line_without_end(clerk, spans) -> None:
    with pytest.raises(Broken, match="people_belonging"):
        write_belongings(clerk, *spans)


def test_belongings_that_touch_are_one_line(clerk) -> None:
    write_belongings(clerk, (MAY, JUNE), (JUNE, FOREVER))
    assert closing.problems(Belonging) == []


def test_a_belonging_struck_without_another_is_refused(clerk) -> None:
    write_belongings(clerk, (MAY, FOREVER))
    with pytest.raises(Broken, match="people_belonging"), act(Verb.PREPARED, actor=clerk) as current:
        current.strike(Belonging, [Belonging.objects.get().pk])


def test_a_unit_may_end_but_not_overlap_itself_or_be_away_in_between(clerk) -> None:
    write_placements(clerk, (MAY, JUNE), (JUNE, JULY))
    for spans in ([(MAY, JULY), (JUNE, FOREVER)], [(MAY, JUNE), (JULY, FOREVER)]):
        with pytest.raises(Broken, match="units_placement"):
            write_placements(clerk, *spans, code="002")


def test_other_subjects_are_no_concern_of_an_act(clerk) -> None:
    write_belongings(clerk, (MAY, FOREVER))
    with act(Verb.PREPARED, actor=clerk) as current:
        unit = write_unit(current, "002")
        current.insert(UnitRecord, bulk.recorded(UnitRecord), [(MAY, FOREVER, unit, "石桥村党支部", "村党支部")])
    assert closing.problems(UnitRecord, seq=1) == []


def test_readings_are_numbered_and_chained(clerk) -> None:
    subject = uuid.uuid4()
    for count in (1, 30):
        record_reading(What.EXPORT, actor=clerk, subject_kind="unit", subject=subject, count=count, purpose="年终统计")
    first, second = Reading.objects.order_by("id")
    assert (first.pk, second.pk, second.count, second.purpose) == (1, 2, 30, "年终统计")
    assert (bytes(first.prev), bytes(second.prev)) == (bytes(32), bytes(first.hash))
    assert chain.READINGS.read() == (chain.Head(1, bytes(first.hash)), chain.Head(2, bytes(second.hash)))


def test_every_table_is_an_identity_a_fact_or_a_log_but_for_means_and_what_is_derived() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("yumiao.")}
    in_place = {Account, LoginSession, SecondFactor, RecoveryCode, Invitation, RateWindow, TokenSecret, ReformDraft}
    in_place |= {Comparison, Tick}
    derived = {model for model in ours if issubclass(model, Derived)}
    assert ours - set(kinds()) == in_place | derived
    assert set(kinds().values()) == {"identity", "fact", "log"}


def test_nothing_is_deleted_with_what_it_points_to() -> None:
    rules = {
        f"{model.__name__}.{field.name}": field.remote_field.on_delete
        for model in kinds()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    assert {name for name, rule in rules.items() if rule is not models.PROTECT} == set()
    assert len(rules) > 15
