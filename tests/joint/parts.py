"""What the tests of joint review share: people who have come to step 4 or 12, seats, a batch sent, answers as a browser sends them."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

from tests.cast import Cast
from tests.cultivation.held import case_of
from yumiao.admission.models import JointReview, JointReviewBody, JointReviewCase

BODIES = ("discipline", "court", "procuratorate", "police")
SEATED = "reviewer"
CLEAR, ADVERSE, UNKNOWN = "no_adverse_record", "adverse_record", "cannot_determine"


def activist(cast: Cast, place: int) -> uuid.UUID:
    """Somebody filed as an activist who waits to become a target."""
    on = cast.today - timedelta(days=500)
    return case_of(cast, place, {1: on, 2: on, 3: on + timedelta(days=200), 4: on + timedelta(days=210)})


def target(cast: Cast, place: int) -> uuid.UUID:
    """Somebody whose committee has looked him over: the next step is the preliminary review."""
    days = {step: cast.today - timedelta(days=900 - 60 * step) for step in range(1, 12) if step != 6}
    return case_of(cast, place, {**days, 12: cast.today - timedelta(days=20)})


def send(cast: Cast, *cases: uuid.UUID, round_: str = "target", **fields: Any) -> Any:
    given = {"round": round_, "cases": [str(one) for one in cases], "once": str(uuid.uuid4()), **fields}
    return cast.client(cast.officer).post("/joint/new/", given)


def sent(cast: Cast, *cases: uuid.UUID, **fields: Any) -> JointReview:
    answer = send(cast, *cases, **fields)
    assert answer.status_code == 302, said(answer)
    return JointReview.objects.latest("pk")


def body(batch: JointReview, name: str) -> JointReviewBody:
    return JointReviewBody.objects.get(review=batch.pk, body=name)


def row(batch: JointReview, case: uuid.UUID) -> JointReviewCase:
    return JointReviewCase.objects.get(review=batch.pk, case__uid=case)


def seated(cast: Cast, name: str, part: str = SEATED) -> None:
    given = {"account": str(cast.accounts[part].uid), "body": name}
    answer: Any = cast.client(cast.officer).post("/joint/seats/", given)
    assert answer.status_code == 302, said(answer)


def fields(one: JointReviewCase, answer: str, text: str = "", reference: str = "") -> dict[str, str]:
    return {f"answer-{one.uid}": answer, f"text-{one.uid}": text, f"reference-{one.uid}": reference}


def on_paper(cast: Cast, batch: JointReview, name: str, answers: dict[str, str], on: date | None = None) -> Any:
    given = {**answers, "on": (on or cast.today).isoformat(), "once": str(uuid.uuid4())}
    return cast.client(cast.officer).post(f"/joint/bodies/{body(batch, name).uid}/paper/", given)


def all_clear(cast: Cast, batch: JointReview, *names: str, on: date | None = None) -> None:
    """Letters of these bodies say that nothing was found about anybody."""
    rows = JointReviewCase.objects.filter(review=batch.pk)
    answers = {key: value for one in rows for key, value in fields(one, CLEAR).items()}
    for name in names or BODIES:
        answer = on_paper(cast, batch, name, answers, on)
        assert answer.status_code == 302, said(answer)


def said(page: Any) -> str:
    """The text of a page without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode(errors="replace")))
