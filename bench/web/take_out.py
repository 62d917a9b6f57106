"""`python -m bench.web.take_out FOLDER`: everybody as a list in official layout, and the whole county as a workbook; prints processor seconds."""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

RUNS = 3


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from django.http import QueryDict
    from django.utils import timezone

    from yumiao.access.models import Account
    from yumiao.access.readers import Reader
    from yumiao.config.installation import opened
    from yumiao.desk.exports.going import LIMITS, Form, Taking, write_on_record
    from yumiao.desk.exports.lists import people
    from yumiao.desk.workbook.exporting import export_workbook
    from yumiao.journal.acts import last

    folder, today = Path(sys.argv[1]), opened().today
    reader = Reader(Account.objects.get(username="bench"), today, last())
    taking, purpose = Taking(reader.actor, timezone.now(), "", Form.WORKBOOK, LIMITS), "measuring"

    def everybody() -> None:
        going = people(reader, QueryDict())
        write_on_record(folder / "list.xlsx", going, taking, purpose=purpose)

    def county() -> None:
        export_workbook(folder / "out.xlsx", actor=reader.actor, purpose=purpose)

    print(json.dumps({"list": _cost(everybody), "county": _cost(county)}))


def _cost(work: Callable[[], None]) -> float:
    from bench.cost import Cost

    found = []
    for _run in range(RUNS):
        begun = Cost.now()
        work()
        found.append(Cost.now().since(begun).cpu)
    return statistics.median(found)


if __name__ == "__main__":
    main()
