"""`python -m bench.web.take_in COUNTY.xlsx`: preview and commit of the workload's workbook into an empty county; prints processor seconds."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from bench.cost import Cost
    from bench.web.workload import DAY
    from yumiao.config.folder import Profile
    from yumiao.config.installation import prepare
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.sheets.reading import read_workbook

    installation = prepare(Profile.REAL)
    begun, wall = Cost.now(), time.perf_counter()
    result = import_workbook(read_workbook(Path(sys.argv[1])), today=DAY, actor=installation.actor)
    assert result.written
    print(json.dumps({"cpu": Cost.now().since(begun).cpu, "wall": time.perf_counter() - wall}))


if __name__ == "__main__":
    main()
