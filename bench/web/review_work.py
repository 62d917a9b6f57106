"""`python -m bench.web.review_work`: what review costs over the demo county there is, with three hundred activists more.

Prints processor seconds as JSON.
"""

from __future__ import annotations

import io
import json
import os
import uuid
from datetime import timedelta
from typing import Any

from bench.web.dossier_work import RUNS, cost, signed_in

PEOPLE = 300
PAPERS, SHEETS = 20, 3
CAMERA = (3000, 4000)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    print(json.dumps(batch(activists()) | pages() | package()))


def activists() -> list[uuid.UUID]:
    """Cases of people who have none, filed as activists."""
    from yumiao.admission.models import Case, StepRecord
    from yumiao.admission.services import STEP
    from yumiao.desk.demo.case_people import open_cases_for
    from yumiao.desk.demo.days import DEMO_DAY
    from yumiao.journal.acts import Actor, act
    from yumiao.journal.bulk import refresh_statistics
    from yumiao.journal.verbs import Verb
    from yumiao.people.models import Membership

    people = Membership.objects.alive().exclude(person__in=Case.objects.values("person"))
    chosen = list(people.order_by("person").values_list("person", flat=True)[:PEOPLE])
    with act(Verb.PREPARED, actor=Actor(None, "bench")) as done:
        cases = list(open_cases_for(done, chosen))
        on = DEMO_DAY - timedelta(days=300)
        done.insert(StepRecord, STEP, [(case, step, 1, on) for case in cases for step in range(1, 5)])
    refresh_statistics()
    return list(Case.objects.filter(pk__in=cases).values_list("uid", flat=True))


def batch(cases: list[uuid.UUID]) -> dict[str, float]:
    """Send it through the page, look at it, write a workbook, take every answer of a body in."""
    from yumiao.access.readers import Reader
    from yumiao.admission.joint_services import AnswerDraft
    from yumiao.admission.models import JointReview, JointReviewBody, JointReviewCase
    from yumiao.desk.joint.answering import Answering, Came, give
    from yumiao.desk.joint.listing import lines_of
    from yumiao.desk.joint.workbooks import new_password, written
    from yumiao.journal.acts import last

    browser, reader = signed_in()
    given = {"round": "activist", "cases": [str(one) for one in cases], "once": str(uuid.uuid4())}
    answers: list[Any] = []
    found = {"sent": cost(lambda: answers.append(browser.post("/joint/new/", given)))}
    if answers[0].status_code != 302:
        raise RuntimeError(f"the batch was not sent: {answers[0].status_code}")
    sent = JointReview.objects.latest("pk")
    body = JointReviewBody.objects.filter(review=sent.pk).order_by("pk")[0]
    rows = list(JointReviewCase.objects.filter(review=sent.pk).values_list("uid", flat=True))
    found["page"] = cost(lambda: browser.get(f"/joint/{sent.uid}/"), RUNS)
    found["workbook"] = cost(lambda: written(sent.uid, body.uid, lines_of(sent, reader.tree), new_password()))
    by = Answering(Reader(reader.account, reader.today, last()), Came.PAPER, reader.today)
    drafts = dict.fromkeys(rows, AnswerDraft("no_adverse_record"))
    found["answered"] = cost(lambda: give(body.uid, drafts, by=by))
    return {**found, "people": len(rows), "bodies": JointReviewBody.objects.filter(review=sent.pk).count()}


def pages() -> dict[str, float]:
    """The queue of reviews and the gates of the county: as they are, and the first after something was written."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, _reader = signed_in()
    found: dict[str, float] = {}
    for name, address in (("queue", "/reviews/"), ("gates", "/gates/")):
        if browser.get(address).status_code != 200:
            raise RuntimeError(f"{address} was not shown")
        found[name] = cost(lambda address=address: browser.get(address), RUNS)  # type: ignore[misc]
        anew = []
        for _run in range(5):
            something_happens()
            anew.append(cost(lambda address=address: browser.get(address)))  # type: ignore[misc]
        found[f"{name}_anew"] = sorted(anew)[2]
    with CaptureQueriesContext(connection) as said:
        browser.get("/reviews/")
    return found | {"queue_statements": len(said)}


def something_happens() -> None:
    """An act about one case, so that nothing is remembered."""
    from yumiao.admission.models import CaseEnd, StepRecord
    from yumiao.admission.services import STEP
    from yumiao.desk.demo.days import DEMO_DAY
    from yumiao.journal.acts import Actor, act
    from yumiao.journal.verbs import Verb

    inspected = StepRecord.objects.alive().filter(step=6).exclude(case__in=CaseEnd.objects.values("case"))
    row = inspected.order_by("-entered", "case", "-occurrence")[0]
    with act(Verb.PREPARED, actor=Actor(None, "bench")) as done:
        done.insert(StepRecord, STEP, [(row.case_id, 6, row.occurrence + 1, DEMO_DAY)])


def package() -> dict[str, float]:
    """One person's package: twenty papers of three photographed pages each."""
    from yumiao.admission.case_file import Read
    from yumiao.admission.case_files import read_cases
    from yumiao.admission.models import StepRecord
    from yumiao.desk.demo.days import DEMO_DAY
    from yumiao.desk.packages.making import make
    from yumiao.press.manifests import check
    from yumiao.units.queries import tree

    case = StepRecord.objects.alive().filter(step=25).order_by("case").values_list("case_id", flat=True)[0]
    read: Read = read_cases([case])[case]
    fill(read)
    made: list[Any] = []
    units = tree(DEMO_DAY)
    took = cost(lambda: made.append(make(read, units, on=DEMO_DAY, with_sealed=False, months=12)))
    found = made[0]
    checked = cost(lambda: check(found.archive))
    return {
        "package": took,
        "archive": len(found.archive),
        "book": len(found.book),
        "pages": found.pages,
        "checked": checked,
    }


def photograph(turn: int) -> bytes:
    """A written sheet as a telephone takes it: twelve million points, some grain."""
    from PIL import Image

    from yumiao.desk.demo.case_papers import Drawn, drawn
    from yumiao.desk.demo.days import DEMO_DAY

    text = "会议讨论了本人的现实表现，逐项听取意见，作出记录。\n" * 12
    page = Image.open(io.BytesIO(drawn(Drawn("会议记录", text, DEMO_DAY, turn)))).resize(CAMERA).convert("RGB")
    out = io.BytesIO()
    Image.blend(page, Image.effect_noise(CAMERA, 30).convert("RGB"), 0.1).save(out, "JPEG", quality=85)
    return out.getvalue()


def fill(read: Any) -> None:
    """Photographs of written sheets, taken in as they would be."""
    from yumiao.admission.paper_rules import Checked
    from yumiao.admission.paper_services import put_in
    from yumiao.desk.demo.days import DEMO_DAY
    from yumiao.files import store
    from yumiao.files.intake import take_in
    from yumiao.files.services import write_scan
    from yumiao.journal.acts import Actor, act
    from yumiao.journal.verbs import Verb

    boxes = ("is_signed", "is_stamped", "is_dated", "is_legible", "is_of_person")
    checked = Checked(title="会议记录", dated_on=DEMO_DAY, **dict.fromkeys(boxes, True))
    for place in range(PAPERS):
        parts = [photograph(SHEETS * place + sheet) for sheet in range(SHEETS)]
        taken, uid = take_in(parts), uuid.uuid4()
        store.put(uid, taken.content)
        with act(Verb.PAPER_ADDED, actor=Actor(None, "bench")) as done:
            scan = write_scan(done, uid, read.around.unit, taken, DEMO_DAY)
            put_in(
                done,
                case=read.around.case,
                step=6,
                occurrence=1,
                slot="A08",
                scan=scan,
                checked=checked,
                supplements=None,
            )


if __name__ == "__main__":
    main()
