"""流动党员: a row for each stay. Belonging is never touched; who is no member, and stays that overlap, are refused."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from yumiao.desk.workbook.checks.people import People
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import Source, StayProposal
from yumiao.desk.workbook.reach import OUTSIDE_PERSON
from yumiao.desk.workbook.rules import BOOK
from yumiao.kernel.identity import IdentityNumber, scrub
from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Stay
from yumiao.people.rules import Found, future_objections
from yumiao.people.status_rules import MEM_12
from yumiao.people.stay_columns import STAYS
from yumiao.people.stay_rules import MOB_01
from yumiao.people.stay_services import KnownStay
from yumiao.sheets.parsing import Row

Whose = tuple[str, str]  # number of the member, or code of the unit with the name of the guest


class Stays:
    """Who is where, as known and as the rows before have it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.known: dict[Whose, list[KnownStay]] = defaultdict(list)
        self.said: dict[Whose, list[tuple[date, date]]] = defaultdict(list)
        self._of_person: dict[int, list[KnownStay]] = defaultdict(list)
        for stay in people.known.stays:
            if stay.person is not None:
                self._of_person[stay.person].append(stay)
            elif stay.unit in people.known.tree.by_id:
                self.known[people.known.tree.by_id[stay.unit].code, stay.guest].append(stay)

    def check(self, row: Row, notes: SheetNotes) -> None:
        if not notes.take(row, self._found(row)):
            return
        whose = self._whose(row)
        proposed = self._proposed(row, whose, notes)
        self.said[whose].append((proposed.since, proposed.until))
        known = self._standing(row, whose)
        outcome = "new" if known is None else "unchanged" if self._is_same(proposed, known) else "changed"
        notes.counts[outcome] += 1
        if outcome != "unchanged":
            self.people.proposal.stays.append(proposed)

    def _whose(self, row: Row) -> Whose:
        number = row.values["number"]
        if row.values["kind"] is Stay.Kind.OUT and isinstance(number, IdentityNumber):
            return number.number, ""
        return str(row.values["unit"]), str(row.values["name"])

    def _of(self, whose: Whose) -> list[KnownStay]:
        known = None if whose[1] else self.people.known.person(whose[0])
        return self.known[whose] if whose[1] else self._of_person[known.id] if known else []

    def _standing(self, row: Row, whose: Whose) -> KnownStay | None:
        """The stay on record that the row speaks of: the same person's of the same first day."""
        return next((one for one in self._of(whose) if one.since == row.values["since"]), None)

    def _found(self, row: Row) -> list[Found]:
        values = row.values
        if row.faults or not isinstance(values["since"], date):
            return []
        found = self._guest_faults(row) if values["kind"] is Stay.Kind.IN else self._member_faults(row)
        found += future_objections(self.people.today, since=values["since"], until=values["until"])  # type: ignore[arg-type]
        return found if any(one.severity is Severity.BLOCK for _key, one in found) else [*found, *self._clashes(row)]

    def _guest_faults(self, row: Row) -> list[Found]:
        unit = row.values["unit"]
        if unit is None:
            return [("unit", BOOK.by_id("WBK-02").objection("流入的须填写联系的党支部代码"))]
        return [] if unit in self.people.kinds else [("unit", self.people.unknown_unit())]

    def _member_faults(self, row: Row) -> list[Found]:
        read, people = row.values["number"], self.people
        if not isinstance(read, IdentityNumber):
            return [("number", BOOK.by_id("WBK-02").objection("流出的须填写公民身份号码"))]
        someone, known = people.proposal.people.get(read.number), people.known.person(read.number)
        if known is not None and not people.reach.covers(known.unit):
            return [("number", BOOK.by_id("WBK-17").objection(OUTSIDE_PERSON))]
        if someone is None and known is None:
            text = "没有登记这个人，请先登记人员，或者在本工作簿中一并填写"
            return [("number", BOOK.by_id("WBK-07").objection(text))]
        is_new = someone is not None and someone.membership is not None
        member = known.membership if known else None
        if not is_new and (member is None or (member.has_ended and self._standing(row, self._whose(row)) is None)):
            return [("number", MEM_12.objection("此人不是党员，流动党员登记只用于党员"))]
        name = known.record.name if known else someone.attributes["name"] if someone else ""
        wrong = BOOK.by_id("WBK-10").objection("与登记的姓名不一致，以登记的为准")
        return [("name", wrong)] if name != row.values["name"] else []

    def _clashes(self, row: Row) -> list[Found]:
        whose, standing = self._whose(row), self._standing(row, self._whose(row))
        since, until = row.values["since"], self._until(row, standing)
        assert isinstance(since, date)
        if until <= since:
            return [("until", MOB_01.objection("返回日期须在外出日期之后", severity=Severity.BLOCK))]
        others = [(one.since, one.until) for one in self._of(whose) if one is not standing]
        if any(begins < until and since < ends for begins, ends in (*others, *self.said[whose])):
            text = "与已登记的或者前面的行填写的外出时间重叠"
            return [("since", MOB_01.objection(text, severity=Severity.BLOCK))]
        return []

    def _until(self, row: Row, standing: KnownStay | None) -> date:
        until = row.values["until"]
        return until if isinstance(until, date) else standing.until if standing else FOREVER

    def _proposed(self, row: Row, whose: Whose, notes: SheetNotes) -> StayProposal:
        values, standing = row.values, self._standing(row, whose)
        kind = values["kind"]
        assert isinstance(kind, Stay.Kind) and isinstance(values["since"], date)

        def said(key: str, otherwise: Any) -> Any:
            """An empty cell never erases."""
            return values[key] if values[key] is not None else getattr(standing, key) if standing else otherwise

        is_out = kind is Stay.Kind.OUT
        return StayProposal(
            kind=kind,
            number=whose[0] if is_out else "",
            unit="" if is_out else whose[0],
            name=str(values["name"]),
            place=scrub(str(values["place"])),
            is_abroad=bool(said("is_abroad", False)),
            is_fixed=bool(said("is_fixed", not is_out)),
            since=values["since"],
            planned_on=said("planned_on", None),
            until=self._until(row, standing),
            contact=self._contact(row, whose, standing, notes) if is_out else None,
            instead_of=standing,
            source=Source(STAYS.title, row.number, "stay" if is_out else "guest", "changed" if standing else "new"),
        )

    def _contact(self, row: Row, whose: Whose, standing: KnownStay | None, notes: SheetNotes) -> int | str | None:
        """The contact by id, or by number where he comes in with this workbook; without one the row is taken and warned of."""
        read, people = row.values["contact"], self.people
        had = standing.contact if standing else None
        if not isinstance(read, IdentityNumber):
            if had is None:
                notes.add(row, "contact", MOB_01.objection("没有确定联系人，按原样登记，请补"))
            return had
        known = people.known.person(read.number)
        if known is not None and known.id == had:
            return had
        within = known is not None and people.reach.covers(known.unit)
        if read.number != whose[0] and (within or (known is None and read.number in people.proposal.people)):
            return known.id if known else read.number
        notes.add(row, "contact", MOB_01.objection("联系人是本人，或者不是系统中登记的人，没有采用，请核对"))
        return had

    def _is_same(self, proposed: StayProposal, known: KnownStay) -> bool:
        had = (known.place, known.is_abroad, known.is_fixed, known.planned_on, known.until, known.contact)
        return had == (
            proposed.place, proposed.is_abroad, proposed.is_fixed, proposed.planned_on, proposed.until, proposed.contact,
        )  # fmt: skip


def check_stays(notes: SheetNotes, people: People) -> None:
    """Take the good rows."""
    stays = Stays(people)
    for row in notes.rows:
        stays.check(row, notes)
