"""Recording county papers, changing settings from a day on, recording and removing days off: one act each, or `Refused`.

Must not know: who may do it, and what a setting is used for.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.utils.translation import gettext as _

from yumiao.bylaws.models import CalendarYear, CountyPaper, DayOff, Setting
from yumiao.bylaws.queries import PAPER, last_change, national_sources, own_days_between, papers, value_in_words
from yumiao.bylaws.rules import (
    KEYS,
    DayEntry,
    Paper,
    day_objections,
    paper_objections,
    removal_objections,
    setting_objections,
)
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Difference, Refused, Stale
from yumiao.kernel.periods import FOREVER, on_screen

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
    once: uuid.UUID | None = None,
) -> uuid.UUID:
    """Register a county paper, in force until further notice when `in_force_until` is None; returns its uid."""
    paper = Paper(
        uid=uuid.uuid4(),
        number=number.strip(),
        issuing_body=issuing_body.strip(),
        title=title.strip(),
        in_force_from=in_force_from,
        in_force_until=in_force_until or FOREVER,
        text=text.strip(),
        scan=scan.strip(),
    )
    with act(Verb.PAPER_RECORDED, actor=actor, once=once) as done:
        same = CountyPaper.objects.alive().filter(number=paper.number, issuing_body=paper.issuing_body)
        if objections := paper_objections(paper, is_registered=same.exists()):
            raise Refused(objections)
        done.subject_kind, done.subject = "county_paper", paper.uid
        done.data |= {"number": paper.number, "issuing_body": paper.issuing_body, "in_force_from": in_force_from}
        done.insert(CountyPaper, PAPER, [astuple(paper)])
    return paper.uid


def change_setting(
    *,
    key: str,
    value: str,
    since: date,
    paper_number: str,
    issuing_body: str = "",
    reason: str,
    actor: Actor,
    today: date,
    shown: int | None = None,
    once: uuid.UUID | None = None,
) -> None:
    """Set `key` to `value` from `since` on, up to the next change that is already recorded.

    The value in force keeps the days before `since`; a value that began on `since` itself is corrected. The paper is
    named by its number, and by `issuing_body` too when two bodies have used that number. `shown`: the last change
    (`queries.last_change`) of the key that the form was shown with; `Stale` where another one came since.
    """
    value, reason = value.strip(), scrub(reason.strip())
    with act(Verb.SETTING_CHANGED, actor=actor, reason=reason, once=once) as done:
        wanted = wanted_setting(
            key=key,
            value=value,
            since=since,
            paper_number=paper_number,
            issuing_body=issuing_body,
            reason=reason,
            today=today,
            shown=shown,
        )
        before = _place(done, wanted, reason)
        done.data |= {"key": key, "value": value, "before": before, "since": since, "paper": wanted.paper.number}


@dataclass(frozen=True, slots=True)
class WantedSetting:
    """A change that nothing stands against: the value holds from `since` up to, but without, `until`; `replaced` is the period it cuts."""

    key: str
    value: str
    since: date
    until: date
    paper: Paper
    replaced: Setting | None


def wanted_setting(
    *,
    key: str,
    value: str,
    since: date,
    paper_number: str,
    issuing_body: str,
    reason: str,
    today: date,
    shown: int | None = None,
) -> WantedSetting:
    """What `change_setting` would write. Reads only; raises as it does."""
    number, body = paper_number.strip(), issuing_body.strip()
    if shown is not None and shown != last_change(key):
        raise Stale(_differences(key, value, since, number, reason))
    meant = [paper for paper in papers() if paper.number == number and body in ("", paper.issuing_body)]
    if objections := setting_objections(key=key, value=value, since=since, papers=meant, reason=reason, today=today):
        raise Refused(objections)
    ahead = Setting.objects.alive().filter(key=key, until__gt=since).order_by("since").first()
    if ahead is None or ahead.since > since:
        return WantedSetting(key, value, since, ahead.since if ahead else FOREVER, meant[0], None)
    return WantedSetting(key, value, since, ahead.until, meant[0], ahead)


def _differences(key: str, value: str, since: date, number: str, reason: str) -> list[Difference]:
    """What the form says, and what the change that overtook it says."""
    latest = Setting.objects.alive().filter(key=key, entered=last_change(key)).latest("since")
    paper = next(paper for paper in papers() if paper.uid == latest.paper_uid)
    return [
        Difference(_("参数值"), value_in_words(key, value), value_in_words(key, latest.value)),
        Difference(_("施行首日"), on_screen(since), on_screen(latest.since)),
        Difference(_("依据文件"), number, paper.number),
        Difference(_("理由"), reason, latest.reason),
    ]


def _place(act: Act, wanted: WantedSetting, reason: str) -> str:
    """Put the change into the timeline of its key; returns the value it supersedes."""
    row = (wanted.since, wanted.until, wanted.key, wanted.value, wanted.paper.uid, reason)
    if (old := wanted.replaced) is None:
        act.insert(Setting, SETTING, [row])
        return KEYS[wanted.key].default
    kept = [(old.since, wanted.since, old.key, old.value, old.paper_uid, old.reason)]
    act.strike(Setting, [old.pk])
    act.insert(Setting, SETTING, [*(kept if old.since < wanted.since else []), row])
    return old.value


def record_days_off(
    *,
    days: Sequence[DayEntry],
    source: str,
    actor: Actor,
    whole_year: int | None = None,
    once: uuid.UUID | None = None,
) -> None:
    """Record holidays and make-up working days; a day recorded before is corrected.

    `whole_year`: `days` are the State Council's whole table of that year, which may be counted with from now on.
    """
    source = source.strip()
    with act(Verb.DAYS_OFF_RECORDED, actor=actor, once=once) as done:
        if objections := day_objections(days, source=source, whole_year=whole_year):
            raise Refused(objections)
        replaced = DayOff.objects.alive().filter(day__in=[day for day, _, _ in days])
        done.strike(DayOff, replaced.values_list("pk", flat=True))
        done.insert(DayOff, DAY_OFF, [(day, is_working, name.strip(), source) for day, is_working, name in days])
        if whole_year is not None:
            known = CalendarYear.objects.alive().filter(year=whole_year)
            done.strike(CalendarYear, known.values_list("pk", flat=True))
            done.insert(CalendarYear, YEAR, [(whole_year, source)])
        done.data |= {"days": days, "source": source, "whole_year": whole_year}


def remove_days_off(*, first: date, last: date, reason: str, actor: Actor, once: uuid.UUID | None = None) -> None:
    """Take back the county's own days from `first` to `last`, both among them: the national table rules there again."""
    reason = scrub(reason.strip())
    with act(Verb.DAYS_OFF_REMOVED, actor=actor, reason=reason, once=once) as done:
        rows = own_days_between(first, last)
        sources = national_sources()
        national = [row.day for row in rows if row.source == sources.get(row.day.year)]
        if objections := removal_objections([row.day for row in rows], national=national, reason=reason):
            raise Refused(objections)
        done.strike(DayOff, [row.pk for row in rows])
        done.data |= {"days": [(row.day, row.is_working, row.name) for row in rows]}
