"""An office's own names of columns: recorded after the import for which they were chosen, and taken away by hand; one act each.

Must not know: which forms and columns there are, who may do it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from yumiao.bylaws.models import HeaderName
from yumiao.bylaws.queries import header_names
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope

HEADER_NAME = ("uid", "unit_id", "form", "header", "column")
LONGEST_HEADER = 60  # characters

Choice = Mapping[str, Mapping[str, str]]


class _NothingNew(Exception):
    """What was chosen holds already: no entry is due."""


def record_header_names(choice: Choice, *, line: Sequence[int], actor: Actor) -> int | None:
    """Let `choice` (form -> squeezed header -> key of the column, empty for none) hold from now on at the last unit of `line`.

    `line` are the ids of the units from the top down. What a unit above says already is not said again. Returns the number of the
    entry, None where nothing is new.
    """
    try:
        with act(Verb.HEADERS_NAMED, actor=actor) as done:
            *above, unit = line
            inherited = {key: row.column for key, row in header_names(above).items()}
            own = header_names([unit])
            holding = inherited | {key: row.column for key, row in own.items()}
            wanted = {(form, header): key for form, chosen in choice.items() for header, key in chosen.items()}
            changed = {name: key for name, key in wanted.items() if holding.get(name, "") != key}
            if not changed:
                raise _NothingNew
            said_here = [(*name, key) for name, key in changed.items() if inherited.get(name, "") != key]
            done.strike(HeaderName, [own[name].pk for name in changed if name in own])
            done.insert(HeaderName, HEADER_NAME, [(uuid.uuid4(), unit, *name) for name in said_here])
            done.data["names"] = [(*name, key) for name, key in changed.items()]
    except _NothingNew:
        return None
    return done.seq


def remove_header_name(uid: uuid.UUID, *, actor: Actor, once: uuid.UUID | None = None) -> None:
    """Take an own name away; the next import reads that header as a unit above says, else not at all.

    Raises `OutOfScope` where there is none, `journal.acts.AlreadyDone` for a form sent twice.
    """
    with act(Verb.HEADER_NAME_REMOVED, actor=actor, once=once) as done:
        row = HeaderName.objects.alive().filter(uid=uid).first()
        if row is None:
            raise OutOfScope
        done.strike(HeaderName, [row.pk])
        done.data["names"] = [(row.form, row.header, row.column)]
