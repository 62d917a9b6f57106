"""Cases with papers for tests: begun today in township A and B, photographed small so that it is quick."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.files.drawn import jpeg, page
from yumiao.admission.asked import Asked
from yumiao.admission.paper_rules import Checked
from yumiao.desk.dossier import recording
from yumiao.desk.evidence import acting

GOOD = {"is_signed": "on", "is_stamped": "on", "is_dated": "on", "is_legible": "on", "is_of_person": "on"}
SECRETARIES = {31: "secretary_a", 32: "secretary_b"}


def who(cast: Cast, part: str) -> recording.Deciding:
    account = cast.accounts[part]
    return recording.Deciding(cast.actor(account), account.person_uid)


def case(cast: Cast, place: int = 31, part: str = "", *, days: int = 20) -> uuid.UUID:
    """The case of somebody, begun some days ago."""
    part = part or SECRETARIES[place]
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    on = cast.today - timedelta(days=days)
    return recording.begin(cast.person(place), on, who=who(cast, part), ground_for=ground_for, today=cast.today)


def talked(cast: Cast, uid: uuid.UUID, part: str = "secretary_a") -> None:
    """Step 2 is on record."""
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    asked = Asked(step=2, on=cast.today - timedelta(days=10), people="支部书记")
    recording.record(uid, asked, who=who(cast, part), ground_for=ground_for)


@cache
def shot(seed: int) -> bytes:
    """A small photograph of a page."""
    return jpeg(page(seed, width=620, height=877))


def checked(title: str = "谈话记录", **more: Any) -> Checked:
    usual: dict[str, Any] = dict.fromkeys(GOOD, True)
    return Checked(title=title, **(usual | more))


def put(
    cast: Cast, uid: uuid.UUID, slot: str = "A02", step: int = 2, *, seeds: tuple[int, ...] = (1,), part: str = "secretary_a",
    dated_on: date | None = None, explanation: str = "",
) -> uuid.UUID:  # fmt: skip
    """A paper put in."""
    read = recording.read_by(uid)
    adding = acting.Adding(slot, step, checked(dated_on=dated_on, explanation=explanation))
    unit = cast.tree.by_id[read.around.unit]
    parts = [shot(seed) for seed in seeds]
    return acting.add(read, adding, parts, unit=unit, who=who(cast, part), today=cast.today)


def sent(*seeds: int, **more: Any) -> dict[str, Any]:
    """What the form of adding a paper sends."""
    files = [SimpleUploadedFile(f"IMG_{seed}.jpg", shot(seed), "image/jpeg") for seed in seeds]
    return {"chosen": files, "title": "谈话记录", "step": "2", **GOOD, **more}
