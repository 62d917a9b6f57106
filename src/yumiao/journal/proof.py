"""The proof behind `yumiao verify`: chain, head, triggers, written rows, timelines. It reads only and names the first bad entry.

Upper apps add nothing here: every promise is declared on the model.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet

from yumiao.journal import bulk, chain, closing, triggers
from yumiao.journal.acts import READINGS_LOCK, last, lock_chain
from yumiao.journal.facts import ALIVE, Fact, Lasting, kinds
from yumiao.journal.models import Entry, Reading

SHOWN_TRIGGERS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `seq` is the entry concerned, None where no single entry is."""

    seq: int | None
    text: str


UNREADABLE = (ValueError, TypeError)  # what a converter raises over a value that is none of its column's


def findings() -> Iterator[Finding]:
    """Everything wrong, the chain first; empty means that the record is whole. Nobody writes while it is looked at."""
    with transaction.atomic():
        lock_chain()
        lock_chain(READINGS_LOCK)
        found = [*_triggers(), *_entries(), *_readings(), *_rows(), *_timelines()]
    yield from found


def _triggers() -> Iterator[Finding]:
    if names := triggers.missing():
        shown = "、".join(names[:SHOWN_TRIGGERS]) + ("等" if len(names) > SHOWN_TRIGGERS else "")
        text = f"只增不改的触发器有 {len(names)} 个缺失或被改动：{shown}。运行 yumiao doctor --mend 重建，并查明原因。"
        yield Finding(None, text)


def _entries() -> Iterator[Finding]:
    standing = chain.NOTHING_YET
    for seq, digest, faults in _links(Entry.objects.order_by("seq").values(*chain.ENTRY_FIELDS, "prev", "hash"), "seq"):
        if seq != standing.seq + 1:
            yield Finding(standing.seq + 1, f"第 {standing.seq + 1} 条缺失（其后是第 {seq} 条）。")
        for fault in faults:
            yield Finding(seq, f"第 {seq} 条{fault}。")
        standing = chain.Head(seq, digest)
    for first, fault in _head(chain.ENTRIES, standing):
        yield Finding(first, f"链头：{fault}")


def _readings() -> Iterator[Finding]:
    standing = chain.NOTHING_YET
    rows = Reading.objects.order_by("id").values(*chain.READING_FIELDS, "prev", "hash")
    for number, digest, faults in _links(rows, "id"):
        if number != standing.seq + 1:
            yield Finding(None, f"查阅记录第 {standing.seq + 1} 条缺失（其后是第 {number} 条）。")
        for fault in faults:
            yield Finding(None, f"查阅记录第 {number} 条{fault}。")
        standing = chain.Head(number, digest)
    for _, fault in _head(chain.READINGS, standing):
        yield Finding(None, f"查阅记录的链头：{fault}")


def _links(rows: QuerySet[Any, dict[str, Any]], key: str) -> Iterator[tuple[int, bytes, list[str]]]:
    """Number and hash of every row of a chain and what is wrong with it; after one that cannot be read nothing more comes."""
    prev, number = chain.GENESIS, 0
    try:
        for row in rows.iterator(chunk_size=2000):
            found_prev, found_hash = bytes(row.pop("prev")), bytes(row.pop("hash"))
            faults = ["与前一条不相衔接"] if found_prev != prev else []
            if chain.link(found_prev, row) != found_hash:
                faults.append("的内容与其摘要不符")
            prev, number = found_hash, row[key]
            yield number, prev, faults
    except UNREADABLE:
        bad = rows.filter(**{f"{key}__gt": number}).values_list(key, flat=True)[0]
        yield bad, b"", ["无法读取，其中有不合格式的值"]


def _head(file: chain.HeadFile, standing: chain.Head) -> Iterator[tuple[int | None, str]]:
    """Where the chain departs from what its head file says."""
    try:
        written = file.read()
    except ValueError:
        yield None, "数据目录中的链头文件被改动。"
        return
    if written is None:
        if standing.seq:
            yield None, "数据目录中的链头文件缺失，无法证明末尾没有被截去。"
    elif standing not in written:
        stated = written[1].seq
        first = min(standing.seq, stated) + (standing.seq != stated)
        yield first, f"末尾是第 {standing.seq} 条，链头文件记着第 {stated} 条：末尾被截去、添加或改写，或放回了旧数据。"


def _tallies(said: str) -> dict[str, dict[int, tuple[int, str]]]:
    """What entries say they wrote or struck: table -> entry -> (count, digest)."""
    found: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for seq, text in Entry.objects.order_by("seq").values_list("seq", "data"):
        try:
            for table, (count, digest) in json.loads(text).get(said, {}).items():
                found[table][seq] = (count, digest)
        except (*UNREADABLE, AttributeError):
            continue  # the chain has named this entry already
    return found


def _rows() -> Iterator[Finding]:
    """Rows against what the entries say: edited, removed, added or struck behind the program's back."""
    written, struck = _tallies("written"), _tallies("struck")
    for model in kinds():
        if model in (Entry, Reading):
            continue
        table = model._meta.db_table
        rows = model._default_manager.all()
        for seq in _differing(rows, "entered", written[table], partial(bulk.tally_of, model)):
            yield Finding(seq, f"第 {seq} 条写入的数据（{table}）与记录不符：被改动、删除或添加。")
        if issubclass(model, Fact):
            gone = rows.exclude(struck=ALIVE)
            for seq in _differing(gone, "struck", struck[table], partial(bulk.tally_struck, model)):
                yield Finding(seq, f"第 {seq} 条撤回的数据（{table}）与记录不符。")


def _differing(
    rows: QuerySet[Any], column: str, said: dict[int, tuple[int, str]], tally: Callable[[int], tuple[int, str]]
) -> Iterator[int]:
    """Entries whose rows, found by `column`, are not what the entry says."""
    standing = set(rows.order_by().values_list(column, flat=True).distinct())
    numbers = {seq for seq in standing if isinstance(seq, int)}
    if numbers != standing:
        yield 0  # SQLite takes any value; what is no number names no entry
    for seq in sorted(numbers | set(said)):
        try:
            same = tally(seq) == said.get(seq)
        except UNREADABLE:
            same = False
        if not same:
            yield seq


def _timelines() -> Iterator[Finding]:
    for model, kind in kinds().items():
        if kind == "fact" and issubclass(model, Lasting):
            for text in closing.problems(model):
                yield Finding(None, f"{model._meta.db_table} 的时间线重叠、断开或没有终点：{text}。")


def extent() -> dict[str, Any]:
    """What a page or a command says about the chain: entries, first and last moment, short code of the head."""
    numbers = Entry.objects.aggregate(first=Min("at"), last=Max("at"), entries=Count("seq"))
    return {**numbers, "code": chain.short_code(last().hash)}
