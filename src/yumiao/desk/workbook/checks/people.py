"""What the three sheets of people have in common: one number one person, one branch, facts that agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yumiao.admission.asked import Ground
from yumiao.admission.path_2014 import EDITION_2014
from yumiao.admission.queries import KnownCase, admitted_cases, forms_in_use
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.workbook.known import Known
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import Proposal, Someone, Source
from yumiao.desk.workbook.reach import OUTSIDE_PERSON, OUTSIDE_UNIT, Reach
from yumiao.desk.workbook.rules import BOOK
from yumiao.kernel.identity import IdentityNumber
from yumiao.kernel.objections import Objection
from yumiao.people import codes
from yumiao.people.doubles import IDN_06
from yumiao.people.models import PersonSecret
from yumiao.people.queries import KnownPerson
from yumiao.people.rules import Declared, Found, future_objections, number_objections
from yumiao.people.secrets import keyed
from yumiao.sheets.parsing import Row
from yumiao.units.rules import KINDS, ORG_BRANCH

CODED = ("ethnicity", "education", "occupation")
TITLES = {"ethnicity": "民族", "education": "学历", "occupation": "职业"}


@dataclass(slots=True)
class People:
    """The state that the sheets of people share while they are checked one after the other."""

    known: Known
    proposal: Proposal
    today: date
    reach: Reach
    kinds: dict[str, str] = field(default_factory=dict)
    listed_members: set[str] = field(default_factory=set)
    _ground: Ground | None = None
    _forms: dict[tuple[str, int], int] | None = None
    _admitted: dict[int, KnownCase] | None = None

    def __post_init__(self) -> None:
        """What kind each unit has that a row may name, by code."""
        self.kinds = {unit.code: unit.kind.label for unit in self.known.tree if self.reach.covers(unit.id)}
        self.kinds |= {draft.code: draft.kind for draft, _ in self.proposal.units}
        self.kinds |= {draft.code: draft.kind for draft, _ in self.proposal.corrected_units.values()}

    def unknown_unit(self) -> Objection:
        """Against a code that no row may name: what is out of reach must look as if it were not there."""
        if self.reach.is_limited:
            return BOOK.by_id("WBK-17").objection(OUTSIDE_UNIT)
        return BOOK.by_id("WBK-07").objection("组织代码不存在或未被采用")

    @property
    def ground(self) -> Ground:
        """By what the history of a case is judged; read once, when a row first says any."""
        if self._ground is None:
            self._ground = ground_of(EDITION_2014, self.today, self.known.head)
        return self._ground

    @property
    def forms(self) -> dict[tuple[str, int], int]:
        """The numbers of admission forms that are given out, by this workbook too."""
        if self._forms is None:
            self._forms = forms_in_use()
        return self._forms

    def admitted(self, person: int) -> KnownCase | None:
        """The case of somebody that ended when he was found among the members."""
        if self._admitted is None:
            self._admitted = admitted_cases()
        return self._admitted.get(person)

    def code_of(self, unit: int) -> str:
        return self.known.tree.by_id[unit].code


@dataclass(slots=True)
class PersonRow:
    """One row with its number opened and the person it speaks of, as far as known."""

    row: Row
    people: People
    number: str | None
    declared: Declared | None
    someone: Someone | None
    known: KnownPerson | None
    found: list[Found] = field(default_factory=list)
    values: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.values = self.row.values

    def object(self, key: str, rule: str, text: str) -> None:
        self.found.append((key, BOOK.by_id(rule).objection(text)))


def opened_rows(notes: SheetNotes, people: People, days: tuple[str, ...]) -> Iterator[PersonRow]:
    """Every row of the sheet with what holds for all three: number, repetition, branch, days not in the future."""
    seen: set[str] = set()
    for row in notes.rows:
        parsed = row.values["number"]
        number = parsed.number if isinstance(parsed, IdentityNumber) else None
        if number is not None and number in seen:
            one = PersonRow(row, people, number, None, None, None)
            one.object("number", "WBK-12", "此公民身份号码在本表前面的行已经出现")
            row.faults.clear()
            notes.take(row, one.found)
            continue
        if number is not None:
            seen.add(number)
        one = _opened(row, people, number)
        if _is_outside(one):
            notes.take(row, one.found)
            continue
        _common_objections(one, days)
        yield one


def _is_outside(one: PersonRow) -> bool:
    """Whether the row concerns a unit or a person out of reach: then nothing else is said of it, least of all what is known."""
    people, branch = one.people, one.values["branch"]
    if not people.reach.is_limited:
        return False
    if branch is not None and branch not in people.kinds:
        one.found.append(("branch", people.unknown_unit()))
    elif (unit := _registered_at(one)) is not None and not people.reach.covers(unit):
        one.row.faults.clear()
        one.object("number", "WBK-17", OUTSIDE_PERSON)
    return bool(one.found)


def _registered_at(one: PersonRow) -> int | None:
    """Where the person of this number stands, also under another number since; None where there is none."""
    if one.known is not None:
        return one.known.unit
    return one.people.known.merged_at(one.number) if one.number is not None else None


def _opened(row: Row, people: People, number: str | None) -> PersonRow:
    if number is None:
        return PersonRow(row, people, None, None, None, None)
    values = row.values
    declared = Declared(values["number"], values["sex"], values["born_on"], str(values.get("explanation") or ""))  # type: ignore[arg-type]
    someone = people.proposal.people.get(number)
    known = someone.known if someone else people.known.person(number)
    return PersonRow(row, people, number, declared, someone, known)


def _common_objections(one: PersonRow, days: tuple[str, ...]) -> None:
    people, values = one.people, one.values
    branch = values["branch"]
    if branch is not None and branch not in people.kinds:
        one.found.append(("branch", people.unknown_unit()))
    elif branch is not None:
        if not ORG_BRANCH.holds(kind=people.kinds[branch]):
            kind = KINDS[people.kinds[branch]].label
            one.found.append(("branch", ORG_BRANCH.objection(f"登记在{kind}而不是具体党支部，按原样登记，请核对")))
        stands_in = _stands_in(one)
        if stands_in is not None and stands_in != branch:
            one.object("branch", "WBK-13", f"此人登记在 {stands_in}，如已转出请办理组织关系转接")
    if one.known is None and _registered_at(one) is not None:
        text = "以此号码登记的档案已并入另一份，请删去本行，或者改填保留的号码"
        one.found.append(("number", IDN_06.objection(text)))
    named = {key: values[key] for key in ("born_on", *days)}
    if one.declared is not None:
        one.found += number_objections(one.declared)
        if values["born_on"] is None:
            named["number"] = one.declared.number.born_on
    one.found += future_objections(people.today, **named)


def _stands_in(one: PersonRow) -> str | None:
    if one.someone is not None:
        return one.someone.unit
    return one.people.code_of(one.known.unit) if one.known else None


def take_person(one: PersonRow, notes: SheetNotes, since: date) -> tuple[Someone, bool]:
    """The person of an accepted row in the proposal, and whether the row corrects a known fact of the person."""
    assert one.number is not None and one.declared is not None
    someone = one.someone or _enter(one, since)
    changed = False
    for name, value in _attributes(one, notes):
        changed |= _say(someone, one, notes, name, value)
    for kind, key in ((PersonSecret.Kind.PHONE, "phone"), (PersonSecret.Kind.FORMER, "former")):
        if number := one.values.get(key):
            changed |= _say_number(someone, one, notes, key, kind.value, number)
    for name in one.declared.agreements():
        if one.known and name in one.known.statements:
            someone.withdrawn.add(name)
            changed = True
    for name, in_number in one.declared.differences():
        statement = (in_number, one.declared.explanation)
        if not one.known or one.known.statements.get(name, (0, "", ""))[1:] != statement:
            someone.statements[name] = statement
            changed = True
    if since < someone.since and not (one.known and one.known.belonging_since_known):
        someone.since = since
        changed = changed or one.known is not None
    return someone, changed


def _enter(one: PersonRow, since: date) -> Someone:
    assert one.number is not None and one.declared is not None
    known = one.known
    if known is not None:
        record = known.record
        attributes = {name: getattr(record, name) for name in ("name", "sex", "born_on", *CODED)}
        since = known.belonging_since
    else:
        attributes = dict.fromkeys(CODED, "") | {
            "name": "",
            "sex": one.declared.effective_sex,
            "born_on": one.declared.effective_birth,
        }
    someone = Someone(one.number, str(one.values["branch"]), known, attributes, since)
    if known is not None and known.membership is not None:
        someone.full_since = known.membership.full_since
    one.people.proposal.people[one.number] = someone
    return someone


def _attributes(one: PersonRow, notes: SheetNotes) -> Iterator[tuple[str, Any]]:
    """What the row says; an empty cell says nothing."""
    for name in ("name", "sex", "born_on"):
        if one.values[name] is not None:
            yield name, one.values[name]
    for name in CODED:
        if (written := one.values[name]) is not None:
            label, is_listed = codes.label(name, written)
            if not is_listed:
                text = f"“{written}”不在{TITLES[name]}目录中，按原文保留"
                notes.add(one.row, name, _warning("WBK-11", text))
            yield name, label


def _warning(rule: str, text: str) -> Objection:
    return BOOK.by_id(rule).objection(text)


def _say(someone: Someone, one: PersonRow, notes: SheetNotes, name: str, value: Any) -> bool:
    """Let the row say one attribute; what an earlier sheet said stands. Returns whether a known fact changes."""
    if not _is_first_to_say(someone, one, notes, name, value):
        return False
    if someone.attributes[name] == value:
        return False
    someone.attributes[name] = value
    someone.attributes_changed = True
    return someone.known is not None


def _is_first_to_say(someone: Someone, one: PersonRow, notes: SheetNotes, key: str, value: Any) -> bool:
    if key not in someone.said:
        someone.said[key] = value
        return True
    if someone.said[key] != value:
        notes.add(one.row, key, _warning("WBK-10", "与前面的表所填不一致，以前面的表为准"))
    return False


def _say_number(someone: Someone, one: PersonRow, notes: SheetNotes, key: str, kind: str, number: str) -> bool:
    """Let the row say a telephone or former number, as `_say` does an attribute."""
    if not _is_first_to_say(someone, one, notes, key, number):
        return False
    if someone.known is not None:
        standing = someone.known.secrets.get(kind)
        if standing is not None and standing[1] == keyed(kind, number):
            return False
    someone.numbers[kind] = number
    return someone.known is not None


def note_source(someone: Someone, one: PersonRow, notes: SheetNotes, kind: str, outcome: str) -> None:
    """Count the row, and remember where a new or changed fact came from."""
    notes.counts[outcome] += 1
    if outcome != "unchanged":
        someone.sources.append(Source(notes.form.title, one.row.number, kind, outcome))
