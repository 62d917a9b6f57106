"""`python -m bench.web.fill_large TIMES`: a county of so many times the workload's people, written past the workbook, block by block.

A workbook of a million rows is nobody's work; what is measured is how pages do over so many. Prints the seconds it took.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.web.workload import Row, Workload
    from yumiao.journal.acts import Act, Actor

BLOCK = 20_000


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from bench.web.workload import workload
    from yumiao.config.folder import Profile
    from yumiao.config.installation import prepare

    load, installation = workload(times=int(sys.argv[1])), prepare(Profile.REAL)
    begun = time.perf_counter()
    fill(load, installation.actor)
    print(json.dumps({"wall": time.perf_counter() - begun, "people": len(load.members)}))


def fill(load: Workload, actor: Actor) -> None:
    """Units in one act, members in blocks."""
    from bench.web.workload import KINDS
    from yumiao.journal.acts import act
    from yumiao.journal.bulk import refresh_statistics
    from yumiao.journal.verbs import Verb
    from yumiao.units.services import UnitDraft, write_units

    with act(Verb.PREPARED, actor=actor) as done:
        drafts = [UnitDraft(code, name, KINDS[level], parent or None) for code, parent, name, level in load.units]
        units = write_units(done, new=drafts, corrected={})
    for start in range(0, len(load.members), BLOCK):
        with act(Verb.PREPARED, actor=actor) as done:
            _write(done, load.members[start : start + BLOCK], units)
        refresh_statistics()  # the closing checks of the next block go by them


def _write(done: Act, block: Sequence[Row], units: Mapping[str, int]) -> None:
    """Persons with numbers, place and membership; everybody is a full member."""
    from yumiao.kernel.periods import BEGIN
    from yumiao.people.services import Attributes, MembershipDraft, PersonDraft, record_memberships, register_people

    people = [
        PersonDraft(
            Attributes(
                one["name"],
                "m" if one["sex"] == "男" else "f",
                date.fromisoformat(one["birth"]),
                one["ethnic"],
                one["edu"],
                one["job"],
            ),
            {"identity": one["id_no"], "phone": one["phone"]},
            units[one["org"]],
            BEGIN,
            {},
        )
        for one in block
    ]
    ids = register_people(done, people)
    members = []
    for person, one in zip(ids, block, strict=True):
        joined = date.fromisoformat(one["joined"])
        members.append(
            MembershipDraft(person, joined, joined + timedelta(days=366), None, None, units[one["org"]], False)
        )
    record_memberships(done, new=members, corrected=[])


if __name__ == "__main__":
    main()
