"""Give a case what stands before its steps beside the steps: notices that are over, rounds that are closed, reviews that approved."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import timedelta

from tests.cast import Cast

ALL = frozenset({"notices", "rounds", "reviews"})


def open_gates(cast: Cast, case: uuid.UUID, what: Collection[str] = ALL) -> None:
    """As if everything had been done in time; what the reviews saw is what is there now, so it is called last."""
    from yumiao.desk.dossier.recording import read_by
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    read = read_by(case)
    with act(Verb.PREPARED, actor=cast.operator) as done:
        if "notices" in what:
            _notices(done, cast, read)
        if "rounds" in what:
            _rounds(done, cast, read)
    read = read_by(case)
    with act(Verb.PREPARED, actor=cast.operator) as done:
        if "reviews" in what:
            _reviews(done, cast, read)


def _notices(done, cast: Cast, read) -> None:  # type: ignore[no-untyped-def]
    from yumiao.admission.models import CaseNotice
    from yumiao.journal.bulk import new_ids
    from yumiao.publicity.rules import Published, Window
    from yumiao.publicity.services import post_notice

    for kind, after in (("admission", 13), ("confirmation", 17)):
        since = read.file.on(after) or cast.today - timedelta(days=9)
        posted = max(since, cast.today - timedelta(days=9))
        window = Window(
            posted, 5, True, max(posted + timedelta(days=1), cast.today - timedelta(days=1)), "公开栏", "0000", "镇党委"
        )
        said = Published(name=read.around.name)
        pk, _uid = post_notice(done, read.around.unit, kind, window, [(read.around.person, said)])
        done.insert(CaseNotice, ("id", "notice_id", "case_id"), [(new_ids(CaseNotice, 1)[0], pk, read.around.case)])


def _rounds(done, cast: Cast, read) -> None:  # type: ignore[no-untyped-def]
    from tests.ledger.rows import put
    from yumiao.admission import models
    from yumiao.journal.bulk import new_ids

    sent = cast.today - timedelta(days=20)
    taken = models.JointReview.objects.count()
    for place, round_ in enumerate(("activist", "target"), 1):
        review, body, asked = (
            int(new_ids(one, 1)[0]) for one in (models.JointReview, models.JointReviewBody, models.JointReviewCase)
        )
        put(
            done,
            models.JointReview,
            {"id": review, "uid": uuid.uuid4(), "round": round_, "year": sent.year, "serial": taken + place},
        )
        put(done, models.JointReviewRecord, {"review_id": review, "sent_on": sent, "due_on": sent + timedelta(days=14)})
        put(
            done,
            models.JointReviewBody,
            {"id": body, "uid": uuid.uuid4(), "review_id": review, "body": "court", "is_offline": False},
        )
        row = {"id": asked, "uid": uuid.uuid4(), "review_id": review, "case_id": read.around.case, "position": 1}
        put(done, models.JointReviewCase, row)
        answer = {"answer": "no_adverse_record", "answered_on": sent + timedelta(days=5), "came": "page"}
        put(done, models.JointReviewAnswer, {"uid": uuid.uuid4(), "body_id": body, "review_case_id": asked, **answer})


def _reviews(done, cast: Cast, read) -> None:  # type: ignore[no-untyped-def]
    from yumiao.admission.review_rules import POINTS
    from yumiao.admission.review_services import write_review
    from yumiao.desk.reviews.changes import saw

    for point in POINTS:
        now = saw(read, point)
        given = {
            "outcome": "approved",
            "on": cast.today,
            "digest": now.digest,
            "seen": now.text,
            "answers": {},
            "note": "",
        }
        write_review(done, read.around.case, point, **given)
