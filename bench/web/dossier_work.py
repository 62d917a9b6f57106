"""`python -m bench.web.dossier_work`: what cases, photographs and scans cost over the demo county there is, with five years archived.

Prints processor seconds as JSON, those of child processes among them.
"""

from __future__ import annotations

import io
import json
import os
import resource
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from yumiao.access.readers import Reader

RUNS, ARCHIVED, PAGES, PHOTOGRAPHS, WALKS = 15, 1_400, 50_000, 20, 400
CAMERA = (4000, 3000)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    found: dict[str, float] = {"archived": archive()}
    found |= pages() | {"ahead": courses(), "photographs": photographs(), "walks": walks()}
    found |= scans()
    print(json.dumps(found))


def cost(work: Callable[[], object], runs: int = 1) -> float:
    """The usual processor time of some runs."""
    took = []
    for _run in range(runs):
        begun = spent()
        work()
        took.append(spent() - begun)
    return statistics.median(took)


def spent() -> float:
    """Processor seconds so far, of ended children too."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def archive() -> int:
    """Five years of cases with all their steps, for members of long standing."""
    from yumiao.admission.models import Case, StepDetail, StepRecord
    from yumiao.admission.services import STEP
    from yumiao.admission.step_services import DETAIL
    from yumiao.desk.demo.case_days import after_meeting, next_sitting, until_meeting
    from yumiao.desk.demo.case_facts import detail_of
    from yumiao.desk.demo.case_people import open_cases_for
    from yumiao.journal.acts import Actor, act
    from yumiao.journal.bulk import refresh_statistics
    from yumiao.journal.verbs import Verb
    from yumiao.people.models import Membership

    have = Case.objects.values("person")
    people = Membership.objects.alive().filter(full_member_on__lt=date(2020, 1, 1)).exclude(person__in=have)
    chosen = list(people.order_by("person").values_list("person", flat=True)[:ARCHIVED])
    with act(Verb.PREPARED, actor=Actor(None, "bench")) as done:
        rows: list[tuple[Any, ...]] = []
        details: list[tuple[Any, ...]] = []
        for turn, case in enumerate(open_cases_for(done, chosen)):
            met = date(2020, 1, 10) + timedelta(days=turn % 1500)
            for one in (*until_meeting(met, turn), *after_meeting(met, next_sitting(met), turn, 25)):
                rows.append((case, one.step, one.occurrence, one.on))
                details.append(detail_of(case, one))
        done.insert(StepRecord, STEP, rows)
        done.insert(StepDetail, DETAIL, details)
    refresh_statistics()
    return len(chosen)


def signed_in() -> tuple[Client, Reader]:
    """A browser of the county's officer."""
    from django.conf import settings
    from django.test import Client

    from yumiao.access import sessions
    from yumiao.access.models import Account
    from yumiao.access.readers import Reader
    from yumiao.desk.demo.days import DEMO_DAY
    from yumiao.journal.acts import last

    reader = Reader(Account.objects.get(username="xianwei"), DEMO_DAY, last())
    session = sessions.SessionStore()
    session.update(sessions.signed_in_values(reader, factor=True, now=datetime.now(UTC)))
    session.save()
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return browser, reader


def pages() -> dict[str, float]:
    """The page of a case with everything on it, and that of the county."""
    from django.db import connection
    from django.db.models import Count
    from django.test.utils import CaptureQueriesContext

    from yumiao.admission.courses import ahead
    from yumiao.admission.models import Case, StepPaper
    from yumiao.bylaws.queries import calendar, settings_on

    browser, reader = signed_in()
    full = (
        StepPaper.objects.values("case")
        .annotate(count=Count("id"))
        .order_by("-count")
        .values_list("case", flat=True)[0]
    )
    address = f"/cases/{Case.objects.get(pk=full).uid}/"
    answers = [browser.get(one).status_code for one in (address, "/cases/admissible/")]
    if answers != [200, 200]:
        raise RuntimeError(f"a page did not answer: {answers}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(address)
        statements = len(asked)  # the next request empties the list
    return {
        "dossier": cost(lambda: browser.get(address), RUNS),
        "statements": statements,
        "admissible": cost(lambda: browser.get("/cases/admissible/"), RUNS),
        "open": len(ahead(reader.today, settings_on(reader.today), calendar())),
    }


def courses() -> float:
    from yumiao.admission.courses import ahead
    from yumiao.bylaws.queries import calendar, settings_on
    from yumiao.desk.demo.days import DEMO_DAY

    settings = settings_on(DEMO_DAY)
    days = calendar()
    return cost(lambda: ahead(DEMO_DAY, settings, days), RUNS)


def photographs() -> float:
    """Pictures as a telephone takes them: twelve million points, grain and all."""
    from PIL import Image

    from yumiao.files.intake import take_in

    parts = []
    for place in range(PHOTOGRAPHS):
        picture = Image.effect_noise((CAMERA[0] // 4, CAMERA[1] // 4), 40 + place).resize(CAMERA).convert("RGB")
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=85)
        parts.append(out.getvalue())
    return cost(lambda: take_in(parts))


def walks() -> float:
    """Random ways through the steps: how many of them are judged in a second."""
    from yumiao.admission.asked import Asked, Ground
    from yumiao.admission.case_rules import blocking, objections
    from yumiao.admission.history import CaseFile, Held
    from yumiao.admission.path import Outcome
    from yumiao.admission.path_2014 import EDITION_2014

    rng, judged = Random(6), 0  # noqa: S311 no secret
    begun = spent()
    for _walk in range(WALKS):
        file = CaseFile(person=1, edition="2014", born_on=date(1995, 3, 5))
        today = date(2020, 1, 1)
        for _step in range(40):
            today += timedelta(days=rng.randint(0, 60))
            asked = Asked(
                step=rng.randint(1, 25), on=today - timedelta(days=rng.randint(0, 40)), outcome=Outcome.PASSED, days=3
            )
            judged += 1
            if not blocking(objections(file, asked, Ground(today, EDITION_2014.terms))):
                held = Held(
                    step=asked.step, on=asked.on, occurrence=file.occurrence_next(asked.step), outcome=asked.outcome
                )
                file = CaseFile(person=1, edition="2014", born_on=file.born_on, held=(*file.held, held))
    return judged / (spent() - begun)


def scans() -> dict[str, float]:
    """A page that was seen before, among so many kept ones: with the index to be made, and with the index there."""
    from yumiao.admission.models import Case, PaperCheck, StepPaper
    from yumiao.admission.paper_services import CHECK, PAPER
    from yumiao.desk.evidence.twice import Known
    from yumiao.files.models import Scan, ScanPage
    from yumiao.files.services import PAGE, SCAN
    from yumiao.journal.acts import Actor, act
    from yumiao.journal.bulk import new_ids
    from yumiao.journal.verbs import Verb
    from yumiao.units.models import Unit

    rng, unit = Random(7), Unit.objects.order_by("pk").values_list("pk", flat=True)[0]  # noqa: S311 no secret
    case = Case.objects.order_by("pk").values_list("pk", flat=True)[0]
    with act(Verb.PREPARED, actor=Actor(None, "bench")) as done:
        ids = new_ids(Scan, PAGES)
        scans = [(one, uuid.uuid4(), unit, "application/pdf", rng.randbytes(32), 1000, 1, None) for one in ids]
        done.insert(Scan, SCAN, scans)
        leaves = new_ids(ScanPage, PAGES)
        looks = [rng.getrandbits(64) - (1 << 63) for _one in ids]
        shown = zip(leaves, ids, looks, strict=True)
        done.insert(ScanPage, PAGE, [(leaf, one, 1, rng.randbytes(32), look, 744, 1052) for leaf, one, look in shown])
        papers = new_ids(StepPaper, PAGES)
        done.insert(
            StepPaper,
            PAPER,
            [(paper, uuid.uuid4(), case, 1, 1, "A01", one, None) for paper, one in zip(papers, ids, strict=True)],
        )
        done.insert(PaperCheck, CHECK, [(paper, "", None, True, True, True, True, True, "") for paper in papers])
    kept: list[Known] = []
    first = cost(lambda: kept.append(Known()))
    twice = cost(lambda: kept[0].index.near(looks[PAGES // 2] ^ 0b1011), RUNS)
    return {"pages": PAGES, "first": first, "twice": twice}


if __name__ == "__main__":
    main()
