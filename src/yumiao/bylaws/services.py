"""Recording county papers, changing settings from a day on, recording days off: one act each, or `Refused`.

Must not know: who may do it, and what a setting is used for.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from yumiao.bylaws.models import CalendarYear, CountyPaper, DayOff, Setting
from yumiao.bylaws.queries import papers
from yumiao.bylaws.rules import KEYS, DayEntry, Paper, day_objections, paper_objections, setting_objections
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import FOREVER

PAPER = ("uid", "number", "issuing_body", "title", "in_force_from", "in_force_until", "text", "scan")
SETTING = ("since", "until", "key", "value", "paper_uid", "reason")
DAY_OFF = ("day", "is_working", "name", "source")
YEAR = ("year", "source")


def record_paper(
    *,
    number: str,
    issuing_body: str,
    title: str,
    in_force_from: date,
    in_force_until: date | None = None,
    text: str = "",
    scan: str = "",
    actor: Actor,
) -> uuid.UUID:
    """Register a county paper, in force until further notice when `in_force_until` is None; returns its uid."""
    paper = Paper(
        number=number.strip(),
        issuing_body=issuing_body.strip(),
        title=title.strip(),
        in_force_from=in_force_from,
        in_force_until=in_force_until or FOREVER,
        text=text.strip(),
        scan=scan.strip(),
        uid=uuid.uuid4(),
    )
    with act(Verb.PAPER_RECORDED, actor=actor) as done:
        same = CountyPaper.objects.alive().filter(number=paper.number, issuing_body=paper.issuing_body)
        if objections := paper_objections(paper, is_registered=same.exists()):
            raise Refused(objections)
        done.subject_kind, done.subject = "county_paper", paper.uid
        done.data |= {"number": paper.number, "issuing_body": paper.issuing_body, "in_force_from": in_force_from}
        done.insert(CountyPaper, PAPER, [tuple(getattr(paper, name) for name in PAPER)])
    return paper.uid
