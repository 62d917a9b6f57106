"""The one way to write: an act is one transaction, one number, one entry.

`with act(Verb.X, actor=…) as done:` takes the chain's lock first, so the number is known at once and every fact written inside carries it.
The entry itself is written last, when counts and digests are known. An act that raises leaves nothing behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL

from yumiao.journal import bulk, chain, closing
from yumiao.journal.facts import ALIVE, Derived, Fact, Lasting
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb

LOCK = 0x79756D69  # "yumi": the chain's advisory lock on PostgreSQL
READINGS_LOCK = LOCK + 1
STRIKE_BLOCK = 900  # SQLite's bound on parameters of one statement


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the journal keeps it: an account's uid and a copy of its name, and for whom he does it, if not for himself."""

    uid: uuid.UUID | None
    label: str
    on_behalf_of: tuple[uuid.UUID, ...] = ()


class AlreadyDone(Exception):
    """The form that carries this mark has been acted upon: entry `seq` is what it did."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"entry {seq} did this already")
        self.seq = seq


@dataclass(slots=True)
class Act:
    """An open act. Services take it as `act` and write through it."""

    seq: int
    verb: Verb
    data: dict[str, Any] = field(default_factory=dict)
    subject_kind: str = ""
    subject: uuid.UUID | None = None
    undoes: int | None = None
    tallies: dict[type[models.Model], bulk.Tally] = field(default_factory=dict)
    struck: set[type[Fact]] = field(default_factory=set)

    def insert(self, model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows of an identity, fact or imported-row table. `names` says the order of the values: that of `bulk.recorded`."""
        if tuple(names) != bulk.recorded(model):
            raise ValueError(f"{model.__name__} is written as {bulk.recorded(model)}")
        stamp = {"entered": self.seq, **({"struck": ALIVE} if issubclass(model, Fact) else {})}
        bulk.insert(model, rows, stamp=stamp, tally=self.tallies.setdefault(model, bulk.Tally()))

    def derive(self, model: type[Derived], rows: Iterable[tuple[Any, ...]]) -> None:
        """Write what follows from the rows of this act; the entry says nothing of it."""
        bulk.insert(model, rows, stamp={}, tally=None)

    def strike(self, model: type[Fact], ids: Iterable[int]) -> int:
        """Take live rows back. Raises `RuntimeError` when one was struck before: the caller read an old state."""
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), STRIKE_BLOCK):
            block = wanted[start : start + STRIKE_BLOCK]
            done = model._default_manager.filter(pk__in=block, struck=ALIVE).update(struck=self.seq)
            if done != len(block):
                raise RuntimeError(f"{model._meta.db_table}: {len(block) - done} rows were struck before")
        if wanted:
            self.struck.add(model)
        return len(wanted)

    def summary(self) -> dict[str, Any]:
        """What the entry says of the rows: counts and digests of those written and of those struck, by table."""
        said = dict(self.data)
        if written := {model._meta.db_table: tally.result() for model, tally in self.tallies.items() if tally.count}:
            said["written"] = written
        if self.struck:
            said["struck"] = {model._meta.db_table: bulk.tally_struck(model, self.seq) for model in self.struck}
        return said


@contextmanager
def act(verb: Verb, *, actor: Actor, reason: str = "", once: uuid.UUID | None = None) -> Iterator[Act]:
    """Open an act. On leaving, the closing checks run and the entry is appended; an exception rolls everything back.

    `once` is the mark of the form that asks for it: raises `AlreadyDone` where an entry carries that mark.
    """
    with transaction.atomic():
        lock_chain()
        if once is not None and (done := Entry.objects.filter(once=once).values_list("seq", flat=True).first()):
            raise AlreadyDone(done)
        before = last()
        current = Act(seq=before.seq + 1, verb=verb)
        yield current
        touched = {*current.tallies, *current.struck}
        lasting = [model for model in touched if issubclass(model, Lasting)]
        closing.check(lasting, seq=current.seq, is_undoing=current.undoes is not None or verb is Verb.PEOPLE_MERGED)
        _append(current, before, actor, reason, once)


def lock_chain(lock: int = LOCK) -> None:
    """Wait until nobody else writes. SQLite's IMMEDIATE transaction is that lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def last() -> chain.Head:
    """The chain's head as the database has it."""
    return head_of(Entry)


def head_of(model: type[models.Model]) -> chain.Head:
    """Number and hash of the last row of a chain. Plain SQL, for every request asks it."""
    with connection.cursor() as cursor:
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f'SELECT "{key}", "hash" FROM "{table}" ORDER BY "{key}" DESC LIMIT 1')  # noqa: S608 names of our own
        row = cursor.fetchone()
    return chain.Head(row[0], bytes(row[1])) if row else chain.NOTHING_YET


def with_head(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """`rows` with the head of the record beside each: one question less for who asks both at every request."""
    both: models.QuerySet[Any] = rows.annotate(head_seq=_latest("seq"), head_hash=_latest("hash"))
    return both


def _latest(column: str) -> RawSQL:
    """A column of the last entry. Plain SQL, for every request asks it and a query set takes long to put together."""
    table = Entry._meta.db_table
    return RawSQL(f'SELECT "{column}" FROM "{table}" ORDER BY "seq" DESC LIMIT 1', ())  # noqa: S608, S611 names of our own


def head_beside(row: models.Model) -> chain.Head:
    """The head that `with_head` put beside a row."""
    seq, code = row.__dict__["head_seq"], row.__dict__["head_hash"]
    return chain.Head(seq, bytes(code)) if seq is not None else chain.NOTHING_YET


def _append(current: Act, before: chain.Head, actor: Actor, reason: str, once: uuid.UUID | None) -> None:
    for_whom = {"on_behalf_of": [uid.hex for uid in actor.on_behalf_of]} if actor.on_behalf_of else {}
    fields: dict[str, Any] = {
        "seq": current.seq,
        "at": datetime.now(UTC),
        "verb": current.verb.value,
        "actor": actor.uid,
        "actor_label": actor.label,
        "subject_kind": current.subject_kind,
        "subject": current.subject,
        "reason": reason,
        "data": chain.canonical(current.summary() | for_whom),
        "once": once,
        "undoes": current.undoes,
    }
    after = chain.Head(current.seq, chain.link(before.hash, fields))
    chain.ENTRIES.announce(before, after)
    Entry.objects.create(**fields, prev=before.hash, hash=after.hash)
    # robust: what is committed stands, whether or not the file could be written once more
    transaction.on_commit(partial(chain.ENTRIES.settle, after), robust=True)
