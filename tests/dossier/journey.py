"""What the tests of the dossier's pages share: a case begun, a step sent by a browser as its form asks for it."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yumiao.admission.asked import Asked
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import helpers_of

TALENT = 31  # somebody of township A who is neither member nor applicant


def deciding(cast: Cast, part: str) -> recording.Deciding:
    account = cast.accounts[part]
    return recording.Deciding(cast.actor(account), account.person_uid)


def begun(cast: Cast, place: int = TALENT, days_ago: int = 20, part: str = "secretary_a") -> uuid.UUID:
    """A case whose application was handed in so many days ago; of one long ago it waits."""
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    on = cast.today - timedelta(days=days_ago)
    return recording.begin(
        cast.person(place), on, who=deciding(cast, part), ground_for=ground_for, today=cast.today, reason="补登"
    )


def recorded(cast: Cast, case: uuid.UUID, asked: Asked, part: str = "secretary_a") -> bool:
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    return recording.record(case, asked, who=deciding(cast, part), ground_for=ground_for)


def going_on(cast: Cast, place: int = TALENT) -> uuid.UUID:
    """A case that has come to its contacts: steps 1, 2, 3 and 5 of the last twenty days."""
    case = begun(cast, place)
    talked, confirmed, named = (cast.today - timedelta(days=days) for days in (10, 5, 4))
    recorded(cast, case, Asked(step=2, on=talked, people="支部书记"))
    recorded(cast, case, Asked(step=3, on=confirmed, people="党员推荐"))
    recorded(cast, case, Asked(step=5, on=named, contacts=helpers_of([cast.person(1).pk], named)))
    return case


def late(cast: Cast, case: uuid.UUID) -> uuid.UUID:
    """The late entry that waits in a case."""
    (one,) = recording.read_by(case).around.late
    return one.uid


def held(case: uuid.UUID) -> list[tuple[int, int, date]]:
    """(step, occurrence, day) of everything on record."""
    return [(one.step, one.occurrence, one.on) for one in recording.read_by(case).file.held]


def mark(page: Any) -> str:
    """The mark of the case that a form was filled in by."""
    found = re.search(r'name="stood" value="(\w+)"', page.content.decode())
    assert found is not None
    return found[1]


def send(browser: Client, case: uuid.UUID, step: int, **fields: Any) -> Any:
    """Open the form of a step and send it filled in."""
    address = reverse("case_step", args=[case, step])
    shown = browser.get(address)
    assert shown.status_code == 200, shown.content.decode()[:2000]
    return browser.post(address, {"stood": mark(shown), "once": str(uuid.uuid4()), **fields})


def said(page: Any) -> str:
    """The text of a page without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
