"""The demo county's terms and posts: secretaries and committees everywhere, first secretaries in some villages, elections due and overdue.

It draws from the people that are there, without chance, so that every demo county is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY, years_after
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Belonging, Membership
from yumiao.posts.models import Term
from yumiao.posts.queries import posts_of
from yumiao.posts.recording import PostDraft, TermDraft, record_posts, record_terms
from yumiao.posts.rules import COMMITTEE_FROM, How, Title, term_due_on, term_years
from yumiao.posts.services import Filled, end_post, fill_post, postpone_election
from yumiao.units.queries import Tree, UnitOnDay, tree
from yumiao.units.rules import Form, Sector

VILLAGE: Final = "001.032.006"  # where the demo's branch secretary works
EARLIER: Final = "001.032.001"  # its first secretary went home
LATER: Final = "001.032.002"  # its election was put off
OVERDUE: Final = "001.032.003"
DUE_SOON: Final = 12  # every so many branches' term ends within six months
SENT_TO: Final = 9  # every so many villages have a first secretary
COMMITTEE: Final = (Title.SECRETARY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE)
SENDERS: Final = ("县农业农村局", "县水利局", "县教育局", "县供销社", "县林业局")
ELECTIONS: Final[Mapping[int, tuple[date, date, date]]] = {  # years: usual, due within six months, overdue
    5: (date(2023, 4, 18), date(2021, 12, 20), date(2021, 9, 24)),
    3: (date(2024, 6, 12), date(2023, 12, 6), date(2023, 9, 20)),
}


def record_demo_posts(*, actor: Actor) -> None:
    """Record them once; a second run finds them there."""
    if Term.objects.exists():
        return
    units = tree(DEMO_DAY)
    root = units.root
    assert root is not None
    members = _full_members()
    terms = list(_terms(units))
    posts = [*_elected(units, terms, members), *_first_secretaries(units, members)]
    with act(Verb.TERM_ELECTED, actor=actor) as done:
        record_terms(done, terms)
        record_posts(done, posts)
        done.subject_kind, done.subject = "unit", root.uid
        done.data |= {"unit": root.code, "on": DEMO_DAY, "count": len(posts), "document": ""}
    _lately(units, members, actor)


def _full_members() -> dict[int, list[int]]:
    """By unit whoever was a full member two years before the first election, the longest-serving of the younger half first."""
    rows = Membership.objects.alive().filter(full_member_on__lt=date(2020, 1, 1), ended_on=FOREVER)
    since = dict(rows.values_list("person_id", "full_member_on"))
    found: dict[int, list[int]] = defaultdict(list)
    for person, unit in Belonging.objects.open().order_by("person").values_list("person_id", "unit_id"):
        if person in since:
            found[unit].append(person)
    return {unit: sorted(people, key=lambda one: (since[one], one), reverse=True) for unit, people in found.items()}


def _terms(units: Tree) -> Iterator[TermDraft]:
    branch = 0
    for unit in sorted(units, key=lambda one: one.code):
        years = term_years(unit.kind.label)
        if years is None:
            continue
        usual, soon, overdue = ELECTIONS[years]
        is_branch = unit.kind.sector is not Sector.TOWNSHIP
        branch += is_branch
        is_due = unit.code in (VILLAGE, LATER) or (is_branch and branch % DUE_SOON == 0)
        on = overdue if unit.code == OVERDUE else soon if is_due else usual
        due_on = term_due_on(unit.kind.label, on)
        assert due_on is not None
        yield TermDraft(unit.id, on, due_on)


def _elected(units: Tree, terms: Sequence[TermDraft], members: Mapping[int, list[int]]) -> Iterator[PostDraft]:
    for term in terms:
        unit, people = units.by_id[term.unit], _people_of(units.by_id[term.unit], units, members)
        if unit.kind.sector is Sector.TOWNSHIP:
            titles: tuple[Title, ...] = (*COMMITTEE, *(Title.COMMITTEE,) * 3)
        else:
            titles = COMMITTEE if len(people) > COMMITTEE_FROM else COMMITTEE[:1]
        for title, person in zip(titles, people, strict=False):
            yield PostDraft(unit.id, person, title, How.ELECTED, term.elected_on)


def _people_of(unit: UnitOnDay, units: Tree, members: Mapping[int, list[int]]) -> list[int]:
    """Of a branch its own; of a township those of its first office, of a general branch those of its first branch."""
    if unit.kind.form is Form.BRANCH:
        return members.get(unit.id, [])
    below = [one for one in units.below(unit) if one.kind.form is Form.BRANCH]
    offices = [one for one in below if not one.kind.is_village] or below
    return next((members[one.id] for one in offices if one.id in members), [])


def _first_secretaries(units: Tree, members: Mapping[int, list[int]]) -> Iterator[PostDraft]:
    """Sent from the county's offices for two years; one in so many ends within six months."""
    villages = sorted((one for one in units if one.village == one.id), key=lambda one: one.code)
    offices = sorted(
        (one for one in units if one.kind.sector is Sector.OTHER and one.kind.form is Form.BRANCH),
        key=lambda one: one.code,
    )
    people = [person for office in offices for person in members.get(office.id, [])[COMMITTEE_FROM:]]
    for place, (village, person) in enumerate(zip(villages[::SENT_TO], people, strict=False)):
        since = date(2025, 2, 17) if place % 2 else date(2025, 6, 3)
        yield PostDraft(
            village.id,
            person,
            Title.FIRST_SECRETARY,
            How.SENT,
            since,
            due_on=years_after(since, 2),
            sending_unit=SENDERS[place % len(SENDERS)],
        )


def _lately(units: Tree, members: Mapping[int, list[int]], actor: Actor) -> None:
    """What happened in the demo township, each as a clerk would have entered it."""
    later, earlier, village = (units.by_code[code] for code in (LATER, EARLIER, VILLAGE))
    paper = "青岚组批〔2026〕18号"
    postpone_election(unit=later, postponed_to=date(2027, 6, 30), document=paper, actor=actor)
    for unit, since in ((earlier, date(2024, 5, 6)), (village, date(2026, 5, 7))):
        fill_post(
            unit=unit,
            filled=Filled(Title.FIRST_SECRETARY, _people_of(unit, units, members)[-1]),
            how=How.SENT,
            since=since,
            due_on=years_after(since, 2),
            sending_unit=SENDERS[0],
            actor=actor,
            today=DEMO_DAY,
        )
    post = next(one for one in posts_of(earlier.id) if one.title is Title.FIRST_SECRETARY)
    end_post(unit=earlier, post=post, ended_on=date(2026, 5, 6), why="期满返回", actor=actor, today=DEMO_DAY)
