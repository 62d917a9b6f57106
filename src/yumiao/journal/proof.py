"""The proof behind `yumiao verify`: chain, head, triggers, written rows, timelines. It reads only and names the first bad entry.

Upper apps add nothing here: every promise is declared on the model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

from yumiao.journal import bulk, chain, closing, triggers
from yumiao.journal.acts import last
from yumiao.journal.facts import ALIVE, Fact, Lasting, kinds
from yumiao.journal.models import Entry, Reading


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `seq` is the entry concerned, None where no single entry is."""

    seq: int | None
    text: str


def findings() -> Iterator[Finding]:
    """Everything wrong, the chain first; empty means that the record is whole."""
    yield from _triggers()
    yield from _entries()
    yield from _head()
    yield from _readings()
    yield from _rows()
    yield from _timelines()


def _triggers() -> Iterator[Finding]:
    for name in triggers.missing():
        yield Finding(None, f"只增不改的触发器缺失或被改动：{name}。运行 yumiao doctor --mend 重建，并查明原因。")


def _entries() -> Iterator[Finding]:
    prev, expected = chain.GENESIS, 1
    for row in Entry.objects.order_by("seq").values(*chain.ENTRY_FIELDS, "prev", "hash").iterator(chunk_size=2000):
        seq = row["seq"]
        if seq != expected:
            yield Finding(expected, f"第 {expected} 条缺失（其后是第 {seq} 条）。")
        found_prev, found_hash = bytes(row.pop("prev")), bytes(row.pop("hash"))
        if found_prev != prev:
            yield Finding(seq, f"第 {seq} 条与前一条不相衔接。")
        if chain.link(found_prev, row) != found_hash:
            yield Finding(seq, f"第 {seq} 条的内容与其摘要不符。")
        prev, expected = found_hash, seq + 1


def _head() -> Iterator[Finding]:
    standing = last()
    try:
        written = chain.read_head()
    except ValueError:
        yield Finding(None, "数据目录中的链头文件被改动。")
        return
    if written is None:
        if standing.seq:
            yield Finding(None, "数据目录中的链头文件缺失，无法证明末尾没有被截去。")
    elif standing not in written:
        expected = written[1].seq
        yield Finding(
            min(standing.seq + 1, expected),
            f"链尾停在第 {standing.seq} 条，而链头文件记着第 {expected} 条：末尾被截去、被添加，或放回了旧数据。",
        )


def _readings() -> Iterator[Finding]:
    prev, expected = chain.GENESIS, 1
    for row in Reading.objects.order_by("id").values(*chain.READING_FIELDS, "prev", "hash").iterator(chunk_size=2000):
        number = row["id"]
        found_prev, found_hash = bytes(row.pop("prev")), bytes(row.pop("hash"))
        if number != expected or found_prev != prev or chain.link(found_prev, row) != found_hash:
            yield Finding(None, f"查阅记录第 {number} 条缺失、被改动或与前一条不相衔接。")
        prev, expected = found_hash, number + 1


def _tallies() -> tuple[dict[str, dict[int, tuple[int, str]]], dict[str, dict[int, int]]]:
    """What entries say they wrote and struck: table -> entry -> (count, digest) or count."""
    written: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    struck: dict[str, dict[int, int]] = defaultdict(dict)
    for seq, text in Entry.objects.order_by("seq").values_list("seq", "data"):
        try:
            data = bulk.as_json(text)
        except ValueError:
            continue  # the chain has named this entry already
        for table, (count, digest) in data.get("written", {}).items():
            written[table][seq] = (count, digest)
        for table, count in data.get("struck", {}).items():
            struck[table][seq] = count
    return written, struck


def _rows() -> Iterator[Finding]:
    """Rows against what the entries say: edited, removed, added or struck behind the program's back."""
    written, struck = _tallies()
    for model in kinds():
        if model in (Entry, Reading):
            continue
        table = model._meta.db_table
        manager = model._default_manager
        counted = dict(manager.values_list("entered").annotate(n=Count("pk")).order_by("entered"))
        for seq in sorted(set(counted) | set(written[table])):
            if bulk.tally_of(model, seq) != written[table].get(seq):
                yield Finding(seq, f"第 {seq} 条写入的数据（{table}）与记录不符：被改动、删除或添加。")
        if issubclass(model, Fact):
            gone = dict(manager.exclude(struck=ALIVE).values_list("struck").annotate(n=Count("pk")).order_by("struck"))
            for seq in sorted(set(gone) | set(struck[table])):
                if gone.get(seq) != struck[table].get(seq):
                    yield Finding(seq, f"第 {seq} 条撤回的数据（{table}）与记录不符。")


def _timelines() -> Iterator[Finding]:
    for model, kind in kinds().items():
        if kind == "fact" and issubclass(model, Lasting):
            for text in closing.problems(model):
                yield Finding(None, f"{model._meta.db_table} 的时间线重叠、断开或没有终点：{text}。")


def extent() -> dict[str, Any]:
    """What a page or a command says about the chain: entries, first and last moment, short code of the head."""
    numbers = Entry.objects.aggregate(first=Min("at"), last=Max("at"), entries=Count("seq"))
    return {**numbers, "code": chain.short_code(last().hash)}
