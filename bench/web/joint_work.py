"""`python -m bench.web.joint_work`: what a batch of joint review costs over the demo county there is, with three hundred activists more.

Prints processor seconds as JSON.
"""

from __future__ import annotations

import json
import os
import uuid
from datetime import timedelta
from typing import Any

from bench.web.dossier_work import RUNS, cost, signed_in

PEOPLE = 300


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    print(json.dumps(batch(activists())))


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


if __name__ == "__main__":
    main()
