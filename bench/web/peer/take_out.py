"""`python -m bench.web.peer.take_out`: every member as a workbook by the peer's own export; prints processor seconds."""

from __future__ import annotations

import json
import os
import statistics
import time

RUNS = 3


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.peer.settings"
    import django

    django.setup()
    from bench.web.peer.admin import MemberResource
    from bench.web.peer.models import Member

    found = []
    for _run in range(RUNS):
        begun = time.process_time()
        content = MemberResource().export(Member.objects.select_related("org")).export("xlsx")
        found.append(time.process_time() - begun)
        assert content
    print(json.dumps({"list": statistics.median(found)}))


if __name__ == "__main__":
    main()
