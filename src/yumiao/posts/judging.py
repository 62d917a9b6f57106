"""What the rules say against an election, a postponement, a post, the end of one; and what the numbers of a branch advise. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_screen
from yumiao.posts import rules
from yumiao.posts.rules import COMMITTEE_FROM, COMMITTEE_ONLY, ELECTED, SENT, How, Title
from yumiao.units.rules import KINDS, Form, Sector

LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody for a title. `stands_here`: belongs to the branch on that day; `full_since` is None for who is no full member."""

    title: Title
    person: int
    name: str
    full_since: date | None
    is_on_probation: bool
    stands_here: bool


def election_objections(
    *,
    kind: str,
    elected_on: date,
    today: date,
    previous_on: date | None,
    full_members: int,
    elected: Sequence[Candidate],
) -> list[Objection]:
    """Everything against an election as entered; `previous_on` is the day of the one before."""
    found = [rules.POS_04.objection(fault) for fault in _election_faults(kind, elected_on, today, previous_on, elected)]
    secretaries = sum(one.title is Title.SECRETARY for one in elected)
    if secretaries != 1:
        found.append(rules.POS_02.objection("换届应当选出一名书记"))
    for one in elected:
        found += _against(one, elected_on, How.ELECTED)
    return [*found, *_committee_objections(kind, full_members, elected)]


def _election_faults(
    kind: str, elected_on: date, today: date, previous_on: date | None, elected: Sequence[Candidate]
) -> Iterator[str]:
    if rules.term_years(kind) is None:
        yield f"{kind}不登记届期"
    if elected_on > today:
        yield f"换届日期 {on_screen(elected_on)} 还没有到"
    if previous_on is not None and elected_on <= previous_on:
        yield f"换届日期应当晚于上届换届日期 {on_screen(previous_on)}"
    times = Counter((one.person, one.title) for one in elected)
    names = {one.person: one.name for one in elected}
    yield from (
        f"{names[person]}的{title.label}填写了不止一次" for (person, title), count in times.items() if count > 1
    )


def _committee_objections(kind: str, full_members: int, elected: Sequence[Candidate]) -> Iterator[Objection]:
    """ORG-03 is a branch's; a committee of a township has its own number of seats (ORG-09)."""
    found, people = KINDS[kind], len({one.person for one in elected})
    has_committee = any(one.title in COMMITTEE_ONLY for one in elected)
    if found.sector is Sector.TOWNSHIP and not rules.ORG_09.holds(seats=people):
        yield rules.ORG_09.objection(f"登记委员 {people} 名")
    if found.form is not Form.BRANCH:
        return
    if has_committee and full_members < COMMITTEE_FROM:
        yield rules.ORG_03.objection(f"有正式党员 {full_members} 名，不设支部委员会", "只登记书记，必要时登记副书记。")
    elif has_committee and not rules.ORG_03.holds(full_members=full_members, seats=people):
        yield rules.ORG_03.objection(f"支部委员会登记 {people} 人", severity=Severity.WARN)
    elif not has_committee and full_members >= COMMITTEE_FROM:
        text = f"有正式党员 {full_members} 名，应当设支部委员会"
        yield rules.ORG_03.objection(text, severity=Severity.WARN)


def _against(one: Candidate, on: date, how: How) -> Iterator[Objection]:
    is_party_post = one.title is not Title.RESIDENT
    held = {"full_since": one.full_since, "on": on, "is_on_probation": one.is_on_probation}
    if is_party_post and not rules.POS_01.holds(**held):
        why = "正受留党察看处分" if one.is_on_probation else "当日不是正式党员"
        yield rules.POS_01.objection(f"{one.name}{why}，不能任{one.title.label}")
    elif one.title is Title.SECRETARY and not rules.ORG_14.holds(full_since=one.full_since, on=on):
        yield rules.ORG_14.objection(f"{one.name}自 {on_screen(one.full_since or on)} 起为正式党员，党龄不满 1 年")
    if how is How.ELECTED and not one.stands_here:
        text = f"{one.name}当日不在本组织，组织关系未转入"
        yield rules.POS_01.objection(text, "先办理组织关系，或写明情况。", severity=Severity.WARN)


def post_objections(
    candidate: Candidate,
    *,
    how: How,
    since: date,
    due_on: date | None,
    sending_unit: str,
    today: date,
    others: int,
    full_members: int,
    kind: str,
) -> list[Objection]:
    """Everything against filling one post; `others` hold the same title there already."""
    found: list[Objection] = []
    if since > today:
        found.append(rules.POS_04.objection(f"任职日期 {on_screen(since)} 还没有到"))
    if not rules.POS_02.holds(title=candidate.title, others=others):
        found.append(rules.POS_02.objection(f"{candidate.title.label}已有人在任", "先办理前任免职。"))
    if candidate.title in SENT and not rules.POS_03.holds(sending_unit=sending_unit, on=since, until=due_on):
        found.append(rules.POS_03.objection(f"{candidate.title.label}须写明派出单位和期满日期，期满日期晚于任职日期"))
    elif due_on is not None and due_on <= since:
        found.append(rules.POS_04.objection("期满日期应当晚于任职日期"))
    if candidate.title in COMMITTEE_ONLY and KINDS[kind].form is Form.BRANCH and full_members < COMMITTEE_FROM:
        text = f"有正式党员 {full_members} 名，不设支部委员会，不任{candidate.title.label}"
        found.append(rules.ORG_03.objection(text))
    return [*found, *_against(candidate, since, how)]


def end_objections(*, since: date, ended_on: date, today: date, why: str) -> list[Objection]:
    """Everything against ending a post on that day."""
    faults = []
    if ended_on > today:
        faults.append(f"免职日期 {on_screen(ended_on)} 还没有到")
    if ended_on <= since:
        faults.append(f"免职日期应当晚于任职日期 {on_screen(since)}")
    if not 0 < len(why.strip()) <= LONGEST_WHY:
        faults.append(f"请写明原因，不超过 {LONGEST_WHY} 个字")
    return [rules.POS_04.objection(fault) for fault in faults]


def structure_hints(*, kind: str, members: int, full_members: int, titles: Sequence[Title]) -> list[Objection]:
    """What the numbers of a branch advise (EDGE-23); `titles`: what is held there, empty where nothing is recorded."""
    found = KINDS[kind]
    if found.form is not Form.BRANCH or not members:
        return []
    hints: list[Objection] = []
    if not rules.ORG_01.holds(full_members=full_members) and not kind.endswith("联合党支部"):
        hints.append(rules.ORG_01.objection(f"有正式党员 {full_members} 名，不足 3 名，宜与邻近组织成立联合党支部"))
    if found.is_village and not rules.ORG_06.holds(members=members):
        hints.append(rules.ORG_06.objection(f"有党员 {members} 名，可以报县委批准成立党的基层委员会"))
    elif not rules.ORG_02.holds(members=members):
        hints.append(rules.ORG_02.objection(f"有党员 {members} 名，超过 50 名，可以分设支部或者成立党总支"))
    committee = [title for title in titles if title in ELECTED and title in COMMITTEE_ONLY]
    if committee and full_members < COMMITTEE_FROM:
        text = f"有正式党员 {full_members} 名，不足 7 名，登记的委员 {len(committee)} 名应当核对"
        hints.append(rules.ORG_03.objection(text, severity=Severity.WARN))
    elif titles and not committee and full_members >= COMMITTEE_FROM:
        text = f"有正式党员 {full_members} 名，已满 7 名，应当设支部委员会"
        hints.append(rules.ORG_03.objection(text, severity=Severity.WARN))
    return hints
