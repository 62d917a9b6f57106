"""`python -m bench.web.peer.fill MEMBERS.xlsx UNITS.json`: the peer's database, its members by its own import; prints the seconds the import took."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.peer.settings"
    import django

    django.setup()
    import tablib
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from bench.web.peer.admin import MemberResource
    from bench.web.peer.models import Member, Org

    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_superuser("root", password="a password for a bench")  # noqa: S106
    paths: dict[str, str] = {}
    known: dict[str, Org] = {}
    for code, parent, name, level in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
        paths[code] = f"{paths.get(parent, '/')}{code}/"
        known[code] = Org.objects.create(code=code, parent=known.get(parent), name=name, level=level, path=paths[code])
    begun_wall, begun = time.perf_counter(), time.process_time()
    rows = tablib.Dataset().load(Path(sys.argv[1]).read_bytes(), format="xlsx")
    resource = MemberResource()
    for dry_run in (True, False):  # what its pages do: a preview, then the import
        result = resource.import_data(rows, dry_run=dry_run, raise_errors=True)
        assert not result.has_errors()
    told = {
        "wall": time.perf_counter() - begun_wall,
        "cpu": time.process_time() - begun,
        "rows": Member.objects.count(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
