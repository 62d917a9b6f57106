"""任职: a row for each post. History is taken as it stands, so what would stop an entry of today only warns here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from yumiao.desk.workbook.checks.people import People
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import PostProposal, Source
from yumiao.desk.workbook.reach import OUTSIDE_PERSON
from yumiao.desk.workbook.rules import BOOK
from yumiao.kernel.identity import IdentityNumber
from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import FOREVER
from yumiao.people.rules import Found, future_objections
from yumiao.posts.columns import POSTS
from yumiao.posts.judging import LONGEST_WHY
from yumiao.posts.queries import KnownPost
from yumiao.posts.rules import ELECTED, POS_02, POS_03, POS_04, SENT, How, Title, term_years
from yumiao.sheets.parsing import Row

Key = tuple[str, str, Title]  # code of the unit, number of the person, title
Period = tuple[date, date]
LONGEST_DOCUMENT = 60
ALONE = (Title.SECRETARY, Title.FIRST_SECRETARY)


class Posts:
    """What is held where, as known and as the rows before have it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.known: dict[tuple[int, int, Title], list[KnownPost]] = defaultdict(list)
        self.alone: dict[tuple[str, Title], set[str]] = defaultdict(set)
        self.said: dict[Key, list[Period]] = defaultdict(list)
        for post in people.known.posts:
            self.known[post.unit, post.person, post.title].append(post)

    def check(self, row: Row, notes: SheetNotes) -> None:
        found = self._found(row)
        if not notes.take(row, found):
            return
        read = row.values["number"]
        assert isinstance(read, IdentityNumber)
        number = read.number
        proposed = self._proposed(row, number)
        key = (proposed.unit, number, proposed.title)
        self.said[key].append((proposed.since, proposed.until))
        if proposed.title in ALONE and proposed.until == FOREVER:
            self.alone[proposed.unit, proposed.title].add(number)
        outcome = self._outcome(proposed, number)
        notes.counts[outcome] += 1
        if outcome != "unchanged":
            self.people.proposal.posts.append(proposed)
            if (known := self.people.known.person(number)) is not None:
                self.people.proposal.holders[number] = known.id

    def _found(self, row: Row) -> list[Found]:
        values, people = row.values, self.people
        unit, number, title = values["unit"], values["number"], values["title"]
        if row.faults or not isinstance(number, IdentityNumber) or not isinstance(title, Title):
            return []
        if unit not in people.kinds:
            return [("unit", people.unknown_unit())]
        someone, known = people.proposal.people.get(number.number), people.known.person(number.number)
        if known is not None and not people.reach.covers(known.unit):
            return [("number", BOOK.by_id("WBK-17").objection(OUTSIDE_PERSON))]
        if someone is None and known is None:
            text = "没有登记这个人，请先登记人员，或者在本工作簿中一并填写"
            return [("number", BOOK.by_id("WBK-07").objection(text))]
        name = known.record.name if known else someone.attributes["name"] if someone else ""
        found: list[Found] = []
        if name != values["name"]:
            found.append(("name", BOOK.by_id("WBK-10").objection("与登记的姓名不一致，以登记的为准")))
        return [*found, *self._date_faults(row, title), *self._clashes(row, str(unit), number.number, title)]

    def _date_faults(self, row: Row, title: Title) -> list[Found]:
        values, today = row.values, self.people.today
        since, ended_on, due_on = (values[name] for name in ("since", "ended_on", "due_on"))
        assert isinstance(since, date)
        days = {"since": since, "ended_on": ended_on}
        found = list(future_objections(today, **days))  # type: ignore[arg-type]
        if isinstance(ended_on, date) and ended_on <= since:
            found.append(("ended_on", POS_04.objection("免职日期应当晚于任职日期")))
        if isinstance(due_on, date) and due_on <= since:
            found.append(("due_on", POS_04.objection("届满日期应当晚于任职日期")))
        longest = LONGEST_WHY if ended_on else LONGEST_DOCUMENT
        if len(str(values["note"] or "")) > longest:
            found.append(("note", POS_04.objection(f"备注不超过 {longest} 个字")))
        sent = {"sending_unit": str(values["sending_unit"] or ""), "on": since, "until": due_on}
        if title in SENT and not POS_03.holds(**sent):
            text = "没有写明派出单位和期满日期，按原样登记，请核对"
            found.append(("sending_unit", POS_03.objection(text, severity=Severity.WARN)))
        return found

    def _clashes(self, row: Row, unit: str, number: str, title: Title) -> list[Found]:
        """Two periods of one person in one post must not overlap, and of some posts there is only one at a time."""
        since, until = row.values["since"], row.values["ended_on"] or FOREVER
        assert isinstance(since, date) and isinstance(until, date)
        standing = [(one.since, one.until) for one in self._known(unit, number, title) if one.since != since]
        if any(begins < until and since < ends for begins, ends in (*standing, *self.said[unit, number, title])):
            return [("since", POS_04.objection("此人在这段时间的同一职务已经登记，或者在前面的行已经出现"))]
        if title in ALONE and until == FOREVER and self._others(unit, number, title):
            return [("title", POS_02.objection(f"{title.label}已有他人在任，先填写前任的免职日期"))]
        return []

    def _others(self, unit: str, number: str, title: Title) -> bool:
        """Whether somebody else holds it, whom no row before has ended."""
        if self.alone[unit, title] - {number}:
            return True
        known, ended = self.people.known.person(number), {one.instead_of for one in self.people.proposal.posts}
        at = self.people.known.tree.by_code.get(unit)
        return at is not None and any(
            one.is_open and one.title is title and one.unit == at.id and one.id not in ended
            and (known is None or one.person != known.id)
            for one in self.people.known.posts
        )  # fmt: skip

    def _known(self, unit: str, number: str, title: Title) -> list[KnownPost]:
        at, person = self.people.known.tree.by_code.get(unit), self.people.known.person(number)
        return self.known.get((at.id, person.id, title), []) if at and person else []

    def _proposed(self, row: Row, number: str) -> PostProposal:
        values = row.values
        title, since, ended_on, due_on = (values[name] for name in ("title", "since", "ended_on", "due_on"))
        assert isinstance(title, Title) and isinstance(since, date)
        assert ended_on is None or isinstance(ended_on, date)
        assert due_on is None or isinstance(due_on, date)
        how = values["how"] if isinstance(values["how"], How) else _usual(title)
        unit, note = str(values["unit"]), str(values["note"] or "")
        known = next((one for one in self._known(unit, number, title) if one.since == since), None)
        is_term = title is Title.SECRETARY and how is How.ELECTED
        return PostProposal(
            unit=unit,
            number=number,
            name=str(values["name"]),
            title=title,
            how=how,
            since=since,
            until=ended_on or FOREVER,
            due_on=None if is_term else due_on,
            sending_unit=str(values["sending_unit"] or ""),
            document=note if not ended_on else known.document if known else "",
            ended_why=note if ended_on else "",
            term_due_on=self._term_due_on(unit, due_on) if is_term and ended_on is None else None,
            instead_of=known.id if known else None,
            source=Source(POSTS.title, row.number, "post", "changed" if known else "new"),
        )

    def _term_due_on(self, unit: str, due_on: date | None) -> date | None:
        """The end of a term that is not recorded yet; a recorded one is changed by an election alone."""
        at = self.people.known.tree.by_code.get(unit)
        has_term = at is not None and at.id in self.people.known.terms
        return None if has_term or term_years(self.people.kinds[unit]) is None else due_on

    def _outcome(self, proposed: PostProposal, number: str) -> str:
        known = next(
            (one for one in self._known(proposed.unit, number, proposed.title) if one.id == proposed.instead_of), None
        )
        if known is None:
            return "new"
        had = (known.how, known.until, known.due_on, known.sending_unit, known.document, known.ended_why)
        has = (
            proposed.how,
            proposed.until,
            proposed.due_on,
            proposed.sending_unit,
            proposed.document,
            proposed.ended_why,
        )
        return "unchanged" if had == has and proposed.term_due_on is None else "changed"


def _usual(title: Title) -> How:
    """How somebody comes to a post where the row does not say."""
    return How.ELECTED if title in ELECTED else How.SENT if title in SENT else How.APPOINTED


def check_posts(notes: SheetNotes, people: People) -> None:
    """Take the good rows."""
    posts = Posts(people)
    for row in notes.rows:
        posts.check(row, notes)
