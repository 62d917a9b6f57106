"""`python -m bench.web.reform_work`: what a reform of a whole county costs, from its workbook until it is taken back.

38 townships become 20, 289 villages 175. While it holds, the ledger of a day five years ago is counted too. Prints processor seconds,
children's included, as JSON.
"""

from __future__ import annotations

import json
import os
import statistics
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.cost import timed

if TYPE_CHECKING:
    from bench.web.workload import Workload
    from yumiao.config.installation import Installation

VILLAGES, TOWNSHIPS_KEPT, PAIRS = 289, 20, 3  # pairs of villages that merge in each township
RUNS = 7
Cells = dict[str, str]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from bench.web.fill_large import fill
    from yumiao.config.folder import Profile
    from yumiao.config.installation import prepare

    installation, load = prepare(Profile.REAL), county()
    fill(load, installation.actor)
    print(json.dumps(_reformed(installation, rows(load))))


def county() -> Workload:
    """The workload with as many villages; whoever stands in one too many stands in another."""
    from bench.web.workload import Workload, workload

    load = workload()
    villages = [code for code, _, _, level in load.units if level == 2][:VILLAGES]
    kept = [unit for unit in load.units if unit[3] < 2 or unit[0] in villages]
    members = [member | {"org": villages[int(member["org"][1:]) % VILLAGES]} for member in load.members]
    return Workload(kept, members, load.words)


def rows(load: Workload) -> list[Cells]:
    """A row for each unit that merges: every second pair of villages into one that is new, the others one into the other."""
    townships = [code for code, _, _, level in load.units if level == 1]
    found = [
        {"way": "合并", "old": code, "new": townships[place % TOWNSHIPS_KEPT]}
        for place, code in enumerate(townships[TOWNSHIPS_KEPT:])
    ]
    for township in townships:
        below = [(code, name) for code, parent, name, level in load.units if parent == township]
        for place in range(PAIRS):
            (one, name), (other, _) = below[2 * place : 2 * place + 2]
            new = {"new": f"N{one}", "new_name": f"新{name}"} if place % 2 else {"new": one}
            found += [{"way": "合并", "old": code} | new for code in ((one, other) if place % 2 else (other,))]
    return found


def _reformed(installation: Installation, cells: list[Cells]) -> dict[str, float]:
    from yumiao.desk.reforms.book import SHEET, steps_of
    from yumiao.desk.reforms.doing import carry_out, take_reform_back
    from yumiao.desk.reforms.plan import Reforming
    from yumiao.desk.reforms.preview import preview
    from yumiao.journal.acts import last
    from yumiao.kernel.scope import EVERYTHING, Scope
    from yumiao.sheets.reading import read_workbook
    from yumiao.sheets.writing import write_rows
    from yumiao.units.queries import standing
    from yumiao.units.reforming import Paper

    target, today = installation.folder.root / "reform.xlsx", installation.today
    write_rows(target, [(SHEET, cells)])
    before = _villages()
    plan, read = timed(lambda: Reforming(steps_of(read_workbook(target), standing())))
    _seen, previewed = timed(lambda: preview(plan, today=today, head=last()).pairs)
    paper, scope = Paper("行政区划调整", "示组发〔2026〕12号", today, today), Scope((EVERYTHING,), today)
    given: dict[str, Any] = {"actor": installation.actor, "today": today, "scope": scope}
    done, carried = timed(lambda: carry_out(plan, paper, **given))
    past, villages = _five_years_ago(today), _villages()
    _undone, undone = timed(lambda: take_reform_back(done.seq, reason="办理有误", **given))
    found = {"read": read, "preview": previewed, "done": carried, "undone": undone}
    return {name: cost.cpu for name, cost in found.items()} | {"past": past, "before": before, "villages": villages}


def _villages() -> int:
    from yumiao.units.queries import standing

    return sum(unit.kind.is_village for unit in standing())


def _five_years_ago(today: date) -> float:
    """The ledger as a document, with the tree of that day, nothing kept from the run before."""
    from yumiao.ledger.queries import ledger

    day = today.replace(year=today.year - 5)
    return statistics.median(timed(lambda: ledger(day).as_json())[1].cpu for _run in range(RUNS))


if __name__ == "__main__":
    main()
